import { badgeRead } from "../badges/reads.js";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { Readiness } from "../governance/ready.js";
import { notReady } from "../governance/ready.js";
import type { LiveDao } from "../live.js";
import { formatMoment } from "../time.js";
import { formatAmount } from "../units.js";
import type { Idea, IdeaCall } from "./board.js";
import { WEIGHT_DECIMALS } from "./choices.js";
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

/** Whether pages can be asked not to show an idea, or to show it again: a steward may at any time, and it never touches what counts. */
export function hideReadiness(
  idea: Pick<Idea, "name" | "status" | "hidden" | "steps">,
  hidden: boolean,
): Readiness {
  const { name } = idea;
  const withdrawn = withdrawnProblem(idea);
  if (withdrawn !== undefined) return notReady(withdrawn);
  const place = `idea ${name}`;
  if (hidden && idea.hidden) {
    const { reason = "" } = idea.steps.findLast(({ what }) => what === "hidden") ?? {};
    return notReady(
      problem("idea.hidden-already", {
        data: { idea: name, reason },
        place,
        message: "It is hidden already",
        remedy: `There is nothing to do. See why it is: \`npx hardhat idea show ${name}\`.`,
      }),
    );
  }
  if (!hidden && !idea.hidden) {
    return notReady(
      problem("idea.not-hidden", {
        data: { idea: name },
        place,
        message: "It isn't hidden",
        remedy: "There is nothing to do: pages show it.",
      }),
    );
  }
  return { ready: true, message: hidden ? "It can be hidden" : "It can be shown again" };
}

/** Whether an account can take back an idea now: its author, as long as no support is taken. */
export function withdrawReadiness(
  live: LiveDao,
  { number, snapshot }: Pick<IdeaCall, "number" | "snapshot">,
  idea: Pick<Idea, "name" | "status" | "author">,
  account: string,
): Readiness {
  const { name, author } = idea;
  const place = `idea ${name}`;
  if (author !== account) {
    return notReady(
      problem("idea.not-author", {
        data: { idea: name, account, author },
        place,
        message:
          author === null
            ? "It is an option of a poll, which nobody can take back"
            : `${live.book.show(author)} put it forward, and only its author can take it back`,
        remedy:
          author === null
            ? "A steward can have pages not show it: `npx hardhat idea hide`."
            : "Act as its author (--from); or, as a steward, have pages not show it: `npx hardhat idea hide`.",
      }),
    );
  }
  if (idea.status === "withdrawn") {
    return notReady(
      problem("idea.withdrawn", {
        data: { idea: name },
        place,
        message: "Its author withdrew it",
        remedy: "There is nothing to do.",
      }),
    );
  }
  if (live.now >= snapshot) {
    return notReady(
      problem("idea.withdrawals-over", {
        data: { idea: name, call: number, snapshot },
        place,
        message: `Ideas of call ${number} could be taken back until ${formatMoment(snapshot, live.now)}: others may support it by now`,
        remedy: "It stays. Say to those who read it what became of it, where it is spoken about.",
      }),
    );
  }
  return {
    ready: true,
    message: `It can be taken back until ${formatMoment(snapshot, live.now)}`,
    until: snapshot - 1,
  };
}
