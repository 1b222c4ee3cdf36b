import type { NetworkHelpers } from "@nomicfoundation/hardhat-network-helpers/types";
import type { Signer, TypedDataField } from "ethers";
import { id, parseEther, TypedDataEncoder, Wallet } from "ethers";
import { GAS_FOR_THE_QUORUM, GAS_PER_BALLOT } from "../../sdk/governance/ballotCheck.js";
import { type BallotRelay, type BrandGovernor, BrandToken__factory } from "../../typechain-types/index.js";
import { DAY } from "./fixture.js";
import { gasOf, type Measurement } from "./measurement.js";

/** How ballots are counted: OpenZeppelin's GovernorCountingSimple. An abstention is the dearest, as it counts in two places. */
const [FOR, ABSTAIN] = [1, 2];

const BALLOT = [
  { name: "proposalId", type: "uint256" },
  { name: "support", type: "uint8" },
  { name: "voter", type: "address" },
  { name: "nonce", type: "uint256" },
];
const REASON = [
  { name: "reason", type: "string" },
  { name: "params", type: "bytes" },
];
const LONG_REASON = "x".repeat(2_000);
const CHANGES = 1_000;

interface Polled {
  readonly governor: BrandGovernor;
  readonly relay: BallotRelay;
  readonly networkHelpers: NetworkHelpers;
  readonly chainId: bigint;
  readonly proposer: Signer;
  readonly safe: string;
  /** One of the Safe's owners; the Safe needs no other. */
  readonly safeOwner: Signer;
}

/** People without any ETH, who only sign. */
const voters = Array.from({ length: 50 }, (_, i) => new Wallet(id(`voter ${i}`)));

/** What those who vote have at launch: the Safe and the first voter enough for the quorum. */
export function voterAllocations(safe: string) {
  return [safe, ...voters.map(({ address }) => address)].map((account, i) => ({
    account,
    amount: parseEther(i < 2 ? "100000" : "10000"),
  }));
}

/** Measures what relaying ballots takes, in a DAO with the allocations above. */
export async function measureBallots(polled: Polled): Promise<Measurement[]> {
  const { governor, relay, networkHelpers, chainId, proposer, safe, safeOwner } = polled;
  const [first] = voters;
  if (first === undefined) throw new RangeError("Nobody votes");
  let proposalId = 0n;
  const open = async (description: string) => {
    const parts: [string[], bigint[], string[]] = [[safe], [0n], ["0x"]];
    await gasOf(governor.connect(proposer).propose(...parts, description));
    proposalId = await governor.getProposalId(...parts, id(description));
    // Late enough that whoever reaches the quorum prolongs the vote.
    await networkHelpers.time.increaseTo(Number(await governor.proposalDeadline(proposalId)) - DAY);
  };
  await open("# A vote");

  const domain = {
    name: await governor.name(),
    version: "1",
    chainId,
    verifyingContract: await governor.getAddress(),
  };
  const blank = (voter: string, reason: string, support: number) => {
    const ballot = { proposalId, support, voter, reason };
    const types: Record<string, TypedDataField[]> =
      reason === "" ? { Ballot: BALLOT } : { ExtendedBallot: [...BALLOT, ...REASON] };
    return { ballot, types, message: { ...ballot, nonce: 0n, ...(reason === "" ? {} : { params: "0x" }) } };
  };
  const sign = async (voter: Wallet, reason: string, support = FOR) => {
    const { ballot, types, message } = blank(voter.address, reason, support);
    return { ...ballot, signature: await voter.signTypedData(domain, types, message) };
  };
  const signAsSafe = async (reason: string) => {
    const { ballot, types, message } = blank(safe, reason, ABSTAIN);
    const signature = await safeOwner.signTypedData(
      { chainId, verifyingContract: safe },
      { SafeMessage: [{ name: "message", type: "bytes" }] },
      { message: TypedDataEncoder.hash(domain, types, message) },
    );
    return { ...ballot, signature };
  };

  type Ballot = Awaited<ReturnType<typeof sign>>;
  const relayed = (ballots: Ballot[], gas: number | bigint) => relay.relay.staticCall(governor, ballots, gas);
  /** The least gas with which the governor takes a ballot. */
  const needed = async (ballot: Ballot) => {
    let [low, high] = [0, 1_000_000];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if ((await relayed([ballot], middle)).every(Boolean)) high = middle;
      else low = middle;
    }
    return high;
  };

  const dearest = await needed(await sign(first, LONG_REASON, ABSTAIN));
  const dearestOfSafe = await needed(await signAsSafe(LONG_REASON));
  const changed = await afterChanges(polled, first.address, async () =>
    needed(await sign(first, LONG_REASON, ABSTAIN)),
  );

  /** Gas that each ballot of everybody takes. */
  const each = async () => {
    const ballots = await Promise.all(voters.map(async (voter) => sign(voter, "")));
    const cast = await relayed(ballots, GAS_PER_BALLOT);
    if (!cast.every(Boolean)) throw new Error("A ballot would be refused");
    return Math.round((await gasOf(relay.relay(governor, ballots, GAS_PER_BALLOT))) / ballots.length);
  };
  const newcomers = await each();
  await open("# Another vote");
  const returning = await each();
  return [
    { name: `a ballot of ${voters.length}, without a reason`, value: newcomers, limit: 51_500 },
    {
      name: `a ballot of ${voters.length}, without a reason, of people who voted before`,
      value: returning,
      limit: 36_000,
    },
    { name: "what the dearest ballot needs, of an account", value: dearest, limit: Number(GAS_PER_BALLOT) },
    { name: "what the dearest ballot needs, of a Safe", value: dearestOfSafe, limit: 350_000 },
    {
      name: `what that of an account needs after ${CHANGES.toLocaleString("en")} changes of its votes, the treasury's and all`,
      value: changed,
      limit: Number(GAS_PER_BALLOT + GAS_FOR_THE_QUORUM),
    },
  ];
}

/** What is measured once the votes that a first ballot looks up have changed in many seconds since the snapshot; taken back then. */
async function afterChanges(
  { governor, networkHelpers, proposer }: Polled,
  voter: string,
  measure: () => Promise<number>,
): Promise<number> {
  const before = await networkHelpers.takeSnapshot();
  const token = BrandToken__factory.connect(await governor.token(), proposer);
  const treasury = await governor.timelock();
  for (let i = 0; i < CHANGES; i++) {
    await token.transfer(voter, 1n);
    await token.transfer(treasury, 1n);
    await token.burn(1n);
  }
  const measured = await measure();
  await before.restore();
  return measured;
}
