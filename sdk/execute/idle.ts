import type { Provider } from "ethers";
import { sleep, until } from "../chain/patience.js";
import { KyosoError } from "../errors.js";
import type { Spent } from "./outbox.js";

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

/** For how long a node may be behind, in milliseconds. After that, a reorganisation is likelier to have taken a transaction back. */
const LONGEST_BEHIND = 600_000;
const PATIENCE = { attempts: 5, firstWait: 250 };

/**
 * Refuses to send through a node that doesn't know yet what an account has sent a moment ago: it would give the next transaction a
 * number that is used, and take the one before for it.
 *
 * @param spent The highest number that is known to be used.
 */
export async function requireCaughtUp(
  account: string,
  provider: Provider,
  spent: Spent | undefined,
): Promise<void> {
  if (spent === undefined || Date.now() - spent.at > LONGEST_BEHIND) return;
  const { nonce } = spent;
  const next = await until(
    (count) => count > nonce,
    () => provider.getTransactionCount(account, "latest"),
    PATIENCE,
  );
  if (next > nonce) return;
  throw KyosoError.of("account.node-behind", {
    data: { account, next, nonce },
    place: `account ${account}`,
    message: `The node takes ${next} for the number of its next transaction, and ${nonce} was carried out already`,
    remedy:
      "The node is behind. Nothing was sent: run the same command again in a moment, or use another node.",
  });
}
