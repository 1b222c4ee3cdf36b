import { parseEther } from "ethers";
import type { KindName } from "../jobs/job.js";
import { ballotsOf } from "./ballot.js";
import { claims } from "./claim.js";
import { delegationsOf } from "./delegation.js";
import type { Desk } from "./kind.js";
import { deskOf } from "./kind.js";
import { rewardsOf } from "./reward.js";
import { vouchers } from "./voucher.js";

/**
 * The desks of a relay, for all kinds: what was taken before the settings changed is carried out and settled all the same.
 *
 * @param leastVotes Votes that voters and delegators have to have, in whole tokens.
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
  ];
  return new Map(all.map((desk) => [desk.name, desk]));
}
