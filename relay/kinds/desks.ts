import { parseEther } from "ethers";
import { requireShared } from "../../sdk/community/shared.js";
import { KyosoError } from "../../sdk/errors.js";
import { boardAddress } from "../../sdk/ideas/board.js";
import type { LiveDao } from "../../sdk/live.js";
import type { KindName } from "../jobs/job.js";
import { ballotsOf } from "./ballot.js";
import { claims } from "./claim.js";
import { delegationsOf } from "./delegation.js";
import type { Desk } from "./kind.js";
import { deskOf } from "./kind.js";
import { nicknamesOf } from "./nickname.js";
import { rewardsOf } from "./reward.js";
import { supportOf } from "./support.js";
import { vouchers } from "./voucher.js";

/**
 * The desks of a relay, for all kinds: what was taken before the settings changed is carried out and settled all the same.
 *
 * @param leastVotes Votes that voters, delegators and supporters have to have, in whole tokens.
 * @param tokens In which rewards are paid, besides the DAO's own.
 */
export function openDesks(leastVotes: number, tokens: readonly string[]): ReadonlyMap<KindName, Desk> {
  const least = parseEther(leastVotes.toString());
  const all = [
    deskOf(claims),
    deskOf(vouchers),
    deskOf(ballotsOf(least)),
    deskOf(delegationsOf(least)),
    deskOf(rewardsOf(tokens)),
    deskOf(supportOf(least)),
    deskOf(nicknamesOf(least)),
  ];
  return new Map(all.map((desk) => [desk.name, desk]));
}

/** What a kind takes that not every DAO or chain has. */
const NEEDS: Readonly<Partial<Record<KindName, (live: LiveDao) => unknown>>> = {
  support: boardAddress,
  nickname: (live) => requireShared(live, "nicknames"),
};

/**
 * Of the kinds that settings name, those that the DAO and its chain have the contracts for.
 *
 * @throws KyosoError where there is none.
 */
export async function possibleKinds(live: LiveDao, kinds: readonly KindName[]): Promise<readonly KindName[]> {
  const possible: KindName[] = [];
  let missing: KyosoError | undefined;
  for (const kind of kinds) {
    try {
      await NEEDS[kind]?.(live);
      possible.push(kind);
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      missing ??= error;
    }
  }
  if (possible.length === 0 && missing !== undefined) throw missing;
  return possible;
}
