import type { Nothing } from "../nothing.js";
import type { Choice, IdeaStatus } from "./choices.js";

/** Problems of calls for ideas, and of what is done with ideas. Ideas are named as people name them: `3-12`. */
export interface IdeaProblems {
  /** There is no call of this number; there are `count`. */
  "idea-call.unknown": { readonly call: number; readonly count: number };
  /** A text isn't the number of a call. */
  "idea-call.unreadable": { readonly text: string };
  /** There is no idea of this name. */
  "idea.unknown": { readonly idea: string };
  /** A text names no idea. */
  "idea.unreadable": { readonly text: string };
  /** An option of `idea call` has a text that is none of a few words. */
  "idea-call.choice-unknown": { readonly text: string; readonly known: readonly string[] };
  /** A time of a call is outside of what the board takes. All are seconds. */
  "idea-call.duration": { readonly seconds: number; readonly lowest: number; readonly highest: number };
  /** A number of a call's is outside of what the board takes. */
  "idea-call.number": { readonly number: string; readonly lowest: number; readonly highest: number };
  /** A poll has too few options, or too many. */
  "idea-call.options": { readonly count: number; readonly lowest: number; readonly highest: number };
  /** Two options of a poll can't be told apart. */
  "idea-call.options-same": { readonly option: string };
  /** More options would win than a poll has. */
  "idea-call.winners-over-options": { readonly winners: number; readonly options: number };
  /** Something was given that a poll hasn't; `option` is the command's. */
  "idea-call.not-of-poll": { readonly option: string };
  /** Days of membership were given where votes count, and not members. */
  "idea-call.days-without-voices": { readonly days: number };
  /** A badge can't be earned by ideas: the kind's issuer role is `role`, and the board isn't a member of it. */
  "idea-call.kind-not-boards": { readonly kind: number; readonly name: string; readonly role: bigint };
  /** A badge can't be earned by ideas, as its kind is closed. */
  "idea-call.kind-closed": { readonly kind: number; readonly name: string };
  /** A badge with votes can be earned only in a call that a passed proposal opens. */
  "idea-call.kind-with-votes": { readonly kind: number; readonly name: string };
  /** A call took ideas until `snapshot`, and that is over. */
  "idea.submissions-over": { readonly call: number; readonly snapshot: number };
  /** A poll takes no ideas. */
  "idea.poll": { readonly call: number };
  /** An account has no badge, which submitting takes. */
  "idea.not-member": { readonly account: string };
  /** An account has submitted as many ideas as it can in a call. */
  "idea.submitted-most": { readonly call: number; readonly account: string; readonly most: number };
  /** A call takes support only after `snapshot`. */
  "idea.support-not-open": { readonly call: number; readonly snapshot: number };
  /** Support for several ideas was to be signed at once before `snapshot`, until when authors can withdraw them. */
  "idea.sign-one-before": { readonly call: number; readonly snapshot: number };
  /** A call took support until `end`. */
  "idea.support-over": { readonly call: number; readonly end: number };
  /** An idea has a text of its own, and was given a URI or a hash as well. */
  "idea.text-or-uri": Nothing;
  /** No idea was named. */
  "idea.none-named": Nothing;
  /** Ideas of several calls were named together. */
  "idea.several-calls": { readonly calls: readonly number[] };
  /** An idea was named twice. */
  "idea.named-twice": { readonly idea: string };
  /** An account supports an idea already, which it can't twice. */
  "idea.supported-already": { readonly idea: string; readonly account: string };
  /** An account supports all of some ideas already. */
  "idea.all-supported-already": { readonly ideas: readonly string[]; readonly account: string };
  /** An account would support more ideas than it can. */
  "idea.support-most": {
    readonly call: number;
    readonly account: string;
    readonly choice: Choice;
    readonly supported: number;
    readonly most: number;
  };
  /** An account has nothing that counts in a call: no votes at the snapshot. */
  "idea.no-votes": { readonly call: number; readonly account: string; readonly snapshot: number };
  /** An account has no voice in a call: it isn't a member for long enough, or has no badge now. */
  "idea.no-voice": {
    readonly call: number;
    readonly account: string;
    readonly snapshot: number;
    readonly memberDays: number;
    /** The day of its first badge; undefined for none. */
    readonly since: number | undefined;
    readonly badges: number;
  };
  /** The treasury's voice counts nowhere. */
  "idea.treasury": Nothing;
  /** Its author withdrew an idea. */
  "idea.withdrawn": { readonly idea: string };
  /** A steward hides an idea: only a passed proposal adopts it. */
  "idea.hidden": { readonly idea: string; readonly reason: string };
  /** A steward hides an idea already, for this reason. */
  "idea.hidden-already": { readonly idea: string; readonly reason: string };
  /** An idea isn't hidden, and can't be shown again. */
  "idea.not-hidden": { readonly idea: string };
  /** Somebody else put an idea forward, who alone can withdraw it; nobody (null) did with an option of a poll. */
  "idea.not-author": { readonly idea: string; readonly account: string; readonly author: string | null };
  /** Ideas of a call could be withdrawn until `snapshot`, and that is over. */
  "idea.withdrawals-over": { readonly idea: string; readonly call: number; readonly snapshot: number };
  /** The result of an idea's call isn't final before `end`. */
  "idea.not-final": { readonly idea: string; readonly end: number };
  /** An idea is adopted or shipped already. */
  "idea.adopted-already": { readonly idea: string; readonly status: IdeaStatus };
  /** An idea was shipped already. */
  "idea.shipped-already": { readonly idea: string };
  /** An idea isn't adopted, which shipping takes. */
  "idea.not-adopted": { readonly idea: string };
  /** Support was signed for ideas of a call that there isn't, or for an idea that there isn't. */
  "support.idea-unknown": { readonly file: string; readonly idea: string };
  /** The board didn't take signed support that was checked before. */
  "support.refused": { readonly file: string; readonly reason: string };
  /** A transaction with much signed support failed as a whole. */
  "support.batch-failed": { readonly board: string; readonly count: number; readonly reason: string };
  /** Somebody has signed for more ideas than it can support, and all of that is here. */
  "support.contradicting": { readonly file: string; readonly supporter: string; readonly most: number };
  /** Somebody has signed for an idea in two files that name others too. */
  "support.overlapping": { readonly file: string; readonly supporter: string; readonly idea: string };
  /** Somebody would sign for an account that is no contract wallet. */
  "support.supporter-not-wallet": { readonly supporter: string };
}
