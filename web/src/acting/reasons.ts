import type { ProblemCode } from "@kyoso/sdk";
import type { Language } from "@kyoso/sdk/page";

/** What the page says of something, in each language. */
export type Said = Readonly<Record<Language, string>>;

/** What the page finds out by itself, and the command line too. */
type OwnCode = "proposal.made-already";

/** What can't be done, and why, in a member's words; by the SDK's codes. */
const REASONS: Partial<Readonly<Record<ProblemCode | OwnCode, Said>>> = {
  "account.too-little-ether": {
    ja: "ウォレットのETHが、費用に足りません。",
    en: "There is too little ETH in the wallet to pay for it.",
  },
  "vote.cast-already": {
    ja: "この提案には、もう投票しています。入れた票は変えられません。",
    en: "You’ve already voted on this. A vote that was cast stands.",
  },
  "vote.closed": { ja: "投票は、もう終わっています。", en: "Voting is over." },
  "vote.not-open": { ja: "投票は、まだ始まっていません。", en: "Voting hasn’t opened yet." },
  "vote.no-votes": {
    ja: "この提案で数えられる票が、ありませんでした。票は、投票が始まる前に持っている必要があります。",
    en: "You had no votes when they were counted for this proposal: it takes votes from before voting opened.",
  },
  "vote.treasury": { ja: "金庫は投票できません。", en: "The treasury doesn’t vote." },
  "ballot.reason-too-long": {
    ja: "ひとことが長すぎます。短くしてください。",
    en: "Your reason is too long. Please shorten it.",
  },
  "ballot.reason-half-character": {
    ja: "ひとことに、途中で切れた文字があります。書きなおしてください。",
    en: "There is half a character in your reason. Please write it anew.",
  },
  "ballot.proposal-unknown": {
    ja: "この提案が、まだ見つかりません。少し待ってから、もう一度お試しください。",
    en: "The proposal isn’t known there yet. Try again in a moment.",
  },
  "ballot.refused": { ja: "投票箱が受けつけませんでした。", en: "The ballot box didn’t take it." },
  "proposal.withdrawn": { ja: "提案した人が取り下げました。", en: "Its proposer withdrew it." },
  "proposal.vetoed": { ja: "お店が差し止めました。", en: "The shop stopped it." },
  "proposal.defeated": {
    ja: "反対が多く、見送りになりました。",
    en: "More were against it: it didn’t pass.",
  },
  "proposal.quorum-missed": {
    ja: "成立の線に届かず、見送りになりました。",
    en: "Too few votes came together: it didn’t pass.",
  },
  "proposal.executed": { ja: "もう実行されています。", en: "It has been carried out already." },
  "proposal.expired": { ja: "期限がすぎました。", en: "It has expired." },
  "proposal.expired-unqueued": { ja: "期限がすぎました。", en: "It has expired." },
  "proposal.queued-already": { ja: "もう予告されています。", en: "It has been announced already." },
  "proposal.not-queued": { ja: "まだ予告されていません。", en: "It hasn’t been announced yet." },
  "proposal.too-early": {
    ja: "お知らせ期間が、まだ終わっていません。",
    en: "The notice period isn’t over yet.",
  },
  "proposal.voted-on": { ja: "まだ投票中です。", en: "It is still being voted on." },
  "proposal.of-other-proposer": {
    ja: "取り下げられるのは、提案した人だけです。",
    en: "Only its proposer can withdraw it.",
  },
  "proposal.too-late-to-withdraw": {
    ja: "投票が始まったので、もう取り下げられません。",
    en: "Voting has opened: it can’t be withdrawn any more.",
  },
  "proposal.too-few-votes": {
    ja: "提案に要る票が足りません。仲間の票を預けてもらうこともできます。",
    en: "You have too few votes to propose. Others can lend you theirs.",
  },
  "proposal.made-already": {
    ja: "同じ提案が、もう出ています。",
    en: "The very same has been proposed already.",
  },
  "signed.expired": {
    ja: "署名の期限がすぎました。もう一度署名してください。",
    en: "What you signed has expired. Please sign anew.",
  },
  "signed.nonce-used": {
    ja: "あとから署名したものが、先に届いています。まだ必要なら、もう一度署名してください。",
    en: "Something you signed later was carried out first. Sign anew, if you still want it.",
  },
  "signed.nonce-ahead": {
    ja: "前に署名したものが、まだ届いていません。それが先に要ります。",
    en: "Something you signed before has to be carried out first.",
  },
  "signed.not-signed": {
    ja: "署名が、この会員証のものではありません。",
    en: "The signature isn’t this account’s.",
  },
  "signed.other-chain": { ja: "別のチェーンのものです。", en: "It is for another chain." },
  "signed.other-contract": { ja: "別のお店のものです。", en: "It is for another shop." },
  "signed.refused": { ja: "チェーンが受けつけませんでした。", en: "The chain refused it." },
  "signed.wallet-refuses": {
    ja: "ウォレットが、自分の署名とみとめませんでした。",
    en: "Your wallet doesn’t accept its own signature.",
  },
  "signature.not-accepted": {
    ja: "ウォレットが、この署名をみとめませんでした。ウォレットから直接送ってください。",
    en: "Your wallet doesn’t accept this signature. Send it from the wallet itself.",
  },
  "delegation.already-so": { ja: "もう、そうなっています。", en: "It is so already." },
  "delegation.to-contract": {
    ja: "そこには投票する人がいません。票がむだになります。",
    en: "Nobody votes there: your votes would be lost.",
  },
  "delegation.treasury": { ja: "金庫の票は任せられません。", en: "The treasury can’t delegate." },
  "delegation.contract-wallet": {
    ja: "このウォレットは、署名では任せられません。ウォレットから直接送ってください。",
    en: "This wallet can’t delegate by signature. Send it from the wallet itself.",
  },
  "season.ahead": { ja: "このシーズンは、まだ始まっていません。", en: "The season hasn’t begun." },
  "season.running": { ja: "シーズンは、まだつづいています。", en: "The season is still running." },
  "season.disputed": {
    ja: "ポイントを見なおす期間です。終わったら受けとれます。",
    en: "Points of the season can still be disputed. It can be claimed after that.",
  },
  "season.claims-closed": { ja: "受けとれる期間は終わりました。", en: "The time to claim is over." },
  "season.being-recovered": {
    ja: "バッジの引き継ぎの途中です。終わるまで、ほかの人は手続きできません。",
    en: "These badges are being moved to another account: until then only their owner can claim.",
  },
  "season.no-points": {
    ja: "このシーズンのポイントがありません。",
    en: "There are no points of this season.",
  },
  "season.nothing-left": { ja: "もう受けとっています。", en: "It was claimed already." },
  "pass.none-minted": {
    ja: "いまは、新しい会員カードを発行していません。",
    en: "No new cards are made at present.",
  },
  "pass.not-entitled": {
    ja: "このバッジでは、会員カードは発行できません。",
    en: "This badge doesn’t come with a card.",
  },
  "pass.minted-already": {
    ja: "このバッジの会員カードは、もう発行されています。",
    en: "The card of this badge has been made already.",
  },
  "badge.gone": {
    ja: "このバッジは、もうありません。",
    en: "The badge isn’t there any more.",
  },
  "nickname.unseen-characters": {
    ja: "目に見えない文字が入っています。書きなおしてください。",
    en: "There are characters in it that can’t be seen. Please write it anew.",
  },
  "nickname.too-long": { ja: "長すぎます。短くしてください。", en: "It is too long. Please shorten it." },
  "nickname.same-already": { ja: "もう、そうなっています。", en: "It is so already." },
  "awards.halted": {
    ja: "お店が、いま受けとりを止めています。",
    en: "The shop has halted claims for now.",
  },
  "address.zero": { ja: "だれのものでもない宛先です。", en: "That address is nobody’s." },
  "address.checksum": {
    ja: "宛先に写しまちがいがあります。もう一度たしかめてください。",
    en: "There is a typo in the address. Please check it.",
  },
  "relay.budget-used": {
    ja: "お店がきょう出せる費用を、使いきりました。あした、つづきを行います。",
    en: "What the shop pays in a day is used up. It goes on tomorrow.",
  },
  "relay.too-late": {
    ja: "お店の窓口でつづけられるころには、期限が過ぎています。",
    en: "By the time the shop’s counter could go on, it would be too late.",
  },
  "relay.not-by-issuer": {
    ja: "お店が出した引換券ではありません。",
    en: "It isn’t a voucher of the shop.",
  },
  "relay.votes-few": {
    ja: "票が少ないため、お店は費用を持てません。自分で送ることはできます。",
    en: "It is too few votes for the shop to pay for them. You can send it yourself.",
  },
  "relay.too-many": {
    ja: "申しこみが続いています。少し待ってから、もう一度お試しください。",
    en: "That was many requests at once. Try again in a moment.",
  },
  "relay.queue-full": {
    ja: "窓口が混みあっています。少し待って、つづけます。",
    en: "The counter is busy. It goes on in a moment.",
  },
  "relay.disk-full": {
    ja: "お店の窓口が、いま受けつけられません。",
    en: "The shop’s counter can’t take anything right now.",
  },
  "relay.subject-busy": {
    ja: "同じものが、もう届けられている途中です。",
    en: "The same is on its way already.",
  },
  "relay.node-away": {
    ja: "お店の窓口が、記録をたしかめられません。少し待って、つづけます。",
    en: "The shop’s counter can’t read the records right now. It goes on in a moment.",
  },
  "relay.no-answer": {
    ja: "お店の窓口が応えていません。つながりしだい、つづけます。",
    en: "The shop’s counter doesn’t answer. It goes on as soon as it does.",
  },
  "relay.failed": { ja: "お店の窓口で、なにかがうまくいきませんでした。", en: "Something went wrong there." },
  "relay.attempts-failed": {
    ja: "何度か送りましたが、チェーンが受けつけませんでした。",
    en: "It was sent several times, and the chain refused it each time.",
  },
  "relay.kind-off": {
    ja: "お店の窓口では、これを受けつけていません。",
    en: "The shop’s counter doesn’t take these.",
  },
  "relay.token-off": {
    ja: "このトークンの分け前は、お店の窓口では受けつけていません。",
    en: "The shop’s counter doesn’t pay out this token.",
  },
  "relay.origin": {
    ja: "お店の窓口は、このページからの申しこみを受けつけていません。",
    en: "The shop’s counter doesn’t take anything from this page.",
  },
  "relay.other-dao": { ja: "窓口が、別のお店のものです。", en: "The counter is another shop’s." },
};

type Reasons = Partial<Readonly<Record<ProblemCode, Said>>>;

/** Reasons that are loaded with the views that have a use for them. */
const later: Reasons[] = [];

export function addReasons(reasons: Reasons): void {
  later.push(reasons);
}

/** Why, in the reader's language; undefined where only the words of whoever refuses it are known. */
export function reasonFor(code: string, language: Language): string | undefined {
  for (const reasons of [REASONS, ...later]) {
    const said = saidOf(code, reasons, language);
    if (said !== undefined) return said;
  }
  return undefined;
}

/** What a table of the SDK's codes says of one of them; undefined where it says nothing. */
export function saidOf(
  code: string,
  table: Readonly<Record<string, Said | undefined>>,
  language: Language,
): string | undefined {
  return table[code]?.[language];
}
