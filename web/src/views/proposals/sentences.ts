import type { Language } from "@kyoso/sdk/page";
import type { CallView, Plain, Shown } from "../../reader/answers.js";

/** What a sentence is made with. */
export interface Words {
  readonly show: (value: Plain, shown: Shown, text: string) => string;
  readonly nameOf: (address: string) => string;
  readonly symbol: string;
}

/** Says a value of a call by the name of its argument. */
type Say = (name: string) => string;

type Sentence = Readonly<Record<Language, (say: Say, to: string) => string>>;

/** What people propose most, in words; by contract and function. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  "token.transfer": {
    ja: (say) => `金庫から${say("to")}へ、${say("value")}を渡します。`,
    en: (say) => `The treasury gives ${say("value")} to ${say("to")}.`,
  },
  "token.approve": {
    ja: (say) => `${say("spender")}が、金庫から${say("value")}まで引き出せるようにします。`,
    en: (say) => `${say("spender")} may take up to ${say("value")} from the treasury.`,
  },
  "token.mint": {
    ja: (say) => `${say("amount")}を新しくつくり、${say("to")}へ渡します。`,
    en: (say) => `${say("amount")} are newly made, and given to ${say("to")}.`,
  },
  "token.burn": {
    ja: (say) => `金庫の${say("value")}をなくします。`,
    en: (say) => `${say("value")} of the treasury are burnt.`,
  },
  "rewards.fund": {
    ja: (say) => `シーズン${say("season")}に分け合う予算として、${say("amount")}を置きます。`,
    en: (say) => `${say("amount")} become the budget that season ${say("season")} shares.`,
  },
  "badge.addKind": {
    ja: (say) => `あたらしいバッジ${say("config.name")}をつくります。`,
    en: (say) => `There is a new badge, ${say("config.name")}.`,
  },
  "badge.addVotingKind": {
    ja: (say) => `票のもらえる、あたらしいバッジ${say("config.name")}をつくります。`,
    en: (say) => `There is a new badge that gives votes, ${say("config.name")}.`,
  },
  "badge.closeKind": {
    ja: (say) => `バッジ${say("kind")}を、これからは贈らないことにします。`,
    en: (say) => `Badge ${say("kind")} isn’t awarded any more.`,
  },
  "badge.setTitles": { ja: () => "称号のみちを変えます。", en: () => "The ladder of titles changes." },
  "badge.setLimits": { ja: () => "シーズンの上限を変えます。", en: () => "The limits of a season change." },
  "board.adopt": {
    ja: (say) => `アイデア${say("idea")}を採用します。`,
    en: (say) => `Idea ${say("idea")} is adopted.`,
  },
  "board.ship": {
    ja: (say) => `アイデア${say("idea")}が形になったことを記します。`,
    en: (say) => `Idea ${say("idea")} is said to be made real.`,
  },
  "board.open": {
    ja: (say) => `「${say("terms.question")}」とたずねる募集をはじめます。`,
    en: (say) => `A call opens, which asks “${say("terms.question")}”.`,
  },
  "governor.setVotingPeriod": { ja: () => "投票の期間を変えます。", en: () => "The voting period changes." },
  "governor.setVotingDelay": {
    ja: () => "投票が始まるまでの時間を変えます。",
    en: () => "The wait before voting changes.",
  },
  "governor.setProposalThreshold": {
    ja: () => "提案に要る票を変えます。",
    en: () => "The votes that it takes to propose change.",
  },
  "governor.updateQuorumNumerator": {
    ja: () => "成立の線を変えます。",
    en: () => "The votes needed change.",
  },
  "governor.setQuorumFloor": { ja: () => "成立の線を変えます。", en: () => "The votes needed change." },
  "timelock.updateDelay": { ja: () => "お知らせ期間を変えます。", en: () => "The notice period changes." },
  "handover.setSafe": {
    ja: () => "お店の鍵を、別のものに替えます。",
    en: () => "Another Safe becomes the shop’s.",
  },
  "handover.setCommunityDate": {
    ja: () => "みんなに引き渡す日を変えます。",
    en: () => "The date of the handover changes.",
  },
  "handover.handOver": {
    ja: () => "お店の力を、みんなに引き渡します。",
    en: () => "The shop hands its powers over to everyone.",
  },
};

/** Names of settings, by the paths of the arguments that set them. */
export const SETTINGS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  ja: {
    newVotingPeriod: "投票の期間",
    newVotingDelay: "投票が始まるまで",
    newVoteExtension: "のびる時間",
    newProposalThreshold: "提案に要る票",
    newQuorumNumerator: "成立の線(出回る票のうち)",
    newFloor: "成立の線(少なくとも)",
    newExpiry: "差し止めの終わり",
    newProposalGuardian: "差し止められる人",
    guardian: "差し止められる人",
    newDelay: "お知らせ期間",
    newDaoURI: "紹介文の場所",
    newDate: "引き渡しの日",
    newSafe: "お店の鍵",
    newTitles: "称号のみち",
    seasonPointsLimit: "シーズンのポイントの上限",
    referralLimit: "シーズンの紹介の上限",
    recoveryLimit: "シーズンの引き継ぎの上限",
    shareBps: "バッジの票の割合",
    "limit.amount": "上限",
    "limit.window": "上限の期間",
  },
  en: {
    newVotingPeriod: "Voting period",
    newVotingDelay: "Wait before voting",
    newVoteExtension: "Extension",
    newProposalThreshold: "Votes to propose",
    newQuorumNumerator: "Votes needed, of all in circulation",
    newFloor: "Votes needed, at least",
    newExpiry: "End of the veto",
    newProposalGuardian: "Who can veto",
    guardian: "Who can veto",
    newDelay: "Notice period",
    newDaoURI: "Where its description is",
    newDate: "Day of the handover",
    newSafe: "The shop’s Safe",
    newTitles: "Ladder of titles",
    seasonPointsLimit: "Points in a season, at most",
    referralLimit: "Referrals in a season, at most",
    recoveryLimit: "Recoveries in a season, at most",
    shareBps: "Share of votes from badges",
    "limit.amount": "Limit",
    "limit.window": "Period of the limit",
  },
};

/** What a call does, in a sentence: its own, or one that names the function. */
export function sentenceOf(call: CallView, language: Language, words: Words): string {
  const { contract, name, to, value, args, unread } = call;
  const who = words.nameOf(to);
  const eth = words.show(value, { as: "amount", symbol: "ETH", decimals: 18 }, "");
  if (name === "") {
    return language === "ja"
      ? `金庫から${who}へ、${eth}を送ります。`
      : `The treasury sends ${eth} to ${who}.`;
  }
  const say: Say = (path) => {
    const argument = args.find((each) => each.name === path);
    return argument === undefined ? "?" : words.show(argument.value, argument.shown, argument.text);
  };
  const isAsset =
    unread === null && contract === to && name === "transfer" && args.some((each) => each.name === "value");
  const sentence =
    unread === null
      ? (SENTENCES[`${contract}.${name}`] ?? (isAsset ? SENTENCES["token.transfer"] : undefined))
      : undefined;
  if (sentence !== undefined) return sentence[language](say, who);
  const paid = value === 0n ? "" : language === "ja" ? `(${eth}を付けて)` : ` with ${eth}`;
  return language === "ja"
    ? `${who}の「${name}」を実行します${paid}。`
    : `It calls “${name}” of ${who}${paid}.`;
}
