import type { RelayedKind } from "@kyoso/sdk";
import type { Language } from "@kyoso/sdk/page";
import { catalogue } from "../language/language.js";

export const TEXTS = catalogue({
  ja: {
    handing: "お預けしています",
    waiting: "預かりました",
    waitingSays: "閉じても大丈夫です。",
    sent: "送りました",
    sentSays: "記録を待っています。ふつうは1分ほど。",
    confirmed: "記録されました",
    confirmedSays: "もう数えられています。あと少しで、動かせない記録になります。",
    finalSays: "もう変わることはありません。",
    explorer: "記録を見る",
    unconfirmed: "届いたか、まだわかりません",
    unconfirmedSays: "二重に数えられることはありません。少し待つか、自分で送れます。",
    stuck: "チェーンが混んでいて、進んでいません",
    stuckSays: "二重に数えられることはありません。空くのを待つか、自分で送れます。",
    budget: "お店がきょう出せる費用を、使いきったようです。あした、つづきを行います。",
    balance: "お店の窓口の残高が、少なくなっています。時間がかかるかもしれません。",
    kept: "署名は、この端末に残っています。",
    refused: "受けつけられませんでした",
    nothingDone: "なにも行われていません。なくなったものもありません。",
    again: "もう一度お願いする",
    forget: "とじる",
    otherwise: "ほかの届けかた",
    once: "どの届けかたでも、行われるのは一度だけです。",
    send: "ウォレットから自分で送る",
    save: "ファイルに保存する",
    saveSays: "このファイルは、だれでもあなたのかわりに届けられます。",
  },
  en: {
    handing: "Handing it in",
    waiting: "Received",
    waitingSays: "You can close this page.",
    sent: "Sent",
    sentSays: "Waiting for the record. It usually takes a minute.",
    confirmed: "On record",
    confirmedSays: "It counts already. In a little while the record can’t change any more.",
    finalSays: "Nothing can change it any more.",
    explorer: "See the record",
    unconfirmed: "We can’t tell yet whether it arrived",
    unconfirmedSays: "It can’t count twice. Wait a little, or send it yourself.",
    stuck: "The chain is busy, and it doesn’t move",
    stuckSays: "It can’t count twice. Wait until there is room, or send it yourself.",
    budget: "What the shop pays in a day seems to be used up. It goes on tomorrow.",
    balance: "The shop’s counter is short of money. It may take a while.",
    kept: "What you signed stays on this device.",
    refused: "It wasn’t taken",
    nothingDone: "Nothing was done, and nothing is lost.",
    again: "Ask again",
    forget: "Close",
    otherwise: "Other ways",
    once: "Whichever way it goes, it is done only once.",
    send: "Send it from your wallet",
    save: "Save it as a file",
    saveSays: "Anybody can carry this file out for you:",
  },
});

interface Titles {
  readonly title: string;
  readonly done: string;
}

/** What is on its way, and what it is called when it is done. */
export const TITLES: Readonly<Record<Language, Readonly<Record<RelayedKind, Titles>>>> = {
  ja: {
    ballot: { title: "投票を届けています", done: "投票しました" },
    delegation: { title: "任せる人を届けています", done: "任せる人が決まりました" },
    claim: { title: "受けとりを届けています", done: "受けとりました" },
    redemption: { title: "引換券を届けています", done: "受けとりました" },
    reward: { title: "分け前を届けています", done: "分け前が届きました" },
    nickname: { title: "呼び名を届けています", done: "呼び名が変わりました" },
    support: { title: "応援を届けています", done: "応援しました" },
  },
  en: {
    ballot: { title: "Your vote is on its way", done: "You voted" },
    delegation: { title: "Your choice is on its way", done: "It’s settled who votes for you" },
    claim: { title: "Your claim is on its way", done: "It’s yours" },
    redemption: { title: "Your voucher is on its way", done: "It’s yours" },
    reward: { title: "The share is on its way", done: "The share was paid" },
    nickname: { title: "Your nickname is on its way", done: "Your nickname has changed" },
    support: { title: "Your support is on its way", done: "It counts" },
  },
};
