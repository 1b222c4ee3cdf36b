import { TRANSACTION_GAS_CAP } from "../chain/limits.js";

/**
 * What a transaction may need more than it was estimated to, when others come before it: the ballot that reaches the quorum
 * extends the vote, and the first of a day, a season or a member writes what the next ones only change.
 */
const LEAST_MARGIN = 80_000n;

/** How much gas a transaction is given, by its estimate: what isn't used isn't paid. */
export function gasLimitFor(estimate: bigint, least = 0n): bigint {
  const quarter = estimate / 4n;
  const ample = estimate + (quarter > LEAST_MARGIN ? quarter : LEAST_MARGIN);
  const wanted = ample > least ? ample : least;
  if (wanted <= TRANSACTION_GAS_CAP) return wanted;
  // No chain takes more; some count the cost of another chain in.
  return estimate > TRANSACTION_GAS_CAP ? estimate : TRANSACTION_GAS_CAP;
}

/**
 * How much gas a transaction is given that may need more than its estimate, or may take so much at most whatever that finds. What it
 * may come to is to be reckoned with this, and not with the estimate.
 */
export function gasLimitOf(
  { leastGas, mostGas }: { readonly leastGas?: bigint; readonly mostGas?: bigint },
  estimate: bigint,
): bigint {
  const ample = gasLimitFor(estimate, leastGas);
  return mostGas !== undefined && ample > mostGas ? mostGas : ample;
}
