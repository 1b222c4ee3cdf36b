import { addReasons } from "../../acting/reasons.js";

// Why an idea can't be supported.
addReasons({
  "idea.support-not-open": {
    ja: "応援の受けつけは、まだ始まっていません。",
    en: "It isn’t time to support anything yet.",
  },
  "idea.support-over": { ja: "応援の受けつけは、終わりました。", en: "It doesn’t take support any more." },
  "idea.supported-already": {
    ja: "えらんだもののなかに、もう応援しているものがあります。",
    en: "You support one of these already.",
  },
  "idea.all-supported-already": { ja: "もう応援しています。", en: "You support it already." },
  "idea.support-most": {
    ja: "応援できる数に届いています。応援は変えられません。",
    en: "You support as many as one can. Support stays.",
  },
  "idea.no-votes": {
    ja: "応援が始まった時点で、使える票がありませんでした。",
    en: "You had no votes to use when support opened.",
  },
  "idea.no-voice": {
    ja: "応援できるのは、応援が始まる前からバッジを持っている会員です。",
    en: "It takes a badge from before support opened to have a voice here.",
  },
  "idea.treasury": { ja: "金庫は応援できません。", en: "The treasury has no voice." },
  "idea.withdrawn": { ja: "出した人が取り下げました。", en: "Whoever had it withdrew it." },
});
