import { expect } from "chai";
import {
  BrowserProvider,
  concat,
  hexlify,
  Network,
  parseEther,
  toBeHex,
  toUtf8Bytes,
  zeroPadBytes,
} from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import type { Call } from "../../../sdk/calls/plan.js";
import { call } from "../../../sdk/calls/plan.js";
import { INTERFACES } from "../../../sdk/calls/known.js";
import type { Problem } from "../../../sdk/errors.js";
import { formatProblem } from "../../../sdk/errors.js";
import { executeAsSafe } from "../../../sdk/node/execute/safe.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { parseProposal } from "../../../sdk/governance/actions.js";
import { makeProposal, planProposal, planSteps } from "../../../sdk/governance/proposal.js";
import type { ProposalView } from "../../../sdk/governance/proposals.js";
import { findProposal } from "../../../sdk/governance/proposals.js";
import type { LiveDao } from "../../../sdk/live.js";
import { openDao } from "../../../sdk/live.js";
import type { DaoContract, DaoRecord } from "../../../sdk/daoRecord.js";
import type { Eip1193Provider } from "../../../sdk/chain/eip1193.js";
import type { Signer } from "../../helpers/chain.js";
import { STATE } from "../../helpers/proposal.js";
import { kyosoError, launchedWorld, load } from "../support.js";

/** Somebody who isn't on the chain. */
export const ALICE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

/** Where proposals' texts are said to be from. */
export const FILE = "proposals/grant.md";

/** What makes calls of a DAO's own contracts. */
function callsTo(record: DaoRecord) {
  return (name: DaoContract, functionName: string, args: readonly unknown[]): Call => {
    const contract = { name, address: record.contracts[name], interface: INTERFACES[name] };
    return call(contract, functionName, args, "what it is for");
  };
}

/** A live DAO, and what makes calls of its contracts. */
export async function fileWorld() {
  const launched = await load(launchedWorld);
  const { record, context } = launched;
  const live = await openDao(record, context.provider, context.eip1193);
  return { ...launched, live, own: callsTo(record) };
}

export type FileWorld = Awaited<ReturnType<typeof fileWorld>>;

/** Where a token is that isn't the DAO's. */
const COIN = "0x1c7D4B196Cb0C7B01d743Fbc6116a902379C7238";

/** Puts a token on the chain that isn't the DAO's. All that it can is to say its symbol and its decimals. */
export async function foreignToken(
  { connection }: FileWorld,
  symbol: string,
  decimals: number,
): Promise<string> {
  const code = concat([
    "0x5f3560e01c63313ce56714603f57", // where decimals() is called, on to 0x3f
    concat(["0x60205f52", "0x60", toBeHex(symbol.length, 1), "0x602052"]),
    concat(["0x7f", zeroPadBytes(hexlify(toUtf8Bytes(symbol)), 32), "0x60405260605ff3"]),
    concat(["0x5b60", toBeHex(decimals, 1), "0x5f5260205ff3"]),
  ]);
  await connection.networkHelpers.setCode(COIN, code);
  return COIN;
}

/** A file with actions in YAML. They begin on line 3. */
export const fileWith = (actions: string) => `---\nactions:\n${actions}\n---\n\n# 試飲会\n\n本文`;

/** A call of a function as an action in YAML. Its arguments are on the third line. */
export const callAction = (contract: string, name: string, args: string) =>
  `- contract: ${contract}\n  function: ${name}\n  args: ${args}`;

/** What of a call reaches the chain. */
export const raw = ({ to, data, value }: Call) => ({ to, data, value });

/** The calls of a file with actions. */
export async function callsOf({ live }: FileWorld, actions: string) {
  return (await parseProposal(live, fileWith(actions), FILE)).calls.map(raw);
}

/** What is wrong in a file. Every problem says where it is and what to do about it. */
export async function problemsOf({ live }: FileWorld, text: string): Promise<readonly Problem[]> {
  const { problems } = await kyosoError(parseProposal(live, text, FILE));
  for (const { place, message, remedy } of problems) {
    expect(place).to.match(/^proposals\/grant\.md/u);
    expect([message, remedy]).not.to.include(undefined).and.not.to.include("");
  }
  return problems;
}

/** A mistake: where it is, a value that the message has, and one that the remedy has. */
export type Mistake = readonly [
  what: string,
  action: string,
  place: string,
  offending: string,
  meant?: string,
];

/** Tests that each of these actions has one problem, the expected one. */
export function itFinds(mistakes: readonly Mistake[]): void {
  for (const [what, action, place, offending, meant = ""] of mistakes) {
    it(what, async () => {
      const problems = await problemsOf(await fileWorld(), fileWith(action));
      expect(problems, problems.map((each) => formatProblem(each)).join("\n")).to.have.length(1);
      expect(problems[0]?.place).to.equal(`${FILE}${place}`);
      expect(problems[0]?.message).to.include(offending);
      expect(problems[0]?.remedy).to.include(meant);
    });
  }
}

