import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { Readiness } from "../governance/ready.js";
import { notReady } from "../governance/ready.js";
import type { LiveDao } from "../live.js";
import { formatMoment, formatTime } from "../time.js";
import type { Idea, IdeaCall } from "./board.js";
import { MOST_SUPPORTED } from "./choices.js";
import { ideaName } from "./names.js";
import { formatWeight, withdrawnProblem } from "./readiness.js";
import type { SupporterStanding } from "./voices.js";
import { readSupporterStandings } from "./voices.js";

const DAY = 86_400;

/** What an account can support. */
export type SupportReadiness = Readiness & {
  /** Those of the ideas that it doesn't support yet. */
  readonly left: readonly number[];
  /** What each of them would have more; 0 where it can't. */
  readonly weight: bigint;
};

/** What of a call, and of an idea, says who can support it. */
export type SupportedCall = Pick<
  IdeaCall,
  "number" | "counting" | "choice" | "memberDays" | "snapshot" | "end"
>;
export type SupportedIdea = Pick<Idea, "id" | "name" | "status">;

/**
 * Whether an account can support ideas of a call now. Those that it supports already are left out.
 *
 * @param ideas All of the call.
 */
export async function supportReadiness(
  live: LiveDao,
  call: SupportedCall,
  ideas: readonly SupportedIdea[],
  account: string,
): Promise<SupportReadiness> {
  const [standing] = await readSupporterStandings(live, [{ call: call.number, account }]);
  if (standing === undefined) throw new RangeError("Nothing is known of an account");
  return supportReadinessOf(live, call, ideas, standing);
}

/** {@link supportReadiness}, of an account of which it is known how it stands. */
export function supportReadinessOf(
  live: LiveDao,
  call: SupportedCall,
  ideas: readonly SupportedIdea[],
  standing: SupporterStanding,
): SupportReadiness {
  const left = ideas.map(({ id }) => id).filter((id) => !standing.ideas.includes(id));
  const weight = standing.weight === 0n ? standing.wouldWeigh : standing.weight;
  const refused =
    supportWindowProblem(live, call) ??
    ideas.map(withdrawnProblem).find((each) => each !== undefined) ??
    countProblem(live, call, standing, ideas, left) ??
    (weight === 0n ? voiceProblem(live, call, standing) : undefined);
  if (refused !== undefined) return { ...notReady(refused), left, weight: 0n };
  const until = call.end - 1;
  return {
    ready: true,
    message: `Support is taken until ${formatMoment(call.end, live.now)}; that of this account weighs ${formatWeight(live, call, weight)}`,
    until,
    left,
    weight,
  };
}

/** Why a call takes no support now; undefined where it does. */
export function supportWindowProblem(
  live: LiveDao,
  { number, snapshot, end }: Pick<IdeaCall, "number" | "snapshot" | "end">,
): Problem | undefined {
  const place = `call ${number}`;
  // In the block of the snapshot itself nothing has a weight yet.
  if (live.now <= snapshot) {
    return problem("idea.support-not-open", {
      data: { call: number, snapshot },
      place,
      message: `It takes support from ${formatMoment(snapshot, live.now)} on`,
      remedy: "Come back then. Until then members can put ideas forward.",
    });
  }
  if (live.now < end) return undefined;
  return problem("idea.support-over", {
    data: { call: number, end },
    place,
    message: `It took support until ${formatMoment(end, live.now)}`,
    remedy: `See the result: \`npx hardhat idea show ${number}\`.`,
  });
}

/** Why support that is signed before it is taken may never be; undefined where nothing is known that stands against it. */
export function earlySupportProblem(
  live: LiveDao,
  { number, snapshot }: Pick<IdeaCall, "number" | "snapshot">,
  ideas: readonly SupportedIdea[],
): Problem | undefined {
  const withdrawn = ideas.map(withdrawnProblem).find((each) => each !== undefined);
  if (withdrawn !== undefined || ideas.length <= 1) return withdrawn;
  return problem("idea.sign-one-before", {
    data: { call: number, snapshot },
    place: `call ${number}`,
    message: `Until ${formatMoment(snapshot, live.now)} authors can withdraw their ideas, and what was signed for several at once would be void for all of them`,
    remedy: "Sign for each of them by itself; or for all at once from then on.",
  });
}

function countProblem(
  live: LiveDao,
  { number, choice }: SupportedCall,
  { account, ideas: supported }: SupporterStanding,
  wanted: readonly Pick<Idea, "name">[],
  left: readonly number[],
): Problem | undefined {
  const place = `account ${live.book.show(account)}`;
  if (left.length === 0) {
    const ideas = wanted.map(({ name }) => name);
    return problem("idea.all-supported-already", {
      data: { ideas, account },
      place,
      message: `It supports ${ideas.join(", ")} already`,
      remedy: "There is nothing to do: support stays.",
    });
  }
  const most = choice === "pick one" ? 1 : MOST_SUPPORTED;
  if (supported.length + left.length <= most) return undefined;
  const now = supported.length === 0 ? "" : `; it supports ${supported.map(ideaName).join(", ")}`;
  return problem("idea.support-most", {
    data: { call: number, account, choice, supported: supported.length, most },
    place,
    message: `In call ${number} an account can support ${most === 1 ? "one idea" : `${most} ideas`}${now}`,
    remedy:
      supported.length < most
        ? `Name at most ${most - supported.length}.`
        : "It can support no other: support is never taken back.",
  });
}

/** Why an account has nothing that counts. */
function voiceProblem(live: LiveDao, call: SupportedCall, standing: SupporterStanding): Problem {
  const { number, counting, snapshot, memberDays } = call;
  const { account, since, badges } = standing;
  const place = `account ${live.book.show(account)}`;
  if (account === live.record.contracts.timelock) {
    return problem("idea.treasury", {
      data: {},
      place,
      message: "The treasury's voice counts nowhere",
      remedy: "Act as an account that somebody holds the key of.",
    });
  }
  if (counting === "weight") {
    return problem("idea.no-votes", {
      data: { call: number, account, snapshot },
      place,
      message: `It had no votes at ${formatTime(snapshot)}, which is when those of call ${number} were counted`,
      remedy: "Votes that came later, or that were delegated to somebody else then, don't count here.",
    });
  }
  const why =
    since === undefined
      ? "it has never had a badge"
      : badges === 0
        ? "it has no badge now"
        : `its first badge is of ${formatTime(since).slice(0, 10)}`;
  const counted = formatTime(snapshot).slice(0, 10);
  const asked =
    memberDays === 0 ? `on a day before ${counted}` : `at least ${memberDays} days before ${counted}`;
  return problem("idea.no-voice", {
    data: { call: number, account, snapshot, memberDays, since, badges },
    place,
    message: `It has no voice in call ${number}: ${why}`,
    remedy: `Those have one who hold a badge, and had their first ${asked}.`,
  });
}

/**
 * Why an account that supports nothing yet would have no voice when support opens, where members count: what it hangs on is known
 * before. Undefined where it would have one, and where votes count, of which nobody knows.
 */
export function earlyVoiceProblem(
  live: LiveDao,
  call: SupportedCall,
  standing: SupporterStanding,
): Problem | undefined {
  if (call.counting === "weight") return undefined;
  const { account, since, badges } = standing;
  // From the end of that day on, as the board counts.
  const isMember = since !== undefined && since + (1 + call.memberDays) * DAY <= call.snapshot;
  const hasVoice = isMember && badges > 0 && account !== live.record.contracts.timelock;
  return hasVoice ? undefined : voiceProblem(live, call, standing);
}
