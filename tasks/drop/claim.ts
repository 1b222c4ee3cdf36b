import path from "node:path";
import type { Signer } from "ethers";
import { Wallet } from "ethers";
import { campaignName } from "../../sdk/drop/campaign.js";
import { claimedBy, findCampaign } from "../../sdk/drop/campaigns.js";
import type { Receiver } from "../../sdk/drop/claims.js";
import { CLAIM_FILE, claimCall, makeClaim, sameLeaf } from "../../sdk/drop/claims.js";
import type { Claimable } from "../../sdk/drop/link.js";
import type { ClaimCheck } from "../../sdk/drop/readiness.js";
import { ANYBODY, checkClaim, checkClaimable, needsSignature, readRules } from "../../sdk/drop/readiness.js";
import { KyosoError } from "../../sdk/errors.js";
import { executeAsSigner } from "../../sdk/execute/signer.js";
import type { LiveDao } from "../../sdk/live.js";
import { writeSigned } from "../../sdk/node/signed/files.js";
import { unbroken } from "../../sdk/text.js";
import { parseAccount } from "../../sdk/token/account.js";
import { action } from "../action.js";
import { printDryRun } from "../badge/format.js";
import { commandLine } from "../commandLine.js";
import { openLive, outbox, requireAccount, requireSigner } from "../context.js";
import type { Relayed } from "../handIn.js";
import { chosenRelay, handIn } from "../handIn.js";
import { done, print, printJson, table } from "../output.js";
import type { ClaimArguments } from "./folders.js";
import { findClaimable } from "./folders.js";
import { printClaimable } from "./show.js";

interface Arguments extends ClaimArguments {
  to: string | undefined;
  referrer: string | undefined;
  out: string | undefined;
  relay: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { to, referrer, out, dao, from, dryRun, json } = args;
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const claimable = await findClaimable(hre, live, args);
  const { leaf } = claimable;
  const place = `claim ${leaf.index} of ${campaignName(claimable.campaign)}`;
  const rules = await readRules(live);
  const relay = await chosenRelay(live, args.relay, "claim", json);
  // Nothing is signed of what can't be claimed.
  const check = await checkClaimable(live, rules, claimable, place);
  if (relay === undefined || check.status !== "claimed before") {
    await requireClaimable(live, claimable, check, place);
  }
  const inOutbox = path.join("claims", `${claimable.campaign.slice(2, 10)}-${leaf.index}.json`);
  const kept = relay === undefined ? null : path.join(outbox(hre, live), inOutbox);
  const file = out === undefined ? kept : path.resolve(out);
  // With a claim key and a receiver nobody of this network has to act.
  const sender =
    file !== null && leaf.byKey && to !== undefined ? undefined : await requireSigner(opened, from);
  if (sender !== undefined && file === null) await requireAccount(opened, from, { dryRun, json });
  const acting = sender?.address ?? ANYBODY;
  const account = to !== undefined ? parseAccount(live, to, "--to") : leaf.byKey ? acting : leaf.claimant;
  const receiver = {
    account,
    referrer: referrer === undefined ? undefined : parseAccount(live, referrer, "--referrer"),
  };
  if (check.status === "claimed before") {
    await requireClaimedFor(live, claimable, account, place);
    // The same command once more: the relay has carried it out meanwhile.
    if (json) printJson({ ...describe(live, claimable, receiver), ...NOTHING, dryRun });
    else done(`It is ${account}'s already: there is nothing to do.`);
    return;
  }
  const claimant = await signerOf(live, claimable, sender, file !== null);
  if (!json) {
    await printClaimable(live, claimable);
    const more = receiver.referrer === undefined ? [] : [["Referrer", receiver.referrer]];
    table([["Goes to", account], ...more]);
  }
  const claim = await makeClaim(live, claimable, receiver, claimant);
  await requireClaimable(live, claimable, await checkClaim(live, rules, claim, place, acting), place);
  let transaction: string | null = null;
  let relayed: Relayed | null = null;
  if (!dryRun) {
    if (file !== null) {
      await writeSigned(file, claim, CLAIM_FILE, (existing) => sameLeaf(claim, existing));
      if (relay !== undefined) {
        const { patience } = hre.globalOptions;
        const isDone = async (now: LiveDao) => (await claimedBy(now, claim.campaign, leaf.index)) === account;
        relayed = await handIn(live, relay, claim, { patience, json, isDone });
        ({ transaction } = relayed);
      }
    } else if (sender !== undefined) {
      const plan = { title: "Claiming", calls: [claimCall(live, claim)] };
      const [receipt] = await executeAsSigner(plan, await requireAccount(opened, from, { dryRun, json }));
      transaction = receipt?.hash ?? null;
    }
  }
  if (json) {
    printJson({ ...describe(live, claimable, receiver), dryRun, file, transaction, relay: relayed });
    return;
  }
  print();
  if (dryRun) {
    print(`It would go to ${account}.`);
    printDryRun();
  } else if (file === null || (relayed !== null && relayed.state !== "waiting")) {
    done(`It is ${account}'s: ${transaction ?? ""}`);
  } else if (relayed === null) {
    done(`It goes to ${account}, once somebody sends this:`);
    print(`  ${unbroken(file)}`);
    print("  Nothing was sent, and it cost nothing. Pass it on; whoever relays it pays:");
    print(`    ${await commandLine(hre, opened, ["drop", "relay"], file)}`);
  }
});

