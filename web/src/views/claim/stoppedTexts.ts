import type { StopReason } from "../../claim/offer.js";

interface Told {
  readonly title: string;
  readonly says: string;
}

/** What is said where a link gives nothing: what happened, what isn't lost, what to do. */
export const STOPPED: Readonly<Record<"ja" | "en", Readonly<Record<StopReason, Told>>>> = {
  ja: {
    used: {
      title: "この招待は、もう使われています",
      says: "ご自身で受けとったものなら、何もしなくて大丈夫です。心あたりがなければ、お店にお知らせください。",
    },
    over: { title: "受けとりの期限がすぎました", says: "お店にひと声かけてみてください。" },
    stopped: {
      title: "この招待は、お店がとりやめました",
      says: "受けとることはできません。くわしいことは、お店におたずねください。",
    },
    halted: {
      title: "ただいま、受けとりを止めています",
      says: "お店がたしかめごとをしています。招待はなくなりません。あとでもう一度ひらいてください。",
    },
    later: {
      title: "きょうの分は、配り終わりました",
      says: "招待はなくなりません。あすになってから、もう一度ひらいてください。それでも同じなら、次のシーズンまでお待ちいただくことがあります。",
    },
    gone: {
      title: "いまは、渡せるものが残っていません",
      says: "招待はまだ有効です。お店に声をかけて、追加されるのをお待ちください。",
    },
    "ended-kind": {
      title: "このバッジは、もう配られていません",
      says: "お店に声をかけて、新しい招待を受けとってください。",
    },
    unknown: {
      title: "この招待は、まだ始まっていません",
      says: "お店の準備が終わってから、もう一度ひらいてください。招待はなくなりません。",
    },
    changed: {
      title: "この招待は、お店のものと合いません",
      says: "途中で変わってしまったようです。届いたままのリンクで、もう一度ひらいてください。何も署名していません。",
    },
    refused: {
      title: "いまは、受けとれません",
      says: "お店の記録が、この受けとりを受けつけませんでした。招待はなくなりません。少し待ってからもう一度お試しいただき、続くようならお店にお知らせください。",
    },
    damaged: {
      title: "リンクが途中で切れているようです",
      says: "メールのリンクを長押しして、最後までコピーして、下に貼りつけてください。招待はまだ使えます。",
    },
    several: {
      title: "招待リンクがいくつか入っています",
      says: "ひとつずつ受けとれます。どれかひとつを貼りつけてください。",
    },
    newer: {
      title: "新しい形の招待リンクです",
      says: "このページがまだ読めない形です。招待はなくなりません。お店にお知らせください。",
    },
    foreign: {
      title: "別のお店の招待のようです",
      says: "招待を送ってくれたお店のページでひらいてください。ここでは何も署名していません。",
    },
    unpublished: {
      title: "招待の中身が、まだ置かれていません",
      says: "お店の準備が終わっていないようです。招待はなくなりません。お店にお知らせください。",
    },
    "published-damaged": {
      title: "招待の中身を、たしかめられませんでした",
      says: "お店が置いたファイルが、記録と合いません。何も署名していません。招待はなくなりません。お店にお知らせください。",
    },
  },
  en: {
    used: {
      title: "This invitation has been used",
      says: "If it was you, there’s nothing to do. If you don’t recall it, please tell the shop.",
    },
    over: { title: "The time to claim is over", says: "Have a word with the shop." },
    stopped: {
      title: "The shop has withdrawn this invitation",
      says: "It can’t be claimed any more. The shop can tell you why.",
    },
    halted: {
      title: "Claims are paused",
      says: "The shop is looking into something. Your invitation isn’t lost: open it again later.",
    },
    later: {
      title: "Today’s are all given out",
      says: "Your invitation isn’t lost. Open it again tomorrow. If it’s still so then, it may take until the next season.",
    },
    gone: {
      title: "There’s nothing left to give right now",
      says: "Your invitation still counts. Have a word with the shop, and wait until more is added.",
    },
    "ended-kind": {
      title: "This badge isn’t given any more",
      says: "Have a word with the shop, and ask for another invitation.",
    },
    unknown: {
      title: "This invitation hasn’t begun yet",
      says: "Open it again once the shop is ready. It isn’t lost.",
    },
    changed: {
      title: "This invitation doesn’t fit the shop’s",
      says: "It seems to have been changed on the way. Open the link just as it was sent to you. Nothing was signed.",
    },
    refused: {
      title: "It can’t be claimed right now",
      says: "The shop’s records didn’t accept this claim. Your invitation isn’t lost. Try again in a while; if it goes on, please tell the shop.",
    },
    damaged: {
      title: "The link seems to be cut off",
      says: "Copy the whole link from the e-mail, up to its last character, and paste it below. Your invitation still works.",
    },
    several: {
      title: "There are several invitations in it",
      says: "Each can be claimed by itself. Paste one of them.",
    },
    newer: {
      title: "This is a newer kind of link",
      says: "This page can’t read it yet. Your invitation isn’t lost. Please tell the shop.",
    },
    foreign: {
      title: "This looks like another shop’s invitation",
      says: "Open it on the page of the shop that sent it. Nothing was signed here.",
    },
    unpublished: {
      title: "What the invitation holds isn’t here yet",
      says: "The shop doesn’t seem to be ready. Your invitation isn’t lost. Please tell the shop.",
    },
    "published-damaged": {
      title: "We couldn’t check this invitation",
      says: "The shop’s files don’t fit the records. Nothing was signed, and your invitation isn’t lost. Please tell the shop.",
    },
  },
};
