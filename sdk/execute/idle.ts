import type { Provider } from "ethers";
import { KyosoError } from "../errors.js";

/**
 * Refuses an account of which transactions are still under way: what they do can't be seen on the chain yet, and would be
 * done again.
 */
export async function requireIdle(account: string, provider: Provider): Promise<void> {
  const [pending, latest] = await Promise.all([
    provider.getTransactionCount(account, "pending"),
    provider.getTransactionCount(account, "latest"),
  ]);
  if (pending === latest) return;
  throw KyosoError.of("account.busy", {
    data: { account, count: pending - latest },
    place: `account ${account}`,
    message: `${pending - latest} of its transactions are still under way`,
    remedy: "Wait until they are confirmed, and run the same command again.",
  });
}