/** @throws KyosoError where a check has found that it can't be claimed. */
async function requireClaimable(
  live: LiveDao,
  { campaign, leaf }: Claimable,
  check: ClaimCheck,
  place: string,
): Promise<void> {
  if (check.status === "valid") return;
  if (check.status === "refused") throw new KyosoError(check.problem);
  const by = await claimedBy(live, campaign, leaf.index);
  throw KyosoError.of("claim.claimed-already", {
    data: { campaign: campaignName(campaign), index: leaf.index, by },
    place,
    message: by === undefined ? "It was claimed already" : `It was claimed already, by ${by}`,
    remedy: "It can be claimed once. If that wasn't you, tell whoever sent you the link.",
  });
}

/** @throws KyosoError where it was claimed for somebody else. */
async function requireClaimedFor(
  live: LiveDao,
  claimable: Claimable,
  account: string,
  place: string,
): Promise<void> {
  if ((await claimedBy(live, claimable.campaign, claimable.leaf.index)) === account) return;
  await requireClaimable(live, claimable, { status: "claimed before" }, place);
}

/** Whoever has to sign the claim; undefined where nobody has to. */
async function signerOf(
  live: LiveDao,
  { campaign: id, leaf, key }: Claimable,
  sender: (Signer & { readonly address: string }) | undefined,
  relayed: boolean,
): Promise<Signer | undefined> {
  if (leaf.byKey) {
    if (key !== undefined) return new Wallet(key);
    throw KyosoError.of("claim.key-missing", {
      data: { campaign: campaignName(id), index: leaf.index },
      place: `claim ${leaf.index} of ${campaignName(id)}`,
      message: "It takes a claim key, which is in its link only",
      remedy: "Use the link that was sent to you.",
    });
  }
  const campaign = await findCampaign(live, id);
  if (campaign === undefined || !needsSignature(leaf, campaign)) return undefined;
  if (sender?.address === leaf.claimant) return relayed ? sender : undefined;
  throw KyosoError.of("claim.has-to-act", {
    data: { claimant: leaf.claimant },
    place: `account ${sender?.address ?? ""}`,
    message: `This belongs to ${leaf.claimant}, which has to act itself: in this campaign a referrer can be named`,
    remedy: `Act as it with --from ${leaf.claimant}, or ask it for a signed claim (--out).`,
  });
}

/** Of a run that finds it done already. */
const NOTHING = { file: null, transaction: null, relay: null } as const;

function describe(live: LiveDao, { campaign, leaf }: Claimable, { account, referrer }: Receiver) {
  return {
    dao: live.record.slug,
    campaign: campaignName(campaign),
    index: leaf.index,
    account,
    referrer: referrer ?? null,
    amount: leaf.amount,
    kind: leaf.kind,
  };
}
