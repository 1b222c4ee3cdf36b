import { ZeroAddress } from "ethers";
import { INTERFACES } from "../calls/known.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { formatMoment } from "../time.js";
import { formatAmount } from "../units.js";
import { endingOf } from "./ending.js";
import type { ProposalView } from "./proposals.js";
import { governorRead } from "./proposals.js";
import type { Readiness } from "./ready.js";
import { notReady, refuse } from "./ready.js";

export type { Readiness } from "./ready.js";

/** Somebody who may act. Votes in the token's smallest unit. */
export interface Actor {
  readonly address: string;
  /** What counts for the proposal; before its snapshot has passed, what would if that were now. */
  readonly votes: bigint;
  /** Who votes with the account's votes at present: itself, unless it chose somebody. */
  readonly delegate: string;
}

/** What the readiness of a proposal's steps depends on, beside the proposal. */
export interface Circumstances {
  /** On the chain. */
  readonly now: number;
  /** Votes for and abstaining that are needed; before the snapshot has passed, that would be if it were now. */
  readonly quorum: bigint;
  /** Seconds. */
  readonly gracePeriod: number;
  /** Who may veto; the zero address for nobody. */
  readonly guardian: string;
  /** When the veto ends, or ended. */
  readonly guardianExpiry: number;
  readonly safe: string;
  /** Undefined where it is asked for nobody in particular. */
  readonly actor: Actor | undefined;
}

/** Reads what the readiness of a proposal's steps depends on. */
export async function readCircumstances(
  live: LiveDao,
  { snapshot }: Pick<ProposalView, "snapshot">,
  actor?: string,
): Promise<Circumstances> {
  const { now, safe, record } = live;
  // The newest moment whose votes are settled is the second before now.
  const timepoint = Math.min(snapshot, now - 1);
  const terms = [
    governorRead(live, "quorum", [timepoint]),
    governorRead(live, "gracePeriod", []),
    governorRead(live, "proposalGuardian", []),
    governorRead(live, "guardianExpiry", []),
  ];
  const ofActor =
    actor === undefined
      ? []
      : [
          governorRead(live, "getVotes", [actor, timepoint]),
          { address: record.contracts.token, interface: INTERFACES.token, name: "delegates", args: [actor] },
        ];
  const results = await live.readMany<unknown>([...terms, ...ofActor]);
  const [quorum, gracePeriod, guardian, guardianExpiry, votes, delegate] = results as [
    bigint,
    number,
    string,
    number,
    bigint,
    string,
  ];
  return {
    now,
    safe,
    quorum,
    gracePeriod,
    guardian,
    guardianExpiry,
    actor: actor === undefined ? undefined : { address: actor, votes, delegate },
  };
}

/** Whether the actor, or anybody, can vote. */
export function voteReadiness(proposal: ProposalView, circumstances: Circumstances): Readiness {
  const { now, actor } = circumstances;
  const { state, snapshot, deadline } = proposal;
  if (state === "Pending") {
    const none = actor?.votes === 0n ? `; ${actor.address} has no votes at present` : "";
    return refuse(
      "vote.not-open",
      {
        data: { opens: snapshot + 1, snapshot, withoutVotes: none === "" ? undefined : actor?.address },
        message: `Voting opens ${formatMoment(snapshot + 1, now)}${none}`,
        remedy: `Run the same command then. What counts are the votes of ${formatMoment(snapshot, now)}.`,
      },
      { from: snapshot + 1 },
    );
  }
  if (state !== "Active") {
    const over = endingOf(proposal, circumstances);
    if (over !== undefined) return notReady(over);
    return refuse("vote.closed", {
      data: { deadline },
      message: `Voting closed ${formatMoment(deadline, now)}`,
      remedy: "Those who voted have decided.",
    });
  }
  const vote = proposal.votes.find(({ voter }) => voter === actor?.address);
  if (vote !== undefined) {
    return refuse("vote.cast-already", {
      data: { voter: vote.voter, support: vote.support, votes: vote.weight },
      message: `${vote.voter} voted ${vote.support} already, with ${formatAmount(vote.weight)} votes`,
      remedy: "A vote that was cast stands: it can't be changed.",
    });
  }
  if (actor?.votes === 0n) {
    const delegate = actor.delegate === actor.address ? undefined : actor.delegate;
    const elsewhere = delegate === undefined ? "" : `; at present ${delegate} votes for this account`;
    return refuse("vote.no-votes", {
      data: { account: actor.address, snapshot, delegate },
      message: `${actor.address} had no votes at the snapshot, ${formatMoment(snapshot, now)}${elsewhere}`,
      remedy:
        "Votes have to be an account's by the snapshot. For later proposals: hold tokens or earn votes by then, and take back what was delegated with `npx hardhat token delegate self`.",
    });
  }
  return { ready: true, message: `Voting is open until ${formatMoment(deadline, now)}`, until: deadline };
}

/** Whether anybody can put the proposal into the timelock's queue. */
export function queueReadiness(proposal: ProposalView, circumstances: Circumstances): Readiness {
  const { now, gracePeriod } = circumstances;
  const { number, state, deadline } = proposal;
  if (state === "Succeeded") {
    const until = deadline + gracePeriod;
    return { ready: true, message: `It passed, and can be queued until ${formatMoment(until, now)}`, until };
  }
  if (state === "Queued") {
    const { message } = executeReadiness(proposal, circumstances);
    return refuse("proposal.queued-already", {
      data: { proposal: number, eta: proposal.eta },
      message: `It is queued already: ${message}`,
      remedy: `Then: \`npx hardhat proposal execute ${number}\`.`,
    });
  }
  const over = endingOf(proposal, circumstances);
  if (over !== undefined) return notReady(over);
  const remedy = "Queue it after that, if it passes.";
  return notReady(votedOn(proposal, now, remedy), { from: deadline + 1 });
}

