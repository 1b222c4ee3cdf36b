import type { Problem } from "../../sdk/errors.js";
import { problem } from "../../sdk/errors.js";
import type { LiveDao } from "../../sdk/live.js";
import { formatAmount } from "../../sdk/units.js";
import { PLACE } from "./kind.js";

/** That an account has too few votes for the relay to pay for it; undefined where it has enough. */
export function votesProblem(
  { symbol }: Pick<LiveDao, "symbol">,
  votes: bigint,
  least: bigint,
): Problem | undefined {
  if (votes >= least) return undefined;
  return problem("relay.votes-few", {
    data: { votes, least },
    place: PLACE,
    message: `It has ${formatAmount(votes, symbol)} to vote with, and this relay pays from ${formatAmount(least, symbol)} on`,
    remedy: "Carry it out yourself.",
  });
}
