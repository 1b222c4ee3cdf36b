import { ZeroHash } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { readKinds } from "../../../sdk/badges/kinds/kinds.js";
import { INTERFACES } from "../../../sdk/calls/known.js";
import type { Plan } from "../../../sdk/calls/plan.js";
import { call } from "../../../sdk/calls/plan.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { ideaOf } from "../../../sdk/ideas/names.js";
import { planOpen, planSubmit, planSupport } from "../../../sdk/ideas/plans.js";
import type { CallTexts } from "../../../sdk/ideas/terms.js";
import { readNewCall } from "../../../sdk/ideas/terms.js";
import type { LiveDao } from "../../../sdk/live.js";
import { ROLES } from "../../../sdk/roles.js";
import type { Signer } from "../../helpers/chain.js";
import { asSafe, badgeWorld, KIND, LIMITED, openAs } from "../badges/support.js";
import { load } from "../support.js";

export const DAY = 86_400;

/** The kinds of badges that the board awards, beside those of the badges' world; the second one has votes. */
export const CO_CREATOR = 5;
export const PARTNER = 6;

/**
 * A live DAO with kinds of badges that its board awards. The three holders and the stranger are members since today.
 */
export async function moduleWorld(connection: NetworkConnection) {
  const world = await badgeWorld(connection);
  const { badge, dao, record, holders, stranger } = world;
  const at = { name: "badge", address: record.contracts.badge, interface: INTERFACES.badge } as const;
  const coCreator = { ...LIMITED, supplyLimit: 0, dailyPointsLimit: 0, issuerRole: ROLES.BOARD };
  await asSafe(world, [call(at, "addKind", [{ ...coCreator, name: "共創メンバー" }], "Add")]);

  const { networkHelpers } = connection;
  const { timelock } = record.contracts;
  await networkHelpers.impersonateAccount(timelock);
  await networkHelpers.setBalance(timelock, 10n ** 18n);
  const treasury = await connection.ethers.getSigner(timelock);
  await dao.badge.connect(treasury).addVotingKind({ ...coCreator, name: "Partner", votes: 10n ** 18n });
  for (const account of [...holders, stranger]) await badge.award(KIND.REVIEW, account, ZeroHash);
  return {
    ...world,
    treasury,
    board: dao.board,
    pass: dao.pass,
  };
}

/** A call of three weeks in which members count. */
export const CALL: CallTexts = {
  question: "次の季節のブレンドは？",
  options: [],
  rules: undefined,
  rulesHash: undefined,
  ideasFor: "14 days",
  supportFor: "7 days",
  ideasPerMember: "2",
  winners: "2",
  counting: "voice",
  choice: "approve",
  memberDays: undefined,
  badge: "共創メンバー",
};

/** What a poll hasn't, and what it has instead. */
export const POLL: Partial<CallTexts> = {
  options: ["青", "緑", "白"],
  choice: "pick-one",
  winners: undefined,
  ideasFor: undefined,
  ideasPerMember: undefined,
  badge: undefined,
};

/** The world of {@link moduleWorld}, and what people do in it. */
export async function ideaWorld() {
  const world = await load(moduleWorld);
  const { board, connection, holders } = world;
  const [alice, bob, carol] = holders;
  const { time } = connection.networkHelpers;
  const open = (): Promise<LiveDao> => openAs(world);
  const asSteward = (plan: Plan) => asSafe(world, plan.calls);
  return {
    ...world,
    alice,
    bob,
    carol,
    open,
    asSteward,
    /** Opens a call as the Safe, and returns its number. */
    openCall: async (changes: Partial<CallTexts> = {}) => {
      const live = await open();
      const terms = await readNewCall(live, { ...CALL, ...changes }, await readKinds(live), "safe");
      await asSteward(planOpen(live, terms));
      return Number(await board.callCount());
    },
    submit: async (call: number, author: Signer, title: string, uri = "") => {
      const { ideas } = await board.callOf(call);
      const plan = planSubmit(await open(), call, { title, uri, contentHash: undefined });
      await executeAsSigner(plan, author);
      return ideaOf(call, Number(ideas) + 1);
    },
    support: async (who: Signer, ...ideas: readonly number[]) =>
      executeAsSigner(planSupport(await open(), ideas), who),
    /** On to the first second in which support is taken, or in which the result is final. */
    toSupport: async (call: number) => time.increaseTo((await board.callOf(call)).snapshot + 1n),
    toEnd: async (call: number) => time.increaseTo((await board.callOf(call)).end),
  };
}

export type IdeaWorld = Awaited<ReturnType<typeof ideaWorld>>;
