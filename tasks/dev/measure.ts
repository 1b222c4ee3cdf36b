import { id, parseEther, ZeroAddress } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { makeProposal } from "../../sdk/governance/proposal.js";
import { IMPLEMENTATION_NAMES } from "../../sdk/implementations.js";
import { call, named } from "../../sdk/calls/plan.js";
import {
  BallotRelay__factory,
  BrandDAOFactory__factory,
  BrandToken__factory,
} from "../../typechain-types/index.js";
import { measureBallots, voterAllocations } from "./ballots.js";
import type { LaunchOverrides } from "./fixture.js";
import { measureEconomy } from "./economy.js";
import { measureRecoveries } from "./recoveries.js";
import { gasOf, type Measurement } from "./measurement.js";
import { BOTH_MODULES, DAY, exampleConfig, exampleKind, exampleTitles, openChain, START } from "./fixture.js";

const CODE_LIMIT = 24_576; // EIP-170
const SPARE_CODE = 500;
/** What decides is to have more room than others. */
const GOVERNOR_CODE = 23_000;
/** Of voters with as much each, the one with whom the quorum is reached, from 0 on. */
const REACHING = 4;

/** Measures the life of a DAO on a chain with fixed dates, so that the figures are the same on every machine. */
export async function measure(hre: HardhatRuntimeEnvironment) {
  const {
    connection,
    safeOwner,
    people,
    safe,
    factory: factoryAddress,
    relay,
    connect,
    launcher,
  } = await openChain(hre);
  const { ethers, networkHelpers } = connection;
  const person = (i: number) => people[i] ?? launcher;
  const factory = BrandDAOFactory__factory.connect(factoryAddress, launcher);
  let salt = 0;
  const launch = async (overrides: LaunchOverrides) => {
    const config = exampleConfig(safe, id(String(salt++)), overrides);
    const { manager, token, timelock, governor, badge, drop, rewards, handover } =
      await factory.launch.staticCall(config);
    const gas = await gasOf(factory.launch(config));
    return { gas, contracts: { manager, token, timelock, governor, badge, drop, rewards, handover } };
  };

  const bare = await launch({});
  const whole = await launch({ modules: BOTH_MODULES });
  const withBoard = await launch({ modules: { ...BOTH_MODULES, pass: false } });
  const untitled = await launch({ titles: [] });
  const kind = await launch({ kinds: [exampleKind(0n)] });
  const one = await launch({ allocations: allocate([person(0).address]) });
  const ten = await launch({ allocations: allocate(people.slice(0, 10).map(({ address }) => address)) });
  const launches: Measurement[] = [
    { name: "everything, with a name of 57 bytes", value: whole.gas, limit: 2_460_000 },
    { name: "of that, the idea board", value: withBoard.gas - bare.gas },
    { name: "of that, the membership pass with its terms", value: whole.gas - withBoard.gas },
    { name: "each badge kind, with 159 bytes of texts", value: kind.gas - bare.gas, limit: 240_000 },
    {
      name: "each title, with 15 bytes",
      value: Math.round((bare.gas - untitled.gas) / exampleTitles().length),
      limit: 110_000,
    },
    { name: "the first allocation", value: one.gas - bare.gas },
    { name: "each further allocation", value: Math.round((ten.gas - one.gas) / 9), limit: 30_000 },
  ];

  const live = await launch({
    kinds: [exampleKind(0n), exampleKind(parseEther("1"))],
    allocations: [
      { account: ZeroAddress, amount: parseEther("50000") },
      ...allocate(people.map(({ address }) => address)),
    ],
  });
  const { token, governor, badge, handover } = connect(live.contracts);
  await networkHelpers.impersonateAccount(safe);
  await networkHelpers.setBalance(safe, parseEther("1"));
  const steward = await ethers.getSigner(safe);

  const accounts = Array.from({ length: 100 }, (_, i) =>
    ethers.getAddress(ethers.dataSlice(id(`account ${i}`), 12)),
  );
  const evidence = accounts.map((account) => id(account));
  const asSteward = badge.connect(steward);
  const kindOne = 1;
  const votingKind = 2;
  const first = await gasOf(asSteward.award(kindOne, person(0).address, id("evidence")));
  const batchNew = await gasOf(asSteward.awardBatch(kindOne, accounts, evidence, ""));
  const batchLater = await gasOf(asSteward.awardBatch(kindOne, accounts, evidence, ""));
  await networkHelpers.time.increase(90 * DAY);
  await gasOf(asSteward.award(kindOne, person(0).address, id("evidence")));
  const batchSeason = await gasOf(asSteward.awardBatch(kindOne, accounts, evidence, ""));
  const badges: Measurement[] = [
    { name: "one badge, alone, the DAO's first", value: first },
    { name: "a badge of 100, for people who have none", value: Math.round(batchNew / 100), limit: 52_000 },
    { name: "a badge of 100, for people who have one", value: Math.round(batchLater / 100), limit: 33_000 },
    { name: "a badge of 100, in a new season", value: Math.round(batchSeason / 100), limit: 33_000 },
    {
      name: "a badge with votes, the DAO's first",
      value: await gasOf(asSteward.award(votingKind, person(1).address, id("e"))),
    },
    {
      name: "a badge with votes, later",
      value: await gasOf(asSteward.award(votingKind, person(2).address, id("e"))),
    },
    { name: "revoking a badge", value: await gasOf(asSteward.revoke(2, "Awarded twice")) },
    { name: "renouncing a badge", value: await gasOf(badge.connect(person(0)).renounce(1)) },
    { name: "halting awards", value: await gasOf(handover.connect(safeOwner).haltAwards()) },
    { name: "resuming them", value: await gasOf(asSteward.resume()) },
  ];

  const transfer = call(await named("token", token), "transfer", [person(0).address, parseEther("1000")], "");
  const proposal = makeProposal(
    [transfer],
    "夏の限定ブレンド試飲会",
    "八月の試飲会の費用です。",
    person(0).address,
  );
  const { targets, values, calldatas, description } = proposal;
  const parts: [string[], bigint[], string[]] = [[...targets], [...values], [...calldatas]];
  const descriptionHash = id(description);
  const proposed = await gasOf(governor.connect(person(0)).propose(...parts, description));
  const proposalId = await governor.getProposalId(...parts, descriptionHash);
  await networkHelpers.time.increase(DAY + 1);
  const votes: number[] = [];
  for (let i = 0; i < 10; i++) votes.push(await gasOf(governor.connect(person(i)).castVote(proposalId, 1)));
  await networkHelpers.time.increase(5 * DAY);
  const queued = await gasOf(governor.queue(...parts, descriptionHash));
  await networkHelpers.time.increase(2 * DAY);
  const executed = await gasOf(governor.execute(...parts, descriptionHash));
  // A vote that whoever reaches the quorum prolongs.
  const late = `${description}\n`;
  await gasOf(governor.connect(person(0)).propose(...parts, late));
  const lateId = await governor.getProposalId(...parts, id(late));
  await networkHelpers.time.increaseTo(Number(await governor.proposalDeadline(lateId)) - DAY);
  const lateVotes: number[] = [];
  for (let i = 0; i <= REACHING; i++)
    lateVotes.push(await gasOf(governor.connect(person(i)).castVote(lateId, 1)));
  const more = (gas: readonly number[]) => (gas[REACHING] ?? 0) - (gas[REACHING - 1] ?? 0);
  const again = `${description} `;
  await gasOf(governor.connect(person(0)).propose(...parts, again));
  const vetoed = await gasOf(governor.connect(steward).veto(...parts, id(again), "It was paid already"));
  const lifecycle: Measurement[] = [
    { name: "proposing, with a threshold", value: proposed, limit: 133_000 },
    { name: "the first vote", value: votes[0] ?? 0 },
    {
      name: "a later vote",
      value: Math.round(votes.slice(2).reduce((sum, gas) => sum + gas, 0) / votes.slice(2).length),
    },
    { name: "what reaching the quorum adds to a vote", value: more(votes), limit: 4_000 },
    { name: "what prolonging the vote adds, with that", value: more(lateVotes), limit: 5_500 },
    { name: "queueing", value: queued, limit: 110_000 },
    { name: "executing a transfer of tokens", value: executed, limit: 150_000 },
    { name: "a veto while pending", value: vetoed },
  ];

  const tokens: Measurement[] = [
    {
      name: "a transfer between holders",
      value: await gasOf(token.connect(person(3)).transfer(person(4).address, 1n)),
      limit: 91_500,
    },
    {
      name: "a transfer to somebody new",
      value: await gasOf(token.connect(person(3)).transfer(accounts[0] ?? safe, 1n)),
      limit: 86_500,
    },
    {
      name: "delegating for the first time",
      value: await gasOf(token.connect(person(5)).delegate(person(6).address)),
    },
    {
      name: "delegating back to oneself",
      value: await gasOf(token.connect(person(5)).delegate(ZeroAddress)),
    },
  ];

  const polled = await launch({
    allocations: [...allocate([person(0).address]), ...voterAllocations(safe)],
  });
  const ballots = await measureBallots({
    governor: connect(polled.contracts).governor,
    relay: BallotRelay__factory.connect(relay, launcher),
    networkHelpers,
    chainId: (await ethers.provider.getNetwork()).chainId,
    proposer: person(0),
    safe,
    safeOwner,
  });

  const everyone = { allocations: allocate(people.map(({ address }) => address)), kinds: [exampleKind(0n)] };
  const holders = people.map(({ address }) => address);
  const plain = await ethers.deployContract("PlainToken", [holders, parseEther("1000")]);
  const economy = await measureEconomy({
    dao: connect((await launch(everyone)).contracts),
    plain: BrandToken__factory.connect(await plain.getAddress(), launcher),
    chainId: (await ethers.provider.getNetwork()).chainId,
    networkHelpers,
    steward,
    people,
  });
  const recoveries = await measureRecoveries({
    ...live,
    dao: connect(live.contracts),
    networkHelpers,
    steward,
  });

  await networkHelpers.time.increaseTo(START + 3 * 365 * DAY);
  const powers: Measurement[] = [
    { name: "handing over to the community", value: await gasOf(handover.handOver()) },
  ];

  const sizes: Measurement[] = [];
  for (const name of IMPLEMENTATION_NAMES) {
    const { deployedBytecode } = await hre.artifacts.readArtifact(name);
    const limit = name === "BrandGovernor" ? GOVERNOR_CODE : CODE_LIMIT - SPARE_CODE;
    sizes.push({ name, value: (deployedBytecode.length - 2) / 2, limit });
  }
  return [
    { title: "Launch", note: "One transaction. Allocations and badge kinds come on top.", rows: launches },
    {
      title: "Badges",
      note: "With kind, time, points, season and the hash of the evidence. In gas a badge.",
      rows: badges,
    },
    {
      title: "Drops, vouchers, seasons",
      note: [
        "Of a campaign of a million leaves, whose proofs have 20 hashes. Campaigns are claimed for people who had neither a",
        "badge nor tokens until then, vouchers and rewards for members who hold tokens, unless it says otherwise. The first",
        "claim of 256 leaves, the first voucher of 256 of an issuer, and somebody's first reward in a token write a word that",
        "the others find.",
      ].join("\n"),
      rows: economy,
    },
    { title: "Recoveries", note: "", rows: recoveries },
    { title: "A proposal's life", note: "Ten voters.", rows: lifecycle },
    {
      title: "Relayed ballots",
      note: [
        "In gas a ballot, of people who never voted unless it says otherwise. The dearest has a reason of 2,000 bytes, abstains, is",
        "the first of its vote, and prolongs it; that of the Safe is signed by one owner, and each further one takes some 6,300. What",
        "it may need at most is what to give each as `gasPerBallot`; what isn't used isn't paid. The first that counts towards a quorum",
        "computes it, for which it looks up votes that anybody can have change each second.",
      ].join("\n"),
      rows: ballots,
    },
    { title: "Tokens", note: "", rows: tokens },
    { title: "Powers", note: "", rows: powers },
    {
      title: "Code size",
      note: "In bytes. A chain takes 24,576; 500 are kept in reserve, and more by the governor.",
      rows: sizes,
    },
  ];
}

function allocate(accounts: readonly string[]) {
  return accounts.map((account) => ({ account, amount: parseEther("10000") }));
}
