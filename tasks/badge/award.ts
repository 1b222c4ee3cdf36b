import { KyosoError } from "../../sdk/errors.js";
import { readKinds, requireKind } from "../../sdk/badges/kinds/kinds.js";
import { parseAccount } from "../../sdk/token/account.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { printJson } from "../output.js";
import type { ActingArguments } from "./acting.js";
import { awardAll } from "./awarding.js";

interface Arguments extends ActingArguments {
  kind: string;
  account: string;
  evidence: string | undefined;
}

export default action<Arguments>(async (args, hre) => {
  const text = (args.evidence ?? "").trim();
  if (text === "") {
    throw KyosoError.of("evidence.missing", {
      data: {},
      place: "--evidence",
      message: "There is no evidence",
      remedy:
        'Say what the badge is for, for instance --evidence "Review of 3 April". It stays with you: only its salted hash goes on chain.',
    });
  }
  const opened = await openLive(hre, args.dao);
  const kinds = await readKinds(opened.live);
  const { number, name } = requireKind(args.kind, kinds);
  const account = parseAccount(opened.live, args.account);
  const awarded = await awardAll(hre, opened, [{ kind: number, account, text, source: null }], kinds, args);
  if (!args.json) return;
  const { via, transactions, files, before, after, warnings, evidence } = awarded;
  const [standing] = after;
  printJson({
    dao: opened.live.record.slug,
    dryRun: args.dryRun,
    via,
    transactions,
    files,
    kind: { number, name },
    account,
    hash: standing?.award.evidence.hash,
    state: standing?.state,
    badge: standing?.state === "awarded" ? standing.badge : null,
    before: before[0]?.state !== "open",
    evidence,
    warnings,
  });
});
