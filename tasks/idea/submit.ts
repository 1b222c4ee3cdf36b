import { keccak256, toUtf8Bytes } from "ethers";
import { KyosoError } from "../../sdk/errors.js";
import { requireReady } from "../../sdk/governance/readiness.js";
import { readIdeaCall } from "../../sdk/ideas/board.js";
import { textURI } from "../../sdk/ideas/inline.js";
import { parseCall } from "../../sdk/ideas/names.js";
import { planSubmit } from "../../sdk/ideas/plans.js";
import { submitReadiness } from "../../sdk/ideas/readiness.js";
import { refreshed } from "../../sdk/live.js";
import { oneLine } from "../../sdk/text.js";
import { action } from "../action.js";
import { commandLine } from "../commandLine.js";
import { printDryRun } from "../badge/format.js";
import { openLive, requireAccount } from "../context.js";
import { done, heading, print, printJson } from "../output.js";
import { submit } from "../submit.js";
import { hashOption } from "./hash.js";

interface Arguments {
  call: string;
  title: string;
  text: string | undefined;
  uri: string | undefined;
  hash: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { dao, from, dryRun, json } = args;
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const { address: account } = await requireAccount(opened, from, { dryRun, json });
  const call = await readIdeaCall(live, parseCall(args.call));
  const { uri, contentHash } = contentOf(args);
  const title = args.title.trim();
  const plan = planSubmit(live, call.number, { title, uri, contentHash });
  requireReady(await submitReadiness(live, call, account), `call ${call.number}`);
  if (!json) heading(`Call ${call.number}: ${oneLine(call.question)}`);
  const { transactions } = await submit(hre, opened, [plan], {
    via: "signer",
    from,
    dryRun,
    json,
    service: undefined,
  });
  const [hash] = transactions;
  const receipt = hash === undefined ? null : await live.provider.getTransactionReceipt(hash);
  const after =
    receipt === null
      ? undefined
      : await readIdeaCall(await refreshed(live, receipt.blockNumber), call.number);
  const idea = after?.list.find(({ steps }) => steps[0]?.transaction === hash);
  if (json) {
    printJson({
      dao: live.record.slug,
      dryRun,
      account,
      call: call.number,
      idea: idea?.id ?? null,
      name: idea?.name ?? null,
      title,
      uri,
      contentHash: contentHash ?? null,
      transaction: hash ?? null,
    });
  } else if (dryRun) printDryRun();
  else if (idea !== undefined) {
    done(`It is idea ${idea.name}.`);
    print(`  Look at it: ${await commandLine(hre, opened, ["idea", "show"], idea.name)}`);
  }
});

/** What an idea says beside its title: a text that is in the URI itself, or what a URI points to. */
function contentOf({ text, uri, hash }: Pick<Arguments, "text" | "uri" | "hash">) {
  if (text === undefined) return { uri: (uri ?? "").trim(), contentHash: hashOption(hash, "--hash") };
  if (uri !== undefined || hash !== undefined) {
    throw KyosoError.of("idea.text-or-uri", {
      data: {},
      place: "--text",
      message: "The text is its own URI, and its hash follows from it",
      remedy: "Leave --uri and --hash out, or --text.",
    });
  }
  const content = text.trim().normalize("NFC");
  return { uri: textURI(content), contentHash: keccak256(toUtf8Bytes(content)) };
}
