import type { Provider } from "ethers";
import { sleep } from "../chain/patience.js";
import { KyosoError } from "../errors.js";

/** How often it is looked, and after how many milliseconds: of several nodes behind one address some are a little behind. */
const LOOKS = 3;
const PAUSE = 400;

/**
 * Refuses an account of which transactions are still under way: what they do can't be seen on the chain yet, and would be
 * done again.
 */
export async function requireIdle(account: string, provider: Provider): Promise<void> {
  for (let look = 1; ; look++) {
    const [pending, latest] = await Promise.all([
      provider.getTransactionCount(account, "pending"),
      provider.getTransactionCount(account, "latest"),
    ]);
    if (pending <= latest) return;
    if (look < LOOKS) {
      await sleep(PAUSE);
      continue;
    }
    throw KyosoError.of("account.busy", {
      data: { account, count: pending - latest },
      place: `account ${account}`,
      message: `${pending - latest} of its transactions are still under way`,
      remedy: "Wait until they are confirmed, and run the same command again.",
    });
  }
}
