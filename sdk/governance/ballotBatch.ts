import type { TransactionReceipt } from "ethers";
import { ZeroAddress } from "ethers";
import { BallotRelay } from "../../typechain-types/abi/index.js";
import { INTERFACES } from "../calls/known.js";
import { KyosoError } from "../errors.js";
import type { Intent, SendingSigner } from "../execute/account.js";
import type { LiveDao } from "../live.js";
import type { Ballot } from "./ballots.js";
import { voterKey } from "./ballots.js";
import { cutIntoBatches, gasOfBatch, gasOfCall } from "../signed/batches.js";
import { errorName, sendTogether, UNTOLD, whyRefused } from "../signed/sending.js";
import { SUPPORTS } from "./events.js";

const RELAY = BallotRelay.createInterface();

/** What the relay needs around each ballot, as its interface says. */
const GAS_AROUND = 10_000n;

/** A ballot that was found valid, and how much gas it may use. */
export interface Candidate {
  readonly ballot: Ballot;
  readonly gas: bigint;
}

/** Ballots that go into one transaction, each with the same limit of gas. */
export interface Batch<Item extends Candidate> {
  readonly items: readonly Item[];
  readonly gasPerBallot: bigint;
}

/**
 * The relay of the chain, which all DAOs share.
 *
 * @throws KyosoError if the chain doesn't have it.
 */
export async function requireRelay(live: LiveDao): Promise<string> {
  const address = live.record.implementations.BallotRelay as string | undefined;
  if (address !== undefined && (await live.provider.getCode(address)) !== "0x") return address;
  const record =
    address === undefined
      ? "; then write its address into the record of this DAO, at implementations.BallotRelay"
      : "";
  throw KyosoError.of("ballots.relay-missing", {
    data: { relay: address, slug: live.record.slug, chainId: live.chainId },
    place: `BallotRelay ${address ?? ""}`.trim(),
    message:
      address === undefined
        ? `The record of "${live.record.slug}" doesn't know the contract that casts many ballots at once`
        : `The contract that casts many ballots at once isn't on chain ${live.chainId}`,
    remedy: `Let voters cast their votes themselves: \`npx hardhat proposal vote\`. Or put it there, as the launch of any DAO on this chain does${record}.`,
  });
}

/** Cuts ballots into batches that fit into a transaction; see {@link cutIntoBatches}. */
export function makeBatches<Item extends Candidate>(candidates: readonly Item[]): Batch<Item>[] {
  const taking = {
    encode: (items: readonly Item[], gas: bigint) => encode(ZeroAddress, items, gas),
    around: GAS_AROUND,
  };
  return cutIntoBatches(candidates, taking).map(({ items, gas }) => ({ items, gasPerBallot: gas }));
}

/** Which ballots of a batch would be cast now; and of the others, why not. */
export async function trialOf(
  live: LiveDao,
  relay: string,
  batch: Batch<Candidate>,
): Promise<(string | undefined)[]> {
  const { governor } = live.record.contracts;
  const data = encode(governor, batch.items, batch.gasPerBallot);
  const result = await live.provider.call({ to: relay, data, gasLimit: gasLimitOf(data, batch) });
  const [cast] = RELAY.decodeFunctionResult("relay", result) as unknown as [boolean[]];
  return Promise.all(
    batch.items.map(async ({ ballot }, i) =>
      cast[i] === true ? undefined : reasonFor(live, relay, ballot, batch.gasPerBallot),
    ),
  );
}

/** With how many votes a ballot was cast, or why it was refused. */
export type Fate = { readonly votes: bigint } | { readonly refused: string };

/** What became of the ballots of a batch, in its order. */
export interface BatchResult {
  readonly hash: string;
  readonly outcomes: readonly Fate[];
}

