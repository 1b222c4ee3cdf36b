import { ZeroAddress } from "ethers";
import { INTERFACES } from "../calls/known.js";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { oneLine } from "../text.js";
import { formatMoment } from "../time.js";
import { formatAmount } from "../units.js";
import type { ProposalView } from "./proposals.js";
import { governorRead } from "./proposals.js";

/** Whether a step can be taken now; and if not, why and when. Times are timestamps. */
export interface Readiness {
  readonly ready: boolean;
  /** In words: until when it can be done, or why it can't. */
  readonly message: string;
  /** What can be done about it. */
  readonly remedy?: string;
  /** The first second in which it can be done, where that is known and still to come. */
  readonly from?: number;
  /** The last second in which it can be done. */
  readonly until?: number;
}

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
    return {
      ready: false,
      message: `Voting opens ${formatMoment(snapshot + 1, now)}${none}`,
      remedy: `Run the same command then. What counts are the votes of ${formatMoment(snapshot, now)}.`,
      from: snapshot + 1,
    };
  }
  if (state !== "Active") {
    const over = overWith(proposal, circumstances);
    return over === undefined
      ? refuse(`Voting closed ${formatMoment(deadline, now)}`, "Those who voted have decided.")
      : refuseOver(proposal, over);
  }
  const vote = proposal.votes.find(({ voter }) => voter === actor?.address);
  if (vote !== undefined) {
    return refuse(
      `${vote.voter} voted ${vote.support} already, with ${formatAmount(vote.weight)} votes`,
      "A vote that was cast stands: it can't be changed.",
    );
  }
  if (actor?.votes === 0n) {
    const elsewhere =
      actor.delegate === actor.address ? "" : `; at present ${actor.delegate} votes for this account`;
    return refuse(
      `${actor.address} had no votes at the snapshot, ${formatMoment(snapshot, now)}${elsewhere}`,
      "Votes have to be an account's by the snapshot. For later proposals: hold tokens or earn votes by then, and take back what was delegated with `npx hardhat token delegate self`.",
    );
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
    return refuse(`It is queued already: ${message}`, `Then: \`npx hardhat proposal execute ${number}\`.`);
  }
  const over = overWith(proposal, circumstances);
  if (over !== undefined) return refuseOver(proposal, over);
  return {
    ready: false,
    message: `It is still to be voted on: voting closes ${formatMoment(deadline, now)}`,
    remedy: "Queue it after that, if it passes.",
    from: deadline + 1,
  };
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
    return {
      ready: false,
      message: `It can be executed from ${formatMoment(eta, now)}`,
      remedy: "Everybody has this time to see what is coming. Run the same command then.",
      from: eta,
      until,
    };
  }
  if (state === "Succeeded") {
    return refuse(
      "It passed, and isn't queued yet",
      `Queue it first: \`npx hardhat proposal queue ${number}\`.`,
    );
  }
  const over = overWith(proposal, circumstances);
  if (over !== undefined) return refuseOver(proposal, over);
  return refuse(
    `It is still to be voted on: voting closes ${formatMoment(proposal.deadline, now)}`,
    "If it passes, queue it, and execute it when the timelock's delay is over.",
  );
}

/** Whether the actor, or the proposer, can withdraw the proposal. */
export function cancelReadiness(proposal: ProposalView, circumstances: Circumstances): Readiness {
  const { now, actor } = circumstances;
  const { number, proposer, snapshot, state } = proposal;
  const byVeto = `While the Safe has its veto, its owners can end it: \`npx hardhat proposal cancel ${number} --via safe --reason "…"\`.`;
  const over = overWith(proposal, circumstances);
  if (over !== undefined) return refuseOver(proposal, over);
  if (actor !== undefined && actor.address !== proposer) {
    return refuse(`Only its proposer can withdraw it, ${proposer}, and this is ${actor.address}`, byVeto);
  }
  if (state !== "Pending") {
    return refuse(
      `Its proposer could withdraw it until voting opened, ${formatMoment(snapshot + 1, now)}`,
      byVeto,
    );
  }
  const moment = formatMoment(snapshot, now);
  return { ready: true, message: `Its proposer can withdraw it until ${moment}`, until: snapshot };
}

/** Whether the Safe can veto the proposal. */
export function vetoReadiness(proposal: ProposalView, circumstances: Circumstances): Readiness {
  const { now, guardian, guardianExpiry, safe } = circumstances;
  const over = overWith(proposal, circumstances);
  if (over !== undefined) return refuseOver(proposal, over);
  if (guardian === ZeroAddress) {
    return refuse(
      guardianExpiry > 0 && guardianExpiry <= now
        ? `The Safe's veto ended ${formatMoment(guardianExpiry, now)}`
        : "Nobody has a veto",
      "Whoever is against the proposal can vote against it while voting is open.",
    );
  }
  if (guardian !== safe) {
    return refuse(`The veto is ${guardian}'s, and not the Safe's, ${safe}`, "Ask there for a veto.");
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
  const remedy =
    "Have holders delegate to this account with `npx hardhat token delegate`, or propose as another one, with --from.";
  return { ...(votes < threshold ? refuse(message, remedy) : { ready: true, message }), votes, threshold };
}

/** @throws KyosoError where a step can't be taken. */
export function requireReady({ ready, message, remedy }: Readiness, place: string): void {
  if (!ready) throw new KyosoError({ place, message, remedy: remedy ?? "Nothing was sent." });
}

function refuse(message: string, remedy: string): Readiness {
  return { ready: false, message, remedy };
}

function refuseOver({ state }: ProposalView, message: string): Readiness {
  return refuse(
    message,
    state === "Executed"
      ? "Nothing is left to do."
      : "It is over. What is still wanted has to be proposed again, with another text.",
  );
}

/** How a proposal ended that is over; undefined for one that isn't. */
export function overWith(
  { state, tally, deadline, eta, veto }: ProposalView,
  { now, quorum, gracePeriod }: Pick<Circumstances, "now" | "quorum" | "gracePeriod">,
): string | undefined {
  switch (state) {
    case "Executed":
      return "It was executed";
    case "Canceled":
      return veto === undefined
        ? "Its proposer withdrew it"
        : `${veto.guardian} vetoed it: ${oneLine(veto.reason)}`;
    case "Defeated": {
      const counted = tally.for + tally.abstain;
      return counted < quorum
        ? `It was defeated: ${formatAmount(counted)} votes for and abstaining, and the quorum is ${formatAmount(quorum)}`
        : `It was defeated: ${formatAmount(tally.for)} votes for and ${formatAmount(tally.against)} against`;
    }
    case "Expired":
      return eta === undefined
        ? `It passed, and nobody queued it: it has expired for ever, ${formatMoment(deadline + gracePeriod, now)}`
        : `It was queued, and nobody executed it: it has expired for ever, ${formatMoment(eta + gracePeriod, now)}`;
    default:
      return undefined;
  }
}
