import type { BadgeLedger, LiveDao } from "@kyoso/sdk";
import { makeEvidence, readKindNames, readLedger } from "@kyoso/sdk";
import type { EvidenceView } from "../answers.js";
import type { TextAndSalt } from "../protocol.js";
import { answerOf } from "./common.js";

/**
 * Whether there are badges for what texts and salts make: the hashes are made here, and neither of the two leaves the device.
 */
export async function readEvidence(live: LiveDao, all: readonly TextAndSalt[]): Promise<EvidenceView> {
  const ledger = await readLedger(live);
  const found = all.map((each) => awardFor(ledger, each));
  const kinds = await readKindNames(live, new Set(found.flatMap((each) => each?.award.kind ?? [])));
  const verdicts = found.map(async (each) => {
    if (each === undefined) return null;
    const { id, award } = each;
    const block = await live.provider.getBlock(award.blockNumber);
    return {
      id,
      kind: kinds.get(award.kind) ?? "",
      holder: ledger.holderOf(id) ?? null,
      awardedAt: block?.timestamp ?? null,
    };
  });
  return { ...answerOf(live), verdicts: await Promise.all(verdicts) };
}

/** As it was given; or without the blanks around it, which come along where a text is copied. */
function awardFor(ledger: BadgeLedger, { text, salt }: TextAndSalt) {
  for (const each of new Set([text, text.trim()])) {
    const id = ledger.badgeFor(makeEvidence(each, salt).hash);
    const award = id === undefined ? undefined : ledger.awardOf(id)?.award;
    if (id !== undefined && award !== undefined) return { id, award };
  }
  return undefined;
}