/** The transaction that casts a batch. */
export function batchIntent(live: LiveDao, relay: string, batch: Batch<Candidate>): Intent {
  const data = encode(live.record.contracts.governor, batch.items, batch.gasPerBallot);
  const count = batch.items.length;
  const purpose = `Cast ${count === 1 ? "1 ballot" : `${count} ballots`}`;
  // What an estimate finds is less than what a wallet could still use up; but some chains count the cost of another in.
  return { to: relay, data, value: 0n, purpose, leastGas: gasLimitOf(data, batch) };
}

/**
 * Sends a batch.
 *
 * @throws KyosoError where the transaction can't be sent or fails as a whole: nothing of it is cast then.
 */
export async function sendBatch(
  live: LiveDao,
  relay: string,
  batch: Batch<Candidate>,
  signer: SendingSigner,
): Promise<BatchResult> {
  const count = batch.items.length;
  const receipt = await sendTogether(signer, batchIntent(live, relay, batch), (reason, cause) =>
    KyosoError.of("ballots.batch-failed", {
      data: { relay, count, reason },
      place: `BallotRelay ${relay}`,
      message: `A transaction with ${count === 1 ? "1 ballot" : `${count} ballots`} failed: ${reason}`,
      remedy:
        "Nothing of it was cast; what was sent before it stands. Mend the cause and run the same command again.",
      cause,
    }),
  );
  const fates = readFates(live, relay, receipt);
  return {
    hash: receipt.hash,
    outcomes: batch.items.map(({ ballot }) => fates.get(voterKey(ballot)) ?? UNTOLD),
  };
}

/** What a receipt says of each ballot, by its voter and proposal. */
function readFates(live: LiveDao, relay: string, { logs }: TransactionReceipt): Map<string, Fate> {
  const { governor } = live.record.contracts;
  const fates = new Map<string, Fate>();
  for (const { address, topics, data } of logs) {
    const contract = address === governor ? INTERFACES.governor : address === relay ? RELAY : undefined;
    const event = contract?.parseLog({ topics: [...topics], data });
    const name = event?.name;
    if (event === undefined || event === null) continue;
    if (name !== "VoteCast" && name !== "BallotRefused") continue;
    const { proposalId, voter, weight, reason } = event.args.toObject() as {
      proposalId: bigint;
      voter: string;
      weight: bigint;
      reason: string;
    };
    const key = voterKey({ proposalId: proposalId.toString(), voter });
    fates.set(
      key,
      name === "VoteCast" ? { votes: weight } : { refused: errorName(INTERFACES.governor, reason) },
    );
  }
  return fates;
}

/** Why the governor doesn't take a ballot: it is asked directly. */
async function reasonFor(live: LiveDao, relay: string, ballot: Ballot, gas: bigint): Promise<string> {
  const { proposalId, support, voter, reason, signature } = ballot;
  const marked = [proposalId, SUPPORTS.indexOf(support), voter] as const;
  const data =
    reason === ""
      ? INTERFACES.governor.encodeFunctionData("castVoteBySig", [...marked, signature])
      : INTERFACES.governor.encodeFunctionData("castVoteWithReasonAndParamsBySig", [
          ...marked,
          reason,
          "0x",
          signature,
        ]);
  const gasLimit = gasOfCall(data, gas);
  return whyRefused(live.provider, { from: relay, to: live.record.contracts.governor, data, gasLimit });
}

function encode(governor: string, items: readonly Candidate[], gasPerBallot: bigint): string {
  const ballots = items.map(({ ballot: { proposalId, support, voter, reason, signature } }) => ({
    proposalId,
    support: SUPPORTS.indexOf(support),
    voter,
    reason,
    signature,
  }));
  return RELAY.encodeFunctionData("relay", [governor, ballots, gasPerBallot]);
}

/** What a batch needs at most. */
function gasLimitOf(data: string, { items, gasPerBallot }: Batch<Candidate>): bigint {
  return gasOfBatch(data, items.length, gasPerBallot, GAS_AROUND);
}
