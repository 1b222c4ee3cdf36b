import type { ProblemCode } from "@kyoso/sdk";
import type { Language } from "@kyoso/sdk/page";
import type { Said } from "../../acting/reasons.js";
import { reasonFor, saidOf } from "../../acting/reasons.js";

const NO_NUMBER: Said = {
  ja: "数が読みとれません。「1,000」「0.5」のように書いてください。",
  en: "That isn’t a number. Write it as “1,000” or “0.5”.",
};
const NO_DURATION: Said = {
  ja: "長さが読みとれません。「7日」「12時間」のように書いてください。",
  en: "That isn’t a length of time. Write it as “7 days” or “12 hours”.",
};
const NO_ADDRESS: Said = {
  ja: "あて先が見あたりません。アドレス(0xで始まるもの)か、treasury、safeなどの名前を書いてください。",
  en: "There is nobody there. Write an address that begins with 0x, or a name such as treasury or safe.",
};
const TYPO: Said = {
  ja: "アドレスに写しまちがいがあります。もう一度、写してください。",
  en: "There is a slip in the address. Please copy it anew.",
};
const NO_PERCENT: Said = {
  ja: "割合が読みとれません。「4%」のように書いてください。",
  en: "That isn’t a share. Write it as “4%”.",
};
const OUT_OF_RANGE: Said = {
  ja: "この値は、大きすぎるか、小さすぎます。",
  en: "It is too much, or too little.",
};

/** What is wrong with a draft, in the words of who fills in the forms; by the SDK's codes. */
const DRAFT: Partial<Readonly<Record<ProblemCode, Said>>> = {
  "address.unreadable": NO_ADDRESS,
  "address.name-unknown": NO_ADDRESS,
  "address.length": TYPO,
  "address.checksum": TYPO,
  "address.ens": {
    ja: "名前(.ethなど)では書けません。アドレス(0xで始まるもの)を書いてください。",
    en: "Names such as .eth aren’t known here. Write the address that begins with 0x.",
  },
  "amount.unreadable": NO_NUMBER,
  "amount.separator-misplaced": NO_NUMBER,
  "amount.exponent": NO_NUMBER,
  "amount.ambiguous": {
    ja: "コンマが、けたの区切りか小数点か、わかりません。「1,000」か「0.5」のように書いてください。",
    en: "The comma could be either. Write it as “1,000” or “0.5”.",
  },
  "amount.other-symbol": {
    ja: "単位がちがいます。数だけを書いてください。",
    en: "That is another unit. Write the number alone.",
  },
  "amount.unit-missing": NO_NUMBER,
  "number.not-whole": { ja: "整数で書いてください。", en: "Write a whole number." },
  "number.empty": { ja: "数を書いてください。", en: "Write a number." },
  "number.negative": { ja: "0より大きい数を書いてください。", en: "Write a number above 0." },
  "number.decimals": {
    ja: "小数点より下のけたが多すぎます。",
    en: "There are too many digits after the point.",
  },
  "number.too-large": OUT_OF_RANGE,
  "argument.out-of-range": OUT_OF_RANGE,
  "argument.not-number": NO_NUMBER,
  "duration.unreadable": NO_DURATION,
  "duration.unit-missing": NO_DURATION,
  "duration.unit-unknown": NO_DURATION,
  "duration.unit-twice": NO_DURATION,
  "duration.not-seconds": NO_DURATION,
  "duration.fraction-of-second": NO_DURATION,
  "percent.unreadable": NO_PERCENT,
  "percent.unit-missing": NO_PERCENT,
  "proposal.title-missing": { ja: "題名を書いてください。", en: "Give it a title." },
  "proposal.title-not-line": { ja: "題名は一行で書いてください。", en: "A title is one line." },
  "proposal.title-twice": {
    ja: "本文の先頭に、題名がもう一度あります。本文からはずしてください。",
    en: "The text begins with a title of its own. Take it out there.",
  },
  "proposal.unseen-characters": {
    ja: "文章に、見えない文字が入っています。書きなおしてください。",
    en: "There are characters in it that nobody can see. Please write it anew.",
  },
  "proposal.actions-missing": {
    ja: "することが、まだありません。ひとつ以上、加えてください。",
    en: "There is nothing to be done yet. Add something.",
  },
};

/** Why a draft, or what it proposes, can't be taken; undefined where the page has no words of its own for it. */
export function draftReasonFor(code: string, language: Language): string | undefined {
  return saidOf(code, DRAFT, language) ?? reasonFor(code, language);
}
