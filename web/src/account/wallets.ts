// The wallets of this browser, as they announce themselves (EIP-6963), and not whichever was the last to write `window.ethereum`.

/** What requests go to a wallet by (EIP-1193). */
export interface WalletProvider {
  request(args: { readonly method: string; readonly params?: unknown }): Promise<unknown>;
}

/** A wallet that announced itself. */
export interface Wallet {
  /** Reverse domain name: the same at every visit. What it says of itself proves nothing. */
  readonly id: string;
  readonly name: string;
  /** A picture as `data:`; undefined for one that would have to be loaded. */
  readonly icon: string | undefined;
  readonly provider: WalletProvider;
}

/** Wallets that fit a list; more would be somebody's joke. */
const MOST = 12;
const LONGEST_NAME = 60;

const found = new Map<string, Wallet>();
const listeners = new Set<() => void>();
let wallets: readonly Wallet[] = [];
let listening = false;

/** The wallets that have announced themselves so far. The same array until there is another one. */
export function walletsFound(): readonly Wallet[] {
  return wallets;
}

/** Asks wallets to announce themselves, and tells of each; to be called again for those that come late. */
export function onWallets(listener: () => void): () => void {
  listeners.add(listener);
  if (!listening) {
    listening = true;
    globalThis.addEventListener("eip6963:announceProvider", (event) => {
      const wallet = walletIn(event);
      if (wallet === undefined || found.size >= MOST) return;
      found.set(wallet.id, wallet);
      wallets = [...found.values()];
      for (const each of listeners) each();
    });
  }
  globalThis.dispatchEvent(new Event("eip6963:requestProvider"));
  return () => {
    listeners.delete(listener);
  };
}

/** How long a wallet that is remembered may take to announce itself, in milliseconds. */
const PATIENCE = 1_500;

/** A wallet by its id, which may announce itself some moments after the page has begun. */
export function walletOf(id: string): Promise<Wallet | undefined> {
  return new Promise((resolve) => {
    const end = (wallet: Wallet | undefined) => {
      clearTimeout(timer);
      resolve(wallet);
      // Some announce themselves in the moment in which they are asked to: there is nothing to stop yet.
      queueMicrotask(() => {
        stop();
      });
    };
    const timer = setTimeout(() => {
      end(undefined);
    }, PATIENCE);
    const look = () => {
      const wallet = found.get(id);
      if (wallet !== undefined) end(wallet);
    };
    const stop = onWallets(look);
    look();
  });
}

/** Scripts of strangers announce wallets: what one says is looked at before it is shown. */
function walletIn(event: Event): Wallet | undefined {
  if (!(event instanceof CustomEvent) || !isObject(event.detail)) return undefined;
  const { info, provider } = event.detail;
  if (!isObject(info) || !isProvider(provider)) return undefined;
  const { rdns, name, icon } = info;
  if (typeof rdns !== "string" || !/^[\w.-]{1,100}$/u.test(rdns) || typeof name !== "string")
    return undefined;
  return {
    id: rdns,
    name: name.slice(0, LONGEST_NAME),
    icon: typeof icon === "string" && icon.startsWith("data:image/") ? icon : undefined,
    provider,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isProvider(value: unknown): value is WalletProvider {
  return isObject(value) && typeof value.request === "function";
}