/** Whether anybody can have the proposal carried out. */
export function executeReadiness(proposal: ProposalView, circumstances: Circumstances): Readiness {
  const { now, gracePeriod } = circumstances;
  const { number, state, eta } = proposal;
  if (state === "Queued" && eta !== undefined) {
    const until = eta + gracePeriod;
    if (now >= eta) {
      return { ready: true, message: `It can be executed until ${formatMoment(until, now)}`, until };
    }
    return refuse(
      "proposal.too-early",
      {
        data: { eta, until },
        message: `It can be executed from ${formatMoment(eta, now)}`,
        remedy: "Everybody has this time to see what is coming. Run the same command then.",
      },
      { from: eta, until },
    );
  }
  if (state === "Succeeded") {
    return refuse("proposal.not-queued", {
      data: { proposal: number },
      message: "It passed, and isn't queued yet",
      remedy: `Queue it first: \`npx hardhat proposal queue ${number}\`.`,
    });
  }
  const over = endingOf(proposal, circumstances);
  if (over !== undefined) return notReady(over);
  const remedy = "If it passes, queue it, and execute it when the timelock's delay is over.";
  return notReady(votedOn(proposal, now, remedy));
}

/** Whether the actor, or the proposer, can withdraw the proposal. */
export function cancelReadiness(proposal: ProposalView, circumstances: Circumstances): Readiness {
  const { now, actor } = circumstances;
  const { number, proposer, snapshot, state } = proposal;
  const remedy = `While the Safe has its veto, its owners can end it: \`npx hardhat proposal cancel ${number} --via safe --reason "…"\`.`;
  const over = endingOf(proposal, circumstances);
  if (over !== undefined) return notReady(over);
  if (actor !== undefined && actor.address !== proposer) {
    return refuse("proposal.of-other-proposer", {
      data: { proposal: number, proposer, account: actor.address },
      message: `Only its proposer can withdraw it, ${proposer}, and this is ${actor.address}`,
      remedy,
    });
  }
  if (state !== "Pending") {
    return refuse("proposal.too-late-to-withdraw", {
      data: { proposal: number, opened: snapshot + 1 },
      message: `Its proposer could withdraw it until voting opened, ${formatMoment(snapshot + 1, now)}`,
      remedy,
    });
  }
  const moment = formatMoment(snapshot, now);
  return { ready: true, message: `Its proposer can withdraw it until ${moment}`, until: snapshot };
}

/** Whether the Safe can veto the proposal. */
export function vetoReadiness(proposal: ProposalView, circumstances: Circumstances): Readiness {
  const { now, guardian, guardianExpiry, safe } = circumstances;
  const over = endingOf(proposal, circumstances);
  if (over !== undefined) return notReady(over);
  if (guardian === ZeroAddress) {
    const ended = guardianExpiry > 0 && guardianExpiry <= now ? guardianExpiry : undefined;
    return refuse("veto.ended", {
      data: { ended },
      message:
        ended === undefined ? "Nobody has a veto" : `The Safe's veto ended ${formatMoment(ended, now)}`,
      remedy: "Whoever is against the proposal can vote against it while voting is open.",
    });
  }
  if (guardian !== safe) {
    return refuse("veto.of-other", {
      data: { guardian, safe },
      message: `The veto is ${guardian}'s, and not the Safe's, ${safe}`,
      remedy: "Ask there for a veto.",
    });
  }
  const until = guardianExpiry - 1;
  return {
    ready: true,
    message: `The Safe can veto it until it is executed, and until ${formatMoment(until, now)}`,
    until,
  };
}

/** Whether an account can propose: with how many votes it needs. */
export async function proposeReadiness(
  live: LiveDao,
  proposer: string,
): Promise<Readiness & { readonly votes: bigint; readonly threshold: bigint }> {
  // The governor will count the votes of the second before the transaction's block: those of now, or newer ones.
  const [threshold = 0n, votes = 0n] = await live.readMany<bigint>([
    governorRead(live, "proposalThreshold", []),
    {
      address: live.record.contracts.token,
      interface: INTERFACES.token,
      name: "getVotes",
      args: [proposer],
    },
  ]);
  const message = `${proposer} has ${formatAmount(votes)} votes, and proposing takes ${formatAmount(threshold)}`;
  if (votes >= threshold) return { ready: true, message, votes, threshold };
  const refused = refuse("proposal.too-few-votes", {
    data: { account: proposer, votes, threshold },
    message,
    remedy:
      "Have holders delegate to this account with `npx hardhat token delegate`, or propose as another one, with --from.",
  });
  return { ...refused, votes, threshold };
}

/** @throws KyosoError where a step can't be taken. */
export function requireReady({ problem: refused }: Readiness, place: string): void {
  if (refused !== undefined) throw new KyosoError({ remedy: "Nothing was sent.", ...refused, place });
}

function votedOn({ deadline }: ProposalView, now: number, remedy: string): Problem {
  return problem("proposal.voted-on", {
    data: { deadline },
    message: `It is still to be voted on: voting closes ${formatMoment(deadline, now)}`,
    remedy,
  });
}
