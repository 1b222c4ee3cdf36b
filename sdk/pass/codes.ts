import type { Nothing } from "../nothing.js";

/** Problems of membership passes and of perks. */
export interface PassProblems {
  /** There is no pass of this number. */
  "pass.unknown": { readonly pass: number };
  /** A text isn't the number of a pass. */
  "pass.unreadable": { readonly text: string };
  /** No kind of badge entitles to a pass at present. */
  "pass.none-minted": Nothing;
  /** A badge is of a kind that entitles to no pass; `wanted` is the one that does. */
  "pass.not-entitled": { readonly badge: number; readonly kind: string; readonly wanted: string };
  /** There is a pass for a badge already, which `holder` has. */
  "pass.minted-already": { readonly badge: number; readonly holder: string };
  /** An account has no badge that entitles to a pass, or a pass for each. */
  "pass.no-badge-left": { readonly account: string; readonly kind: string };
  /** An account has no pass. */
  "pass.account-has-none": { readonly account: string };
  /** Nothing of the terms of passes would change. */
  "pass.terms-same": Nothing;
  /** Markets would be asked for more than the contract takes. In basis points. */
  "pass.royalty-over": { readonly royaltyBps: number; readonly most: number };
  /** A text isn't a colour. */
  "pass.colour-unreadable": { readonly text: string };
  /** Passes have no labels in such a language. */
  "pass.language-unknown": { readonly text: string; readonly known: readonly string[] };
  /** There is no perk of this number; there are `count`. */
  "perk.unknown": { readonly perk: number; readonly count: number };
  /** A text isn't the number of a perk. */
  "perk.unreadable": { readonly text: string };
  /** A perk is closed already. */
  "perk.closed-already": { readonly perk: number; readonly name: string };
  /** A text is no condition of a perk. */
  "perk.condition-unreadable": { readonly text: string };
  /** A perk has no condition, or too many. */
  "perk.conditions-count": { readonly count: number; readonly most: number };
  /** A condition asks for too little, or for more than a perk can. */
  "perk.amount-out-of-range": {
    readonly text: string;
    readonly lowest: number;
    readonly highest: number;
  };
  /** "or" has no condition before it or behind it. */
  "perk.or-misplaced": Nothing;
  /** Somebody gets a perk once, which is marked by pass or by account, and it asks for a pass or for something else. */
  "perk.once-mixed": Nothing;
  /** Somebody gets a perk once, for tokens alone, which can be handed on to the next account. */
  "perk.once-handed-on": Nothing;
}