/** Steps that bring a proposal from one state to another, in the order of its life. */
const LIFE = ["Pending", "Active", "Succeeded", "Queued", "Executed"] as const;

/**
 * A chain with a live DAO, three of whose holders have 60,000, 40,000 and 30,000 votes; 25,000 are the quorum. Votes
 * begin a day after a proposal and take three days, or two from when the quorum was reached; the timelock takes two days
 * and the grace period is fourteen.
 */
export async function proposalWorld(connection: NetworkConnection) {
  const world = await launchedWorld(connection);
  const { context, dao, holders, owners, record } = world;
  const [alice, bob, carol] = holders;
  const { time } = connection.networkHelpers;

  const own = callsTo(record);
  /** The DAO as it is now. */
  const open = (): Promise<LiveDao> => openDao(record, context.provider, context.eip1193);
  const find = async (which = "1"): Promise<ProposalView> => findProposal(await open(), which);
  /** Proposes what does nothing, or the given calls. */
  const propose = (title: string, body = "", calls?: readonly Call[], by: Signer = alice) => {
    const nothing = own("timelock", "updateDelay", [172_800]);
    const plan = planProposal(record, makeProposal(calls ?? [nothing], title, body, by.address));
    return executeAsSigner(plan.propose, by);
  };
  const vote = (voter: Signer, support: 0 | 1 | 2, { id }: Pick<ProposalView, "id">) =>
    dao.governor.connect(voter).castVote(id, support);
  const asSafe = (calls: readonly Call[]) =>
    executeAsSafe({ title: "As the Safe", calls }, context.provider, context.eip1193, {
      address: record.safe,
      owners: [owners[0].address, owners[1].address],
    });
  /** Moves on to a second, in which the newest block then is. */
  const travelTo = async (timestamp: number): Promise<void> => {
    if (timestamp > (await time.latest())) await time.increaseTo(timestamp);
  };
  /** Takes a proposal to a state of a life without a hitch. Bob votes for it. */
  const reach = async (state: (typeof LIFE)[number], which = "1"): Promise<ProposalView> => {
    for (const step of LIFE.slice(1, LIFE.indexOf(state) + 1)) {
      const proposal = await find(which);
      if (LIFE.findIndex((known) => known === proposal.state) >= LIFE.indexOf(step)) continue;
      const { queue, execute } = planSteps(record, proposal);
      switch (step) {
        case "Active":
          await travelTo(proposal.snapshot + 1);
          break;
        case "Succeeded":
          await vote(bob, 1, proposal);
          await travelTo((await find(which)).deadline + 1);
          break;
        case "Queued":
          await executeAsSigner(queue, carol);
          break;
        case "Executed":
          await travelTo(proposal.eta ?? 0);
          await executeAsSigner(execute, carol);
          break;
        default:
          throw new Error(`nobody has to do anything for ${step}`);
      }
    }
    return find(which);
  };
  return { ...world, alice, bob, carol, own, open, find, propose, vote, asSafe, travelTo, reach };
}

export type ProposalWorld = Awaited<ReturnType<typeof proposalWorld>>;

/** Compares everything with what the governor says itself. */
export async function expectTrue({ dao }: Pick<ProposalWorld, "dao">, proposal: ProposalView): Promise<void> {
  const { governor } = dao;
  const id = BigInt(proposal.id);
  const [against, inFavour, abstain] = await governor.proposalVotes(id);
  expect(proposal.tally).to.deep.equal({ against, for: inFavour, abstain });
  expect(await governor.state(id)).to.equal(STATE[proposal.state]);
  expect(await governor.proposalProposer(id)).to.equal(proposal.proposer);
  expect(await governor.proposalSnapshot(id)).to.equal(BigInt(proposal.snapshot));
  expect(await governor.proposalDeadline(id)).to.equal(BigInt(proposal.deadline));
  expect(await governor.proposalEta(id)).to.equal(BigInt(proposal.eta ?? 0));
  const { targets, values, calldatas, descriptionHash } = proposal;
  expect(await governor.getProposalId([...targets], [...values], [...calldatas], descriptionHash)).to.equal(
    id,
  );
}

/** The DAO through a provider that counts what is asked of the node. */
export async function counting({ context, record }: Pick<ProposalWorld, "context" | "record">) {
  const network = Network.from(Number(record.chainId));
  const methods: string[] = [];
  const eip1193: Eip1193Provider = {
    request: (request) => {
      methods.push(request.method);
      return context.eip1193.request(request);
    },
  };
  const live = await openDao(
    record,
    new BrowserProvider(eip1193, network, { cacheTimeout: -1, staticNetwork: network }),
    eip1193,
  );
  return { live, asked: (method?: string) => methods.filter((each) => each === (method ?? each)).length };
}

/** How many votes that many whole tokens are. */
export const votes = (tokens: number): bigint => parseEther(tokens.toString());
