import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { describeForMembers } from "../../sdk/badges/memberWords.js";
import { describeInWords, hasWords, needsLedger } from "../../sdk/badges/awards/words.js";
import { readLedger } from "../../sdk/badges/ledger.js";
import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { callsWithin } from "../../sdk/calls/nested.js";
import type { ReviewedCall } from "../../sdk/calls/review.js";
import type { LiveDao } from "../../sdk/live.js";
import { EvidenceJournal } from "../../sdk/node/badges/journal.js";
import type { InWords } from "../calls.js";
import { privateFolder } from "../context.js";

/**
 * Says in words what calls do that are numbers otherwise: with the names of kinds, and where this computer has the brand's
 * journal, what each badge is for; and what becomes of members, titles and seasons.
 */
export async function wordsFor(
  hre: HardhatRuntimeEnvironment,
  live: LiveDao,
  reviewed: readonly ReviewedCall[],
): Promise<InWords> {
  const calls = [...callsWithin(reviewed.map(({ call }) => call))].map(({ call }) => call);
  if (!calls.some(hasWords)) return describeForMembers;
  const [kinds, journal, ledger] = await Promise.all([
    readKinds(live),
    EvidenceJournal.open(privateFolder(hre, live)),
    calls.some(needsLedger) ? readLedger(live) : undefined,
  ]);
  return (call) => describeInWords(call, { kinds, journal, ledger }) ?? describeForMembers(call);
}
