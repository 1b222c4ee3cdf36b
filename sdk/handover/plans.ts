import { ZeroAddress } from "ethers";
import { requireCaller } from "../badges/powers.js";
import type { Call, Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import { INTERFACES } from "../calls/known.js";
import { KyosoError } from "../errors.js";
import type { Via } from "../execute/via.js";
import type { LiveDao } from "../live.js";
import { readSafe } from "../safe/safe.js";
import { formatMoment } from "../time.js";
import type { HandoverStatus, HandoverStep } from "./handover.js";

const DAY = 86_400;

/** What is carried out, and the steps of the handover that it takes. */
export interface HandoverPlan {
  readonly plan: Plan;
  readonly steps: readonly HandoverStep[];
}

/**
 * Plans the next step of the handover: the veto ends, or the Safe's other powers do.
 *
 * @throws KyosoError where none is left, or `via` can't take it, or not yet.
 */
export function planAdvance(live: LiveDao, handover: HandoverStatus, via: Via): HandoverPlan {
  const [step] = handover.steps;
  if (step === undefined) throw lastPhase();
  if (step.step === "end-veto") return { plan: planEndVeto(live, handover, step, via), steps: [step] };
  if (via === "signer" && !step.isDue) throw notDue(live, step);
  const title = "Hand over to the community";
  return { plan: { title, calls: handOverCalls(live, step, via) }, steps: [step] };
}

/**
 * Plans that the Safe gives up its veto before its date; and with `all`, its other powers as well.
 *
 * @throws KyosoError where it has none of them.
 */
export function planResign(live: LiveDao, handover: HandoverStatus, via: Via, all: boolean): HandoverPlan {
  requireSafe(via, "give up the Safe's powers");
  if (!all) {
    if (handover.phase === "community") throw lastPhase();
    requireGuardian(live, handover);
  }
  const { steps } = handover;
  if (steps.length === 0) throw lastPhase();
  const taken = all ? steps : steps.filter(({ step }) => step === "end-veto");
  const calls = taken.map(({ step }) => {
    if (step === "hand-over") return handOverCall(live);
    requireGuardian(live, handover);
    return governorCall(live, "resignGuardian", [], "Give up the veto");
  });
  return { plan: { title: all ? "Give up all powers" : "Give up the veto", calls }, steps: taken };
}

/**
 * Plans to halt all awards, claims and recoveries, as one owner of the Safe.
 *
 * @throws KyosoError where the account is none, awards are halted already, or it can't again yet.
 */
export async function planHalt(live: LiveDao, account: string): Promise<Plan> {
  const { badge, handover } = live.contracts;
  const [{ owners }, halted, from] = await Promise.all([
    readSafe(live.provider, live.safe),
    badge.halted(),
    handover.haltableFrom(account),
  ]);
  const place = `account ${live.book.show(account)}`;
  if (!owners.includes(account)) {
    throw KyosoError.of("halt.not-owner", {
      data: { account, safe: live.safe, owners },
      place,
      message: `It isn't an owner of the Safe ${live.safe}, and only these can halt awards, each alone`,
      remedy: `Act as one of them, with --from: ${owners.join(", ")}.`,
    });
  }
  if (halted) {
    throw KyosoError.of("halt.halted-already", {
      data: {},
      place: "awards",
      message: "They are halted already",
      remedy: "There is nothing to do. `npx hardhat dao resume` ends the halt.",
    });
  }
  if (Number(from) > live.now) {
    throw KyosoError.of("halt.too-early", {
      data: { account, from: Number(from) },
      place,
      message: `It halted awards before, and can again from ${formatMoment(Number(from), live.now)}`,
      remedy: "Another owner of the Safe can halt them now.",
    });
  }
  const title = "Halt all awards, claims and recoveries";
  return { title, calls: [handoverCall(live, "haltAwards", [], title)] };
}

/**
 * Plans to end a halt, as a steward or by a proposal.
 *
 * @throws KyosoError where there is none, or the actor may not end it.
 */
export async function planResume(live: LiveDao, actor: string): Promise<Plan> {
  if (!(await live.contracts.badge.halted())) {
    throw KyosoError.of("resume.not-halted", {
      data: {},
      place: "awards",
      message: "They aren't halted",
      remedy: "There is nothing to do.",
    });
  }
  await requireCaller(live, actor, "resume");
  const badge = { name: "badge", address: live.record.contracts.badge, interface: INTERFACES.badge };
  const title = "Resume awards, claims and recoveries";
  return { title, calls: [call(badge, "resume", [], title)] };
}

/** @throws KyosoError where something that only the Safe can do is asked of somebody else. */
export function requireSafe(via: Via, what: string): void {
  if (via === "safe") return;
  throw KyosoError.of("via.only-safe", {
    data: { what },
    place: "--via",
    message: `Only the Safe can ${what}`,
    remedy: "Leave it out, or write --via safe: its owners sign the file that is written.",
  });
}

function planEndVeto(live: LiveDao, handover: HandoverStatus, step: HandoverStep, via: Via): Plan {
  const title = "End the Safe's veto";
  switch (via) {
    case "safe":
      requireGuardian(live, handover);
      return { title, calls: [governorCall(live, "resignGuardian", [], "Give up the veto")] };
    case "proposal":
      return { title, calls: [governorCall(live, "setProposalGuardian", [ZeroAddress], title)] };
    case "signer":
      throw notDue(live, step);
  }
}

function handOverCalls(live: LiveDao, step: HandoverStep, via: Via): Call[] {
  if (via !== "proposal" || step.isDue) return [handOverCall(live)];
  // A date that has passed is taken as the moment at which the proposal is carried out. To the day, so that a draft of today is
  // found again.
  const today = live.now - (live.now % DAY);
  return [
    handoverCall(live, "setCommunityDate", [today], "Let anyone hand over from now on"),
    handOverCall(live),
  ];
}

function notDue({ now }: LiveDao, { step, from, due }: HandoverStep): KyosoError {
  return KyosoError.of("phase.not-due", {
    data: { phase: from, due },
    place: `phase ${from}`,
    message:
      step === "end-veto"
        ? `The veto ends by itself ${formatMoment(due, now)}`
        : `Anyone can hand over to the community from ${formatMoment(due, now)}`,
    remedy:
      "Wait until then; or have the Safe do it earlier, with --via safe, or a proposal, with --via proposal.",
  });
}

function lastPhase(): KyosoError {
  return KyosoError.of("phase.last", {
    data: {},
    place: "phase community",
    message: "The community decides alone already: the Safe has no power left to give up",
    remedy: "There is nothing to do. Only a passed proposal gives power back.",
  });
}

function requireGuardian({ safe, now }: LiveDao, { guardian, vetoUntil }: HandoverStatus): void {
  if (guardian === safe) return;
  if (guardian !== null) {
    throw KyosoError.of("veto.of-other", {
      data: { guardian, safe },
      place: "veto",
      message: `The veto is ${guardian}'s, and not the Safe's, ${safe}`,
      remedy: "Ask there to give it up; or propose it, with `npx hardhat dao phase advance --via proposal`.",
    });
  }
  const ended = vetoUntil > 0 && vetoUntil <= now ? vetoUntil : undefined;
  throw KyosoError.of("veto.ended", {
    data: { ended },
    place: "veto",
    message: ended === undefined ? "Nobody has a veto" : `The Safe's veto ended ${formatMoment(ended, now)}`,
    remedy: "There is nothing to give up. `npx hardhat dao resign --all` gives up the other powers.",
  });
}

function handOverCall(live: LiveDao): Call {
  return handoverCall(live, "handOver", [], "Hand over to the community");
}

function handoverCall({ record }: LiveDao, name: string, args: readonly unknown[], purpose: string): Call {
  const handover = { name: "handover", address: record.contracts.handover, interface: INTERFACES.handover };
  return call(handover, name, args, purpose);
}

function governorCall({ record }: LiveDao, name: string, args: readonly unknown[], purpose: string): Call {
  const governor = { name: "governor", address: record.contracts.governor, interface: INTERFACES.governor };
  return call(governor, name, args, purpose);
}
