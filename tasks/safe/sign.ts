import { KyosoError, problem } from "../../sdk/errors.js";
import { requireOwner } from "../../sdk/safe/transactions/signatures.js";
import { checkSafeFile } from "../../sdk/safe/transactions/check.js";
import { reviewAsSafe } from "../../sdk/safe/transactions/trial.js";
import { turnOf, turnProblem } from "../../sdk/safe/transactions/turn.js";
import { action } from "../action.js";
import { callsAsJson, printCalls, requireReadable, requireSuccess } from "../calls.js";
import { commandLine, shortPath, shownPath } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import { openLive, requireSigner } from "../context.js";
import { done, heading, print, printJson, warn } from "../output.js";
import { openDesk, sign } from "./desk.js";
import { requireFile } from "./files.js";
import { signSeveral } from "./signSeveral.js";
import { openMany } from "./several.js";
import { countSignatures, printFollowUp, printSigners, printTransaction } from "./print.js";
import { wordsFor } from "./words.js";

interface Arguments {
  files: string[];
  service: string | undefined;
  dao: string | undefined;
  allowUnknownCalls: boolean;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { files, service, dao, from, dryRun, json } = args;
  const opened = await openLive(hre, dao);
  const desk = await openDesk(hre, opened, service);
  const { live, account, exchange } = desk;
  const several = await openMany(desk, files, json);
  if (several !== undefined) {
    await signSeveral(hre, opened, desk, several, args);
    return;
  }
  const name = requireFile(files);
  const shared = await exchange.open(name);
  const checked = await checkSafeFile(live, account, shared.file, shared.place);
  const { hash, place, calls } = checked;
  const { nonce } = checked.transaction;
  const turn = await turnOf(live, account, { nonce, hash });
  const over = turnProblem(turn, { nonce, place });
  if (over !== undefined && turn.state !== "later") throw new KyosoError(over);

  const reviewed = await reviewAsSafe(live, account, calls);
  if (!json) {
    printTransaction(live, account, checked);
    heading(calls.length === 0 ? "What it does: nothing" : "What it does");
    printCalls(reviewed, undefined, await wordsFor(hre, live, reviewed));
    printFollowUp(live, checked);
  }
  requireReadable(reviewed, args, shortPath(place));
  if (turn.state === "next") requireSuccess(reviewed, "Nothing was signed.");
  else if (!json) {
    warn(
      problem("safe.others-first", {
        data: { from: turn.state === "later" ? turn.after : nonce, to: nonce - 1 },
        message: `Transactions ${turn.state === "later" ? turn.after : nonce} to ${nonce - 1} come first, and may change what this one does`,
      }),
    );
  }

  // To read takes no key.
  const signer = dryRun ? undefined : (await requireSigner(opened, from)).address;
  const before = checked.signatures.some((signature) => signature.signer === signer);
  if (signer !== undefined && !before) {
    requireOwner(account, signer);
    const question = `Sign transaction ${nonce} of the Safe as ${signer}?`;
    await requireYes(question, json, "Nothing was signed.");
  }
  const after = signer === undefined ? checked : await sign(desk, shared, checked, signer);
  const { signatures, missing } = after;
  const ready = signatures.length >= account.threshold;
  if (json) {
    printJson({
      dryRun,
      file: shortPath(after.place),
      hash,
      nonce,
      calls: callsAsJson(reviewed),
      signer: signer ?? null,
      signed: signatures.map((signature) => signature.signer),
      missing,
      threshold: account.threshold,
      ready,
    });
    return;
  }
  printSigners(account, after);
  print();
  if (signer === undefined) {
    print("This was a dry run: nothing was signed.");
    return;
  }
  done(`${before ? "Signed before" : "Signed"} by ${signer}: ${shownPath(after.place)}`);
  const more = [
    ...(service === undefined ? [] : ["--service", service]),
    ...(args.allowUnknownCalls ? ["--allow-unknown-calls"] : []),
  ];
  if (ready) {
    print(
      `\nNext: it has ${countSignatures(account, signatures.length)}. Anybody can send it, ${
        turn.state === "next" ? "now" : "once those before it are carried out"
      }:`,
    );
    print(`  ${await commandLine(hre, opened, ["safe", "execute"], after.place, ...more)}`);
  } else {
    print(
      `\nNext: it takes ${account.threshold - signatures.length} more. Pass the file on to the owners who haven't signed: ${missing.join(", ")}`,
    );
  }
});
