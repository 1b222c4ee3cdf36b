import { badgeRead } from "../badges/reads.js";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { Readiness } from "../governance/ready.js";
import { notReady } from "../governance/ready.js";
import type { LiveDao } from "../live.js";
import { formatMoment, formatTime } from "../time.js";
import { formatAmount } from "../units.js";
import type { Idea, IdeaCall } from "./board.js";
import { MOST_SUPPORTED, WEIGHT_DECIMALS } from "./choices.js";
import { ideaName } from "./names.js";
import type { Voice } from "./voices.js";
import { readVoice } from "./voices.js";

/** Whether an account can put an idea forward in a call now. */
export async function submitReadiness(live: LiveDao, call: IdeaCall, account: string): Promise<Readiness> {
  const { number, isPoll, snapshot, state, ideasPerMember } = call;
  const place = `call ${number}`;
  if (isPoll) {
    return notReady(
      problem("idea.poll", {
        data: { call: number },
        place,
        message: "It is a poll, and takes no ideas",
        remedy: "Say which of its options you want: `npx hardhat idea support`.",
      }),
    );
  }
  if (state !== "ideas") {
    return notReady(
      problem("idea.submissions-over", {
        data: { call: number, snapshot },
        place,
        message: `It took ideas until ${formatMoment(snapshot, live.now)}`,
        remedy: "See which calls take ideas: `npx hardhat idea list`.",
      }),
    );
  }
  const [voice, [badges = 0n]] = await Promise.all([
    readVoice(live, number, account),
    live.readMany<bigint>([badgeRead(live, "balanceOf", [account])]),
  ]);
  if (badges === 0n) {
    return notReady(
      problem("idea.not-member", {
        data: { account },
        place: `account ${live.book.show(account)}`,
        message: "It has no badge, and members put ideas forward",
        remedy: "Act as an account that has one (--from); or earn one first.",
      }),
    );
  }
  if (voice.submitted >= ideasPerMember) {
    return notReady(
      problem("idea.submitted-most", {
        data: { call: number, account, most: ideasPerMember },
        place: `account ${live.book.show(account)}`,
        message: `It has put forward ${voice.submitted === 1 ? "1 idea" : `${voice.submitted} ideas`} in call ${number} already, which is as many as a member can; withdrawn ones count`,
        remedy: "Say which ideas of others you want, once support is taken.",
      }),
    );
  }
  const left = ideasPerMember - voice.submitted;
  return {
    ready: true,
    message: `Ideas are taken until ${formatMoment(snapshot, live.now)}; ${left} more of this account`,
    until: snapshot - 1,
  };
}

/** What an account can support. */
export type SupportReadiness = Readiness & {
  /** Those of the ideas that it doesn't support yet. */
  readonly left: readonly number[];
  /** What each of them would have more; 0 where it can't. */
  readonly weight: bigint;
};

/**
 * Whether an account can support ideas of a call now. Those that it supports already are left out.
 *
 * @param ideas All of the call.
 */
