import path from "node:path";
import { KyosoError } from "../../sdk/errors.js";
import { requireReady } from "../../sdk/governance/readiness.js";
import { readIdeaCall, unknownIdea } from "../../sdk/ideas/board.js";
import { ideaName, parseIdea } from "../../sdk/ideas/names.js";
import { oneCallOf } from "../../sdk/ideas/plans.js";
import { earlySupportProblem, supportReadiness } from "../../sdk/ideas/supportReadiness.js";
import type { IdeaSupport } from "../../sdk/ideas/signing.js";
import { sameSupport, signSupport, SUPPORT_FILE } from "../../sdk/ideas/signing.js";
import { isSupported } from "../../sdk/ideas/supportCheck.js";
import type { LiveDao } from "../../sdk/live.js";
import { readSigned, writeSigned } from "../../sdk/node/signed/files.js";
import { oneLine, unbroken } from "../../sdk/text.js";
import { parseAccount } from "../../sdk/token/account.js";
import { action } from "../action.js";
import { commandLine } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import { openLive, outbox, requireSigner } from "../context.js";
import { printDomain } from "../domain.js";
import type { Relayed } from "../handIn.js";
import { chosenRelay, handIn, ofRelay } from "../handIn.js";
import { done, formatMoment, heading, print, printJson, table } from "../output.js";

interface Arguments {
  ideas: string[];
  supporter: string | undefined;
  out: string | undefined;
  relay: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  json: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { out, dao, from, json } = args;
  const ids = args.ideas.map((text) => parseIdea(text, "ideas"));
  const number = oneCallOf(ids);
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const relay = await chosenRelay(live, args.relay, "support", json);
  const signer = await requireSigner(opened, from);
  const supporter =
    args.supporter === undefined ? signer.address : parseAccount(live, args.supporter, "--supporter");
  const call = await readIdeaCall(live, number);
  const ideas = ids.map((id) => {
    const found = call.list.find((idea) => idea.id === id);
    if (found === undefined) throw unknownIdea(id);
    return found;
  });
  if (call.state === "ideas") {
    // Before support opens nobody knows who will have a voice.
    const refused = earlySupportProblem(live, call, ideas);
    if (refused !== undefined) throw new KyosoError([refused]);
  } else {
    const readiness = await supportReadiness(live, call, ideas, supporter);
    requireReady(readiness, readiness.problem?.place ?? `call ${number}`);
    // What is signed is taken as a whole or not at all.
    ids.splice(0, ids.length, ...readiness.left);
  }
  const names = ids.map(ideaName);
  const file = path.resolve(
    out ?? path.join(outbox(hre, live), "support", `${names.join("_")}-${supporter}.json`),
  );
  const { value: existing } = await readSigned(file, SUPPORT_FILE);
  if (!json) {
    heading(`Call ${number}: ${oneLine(call.question)}`);
    const wanted = ideas.filter(({ id }) => ids.includes(id));
    table(wanted.map(({ name, title }) => [name, oneLine(title)]));
    print();
  }
  const onSigning = async (unsigned: IdeaSupport) => {
    if (json) return;
    // As they are signed, so that a wallet can be compared.
    print(
      `  ${supporter} supports ${names.join(", ")} (${unsigned.ideas.join(", ")}); it is never taken back.`,
    );
    await printDomain(live, live.contracts.board);
    await requireYes(`Sign this as ${signer.address}?`, json, "Nothing was signed.");
    print();
  };
  const signed = await signSupport(live, signer, { ideas: ids, supporter, existing, onSigning });
  const { support, signatures, threshold } = signed;
  await writeSigned(file, support, SUPPORT_FILE, (other) => sameSupport(support, other));
  const complete = signatures >= threshold;
  let relayed: Relayed | null = null;
  if (relay !== undefined && complete) {
    const { patience } = hre.globalOptions;
    relayed = await handIn(live, relay, support, {
      patience,
      json,
      isDone: (now: LiveDao) => isSupported(now, support),
    });
  }
  if (json) {
    printJson({ file, signatures, threshold, complete, ...ofRelay(relayed), ...support });
    return;
  }
  if (relayed !== null) {
    if (relayed.state !== "waiting") done(`${supporter} supports ${names.join(", ")}.`);
    return;
  }
  done(`${supporter} supports ${names.join(", ")}, once somebody relays this:`);
  print(`  ${unbroken(file)}`);
  if (threshold > 1) {
    print(`  ${signatures} of the ${threshold} owners of the Safe who have to sign have signed.`);
  }
  if (!complete) {
    print("  Pass it on to another owner, to be signed too:");
    const same = [...names, "--supporter", supporter, "--out", file];
    print(`    ${await commandLine(hre, opened, ["idea", "sign"], ...same)}`);
    return;
  }
  const opens = call.state === "ideas" ? `from ${formatMoment(call.snapshot + 1, live.now)} ` : "";
  print(`  It can be relayed ${opens}until ${formatMoment(call.end, live.now)}.`);
  print("  Nothing was sent, and it cost nothing. Pass it on; whoever relays it pays:");
  print(`    ${await commandLine(hre, opened, ["idea", "relay"], file)}`);
});
