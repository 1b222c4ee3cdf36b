import { addReasons } from "../../acting/reasons.js";

// Why an idea can't be put forward.
addReasons({
  "idea.poll": {
    ja: "アンケートなので、アイデアは受けつけていません。",
    en: "It is a poll, and takes no ideas.",
  },
  "idea.submissions-over": {
    ja: "アイデアの受けつけは、終わりました。",
    en: "It doesn’t take ideas any more.",
  },
  "idea.not-member": {
    ja: "アイデアを出せるのは、バッジを持っている会員です。",
    en: "It takes a badge to put an idea forward.",
  },
  "idea.submitted-most": {
    ja: "出せる数を、もう出しています。",
    en: "You’ve put as many forward as a member can.",
  },
  "text.unseen-characters": {
    ja: "目に見えない文字か、行の切れ目が入っています。書きなおしてください。",
    en: "There are characters in it that can’t be seen, or more than one line. Please write it anew.",
  },
  "text.length": { ja: "長さが合いません。", en: "It is too short, or too long." },
});
