import type { PageDocument } from "@kyoso/sdk/page";
import type { Account, AccountCall, SignedData } from "./account.js";
import { AccountTrouble } from "./trouble.js";
import type { Wallet, WalletProvider } from "./wallets.js";
import { walletOf } from "./wallets.js";

/** Codes that wallets answer with (EIP-1193, EIP-1474). */
const REJECTED = 4001;
const UNSUPPORTED = new Set([4200, -32_601, -32_004]);
const UNKNOWN_CHAIN = 4902;

/** Has a wallet name an account of its owner's, on the DAO's chain. Opens the wallet. In whatever spelling. */
export async function connectWallet({ provider }: Wallet, document: PageDocument): Promise<string> {
  const [address] = accountsIn(await ask(provider, "eth_requestAccounts"));
  if (address === undefined) throw new AccountTrouble("cancelled");
  await requireChain(provider, document);
  return address;
}

/** The account of a wallet. What is signed and sent goes to it and to nobody else, and it has to be on the DAO's chain. */
export function walletAccount(id: string, address: string, document: PageDocument): Required<Account> {
  const opened = async () => {
    const wallet = await walletOf(id);
    if (wallet === undefined) throw new AccountTrouble("no-wallet");
    await requireAccount(wallet.provider, address);
    await requireChain(wallet.provider, document);
    return wallet.provider;
  };
  return {
    kind: "wallet",
    address,
    sign: async (data) => {
      const provider = await opened();
      const signature = await ask(provider, "eth_signTypedData_v4", [address, typedDataText(data)]);
      if (typeof signature === "string" && /^0x(?:[0-9a-f]{2})+$/iu.test(signature)) return ending(signature);
      throw AccountTrouble.of("wallet-failed", { message: "It gave no signature" });
    },
    send: async (call) => {
      const provider = await opened();
      const hash = await ask(provider, "eth_sendTransaction", [transactionOf(address, call)]);
      if (typeof hash === "string" && /^0x[0-9a-f]{64}$/iu.test(hash)) return hash;
      throw AccountTrouble.of("wallet-failed", { message: "It gave no transaction" });
    },
  };
}

function transactionOf(from: string, { to, data, value, gas }: AccountCall) {
  const quantity = (amount: bigint) => `0x${amount.toString(16)}`;
  return {
    ...{ from, to, data },
    ...(value === undefined ? {} : { value: quantity(value) }),
    ...(gas === undefined ? {} : { gas: quantity(gas) }),
  };
}

/** The wallet's owner may have chosen another account in it since. */
async function requireAccount(provider: WalletProvider, address: string): Promise<void> {
  const isIts = (accounts: readonly string[]) =>
    accounts.some((each) => each.toLowerCase() === address.toLowerCase());
  let accounts = accountsIn(await ask(provider, "eth_accounts"));
  if (!isIts(accounts)) accounts = accountsIn(await ask(provider, "eth_requestAccounts"));
  if (isIts(accounts)) return;
  throw AccountTrouble.of("other-account", { expected: address, found: accounts[0] ?? "" });
}

/** Has a wallet change to the DAO's chain where it is on another one; one that doesn't know it gets it with the page's nodes. */
async function requireChain(provider: WalletProvider, { record, page }: PageDocument): Promise<void> {
  const wanted = `0x${BigInt(record.chainId).toString(16)}`;
  const isThere = async () => {
    const chainId = await ask(provider, "eth_chainId");
    return typeof chainId === "string" && BigInt(chainId) === BigInt(wanted);
  };
  if (await isThere()) return;
  const other = (cause: unknown) => AccountTrouble.of("wallet-chain", { chainId: record.chainId }, { cause });
  try {
    await provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId: wanted }] });
  } catch (error) {
    if (codeOf(error) === REJECTED) throw new AccountTrouble("cancelled", undefined, { cause: error });
    if (codeOf(error) !== UNKNOWN_CHAIN) throw other(error);
    const chain = {
      chainId: wanted,
      chainName: `Chain ${record.chainId}`,
      nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
      rpcUrls: page.rpc,
      ...(page.explorer === null ? {} : { blockExplorerUrls: [page.explorer] }),
    };
    try {
      await provider.request({ method: "wallet_addEthereumChain", params: [chain] });
    } catch (cause) {
      throw other(cause);
    }
  }
  if (!(await isThere())) throw other(undefined);
}

/** Asks a wallet something, and tells what it says when it doesn't. */
async function ask(provider: WalletProvider, method: string, params?: readonly unknown[]): Promise<unknown> {
  try {
    return await provider.request({ method, ...(params === undefined ? {} : { params }) });
  } catch (error) {
    const code = codeOf(error);
    if (code === REJECTED) throw new AccountTrouble("cancelled", undefined, { cause: error });
    const message = messageOf(error);
    throw new AccountTrouble(
      UNSUPPORTED.has(code) ? "wallet-unable" : "wallet-failed",
      { message },
      { cause: error },
    );
  }
}

/** Typed data as wallets take it: JSON, with the type of the domain, numbers in decimal digits. */
function typedDataText({ domain, types, primaryType, message }: SignedData): string {
  const fields = [
    ["name", "string"],
    ["version", "string"],
    ["chainId", "uint256"],
    ["verifyingContract", "address"],
  ] as const;
  const given = fields.filter(([name]) => domain[name] !== undefined && domain[name] !== null);
  const EIP712Domain = given.map(([name, type]) => ({ name, type }));
  const plain = Object.fromEntries(given.map(([name]) => [name, domain[name]]));
  return JSON.stringify(
    { types: { EIP712Domain, ...types }, primaryType, domain: plain, message },
    (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value),
  );
}

/** What a Safe has before an owner's address, where it gives one instead of a signature: that ends with 1, and has to. */
const NO_NUMBER = `0x${"00".repeat(12)}`;

/** Some wallets end an account's signature with 0 or 1, where contracts want 27 or 28. */
function ending(signature: string): string {
  if (signature.length !== 132 || signature.startsWith(NO_NUMBER)) return signature;
  const last = signature.slice(-2);
  return last === "00" || last === "01"
    ? `${signature.slice(0, -2)}${last === "00" ? "1b" : "1c"}`
    : signature;
}

function accountsIn(answer: unknown): string[] {
  const list: unknown[] = Array.isArray(answer) ? answer : [];
  return list.filter((each): each is string => typeof each === "string" && /^0x[0-9a-f]{40}$/iu.test(each));
}

function codeOf(error: unknown): number {
  return typeof error === "object" && error !== null && "code" in error ? Number(error.code) : 0;
}

function messageOf(error: unknown): string {
  const { message } =
    typeof error === "object" && error !== null && "message" in error ? error : { message: String(error) };
  return String(message).slice(0, 300);
}
