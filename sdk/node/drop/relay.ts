import type { Problem } from "../../errors.js";
import { problem } from "../../errors.js";
import type { SendingSigner } from "../../execute/account.js";
import type { LiveDao } from "../../live.js";
import { refreshed } from "../../live.js";
import { readSigned } from "../signed/files.js";
import { NOT_TRIED, Relay } from "../signed/relay.js";
import type { Claim } from "../../drop/claims.js";
import { CLAIM_FILE, claimCall } from "../../drop/claims.js";
import { campaignName } from "../../drop/campaign.js";
import { claimedBy } from "../../drop/campaigns.js";
import type { BadgeRules, ClaimCheck } from "../../drop/readiness.js";
import { ANYBODY, checkClaim, readRules } from "../../drop/readiness.js";

/** What became of a claim; "valid" in a dry run. */
export interface ClaimOutcome {
  readonly file: string;
  /** Undefined where the file can't be read. */
  readonly claim: Claim | undefined;
  readonly status: "claimed" | ClaimCheck["status"] | "not known" | "not sent";
  /** Why it was refused, isn't known or wasn't sent. */
  readonly problem: Problem | undefined;
  readonly transaction: string | undefined;
}

export interface ClaimRelayOptions {
  /** Undefined checks only, and sends nothing. */
  readonly signer: SendingSigner | undefined;
  /** Called with each outcome as it is known. */
  readonly onOutcome?: (outcome: ClaimOutcome) => void;
}

/**
 * Carries out signed claims, one transaction each. One that is refused keeps no other from being carried out, and what was
 * claimed meanwhile costs nothing: the same files can be relayed again.
 *
 * @returns What became of each, in the order of the files. What comes after one that isn't known isn't sent.
 */
export async function relayClaims(
  live: LiveDao,
  files: readonly string[],
  { signer, onOutcome = () => undefined }: ClaimRelayOptions,
): Promise<ClaimOutcome[]> {
  return Relay.run(signer, async (relay) => {
    const outcomes: ClaimOutcome[] = [];
    /** For whom another file of the same run claims a leaf, in a dry run. */
    const seen = new Map<string, string>();
    const state: State = { live, rules: await readRules(live), changed: false };
    for (const file of files) {
      const { value: claim, ...read } = await readSigned(file, CLAIM_FILE);
      const nothing = { file, claim, problem: undefined, transaction: undefined };
      const outcome: ClaimOutcome =
        claim === undefined
          ? { ...nothing, status: "refused", problem: "problem" in read ? read.problem : undefined }
          : relay.stopped
            ? { ...nothing, ...NOT_TRIED }
            : await relay.orStop(
                file,
                () => relayOne(relay, state, seen, file, claim),
                (failed) => ({ ...nothing, ...failed }),
              );
      outcomes.push(outcome);
      onOutcome(outcome);
    }
    return outcomes;
  });
}

/** The DAO as it is by now. */
interface State {
  live: LiveDao;
  rules: BadgeRules;
  /** Whether something was sent since. */
  changed: boolean;
}

async function relayOne(
  relay: Relay,
  state: State,
  seen: Map<string, string>,
  file: string,
  claim: Claim,
): Promise<ClaimOutcome> {
  const nothing = { file, claim, problem: undefined, transaction: undefined };
  const leaf = `${claim.campaign} ${claim.leaf.index}`;
  const first = relay.sends ? undefined : seen.get(leaf);
  if (first !== undefined) return { ...nothing, ...claimedBefore(file, claim, first) };
  if (state.changed) {
    state.live = await refreshed(state.live);
    state.rules = await readRules(state.live);
    state.changed = false;
  }
  const check = await checkClaim(state.live, state.rules, claim, file, relay.address ?? ANYBODY, {
    relayed: true,
  });
  if (check.status === "refused") return { ...nothing, status: check.status, problem: check.problem };
  if (check.status === "claimed before") {
    const by = await claimedBy(state.live, claim.campaign, claim.leaf.index);
    return { ...nothing, ...claimedBefore(file, claim, by) };
  }
  if (!relay.sends) {
    seen.set(leaf, claim.account);
    return { ...nothing, status: check.status };
  }
  const carried = await relay.carryOut("Claiming", claimCall(state.live, claim), file);
  if (carried.status !== "done") return { ...nothing, ...carried };
  state.changed = true;
  return { ...nothing, status: "claimed", transaction: carried.transaction };
}

/** That a claim was carried out before; or, where somebody else got what it is for, that it never can be. */
function claimedBefore(
  file: string,
  { campaign, leaf, account }: Claim,
  by: string | undefined,
): Pick<ClaimOutcome, "status" | "problem"> {
  if (by === undefined || by === account) return { status: "claimed before", problem: undefined };
  return {
    status: "refused",
    problem: problem("claim.used-by-other", {
      data: { campaign: campaignName(campaign), index: leaf.index, account, by },
      place: file,
      message: `Its link was used by somebody else: ${by} has what ${account} was to get`,
      remedy:
        "A link can be used once. Ask the customer whether that account is theirs, too; else the link leaked: `npx hardhat drop stop` ends the campaign.",
    }),
  };
}
