import type { Nothing } from "../sdk/nothing.js";

declare module "../sdk/codes.js" {
  /** Problems that only the command line has: of its options, its networks and its pages. */
  interface ProblemData {
    /** Checks of an audit failed. */
    "audit.failed": { readonly failed: number; readonly count: number };
    /** A file that waits to be signed has some of these badges in it. */
    "awards.waiting": { readonly file: string };
    /** A voter has no votes at present; what counts are those of the snapshot. */
    "ballot.no-votes-yet": { readonly voter: string; readonly snapshot: number };
    /** A file of the Transaction Builder was made for another Safe. */
    "builder.other-safe": { readonly file: string; readonly safe: string };
    /** The chain would refuse a call. */
    "call.would-fail": { readonly contract: string; readonly function: string; readonly reason: string };
    /** A campaign's links are made, and it isn't open. */
    "campaign.links-not-open": { readonly folder: string };
    /** Something is asked about a campaign, and not which one. */
    "campaign.unnamed": { readonly campaigns: readonly string[] };
    /** A campaign wasn't made on this computer. */
    "campaign.not-here": { readonly campaign: string };
    /** Files of a campaign hold secrets. */
    "campaign.secrets": {
      readonly folder: string;
      readonly files: readonly string[];
    };
    /** A campaign was given less than its claims are of. */
    "campaign.underfunded": {
      readonly campaign: string;
      readonly funded: bigint;
      readonly needed: bigint;
      readonly symbol: string;
    };
    /** A claim was claimed already; `by` whom, where that is known. */
    "claim.claimed-already": {
      readonly campaign: string;
      readonly index: number;
      readonly by: string | undefined;
    };
    /** A claim's account has to act itself, as a referrer can be named. */
    "claim.has-to-act": { readonly claimant: string };
    /** Several campaigns have something for an account. */
    "claim.in-several": { readonly account: string; readonly campaigns: readonly string[] };
    /** A claim takes a key, which is in its link only. */
    "claim.key-missing": { readonly campaign: string; readonly index: number };
    /** No campaign on this computer has something for an account. */
    "claim.not-found": { readonly account: string; readonly campaigns: readonly string[] };
    /** The disk is full. */
    "disk.full": { readonly file: string };
    /** A file or a folder may not be written. */
    "disk.not-allowed": { readonly file: string };
    /** What the disk grants to the user is used up. */
    "disk.quota-used": { readonly file: string };
    /** The disk can only be read. */
    "disk.read-only": { readonly file: string };
    /**
     * The demo came to something that can't be: a defect.
     *
     * @noRemedy It is for us to mend.
     */
    "demo.broken": { readonly detail: string };
    /** The demo makes time pass, which only a node for trying things out lets it. */
    "demo.real-network": { readonly network: string };
    /** The demo was told on this node already. */
    "demo.told-already": { readonly network: string };
    /** A file has the name of a draft, and makes other calls. */
    "draft.other-calls": { readonly file: string };
    /**
     * Something takes more gas than its limit.
     *
     * @noRemedy What was changed has to take less, or the limit be raised for a reason.
     */
    "gas.over-limit": { readonly name: string; readonly value: number; readonly limit: number };
    /** The network's configuration has no key for an account, or none at all. */
    "network.no-signer": {
      readonly network: string;
      readonly address: string | undefined;
      readonly signers: readonly string[];
    };
    /** A chain begins and ends with the command, and so has no DAO. */
    "network.not-kept": { readonly network: string };
    /** A variable that a network's configuration needs isn't set. */
    "network.variable-missing": { readonly network: string; readonly variable: string };
    /** The node doesn't answer. */
    "node.silent": { readonly network: string };
    /** The node stopped answering. */
    "node.stopped": { readonly network: string | undefined };
    /** Kinds of problems are declared that nothing makes, or that don't say what to do. */
    "page.catalogue-faults": { readonly faults: readonly string[] };
    /** A page that is generated isn't what would be generated now. */
    "page.stale": { readonly page: string; readonly command: string };
    /** Calls of a proposal would fail if the treasury made them now, one after the other. */
    "proposal.calls-would-fail": { readonly failing: number; readonly count: number };
    /** The same was proposed already. */
    "proposal.made-already": { readonly proposal: number };
    /** A proposer who withdraws can't say why on chain. */
    "proposal.withdrawn-with-reason": Nothing;
    /** A release that was made isn't written again. */
    "release.made-already": { readonly version: string };
    /** Hardhat's keystore didn't keep the key that was made for the relay. */
    "relay.key-not-kept": Nothing;
    /** A relay pays out one member of a season at a time. */
    "relay.one-member": Nothing;
    /** A text isn't the address of a page. */
    "relay.page": { readonly text: string };
    /** There is a file of settings already. */
    "relay.settings-there": { readonly file: string };
    /** A Safe has other owners by now than it was created with. */
    "safe.changed-since": {
      readonly safe: {
        readonly address: string;
        readonly version: string;
        readonly owners: readonly string[];
        readonly threshold: number;
      };
    };
    /** A guard may refuse a Safe's transactions. */
    "safe.guard": { readonly safe: string; readonly guard: string };
    /** Modules act in a Safe's name without any owner's signature. */
    "safe.modules": { readonly safe: string; readonly modules: readonly string[] };
    /** No file of a Safe transaction is named. */
    "safe.no-file": Nothing;
    /**
     * Other transactions of the Safe come first, and may change what this one does.
     *
     * @noRemedy It is said before somebody signs, who may go on.
     */
    "safe.others-first": { readonly from: number; readonly to: number };
    /** A Safe transaction service has nothing to do with this way to act. */
    "service.not-with-via": { readonly via: "signer" | "proposal" };
    /** Of some of what was signed it isn't known what became, or it wasn't sent; `what` names it in English. */
    "signed.not-all-sent": {
      readonly what: string;
      readonly of: number;
      readonly unclear: number;
      readonly unsent: number;
    };
    /** Some of several signed files were refused; `what` they are is in English, and with `nothing` none was sent. */
    "signed.some-refused": {
      readonly count: number;
      readonly of: number;
      readonly what: string;
      readonly nothing: boolean;
    };
    /** Contracts aren't safe to be upgraded, or to upgrade to. */
    "upgrade.unsafe": { readonly faults: readonly string[] };
    /** A veto needs a reason. */
    "veto.reason-missing": Nothing;
    /** A text is no way to end a proposal. */
    "via.cannot-end-proposal": { readonly text: string };
    /** A text isn't a number of vouchers to sign. */
    "voucher.count": { readonly text: string; readonly most: number };
    /** No voucher is in the files. */
    "voucher.none-in-files": { readonly files: readonly string[] };
    /** Some of several vouchers can't be redeemed; `rest` says in English what was done with the others. */
    "voucher.some-not-redeemable": { readonly count: number; readonly of: number; readonly rest: string };
    /** A watch would ask the node too often. */
    "watch.too-often": { readonly text: string };
  }
}
