import type { BaseWallet } from "ethers";
import { toQuantity, Wallet, ZeroHash } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import type { GateOptions } from "../../../../sdk/node/gate/gate.js";
import { Gate } from "../../../../sdk/node/gate/gate.js";
import type { Subject } from "../../../../sdk/pass/choices.js";
import { SUBJECTS } from "../../../../sdk/pass/choices.js";
import { MembershipPass__factory } from "../../../../typechain-types/index.js";
import { call, named } from "../../../../sdk/calls/plan.js";
import { asSafe, badgeWorld, KIND } from "../../badges/support.js";

export const SITE = "https://members.example";

/** The perks of {@link gateWorld}, by number. */
export const PERK = {
  /** For who has a pass. */
  PASS: 1,
  /** For who has a badge or a pass. */
  ANY: 2,
  /** For who has two badges for a review. */
  REVIEWS: 3,
  /** Once for each pass. */
  PASS_COUPON: 4,
  /** Once for who has a badge for a review. */
  REVIEW_COUPON: 5,
  /** Once, for who has tokens. */
  TOKEN_COUPON: 6,
  /** Once, with two passes or with three. */
  TWO_PASSES_COUPON: 7,
  /** For who has a badge; closed. */
  CLOSED: 8,
  /** Once, for who has a badge; closed. */
  CLOSED_COUPON: 9,
} as const;

const condition = (subject: Subject, amount = 1, argument = 0, group = 0) => ({
  subject: SUBJECTS.indexOf(subject),
  amount,
  argument,
  group,
});

const PERKS = [
  { once: false, conditions: [condition("passes")] },
  { once: false, conditions: [condition("badges"), condition("passes", 1, 0, 1)] },
  { once: false, conditions: [condition("badges of kind", 2, KIND.REVIEW)] },
  { once: true, conditions: [condition("passes")] },
  { once: true, conditions: [condition("badges of kind", 1, KIND.REVIEW)] },
  { once: true, conditions: [condition("tokens")] },
  { once: true, conditions: [condition("passes", 3, 0, 1), condition("passes", 2)] },
  { once: false, conditions: [condition("badges")] },
  { once: true, conditions: [condition("badges")] },
];

/**
 * A live DAO with a membership pass, to which a badge for a review entitles, and the perks of {@link PERK}.
 */
export async function gateWorld(connection: NetworkConnection) {
  const world = await badgeWorld(connection);
  const { context, dao, record, stranger } = world;
  const modules = dao.modules.connect(stranger);
  await modules.deployPass(dao.badge);
  const [, address] = await modules.predict(dao.badge);
  const pass = MembershipPass__factory.connect(address, stranger);
  const { timelock } = record.contracts;
  const send = (method: string, params: unknown[]) => context.eip1193.request({ method, params });
  await send("hardhat_impersonateAccount", [timelock]);
  await send("hardhat_setBalance", [timelock, toQuantity(10n ** 20n)]);
  const decided = pass.connect(await connection.ethers.getSigner(timelock));
  await decided.setTerms({ kind: KIND.REVIEW, royaltyBps: 0, colour: 0x8e4b4a, language: 0 });
  for (const [i, perk] of PERKS.entries()) await decided.addPerk({ name: `Perk ${i + 1}`, uri: "", ...perk });
  await decided.closePerk(PERK.CLOSED);
  await decided.closePerk(PERK.CLOSED_COUPON);

  /** Awards a badge for a review. */
  const award = async (account: string): Promise<number> => {
    await world.badge.award(KIND.REVIEW, account, ZeroHash);
    return Number(await dao.badge.totalAwarded());
  };
  /** Awards a badge for a review, and gives the pass to which it entitles. */
  const givePass = async (account: string): Promise<number> => {
    const id = await award(account);
    await pass.mint(id);
    return id;
  };
  /** Has an account that needs some ether send transactions. */
  const fund = async (account: string) => send("hardhat_setBalance", [account, toQuantity(10n ** 20n)]);
  /** Sells a pass. */
  const sell = async (from: BaseWallet, to: string, id: number) => {
    await fund(from.address);
    await pass.connect(from.connect(context.provider)).transferFrom(from.address, to, id);
  };
  /** Opens a gate; at hand, the last block stays. */
  const openGate = (options: Partial<GateOptions> = {}) =>
    Gate.open({
      record,
      node: context.eip1193,
      pass: address,
      perk: PERK.ANY,
      origin: SITE,
      finality: 0,
      ...options,
    });
  /** A whole recovery of badges. */
  const recover = async (from: string, to: string, ids: readonly number[]) => {
    const badge = await named("badge", dao.badge);
    await asSafe(world, [call(badge, "requestRecovery", [from, to], "Recover")]);
    await connection.networkHelpers.time.increaseTo((await dao.badge.recoveryOf(from)).eta);
    await dao.badge.connect(stranger).recover(from, [...ids]);
  };
  const revoke = async (id: number) => {
    const badge = await named("badge", dao.badge);
    await asSafe(world, [call(badge, "revoke", [id, "by mistake"], "Revoke")]);
  };
  return {
    ...world,
    connection,
    modules,
    recover,
    revoke,
    pass,
    decided,
    award,
    givePass,
    fund,
    sell,
    openGate,
  };
}

export type GateWorld = Awaited<ReturnType<typeof gateWorld>>;

export const newWallet = (): BaseWallet => new Wallet(Wallet.createRandom().privateKey);
