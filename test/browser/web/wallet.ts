import type { JsonRpcProvider, TransactionLike } from "ethers";
import { HDNodeWallet, toQuantity, Transaction, TypedDataEncoder, Wallet } from "ethers";
import type { BrowserContext } from "playwright-core";
import type { Owner, Safe } from "../../helpers/safe.js";
import { signAsSafe, signedBySafe } from "../../helpers/safe.js";

type Key = Wallet | HDNodeWallet;

/** What somebody's wallet was asked for, and what it says no to. */
export interface TestWallet {
  /** Methods that it was asked for. */
  readonly asked: string[];
  /** Typed data that it signed. */
  readonly signed: { readonly primaryType: string; readonly message: Readonly<Record<string, unknown>> }[];
  /** Whether its owner says no from now on. */
  declines: boolean;
  /** The chain that it is on, where that isn't the node's; and how it takes it to be asked for another one. */
  elsewhere: { chainId: bigint; whenAsked: "changes" | "learns" | "refuses" | "can't" } | undefined;
  /** Whether what it sends reaches nobody: it says what its hash is, and keeps it. */
  keepsToItself: boolean;
  /** Sends something in the place of what it sent last, with twice its fees: the same, or nothing to nobody. */
  readonly replace: (how: "faster" | "nothing") => Promise<string>;
}

/** Codes of EIP-1193 and of those that add chains. */
const [REJECTED, UNSUPPORTED, UNKNOWN_CHAIN] = [4001, 4200, 4902];

/**
 * Gives the pages of a context a wallet that announces itself (EIP-6963), and signs and sends with a real key: it is no part of
 * the page.
 *
 * @param kept The key of local storage by which the page knows that its reader has this wallet; without it, they have to say so.
 * @param safe The Safe that it is the wallet of, and those of its owners who sign; the key's owner sends what they have signed.
 */
export async function giveWallet(
  context: BrowserContext,
  key: Key,
  provider: JsonRpcProvider,
  kept?: string,
  safe?: Safe & { readonly owners: readonly Owner[] },
): Promise<TestWallet> {
  const signer = key.connect(provider);
  const address = safe?.address ?? signer.address;
  let last: TransactionLike = {};
  const wallet: TestWallet = {
    asked: [],
    signed: [],
    declines: false,
    elsewhere: undefined,
    keepsToItself: false,
    replace: async (how) => {
      const { nonce = null, gasLimit = null, maxFeePerGas, maxPriorityFeePerGas } = last;
      const fees = {
        maxFeePerGas: BigInt(maxFeePerGas ?? 0) * 2n,
        maxPriorityFeePerGas: BigInt(maxPriorityFeePerGas ?? 0) * 2n,
      };
      const { to, data, value } = how === "faster" ? last : { to: signer.address, data: "0x", value: 0 };
      const request = { to, data, value, nonce, gasLimit, ...fees };
      return (await signer.sendTransaction(request)).hash;
    },
  };
  await context.exposeBinding("testWallet", async (_, method: string, params: unknown) => {
    wallet.asked.push(method);
    try {
      return { result: await answer(method, params as readonly unknown[]) };
    } catch (error) {
      const { code = -32_603, message = String(error) } = error as { code?: number; message?: string };
      return { error: { code: typeof code === "number" ? code : -32_603, message } };
    }
  });
  const answer = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    switch (method) {
      case "eth_requestAccounts":
      case "eth_accounts":
        return [address.toLowerCase()];
      case "eth_chainId":
        return wallet.elsewhere === undefined
          ? provider.send("eth_chainId", [])
          : toQuantity(wallet.elsewhere.chainId);
      case "wallet_switchEthereumChain":
        switch (wallet.elsewhere?.whenAsked) {
          case "refuses":
            throw Object.assign(new Error("The owner said no"), { code: REJECTED });
          case "can't":
            throw Object.assign(new Error("This wallet has one chain"), { code: UNSUPPORTED });
          case "learns":
            throw Object.assign(new Error("It doesn't know that chain"), { code: UNKNOWN_CHAIN });
          default:
            wallet.elsewhere = undefined;
            return null;
        }
      case "wallet_addEthereumChain":
        wallet.elsewhere = undefined;
        return null;
      case "eth_signTypedData_v4": {
        requireWilling();
        const { domain, types, primaryType, message } = JSON.parse(String(params[1])) as {
          domain: Record<string, unknown>;
          types: Record<string, { name: string; type: string }[]>;
          primaryType: string;
          message: Record<string, unknown>;
        };
        const others = Object.fromEntries(Object.entries(types).filter(([name]) => name !== "EIP712Domain"));
        wallet.signed.push({ primaryType, message });
        return safe === undefined
          ? signer.signTypedData(domain, others, message)
          : signAsSafe(safe, safe.owners, TypedDataEncoder.hash(domain, others, message));
      }
      case "eth_sendTransaction": {
        requireWilling();
        const [{ to, data, value, gas }] = params as readonly [Readonly<Record<string, string>>];
        const request = { to: to ?? "", data: data ?? "0x", value: BigInt(value ?? 0) };
        if (safe !== undefined)
          return (await signer.sendTransaction(await signedBySafe(safe, safe.owners, request))).hash;
        const limit = gas === undefined ? {} : { gasLimit: BigInt(gas) };
        const whole = await signer.populateTransaction({ ...request, ...limit });
        const raw = await signer.signTransaction(whole);
        last = Transaction.from(raw);
        if (!wallet.keepsToItself) await provider.broadcastTransaction(raw);
        return Transaction.from(raw).hash;
      }
      default:
        throw Object.assign(new Error(`This wallet doesn't know ${method}`), { code: UNSUPPORTED });
    }
  };
  const requireWilling = () => {
    if (wallet.declines) throw Object.assign(new Error("The owner said no <img src=x>"), { code: REJECTED });
  };
  await context.addInitScript({ content: announcing(kept, address) });
  return wallet;
}

/** A script of the page's surroundings that announces the wallet. */
function announcing(kept: string | undefined, address: string): string {
  const account = JSON.stringify(JSON.stringify({ kind: "wallet", wallet: "test.wallet", address }));
  const remember = kept === undefined ? "" : `localStorage.setItem(${JSON.stringify(kept)}, ${account});`;
  return `(() => {
    if (globalThis.top !== globalThis || location.protocol === "about:") return;
    ${remember}
    const provider = {
      request: async ({ method, params }) => {
        const { result, error } = await globalThis.testWallet(method, params ?? []);
        if (error === undefined) return result;
        throw Object.assign(new Error(error.message), { code: error.code });
      },
    };
    const info = { uuid: "7a1c7f1e-3b0c-4a57-9a40-0e1d2c3b4a59", name: "Test wallet", rdns: "test.wallet", icon: "data:image/svg+xml," };
    const announce = () => dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info, provider }) }));
    addEventListener("eip6963:requestProvider", announce);
    announce();
  })();`;
}
