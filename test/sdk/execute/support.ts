import { BrowserProvider, HDNodeWallet, type JsonRpcApiProvider } from "ethers";
import type { Eip1193Provider } from "../../../sdk/chain/eip1193.js";
import { isRead, patiently } from "../../../sdk/chain/patience.js";
import { Account, type AccountOptions } from "../../../sdk/execute/account.js";
import { senderOf } from "../../../sdk/execute/sender.js";

/** What happens to requests on their way. */
export interface Line {
  /** Every method that was asked for. */
  readonly asked: string[];
  /** The request, counted from 1, at which the connection breaks once; 0 for none. */
  cutAt: number;
  /** Whether the node gets that one nevertheless, and only its answer is lost. */
  forwarded: boolean;
  /** Whether nothing gets through any more. */
  dead: boolean;
  /** Answers in place of the node's. */
  answer: (
    method: string,
    real: () => Promise<unknown>,
    params: readonly unknown[] | undefined,
  ) => Promise<unknown>;
}

/** A line that works. */
export function openLine(): Line {
  return { asked: [], cutAt: 0, forwarded: false, dead: false, answer: (_, real) => real() };
}

/** A provider as the tasks have it, over a line that can break: what is read is asked for again. */
export function providerOver(line: Line, chain: Eip1193Provider): JsonRpcApiProvider {
  const broken = () => new Error("read ECONNRESET");
  const ask = async (request: { method: string; params?: readonly unknown[] }): Promise<unknown> => {
    line.asked.push(request.method);
    if (line.dead) throw broken();
    const cut = line.asked.length === line.cutAt;
    if (cut && !line.forwarded) throw broken();
    const answer = await line.answer(request.method, () => chain.request(request), request.params);
    if (cut) throw broken();
    return answer;
  };
  const transport = {
    request({ method, params }: { method: string; params?: unknown[] | Record<string, unknown> }) {
      const once = () => ask({ method, ...(Array.isArray(params) ? { params } : {}) });
      const patience = { attempts: line.dead ? 1 : 3, firstWait: 1 };
      return isRead(method) ? patiently(once, undefined, patience) : once();
    },
  };
  return new BrowserProvider(transport, 31337n, { staticNetwork: true, cacheTimeout: -1, polling: true });
}

/** The wallet of one of the chain's accounts: this process has its key. */
export function walletOf(index: number): HDNodeWallet {
  const phrase = "test test test test test test test test test test test junk";
  return HDNodeWallet.fromPhrase(phrase, "", `m/44'/60'/0'/0/${index}`);
}

/** An account that signs itself. */
export async function accountOver(
  provider: JsonRpcApiProvider,
  index: number,
  options: AccountOptions = {},
): Promise<Account> {
  const pace = { look: 2, lookAtMost: 20, handAgain: 40, silence: 400, ...options.pace };
  return new Account(await senderOf(walletOf(index).connect(provider)), { ...options, pace });
}
