import { readDecisions } from "../../sdk/community/decisions.js";
import { requireShared } from "../../sdk/community/shared.js";
import { oneLine } from "../../sdk/text.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { heading, print, printJson, table } from "../output.js";

interface Arguments {
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  await requireShared(live, "decisions");
  const decisions = await readDecisions(live);
  if (json) {
    printJson({ dao: live.record.slug, decisions });
    return;
  }
  heading(`${live.record.name}: decisions`);
  if (decisions.length === 0) print("  There are none yet.");
  else {
    table(
      decisions.map(({ kind, contentHash, uri, transaction }) => [
        oneLine(kind ?? ""),
        oneLine(uri),
        contentHash === null ? "" : `${contentHash.slice(0, 10)}…`,
        transaction,
      ]),
      ["kind", "text", "hash", "transaction"],
    );
  }
});
