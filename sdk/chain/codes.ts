import type { OwnContract } from "../daoRecord.js";
import type { SharedContract } from "../namedContracts.js";
import type { Nothing } from "../nothing.js";

/** Whose logs are read: one of the contracts of the DAO, one that DAOs share, or its Safe. */
export type LogOwner = OwnContract | SharedContract | "safe";

/** Problems of a node, of what it is asked, and of the accounts that act. */
export interface ChainProblems {
  /** Transactions of an account are still under way. */
  "account.busy": { readonly account: string; readonly count: number };
  /** A wallet didn't sign. */
  "account.did-not-sign": { readonly account: string; readonly reason: string };
  /** Somebody would sign for an account that is no Safe. */
  "account.not-safe": { readonly account: string; readonly signer: string };
  /** An account is one of Hardhat's test accounts, whose keys everybody knows. */
  "account.test-account": { readonly account: string };
  /** An account has fewer tokens than it is to give. */
  "account.too-few-tokens": {
    readonly account: string;
    readonly balance: bigint;
    readonly needed: bigint;
    readonly symbol: string;
  };
  /** An account may not have enough for what a transaction costs. Both are wei. */
  "account.too-little-ether": { readonly account: string; readonly balance: bigint; readonly cost: bigint };
  /** The browser keeps no logs, and so all of them are read anew each time; reason is what it said. */
  "browser.keeps-nothing": { readonly reason: string };
  /** A call failed, and what comes after it wasn't sent. */
  "call.failed": {
    readonly purpose: string;
    readonly contract: string;
    readonly signature: string;
    readonly number: number;
    readonly count: number;
    readonly reason: string;
  };
  /** What logs say can't be, as the node has left some out; `detail` says in English how that shows. */
  "logs.incomplete": { readonly contract: LogOwner; readonly detail: string };
  /** The node hasn't come to a block that was confirmed. */
  "node.behind": { readonly block: number; readonly after: number };
  /** A second node answers a question otherwise than the first one; the question is JSON. */
  "node.differs": { readonly method: string; readonly question: string };
  /** The node has no blocks. */
  "node.no-blocks": Nothing;
  /** The node doesn't say why calls fail. */
  "node.no-reasons": Nothing;
  /** The node couldn't answer what was read. */
  "node.read-failed": { readonly functions: readonly string[]; readonly reason: string };
  /** A second node, which is asked before anything is signed, doesn't answer. */
  "node.second-silent": { readonly method: string; readonly reason: string };
  /** What names a second node is no URL. */
  "node.second-url": Nothing;
  /** The node's newest block is `seconds` older than that of a second node. */
  "node.stands-still": { readonly seconds: number };
  /** The node answers with an error, or with no answer of its kind; `code` is its own, or HTTP's. */
  "node.refused": {
    readonly network: string | undefined;
    readonly code: number | undefined;
    readonly reason: string;
  };
  /** The node refuses to search even a single block's logs. */
  "node.refuses-logs": { readonly block: number; readonly reason: string };
  /** Only a passed proposal can do this; `what` names it in English. */
  "via.only-proposal": { readonly what: string };
  /** A text is none of the ways to act. */
  "via.unknown": { readonly text: string | undefined; readonly known: readonly string[] };
}
