import type { Contract } from "ethers";
import { parseEther } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { call } from "../../../sdk/calls/plan.js";
import type { BallotOutcome, RelayOptions } from "../../../sdk/node/governance/ballotRelay.js";
import { relayBallots } from "../../../sdk/node/governance/ballotRelay.js";
import type { Ballot } from "../../../sdk/governance/ballots.js";
import { signBallot } from "../../../sdk/governance/ballots.js";
import type { Support } from "../../../sdk/governance/events.js";
import { makeProposal } from "../../../sdk/governance/proposal.js";
import type { ProposalView } from "../../../sdk/governance/proposals.js";
import { findProposal } from "../../../sdk/governance/proposals.js";
import type { LiveDao } from "../../../sdk/live.js";
import { openDao } from "../../../sdk/live.js";
import type { Signer } from "../../helpers/chain.js";
import { writerIn } from "../signed/support.js";
import { launchedWorld, load } from "../support.js";

const DAY = 86_400;
export const REASON = "新しい味を試したい";

/** Moods of the contract Hostile. */
export const MOOD = { agrees: 0, takesItsTime: 1, burnsGas: 2, returnsMuch: 3, takesNearlyAll: 5 } as const;

/**
 * A chain with a live DAO and two proposals that are voted on, and a third that isn't yet. Of 130,000 tokens that were
 * dealt out, the Safe (two of three owners sign) has 10,000, and wallets that answer as their mood is have 5,000, 1,000
 * and 1,000.
 */
export async function ballotWorld(connection: NetworkConnection) {
  const world = await launchedWorld(connection);
  const { context, dao, holders, record } = world;
  const [alice, bob, carol] = holders;
  const hostile: Contract[] = [];
  for (let i = 0; i < 3; i++) hostile.push(await connection.ethers.deployContract("Hostile"));
  const wallets = await Promise.all(hostile.map((contract) => contract.getAddress()));
  const [wallet = ""] = wallets;
  await dao.token.connect(alice).transfer(record.safe, parseEther("10000"));
  await dao.token.connect(bob).transfer(wallet, parseEther("5000"));
  for (const other of wallets.slice(1)) await dao.token.connect(carol).transfer(other, parseEther("1000"));
  const propose = async (title: string) => {
    const nothing = call(
      { name: "account", address: alice.address, interface: dao.governor.interface },
      "votingDelay",
      [],
      "Nothing",
    );
    const { targets, values, calldatas, description } = makeProposal([nothing], title, "", alice.address);
    await dao.governor.connect(alice).propose([...targets], [...values], [...calldatas], description);
  };
  await propose("First");
  await propose("Second");
  await connection.networkHelpers.time.increase(DAY + 1);
  await propose("Third");

  /** The DAO as it is now. */
  const open = (): Promise<LiveDao> => openDao(record, context.provider, context.eip1193);
  const mark = async (
    signer: Signer,
    support: Support,
    options: { proposal?: number; reason?: string; voter?: string; existing?: Ballot; live?: LiveDao } = {},
  ) => {
    const { proposal: number = 1, live = await open(), ...marking } = options;
    const proposal = await findProposal(live, number.toString());
    return signBallot(live, signer, proposal, { support, ...marking });
  };
  /** Has the wallets answer otherwise from now on. */
  const become = async (mood: number) => {
    for (const contract of hostile) await contract.getFunction("become").send(mood);
  };
  /** A ballot of the Safe, signed by two of its owners. */
  const markAsSafe = async (owners: readonly Signer[], support: Support, reason = "") => {
    let existing: Ballot | undefined;
    for (const owner of owners) {
      const options = { voter: record.safe, reason, ...(existing === undefined ? {} : { existing }) };
      existing = (await mark(owner, support, options)).ballot;
    }
    if (existing === undefined) throw new Error("nobody signs");
    return existing;
  };
  const proposal = async (number = 1): Promise<ProposalView> => findProposal(await open(), number.toString());
  return { ...world, alice, bob, carol, wallet, wallets, become, open, mark, markAsSafe, proposal };
}

/** {@link ballotWorld}, and somebody who relays files that are in a folder. */
export async function relayWorld(folder: string) {
  const world = await load(ballotWorld);
  const { open, stranger, proposal } = world;
  /** Relays files as somebody who has nothing to do with them. */
  const relay = async (files: readonly string[], options: Partial<RelayOptions> = {}, live = open()) =>
    relayBallots(await live, files, { signer: stranger, ...options });
  /** Whole votes against, for, and abstaining. */
  const tally = async (number = 1) => {
    const { against, for: yes, abstain } = (await proposal(number)).tally;
    return [against, yes, abstain].map((votes) => votes / parseEther("1"));
  };
  return { ...world, write: writerIn(folder), relay, tally };
}

export function statuses(outcomes: readonly BallotOutcome[]) {
  return outcomes.map(({ status }) => status);
}

/** A signer that something happens before each of whose transactions is sent. */
export function interrupted(signer: Signer, before: () => Promise<unknown>): Signer {
  const sendTransaction: Signer["sendTransaction"] = async (transaction) => {
    await before();
    return signer.sendTransaction(transaction);
  };
  return new Proxy(signer, {
    get(target, key) {
      if (key === "sendTransaction") return sendTransaction;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
