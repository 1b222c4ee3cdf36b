import type { Signer } from "ethers";
import { id, Wallet, ZeroHash } from "ethers";
import type { NetworkHelpers } from "@nomicfoundation/hardhat-network-helpers/types";
import { BADGE_GAS, STEP_GAS } from "../../sdk/badges/recovery/recoveryPlans.js";
import type { Dao } from "../../sdk/dao.js";
import { gasOf, type Measurement } from "./measurement.js";

const KIND = 1;
const VOTING_KIND = 2;
const BADGES = 100;

/**
 * What recoveries cost, into accounts that had nothing until then. The limits are what the SDK plans with.
 *
 * @param steward The Safe, as its own signer.
 */
export async function measureRecoveries({
  dao,
  networkHelpers,
  steward,
}: {
  readonly dao: Dao;
  readonly networkHelpers: NetworkHelpers;
  readonly steward: Signer;
}): Promise<Measurement[]> {
  const badge = dao.badge.connect(steward);
  const account = (name: string) => new Wallet(id(name)).address;
  const first = Number(await badge.totalAwarded()) + 1;
  const many = Array.from({ length: BADGES }, () => account("lost, with many"));
  await gasOf(badge.awardBatch(KIND, many, many.map(id), ""));
  await gasOf(badge.award(KIND, account("lost, with one"), ZeroHash));
  await gasOf(badge.award(VOTING_KIND, account("lost, with votes"), ZeroHash));

  const request = (name: string) =>
    gasOf(badge.requestRecovery(account(`lost, with ${name}`), account(`found, with ${name}`)));
  await request("many");
  const requested = await request("one");
  await request("votes");
  await networkHelpers.time.increaseTo((await badge.recoveryOf(account("lost, with votes"))).eta);
  const recover = (name: string, from: number, count: number) =>
    gasOf(
      badge.recover(
        account(`lost, with ${name}`),
        Array.from({ length: count }, (_, i) => from + i),
      ),
    );
  const all = await recover("many", first, BADGES);
  const one = await recover("one", first + BADGES, 1);
  const votes = await recover("votes", first + BADGES + 1, 1);
  return [
    { name: "requesting one", value: requested },
    { name: "moving one badge, all that there is", value: one },
    { name: "moving one badge with votes, all that there is", value: votes, limit: Number(STEP_GAS) },
    {
      name: `each further badge, of ${BADGES} in a call`,
      value: Math.round((all - one) / (BADGES - 1)),
      limit: Number(BADGE_GAS),
    },
  ];
}
