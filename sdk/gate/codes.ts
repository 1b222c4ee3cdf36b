import type { Nothing } from "../nothing.js";

/** Problems of the gate, by which a web server lets members in and gives them what a perk says. */
export interface GateProblems {
  /** What a gate is opened with isn't the origin of a site. */
  "gate.site": { readonly text: string };
  /** A contract isn't the DAO's membership pass, which can only be at `expected`; where nothing is there, the DAO has none. */
  "gate.pass-other": { readonly pass: string; readonly expected: string };
  /** There is no such perk; the last one is `count`. */
  "gate.perk-unknown": { readonly perk: number; readonly count: number };
  /** Nobody gets this perk any more. */
  "gate.perk-closed": { readonly perk: number };
  /** A perk isn't one that somebody gets once. */
  "gate.perk-not-once": { readonly perk: number };
  /** A perk that somebody gets once asks for "a pass or something else", so that nothing says by what it is marked. */
  "gate.perk-mixed": { readonly perk: number };
  /** A perk that somebody gets once can be met with tokens alone, which are handed on to the next account. */
  "gate.perk-handed-on": { readonly perk: number };
  /** A request comes from another site's page; `origin` is null where it doesn't say from which. */
  "gate.origin": { readonly origin: string | null };
  /** Somebody would sign in with what isn't the address of an account. */
  "gate.account": Nothing;
  /** As many are signing in at this moment as are checked at once. */
  "gate.busy": Nothing;
  /** A message isn't one of Sign-In with Ethereum (EIP-4361), in its usual form and with a signature. */
  "gate.message-unreadable": Nothing;
  /** What was to be signed was signed already, has expired, or was given to another browser. */
  "gate.challenge-unknown": Nothing;
  /** A message was signed for another site. */
  "gate.message-site": { readonly text: string; readonly site: string };
  /** A message was signed for another chain. */
  "gate.message-chain": { readonly chainId: number; readonly expected: bigint };
  /** A message was signed with another nonce than the one that this browser was given. */
  "gate.message-nonce": Nothing;
  /** A message isn't good any more. */
  "gate.message-expired": { readonly at: number };
  /** A message isn't good yet. */
  "gate.message-early": { readonly at: number };
  /** A signature isn't the account's, or its wallet doesn't say so within what it may take. */
  "gate.signature": { readonly account: string };
  /** Nobody has signed in, or it is over. */
  "gate.no-session": Nothing;
  /** An account doesn't get a perk at this moment; `missing` are the places of the conditions that it doesn't meet, from 0. */
  "gate.not-eligible": {
    readonly account: string;
    readonly perk: number;
    readonly missing: readonly number[];
  };
  /** An account gets a perk at this moment, but didn't yet at the last block that stays. */
  "gate.not-final": { readonly account: string; readonly perk: number };
  /** The pass that a perk asks for is in no log of the node. */
  "gate.pass-not-found": { readonly account: string };
  /** A perk was given already: for the same pass, account, or the other account of a recovery. */
  "gate.redeemed": { readonly perk: number; readonly at: number; readonly receipt: string };
  /** The node doesn't answer, so that nobody knows who gets what. */
  "gate.node-away": Nothing;
}
