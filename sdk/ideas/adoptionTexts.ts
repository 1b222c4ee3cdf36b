import type { LiveDao } from "../live.js";
import type { Language } from "../page/document.js";
import { formatAmount } from "../units.js";
import type { IdeaLife } from "./board.js";
import { WEIGHT_DECIMALS } from "./choices.js";
import { formatWeight } from "./readiness.js";

/** What a proposal says that adopts an idea. */
interface AdoptionTexts {
  /** @param title Undefined where nothing of it is left that is only text. */
  readonly title: (name: string, title: string | undefined) => string;
  readonly adopts: (live: LiveDao, of: IdeaLife) => string;
  readonly hidden: string;
  readonly asked: string;
  readonly proposed: string;
  readonly more: string;
  /** @param author Null for an option of a poll. Numbers and addresses come last: people read what it is first. */
  readonly place: (id: number, board: string, author: string | null) => string;
  readonly hash: (hash: string) => string;
  readonly command: (name: string) => string;
  readonly link: (link: string) => string;
  readonly then: string;
  /** Between two sentences. */
  readonly between: string;
}

export const ADOPTION: Readonly<Record<Language, AdoptionTexts>> = {
  en: {
    title: (name, title) => (title === undefined ? `Adopt idea ${name}` : `Adopt idea ${name}: ${title}`),
    adopts: (live, { call, idea }) => {
      const { name, author, tally, supporters, rank } = idea;
      const by = author === null ? "an option of a poll" : "put forward by a member";
      const support =
        tally === 0n
          ? "Nobody supports it."
          : `It is supported with ${formatWeight(live, call, tally)}, by ${supporters === 1 ? "1 account" : `${supporters} accounts`}.`;
      const when = call.state === "final" ? "" : " at this moment";
      const place =
        rank === null
          ? `It isn't among the winners of its call${when}.`
          : `It is no. ${rank} of the ${call.winners === 1 ? "1 winner" : `${call.winners} winners`} of its call${when}.`;
      return `This adopts idea ${name} of call ${call.number}, ${by}. ${support} ${place}`;
    },
    hidden:
      "A steward has asked pages not to show this idea: its life says who, and why. It counts as any other, and this proposal can adopt it all the same.",
    asked: "What was asked:",
    proposed: "What is proposed, in the words of whoever put it forward:",
    more: "Where more is said:",
    place: (id, board, author) =>
      `The idea is number ${id} on the board ${board}${author === null ? "" : `, put forward by ${author}`}.`,
    hash: (hash) => `Its hash is ${hash}.`,
    command: (name) => `To look at its whole life: \`npx hardhat idea show ${name}\`.`,
    link: (link) => `Its whole life: <${link}>`,
    then: "Once this is executed, the board says that the DAO has adopted the idea, whatever a steward did meanwhile.",
    between: " ",
  },
  ja: {
    title: (name, title) =>
      title === undefined ? `アイデア${name}を採用する` : `アイデア${name}を採用する：${title}`,
    adopts: (live, { call, idea }) => {
      const { name, author, tally, supporters, rank } = idea;
      const by = author === null ? "アンケートの選択肢です。" : "";
      const weight =
        call.counting === "weight"
          ? `${formatAmount(tally, live.symbol, WEIGHT_DECIMALS)}分の票`
          : `${tally.toLocaleString("ja")}人の声`;
      const people = supporters.toLocaleString("ja");
      const support =
        tally === 0n
          ? "応援した人は、まだいません。"
          : call.counting === "weight"
            ? `${people}人が、あわせて${weight}で応援しました。`
            : `${weight}が集まりました。`;
      const when = call.state === "final" ? "" : "いまのところ、";
      const place =
        rank === null
          ? `${when}選ばれるアイデアには入っていません。`
          : `${when}選ばれる${call.winners}件のうちの${rank}位です。`;
      return `第${call.number}回の募集に出たアイデア${name}を、採用する提案です。${by}${support}${place}`;
    },
    hidden:
      "お店は、このアイデアをページに出さないように求めています。だれが、なぜそうしたかは、アイデアの記録にあります。ほかのアイデアと同じように数えられ、この提案で採用できます。",
    asked: "募集の問い：",
    proposed: "出した人の言葉：",
    more: "くわしい内容の場所：",
    place: (id, board, author) =>
      `アイデアは、掲示板${board}の${id}番です。${author === null ? "" : `出した人は${author}です。`}`,
    hash: (hash) => `内容のハッシュは${hash}です。`,
    command: (name) => `はじめからのすべての記録：\`npx hardhat idea show ${name}\``,
    link: (link) => `はじめからのすべての記録：<${link}>`,
    then: "この提案が実行されると、お店がそれまでに何をしていても、DAOがこのアイデアを採用したことが掲示板に記されます。",
    between: "",
  },
};
