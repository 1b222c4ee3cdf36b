import type { Choice, Counting } from "@kyoso/sdk";
import type { Language } from "@kyoso/sdk/page";
import type { Format } from "../../language/format.js";
import { catalogue } from "../../language/language.js";
import type { IdeaCallSummary } from "../../reader/ideaAnswers.js";

/** Decimals of what an idea's support weighs where votes count. */
const WEIGHT_DECIMALS = 8;

/** What the views of ideas share. */
export const TEXTS = catalogue({
  ja: {
    back: "アイデア",
    number: (number: string) => `第${number}回の募集`,
    poll: (number: string) => `第${number}回のアンケート`,
    ideasLeft: (time: string) => `アイデアの受けつけは、あと${time}`,
    supportLeft: (time: string) => `応援の受けつけは、あと${time}`,
    until: (moment: string) => `${moment}まで`,
    decided: "決定",
    by: "のアイデア",
    option: "選択肢",
    hidden: "お店が表示をひかえているアイデア",
    hiddenWhy: (reason: string) => `お店の理由：「${reason}」`,
    rank: (rank: string) => `${rank}位`,
    tied: "同じ数",
  },
  en: {
    back: "Ideas",
    number: (number: string) => `Call ${number}`,
    poll: (number: string) => `Poll ${number}`,
    ideasLeft: (time: string) => `${time} left for ideas`,
    supportLeft: (time: string) => `${time} left to say which you want`,
    until: (moment: string) => `until ${moment}`,
    decided: "Decided",
    by: "had the idea",
    option: "Option",
    hidden: "An idea that the shop doesn’t show",
    hiddenWhy: (reason: string) => `The shop’s reason: “${reason}”`,
    rank: (rank: string) => `No. ${rank}`,
    tied: "a tie",
  },
});

/** What an idea's support weighs, in a member's words. */
export function weightIn(
  language: Language,
  format: Format,
  { counting, symbol }: { readonly counting: Counting; readonly symbol: string },
  weight: bigint,
): string {
  if (counting === "weight") {
    const amount = `${format.amount(weight, WEIGHT_DECIMALS)} ${symbol}`;
    return language === "ja" ? `${amount}分` : amount;
  }
  if (language === "ja") return `${format.number(weight)}人`;
  return weight === 1n ? "1 voice" : `${format.number(weight)} voices`;
}

interface Rules {
  readonly counting: Counting;
  readonly choice: Choice;
  readonly memberDays: number;
  readonly isPoll: boolean;
}

/** Who can say which ideas they want, and how much that counts. */
export function howCounted(
  language: Language,
  format: Format,
  { counting, choice, memberDays }: Rules,
): string {
  const days = format.number(memberDays);
  if (language === "ja") {
    const many = choice === "approve" ? "ひとり10件まで応援できます。" : "えらべるのは、ひとりひとつです。";
    if (counting === "weight") {
      return `応援が始まった時点で使えた票が多いほど、重く数えます。預かっている票もふくみます。${many}`;
    }
    const since =
      memberDays === 0
        ? "応援が始まる前の日までに、バッジを持っていた人の声を数えます。"
        : `応援が始まる${days}日前までに、バッジを持っていた人の声を数えます。`;
    return `だれの声も、ひとつはひとつ。${since}${many}`;
  }
  const many = choice === "approve" ? "You can support up to ten." : "You can pick one.";
  if (counting === "weight") {
    return `What counts is how many votes you could use when support opened, those lent to you included. ${many}`;
  }
  const since =
    memberDays === 0
      ? "It takes a badge from before the day on which support opens."
      : `It takes a badge that you had ${days} ${memberDays === 1 ? "day" : "days"} before support opens.`;
  return `Every member has one voice, and all voices count the same. ${since} ${many}`;
}

/** How long a call goes on with what it does now: of what, and until when. */
export function leftOf(
  call: Pick<IdeaCallSummary, "state" | "snapshot" | "end">,
): { readonly what: "ideasLeft" | "supportLeft"; readonly at: number } | undefined {
  if (call.state === "final") return undefined;
  return call.state === "ideas"
    ? { what: "ideasLeft", at: call.snapshot }
    : { what: "supportLeft", at: call.end };
}
