import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { ZeroHash } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { makeEvidence } from "../../../sdk/badges/awards/evidence.js";
import type { ChainLog } from "../../../sdk/chain/packedLogs.js";
import type { Award } from "../../../sdk/badges/awards/contribution.js";
import { readKinds } from "../../../sdk/badges/kinds/kinds.js";
import { readLedger } from "../../../sdk/badges/ledger.js";
import type { Call } from "../../../sdk/calls/plan.js";
import { call, named } from "../../../sdk/calls/plan.js";
import type { Problem } from "../../../sdk/errors.js";
import { KyosoError } from "../../../sdk/errors.js";
import { executeAsSafe } from "../../../sdk/node/execute/safe.js";
import type { LiveDao } from "../../../sdk/live.js";
import { openDao } from "../../../sdk/live.js";
import { ROLES } from "../../../sdk/roles.js";
import type { LaunchedWorld } from "../support.js";
import { launchedWorld, load } from "../support.js";

/** The kinds of {@link badgeWorld}; the first two are those of the brand file. */
export const KIND = { REVIEW: 1, AMBASSADOR: 2, RECIPE: 3, OWN_ROLE: 4 } as const;

/** Seconds that a season has. */
export const SEASON = 90 * 86_400;

/**
 * A live DAO with an issuer who is a person, a kind that has limits (5 badges, 60 points a day at 20 points each), and one
 * that a role of its own awards, which nobody has.
 */
export async function badgeWorld(connection: NetworkConnection) {
  const world = await launchedWorld(connection);
  const [, , , , , , , , issuer] = await connection.ethers.getSigners();
  if (issuer === undefined) throw new Error("the chain has too few accounts");
  const badge = await named("badge", world.dao.badge);
  const manager = await named("manager", world.dao.manager);
  const recipe = { ...LIMITED, name: "レシピ" };
  await asSafe(world, [
    call(manager, "grantRole", [ROLES.ISSUER, issuer.address, 0], "Appoint"),
    call(badge, "addKind", [recipe], "Add"),
    call(badge, "addKind", [{ ...recipe, name: "Own", issuerRole: 100 }], "Add"),
  ]);
  return { ...world, issuer, badge: world.dao.badge.connect(issuer) };
}

export const LIMITED = {
  name: "Limited",
  description: "",
  image: "",
  points: 20,
  votes: 0n,
  issuerRole: ROLES.ISSUER,
  supplyLimit: 5,
  dailyPointsLimit: 60,
};

/** The DAO as a command sees it that begins now. */
export function openAs({ record, context }: LaunchedWorld): Promise<LiveDao> {
  return openDao(record, context.provider, context.eip1193);
}

/** The DAO as it looks through a node that leaves out who gave a badge up. */
export async function withoutEnds(world: LaunchedWorld): Promise<LiveDao> {
  const live = await openAs(world);
  const { topicHash } = world.dao.badge.interface.getEvent("Transfer");
  const logs = await live.logsOf("badge");
  const isEnd = ({ topics: [event, , to] }: ChainLog) => event === topicHash && to === ZeroHash;
  return { ...live, logsOf: () => Promise.resolve(logs.filter((log) => !isEnd(log))) };
}

/** Makes calls as the Safe. */
export async function asSafe(
  { context, record, owners }: Pick<LaunchedWorld, "context" | "record" | "owners">,
  calls: readonly Call[],
): Promise<void> {
  const signers = { address: record.safe, owners: owners.slice(0, 2).map(({ address }) => address) };
  await executeAsSafe({ title: "As the Safe", calls }, context.provider, context.eip1193, signers);
}

/** An award that is made up, of a line of a file. */
export function awardOf(kind: number, account: string, text: string, line = 2): Award {
  return { kind, account, text, source: { file: "blue.csv", line }, evidence: makeEvidence(text) };
}

/** Runs `use` with a folder that is removed afterwards. */
export async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "kyoso-badges-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The one problem that `run` throws. */
export function thrownBy(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    if (error instanceof KyosoError && error.problems[0] !== undefined) return error.problems[0];
    throw error;
  }
  return expect.fail("nothing was thrown");
}

/** Badge 1 of a kind without votes, 2 of one with votes; 3 is gone. */
export async function threeBadges() {
  const found = await load(badgeWorld);
  const { badge, dao, holders, stranger } = found;
  await badge.award(KIND.REVIEW, holders[0], ZeroHash);
  await badge.award(KIND.AMBASSADOR, holders[0], ZeroHash);
  await badge.award(KIND.REVIEW, stranger, ZeroHash);
  await dao.badge.connect(stranger).renounce(3);
  const live = await openAs(found);
  return { ...found, live, kinds: await readKinds(live), ledger: await readLedger(live) };
}