export async function supportReadiness(
  live: LiveDao,
  call: IdeaCall,
  ideas: readonly Idea[],
  account: string,
): Promise<SupportReadiness> {
  const voice = await readVoice(live, call.number, account);
  const left = ideas.map(({ id }) => id).filter((id) => !voice.ideas.includes(id));
  const weight = voice.weight === 0n ? voice.wouldWeigh : voice.weight;
  const refused =
    supportWindowProblem(live, call) ??
    ideas.map(withdrawnProblem).find((each) => each !== undefined) ??
    countProblem(live, call, voice, ideas, left) ??
    (weight === 0n ? await voiceProblem(live, call, account) : undefined);
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
  { number, snapshot, end }: IdeaCall,
): Problem | undefined {
  const place = `call ${number}`;
  // Which block a transaction comes into is later than the newest one.
  if (live.now < snapshot) {
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
  { number, snapshot }: IdeaCall,
  ideas: readonly Idea[],
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

/** That an idea was withdrawn; undefined of all others. */
export function withdrawnProblem({ status, name }: Pick<Idea, "status" | "name">): Problem | undefined {
  if (status !== "withdrawn") return undefined;
  return problem("idea.withdrawn", {
    data: { idea: name },
    place: `idea ${name}`,
    message: "Its author withdrew it",
    remedy: "Choose another one.",
  });
}

function countProblem(
  live: LiveDao,
  { number, choice }: IdeaCall,
  { account, ideas: supported }: Voice,
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
async function voiceProblem(
  live: LiveDao,
  { number, counting, snapshot, memberDays }: IdeaCall,
  account: string,
): Promise<Problem> {
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
  const [since = 0, badges = 0] = await live.readMany<bigint | number>([
    badgeRead(live, "memberSince", [account]),
    badgeRead(live, "balanceOf", [account]),
  ]);
  const day = Number(since) === 0 ? undefined : Number(since);
  const why =
    day === undefined
      ? "it has never had a badge"
      : Number(badges) === 0
        ? "it has no badge now"
        : `its first badge is of ${formatTime(day).slice(0, 10)}`;
  const counted = formatTime(snapshot).slice(0, 10);
  const asked =
    memberDays === 0 ? `on a day before ${counted}` : `at least ${memberDays} days before ${counted}`;
  return problem("idea.no-voice", {
    data: { call: number, account, snapshot, memberDays, since: day, badges: Number(badges) },
    place,
    message: `It has no voice in call ${number}: ${why}`,
    remedy: `Those have one who hold a badge, and had their first ${asked}.`,
  });
}

/** What supports an idea, as people read it: `12 voices`, `1,234.5 SKR`. */
export function formatWeight(
  { symbol }: Pick<LiveDao, "symbol">,
  { counting }: Pick<IdeaCall, "counting">,
  weight: bigint,
): string {
  if (counting === "weight") return formatAmount(weight, symbol, WEIGHT_DECIMALS);
  return weight === 1n ? "1 voice" : `${weight.toLocaleString("en")} voices`;
}

/** Whether an idea can be adopted now: by a steward, or by a passed proposal that is executed later. */
export function adoptReadiness(
  live: LiveDao,
  call: IdeaCall,
  idea: Idea,
  by: "steward" | "proposal",
): Readiness {
  const { name, status } = idea;
  const place = `idea ${name}`;
  const withdrawn = withdrawnProblem(idea);
  if (withdrawn !== undefined) return notReady(withdrawn);
  if (live.now < call.end) {
    return notReady(
      problem("idea.not-final", {
        data: { idea: name, end: call.end },
        place,
        message: `The result of call ${call.number} isn't final before ${formatMoment(call.end, live.now)}`,
        remedy: "Adopt it then.",
      }),
      { from: call.end },
    );
  }
  // A proposal may say so after a steward did: then the DAO has.
  if (status !== "submitted" && !(status === "adopted" && by === "proposal")) {
    return notReady(
      problem("idea.adopted-already", {
        data: { idea: name, status },
        place,
        message: `It is ${status} already`,
        remedy:
          status === "adopted"
            ? `There is nothing to do. Once it is carried out: \`npx hardhat idea ship ${name}\`.`
            : "There is nothing to do.",
      }),
    );
  }
  if (idea.hidden && by === "steward") {
    const { reason = "" } = idea.steps.findLast(({ what }) => what === "hidden") ?? {};
    return notReady(
      problem("idea.hidden", {
        data: { idea: name, reason },
        place,
        message: "A steward has hidden it, and only a passed proposal adopts it like this",
        remedy: `Use --via proposal. See why it is hidden: \`npx hardhat idea show ${name}\`.`,
      }),
    );
  }
  return { ready: true, message: "It can be adopted" };
}

/** Whether an idea can be said to be carried out now. */
export function shipReadiness(idea: Idea): Readiness {
  const { name, status } = idea;
  const place = `idea ${name}`;
  const withdrawn = withdrawnProblem(idea);
  if (withdrawn !== undefined) return notReady(withdrawn);
  if (status === "shipped") {
    return notReady(
      problem("idea.shipped-already", {
        data: { idea: name },
        place,
        message: "It was shipped already",
        remedy: `There is nothing to do. See its life: \`npx hardhat idea show ${name}\`.`,
      }),
    );
  }
  if (status === "submitted") {
    return notReady(
      problem("idea.not-adopted", {
        data: { idea: name },
        place,
        message: "It isn't adopted, and what is carried out was adopted before",
        remedy: `Adopt it first: \`npx hardhat idea adopt ${name}\`.`,
      }),
    );
  }
  return { ready: true, message: "It can be said to be carried out" };
}
