import type { Nothing } from "../nothing.js";

/** Problems of proposals, of what they call, of votes and signed ballots. */
export interface GovernanceProblems {
  /** A function takes another number of arguments; `wanted` are their types and names. */
  "action.arguments-count": {
    readonly function: string;
    readonly count: number;
    readonly expected: number;
    readonly wanted: string;
  };
  /** An action's arguments are no list; `wanted` are their types and names. */
  "action.arguments-not-list": { readonly wanted: string };
  /** An action has its data and also what they are made of. */
  "action.data-twice": { readonly key: "function" | "args" };
  /** An action names no function. */
  "action.function-missing": Nothing;
  /** Where one value belongs, there is a list or a section. */
  "action.not-one-value": Nothing;
  /** An action isn't a section with keys. */
  "action.not-section": Nothing;
  /** An action that only sends ETH has a function or arguments. */
  "action.only-sends": { readonly key: "function" | "args" };
  /** A function that takes no ETH would be sent some. */
  "action.takes-no-ether": { readonly contract: string; readonly function: string };
  /** An action says neither what it calls nor whom it sends to. */
  "action.target-missing": Nothing;
  /** An action says both what it calls and whom it sends to. */
  "action.target-twice": Nothing;
  /** An action that only sends ETH doesn't say how much. */
  "action.value-missing": Nothing;
  /** A value of several that belong together is missing. */
  "argument.field-missing": { readonly field: string; readonly wanted: string };
  /** A text has one of the two halves of a character without the other (a lone surrogate): UTF-8 has no place for it. */
  "argument.half-character": { readonly text: string };
  /** A list has another number of entries than its type. */
  "argument.list-length": { readonly type: string; readonly count: number; readonly length: number };
  /** A text is neither true nor false. */
  "argument.not-bool": { readonly text: string };
  /** A text isn't bytes in hexadecimal, or not `length` of them. */
  "argument.not-bytes": { readonly text: string; readonly length: number | undefined };
  /** An argument that is a list isn't written as one. */
  "argument.not-list": { readonly type: string };
  /** A text isn't a number with a unit that is known here. */
  "argument.not-number": { readonly text: string; readonly symbols: readonly string[] };
  /** Where one value of a type belongs, there is a list or a section. */
  "argument.not-single": { readonly type: string };
  /** An argument that is several values together isn't written so; `named` says whether they have names. */
  "argument.not-struct": { readonly wanted: string; readonly named: boolean };
  /** A number doesn't fit into its type. */
  "argument.out-of-range": {
    readonly text: string;
    readonly type: string;
    readonly lowest: bigint;
    readonly highest: bigint;
  };
  /** A voter has signed ballots that contradict each other. */
  "ballot.contradicting": { readonly file: string; readonly voter: string };
  /** A ballot is for a proposal that there isn't. */
  "ballot.proposal-unknown": { readonly file: string; readonly proposal: string };
  /** A ballot's reason has a character that is cut in half. */
  "ballot.reason-half-character": Nothing;
  /** A ballot's reason has more bytes than fit. */
  "ballot.reason-too-long": { readonly bytes: number; readonly most: number };
  /** The governor doesn't take a ballot, or didn't. */
  "ballot.refused": { readonly file: string; readonly reason: string };
  /** A ballot is to be signed for an account by another one, and it is no contract wallet. */
  "ballot.voter-not-wallet": { readonly voter: string };
  /** A transaction with ballots failed. */
  "ballots.batch-failed": { readonly relay: string; readonly count: number; readonly reason: string };
  /** The contract that casts many ballots at once isn't in the DAO's record, or not on the chain. */
  "ballots.relay-missing": {
    readonly relay: string | undefined;
    readonly slug: string;
    readonly chainId: bigint;
  };
  /** A contract has several functions of a name. */
  "function.ambiguous": {
    readonly text: string;
    readonly contract: string;
    readonly signatures: readonly string[];
  };
  /** A function only reads. */
  "function.read-only": { readonly text: string; readonly contract: string };
  /** A text isn't the signature of a function. */
  "function.signature-unreadable": { readonly text: string };
  /** A contract has no such function; without `complete`, none that is known here. */
  "function.unknown": {
    readonly text: string;
    readonly contract: string;
    readonly names: readonly string[];
    readonly complete: boolean;
  };
  /** A proposal has no actions, and the governor takes none without one. */
  "proposal.actions-missing": Nothing;
  /** A proposal's actions are no list. */
  "proposal.actions-not-list": Nothing;
  /** A proposal was defeated by the votes against it. */
  "proposal.defeated": { readonly for: bigint; readonly against: bigint };
  /** A proposal's text ends with the line that the governor takes for the proposer's. */
  "proposal.ends-with-proposer": Nothing;
  /** A proposal was executed. */
  "proposal.executed": Nothing;
  /** A proposal was queued and nobody executed it: it expired for ever. */
  "proposal.expired": { readonly expired: number };
  /** A proposal passed and nobody queued it: it expired for ever. */
  "proposal.expired-unqueued": { readonly expired: number };
  /** A proposal's front matter has no keys. */
  "proposal.front-matter-no-keys": Nothing;
  /** A proposal's front matter has no end. */
  "proposal.front-matter-open": Nothing;
  /** A proposal passed and isn't queued yet. */
  "proposal.not-queued": { readonly proposal: number };
  /** A node says something else of a proposal than what was proposed: its id, a decimal number, is the hash of its content. */
  "proposal.not-its-content": { readonly proposal: string; readonly transaction: string };
  /** Only its proposer can withdraw a proposal. */
  "proposal.of-other-proposer": {
    readonly proposal: number;
    readonly proposer: string;
    readonly account: string;
  };
  /** A proposal is queued already. */
  "proposal.queued-already": { readonly proposal: number; readonly eta: number | undefined };
  /** A proposal was defeated: `counted` votes, for and abstaining, are fewer than the quorum. */
  "proposal.quorum-missed": { readonly counted: bigint; readonly quorum: bigint };
  /** A proposal has no title. */
  "proposal.title-missing": Nothing;
  /** A proposal's title isn't a text on one line. */
  "proposal.title-not-line": Nothing;
  /** A proposal's title and its heading are two. */
  "proposal.title-twice": { readonly title: string; readonly heading: string };
  /** A queued proposal can be executed from `eta` on. */
  "proposal.too-early": { readonly eta: number; readonly until: number };
  /** An account has fewer votes than proposing takes. */
  "proposal.too-few-votes": { readonly account: string; readonly votes: bigint; readonly threshold: bigint };
  /** A proposal can be withdrawn only until voting opens. */
  "proposal.too-late-to-withdraw": { readonly proposal: number; readonly opened: number };
  /** There is no such proposal; `last` is the newest one's number, 0 for none. */
  "proposal.unknown": { readonly text: string; readonly last: number };
  /** A proposal's text has characters that can't be seen. */
  "proposal.unseen-characters": Nothing;
  /** A proposal was vetoed. */
  "proposal.vetoed": { readonly guardian: string; readonly reason: string };
  /** A proposal is still to be voted on. */
  "proposal.voted-on": { readonly deadline: number };
  /** A proposal's proposer withdrew it. */
  "proposal.withdrawn": Nothing;
  /** Nobody has a veto; the Safe's ended at `ended`, where it had one. */
  "veto.ended": { readonly ended: number | undefined };
  /** The veto is another account's than the Safe's. */
  "veto.of-other": { readonly guardian: string; readonly safe: string };
  /** An account has voted, and a vote can't be changed. */
  "vote.cast-already": {
    readonly voter: string;
    readonly support: "against" | "for" | "abstain";
    readonly votes: bigint;
  };
  /** Voting is closed. */
  "vote.closed": { readonly deadline: number };
  /** An account had no votes at the snapshot; `delegate` is who votes for it at present, if another. */
  "vote.no-votes": {
    readonly account: string;
    readonly snapshot: number;
    readonly delegate: string | undefined;
  };
  /** Voting hasn't opened; what counts are the votes of the snapshot. `withoutVotes` is the voter, where it has none at present. */
  "vote.not-open": {
    readonly opens: number;
    readonly snapshot: number;
    readonly withoutVotes: string | undefined;
  };
  /** The treasury doesn't vote. */
  "vote.treasury": Nothing;
  /** A text is no way to vote. */
  "vote.unknown": { readonly text: string };
}
