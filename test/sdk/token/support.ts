import type { NetworkConnection } from "hardhat/types/network";
import { executeAsSafe } from "../../../sdk/node/execute/safe.js";
import { call, named } from "../../../sdk/calls/plan.js";
import type { LiveDao } from "../../../sdk/live.js";
import { openDao } from "../../../sdk/live.js";
import type { Signer } from "../../helpers/chain.js";
import { launchedWorld, problemOf } from "../support.js";

/** What nobody can hold evidence for. */
const NO_EVIDENCE = `0x${"00".repeat(32)}`;

/** A chain with a live DAO, one of whose holders (40,000 tokens) has earned 100 votes. */
export async function tokenWorld(connection: NetworkConnection) {
  const world = await launchedWorld(connection);
  const { context, dao, holders, owners, record } = world;
  const award = call(
    await named("badge", dao.badge),
    "award",
    [2, holders[1].address, NO_EVIDENCE],
    "Award a badge with 100 votes",
  );
  await executeAsSafe({ title: "Awarding", calls: [award] }, context.provider, context.eip1193, {
    address: record.safe,
    owners: [owners[0].address, owners[1].address],
  });
  /** The DAO as it is now. */
  const open = (): Promise<LiveDao> => openDao(record, context.provider, context.eip1193);
  const as = (holder: Signer) => dao.token.connect(holder);
  const [alice, bob, carol] = holders;
  return { ...world, open, as, alice, bob, carol, treasury: record.contracts.timelock };
}

/** The one problem that `run` throws. */
export function problemIn(run: () => unknown) {
  return problemOf(
    new Promise((resolve) => {
      resolve(run());
    }),
  );
}
