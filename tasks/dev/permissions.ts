import type { BaseContract } from "ethers";
import { id, parseEther } from "ethers";
import { BrandDAOFactory__factory } from "../../typechain-types/index.js";
import { attempt } from "../../sdk/audit/attempt.js";
import { changingFunctions, exampleValue } from "../../sdk/audit/table.js";
import type { Eip1193Provider } from "../../sdk/chain/eip1193.js";
import { PHASES, readPhase } from "../../sdk/dao.js";
import { ROLES } from "../../sdk/roles.js";
import { action } from "../action.js";
import { markdownTable, writeFact } from "./facts.js";
import { BOTH_MODULES, exampleConfig, exampleKind, openChain } from "./fixture.js";

interface Arguments {
  check: boolean;
}

/** Finds out who may call what, by calling every function as everybody in every phase. */
export default action<Arguments>(async ({ check }, hre) => {
  await hre.tasks.getTask("build").run({ quiet: true });
  const { connection, factory, safe, safeOwner, people, launcher, connect } = await openChain(hre);
  const { ethers, networkHelpers } = connection;
  const [holder, issuer, stranger] = people;
  if (holder === undefined || issuer === undefined || stranger === undefined)
    throw new RangeError("Too few accounts");

  const launchpad = BrandDAOFactory__factory.connect(factory, launcher);
  const config = exampleConfig(safe, id("permissions"), {
    kinds: [exampleKind(0n)],
    allocations: [{ account: holder.address, amount: parseEther("100000") }],
    modules: BOTH_MODULES,
  });
  const { manager, token, timelock, governor, badge, drop, rewards, handover } =
    await launchpad.launch.staticCall(config);
  await (await launchpad.launch(config)).wait();
  const dao = connect({ manager, token, timelock, governor, badge, drop, rewards, handover });
  await networkHelpers.impersonateAccount(safe);
  await networkHelpers.setBalance(safe, parseEther("1"));
  const steward = await ethers.getSigner(safe);
  await (await dao.manager.connect(steward).grantRole(ROLES.ISSUER, issuer.address, 0)).wait();
  await (await dao.badge.connect(steward).award(1, holder.address, id("evidence"))).wait();
  await networkHelpers.mine(2);

  const actors = {
    proposal: timelock,
    Safe: safe,
    "Safe owner": safeOwner.address,
    issuer: issuer.address,
    holder: holder.address,
    anyone: stranger.address,
    launcher: launcher.address,
  };
  const contracts: [string, BaseContract][] = [
    ["BrandToken", dao.token],
    ["BrandGovernor", dao.governor],
    ["BrandTimelock", dao.timelock],
    ["ContributionBadge", dao.badge],
    ["LoyaltyDrop", dao.drop],
    ["ContributionRewards", dao.rewards],
    ["IdeaBoard", dao.board],
    ["MembershipPass", dao.pass],
    ["Handover", dao.handover],
    ["AccessManager", dao.manager],
  ];

  // function → actor → phases in which it isn't turned away
  const found = new Map<string, Map<string, string[]>>();
  const visit = async () => {
    const phase = await readPhase(dao);
    for (const [name, contract] of contracts) {
      for (const [actor, address] of Object.entries(actors)) {
        for (const signature of await callable(contract, address, stranger.address, connection.provider)) {
          const key = `${name} ${signature}`;
          const row = found.get(key) ?? new Map<string, string[]>();
          found.set(key, row.set(actor, [...(row.get(actor) ?? []), phase]));
        }
      }
    }
  };
  await visit();
  await networkHelpers.time.increaseTo(Number(await dao.governor.guardianExpiry()));
  await visit();
  await networkHelpers.time.increaseTo(Number(await dao.handover.communityDate()));
  await (await dao.handover.connect(stranger).handOver()).wait();
  await visit();

  const lines = [
    "# Permissions",
    "",
    "Who may call what, found out by calling every function that changes something, as everybody, in each phase of the",
    "handover. `npm run permissions` writes this page, and CI fails when it is stale. A `✓` says that the call isn't turned",
    "away for who makes it; a phase, that this is so in that phase only. _Proposal_ is the timelock, _issuer_ an account",
    "that the Safe appointed before handing over.",
    "",
    "What is marked for _anyone_ works on the caller's own: tokens, votes, delegation, roles, ideas, passes; or does only what was",
    "decided before: what has passed a vote, what an issuer signed (`redeem`), what a campaign or a season shares (`claim`), what a",
    "recovery moves once its time has come (`recover`), the votes of badges that were withheld (`grantVotes`), what is left",
    "over and goes to the treasury (`close`, `returnUnclaimed`). What is marked for nobody is for another contract of the",
    "DAO, such as `awardClaim` for the LoyaltyDrop, or was done for good at launch. `cancel` is for those who proposed or",
    "scheduled it, `multicall` makes calls that are checked one by one, and `consumeScheduledOp` answers to contracts that",
    "the AccessManager manages. What DAOs share, the factories, the BallotRelay, the nicknames and the recorder of decisions,",
    "has no power in any of them: anyone may call it, and it isn't listed.",
  ];
  for (const [name, contract] of contracts) {
    lines.push("", `## ${name}`, "");
    const columns = Object.keys(actors);
    const rows = changingFunctions(contract.interface).map((fragment) => {
      const row = found.get(`${name} ${fragment.format("sighash")}`);
      const cells = columns.map((actor) => {
        const phases = row?.get(actor) ?? [];
        return phases.length === PHASES.length ? "✓" : phases.join(", ");
      });
      return [`\`${fragment.name}\``, ...cells];
    });
    const unique = [...new Map(rows.map((row) => [row.join("|"), row])).values()];
    lines.push(...markdownTable(["function", ...columns], unique));
  }
  await writeFact(hre, "docs/permissions.md", `${lines.join("\n")}\n`, "npm run permissions", check);
});

/** The functions that don't turn a caller away. */
async function callable(
  contract: BaseContract,
  from: string,
  other: string,
  provider: Eip1193Provider,
): Promise<string[]> {
  const to = await contract.getAddress();
  const open: string[] = [];
  for (const fragment of changingFunctions(contract.interface)) {
    const values = fragment.inputs.map((input) => exampleValue(input, other));
    const data = contract.interface.encodeFunctionData(fragment, values);
    const outcome = await attempt(provider, { from, to, data });
    if (outcome !== "turned away") open.push(fragment.format("sighash"));
  }
  return open;
}
