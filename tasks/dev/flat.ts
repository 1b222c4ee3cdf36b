import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { id, parseEther } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { BrandGovernor, BrandToken } from "../../typechain-types/index.js";
import { BrandDAOFactory__factory } from "../../typechain-types/index.js";
import { DAY, exampleConfig, openChain } from "./fixture.js";
import type { Measurement } from "./measurement.js";
import { gasOf } from "./measurement.js";

/** What something costs when there are few of something else, more, and many. */
export interface Growth {
  /** Of what there are more and more. */
  readonly of: string;
  readonly counts: readonly number[];
  readonly rows: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly flat: boolean;
  }[];
}

const VOTERS = [1, 10, 100, 1_000];
const CHECKPOINTS = [1, 10, 100];
const PROPOSALS = [1, 300, 600];
/** What may lie between few and many: a byte of calldata that isn't zero, or so. */
const TOLERANCE = 100;

interface World {
  readonly governor: BrandGovernor;
  readonly token: BrandToken;
  readonly increase: (seconds: number) => Promise<unknown>;
  readonly proposer: HardhatEthersSigner;
  readonly people: readonly HardhatEthersSigner[];
}

/** Measures what has to cost the same however large a DAO becomes. */
export async function measureGrowth(hre: HardhatRuntimeEnvironment): Promise<Growth[]> {
  return [await byVoters(hre), await byCheckpoints(hre), await byProposals(hre)];
}

/** What isn't as flat as it should be, as figures with a limit. */
export function growthLimits(growths: readonly Growth[]): Measurement[] {
  return growths.flatMap(({ of, counts, rows }) =>
    rows
      .filter(({ flat }) => flat)
      .flatMap(({ name, values }) =>
        values.map((value, i) => ({
          name: `${name}, with ${counts[i] ?? 0} ${of}`,
          value,
          limit: (values[0] ?? 0) + TOLERANCE,
        })),
      ),
  );
}

async function byVoters(hre: HardhatRuntimeEnvironment): Promise<Growth> {
  const most = Math.max(...VOTERS);
  const world = await open(hre, most + 1);
  const { governor, token, proposer, people, increase } = world;
  for (const { address } of people.slice(1)) await gasOf(token.connect(proposer).transfer(address, AMOUNT));
  // The proposer reaches the quorum alone: what that adds is measured elsewhere.
  const voted = await propose(world, "0000");
  await increase(DAY + 1);
  const [votes, proposals]: [number[], number[]] = [[], []];
  for (const [i, person] of people.entries()) {
    const gas = await gasOf(governor.connect(person).castVote(voted.id, 1));
    if (!VOTERS.includes(i)) continue;
    votes.push(gas);
    proposals.push((await propose(world, String(i).padStart(4, "0"))).gas);
  }
  return {
    of: "voters before",
    counts: VOTERS,
    rows: [
      { name: "a vote, of somebody who never did", values: votes, flat: true },
      { name: "proposing", values: proposals, flat: true },
    ],
  };
}

async function byCheckpoints(hre: HardhatRuntimeEnvironment): Promise<Growth> {
  const [before, since, proposals, transfers]: number[][] = [[], [], [], []];
  for (const count of CHECKPOINTS) {
    const world = await open(hre, 4);
    const { governor, token, proposer, people, increase } = world;
    const [, early, late, somebody] = people as [Person, Person, Person, Person];
    for (const { address } of [early, late, somebody]) {
      await gasOf(token.connect(proposer).transfer(address, AMOUNT));
    }
    const send = async (person: Person, times: number) => {
      for (let i = 0; i < times; i++) await gasOf(token.connect(person).transfer(somebody.address, 1n));
    };
    // Whoever got tokens has one, and the proposer one for each that was given something.
    await send(early, count - 1);
    const first = await propose(world, "0000");
    await increase(DAY + 1);
    await send(late, count);
    for (const person of [proposer, somebody]) await gasOf(governor.connect(person).castVote(first.id, 1));
    before?.push(await gasOf(governor.connect(early).castVote(first.id, 1)));
    since?.push(await gasOf(governor.connect(late).castVote(first.id, 1)));
    transfers?.push(await gasOf(token.connect(late).transfer(early.address, 1n)));
    await send(proposer, count);
    proposals?.push((await propose(world, "0001")).gas);
  }
  return {
    of: "checkpoints",
    counts: CHECKPOINTS,
    rows: [
      { name: "a vote, of somebody with so many when it began", values: before ?? [], flat: true },
      { name: "a vote, of somebody who got so many since then", values: since ?? [], flat: false },
      { name: "proposing", values: proposals ?? [], flat: true },
      { name: "a transfer between holders", values: transfers ?? [], flat: true },
    ],
  };
}

async function byProposals(hre: HardhatRuntimeEnvironment): Promise<Growth> {
  const world = await open(hre, 2);
  const { governor, token, proposer, people, increase } = world;
  const [, voter] = people as [Person, Person];
  await gasOf(token.connect(proposer).transfer(voter.address, AMOUNT));
  const [votes, proposals]: [number[], number[]] = [[], []];
  for (let there = 0; there <= Math.max(...PROPOSALS); there++) {
    const made = await propose(world, String(there).padStart(4, "0"));
    const isMeasured = PROPOSALS.includes(there);
    // The one before is voted on too: its voters are no newcomers to these 256.
    if (!isMeasured && !PROPOSALS.includes(there + 1)) continue;
    await increase(DAY + 1);
    await gasOf(governor.connect(proposer).castVote(made.id, 1));
    const gas = await gasOf(governor.connect(voter).castVote(made.id, 1));
    if (!isMeasured) continue;
    votes.push(gas);
    proposals.push(made.gas);
  }
  return {
    of: "proposals before",
    counts: PROPOSALS,
    rows: [
      { name: "a vote, of somebody who voted before", values: votes, flat: true },
      { name: "proposing", values: proposals, flat: true },
    ],
  };
}

type Person = HardhatEthersSigner;

const AMOUNT = parseEther("100");

/** A DAO of which the first of `count` people has all that circulates. */
async function open(hre: HardhatRuntimeEnvironment, count: number): Promise<World> {
  const { connection, launcher, people, safe, factory } = await openChain(hre, 3 + count);
  const [proposer] = people;
  if (proposer === undefined) throw new RangeError("Nobody proposes");
  const allocations = [{ account: proposer.address, amount: parseEther("1000000") }];
  const launching = BrandDAOFactory__factory.connect(factory, launcher);
  const config = exampleConfig(safe, id("growing"), { allocations });
  const { governor, token } = await launching.launch.staticCall(config);
  await gasOf(launching.launch(config));
  return {
    governor: await connection.ethers.getContractAt("BrandGovernor", governor, launcher),
    token: await connection.ethers.getContractAt("BrandToken", token, launcher),
    increase: async (seconds) => connection.networkHelpers.time.increase(seconds),
    proposer,
    people,
  };
}

/** Proposes to do nothing, in a text that is as long as any other. */
async function propose({ governor, proposer }: World, title: string) {
  const parts: [string[], bigint[], string[]] = [[proposer.address], [0n], ["0x"]];
  const description = `# Proposal ${title}\n\n#proposer=${proposer.address}`;
  const gas = await gasOf(governor.connect(proposer).propose(...parts, description));
  return { gas, id: await governor.getProposalId(...parts, id(description)) };
}
