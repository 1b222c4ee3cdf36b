import path from "node:path";
import type { SignedNickname } from "../../sdk/community/nicknameSigning.js";
import { NICKNAME_FILE, signNickname, supersedesNickname } from "../../sdk/community/nicknameSigning.js";
import { requireShared } from "../../sdk/community/shared.js";
import { writeSigned } from "../../sdk/node/signed/files.js";
import { oneLine, unbroken } from "../../sdk/text.js";
import { parseFuture } from "../../sdk/token/moment.js";
import { action } from "../action.js";
import { commandLine } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import { openLive, outbox, requireSigner } from "../context.js";
import { printDomain } from "../domain.js";
import { done, formatMoment, print, printJson } from "../output.js";

const YEAR = 365 * 86_400;

interface Arguments {
  nickname: string;
  expires: string | undefined;
  out: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ nickname: text, expires, out, dao, from, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  await requireShared(live, "nicknames");
  const signer = await requireSigner(opened, from);
  const deadline = parseFuture(expires ?? "7 days", live.now, YEAR, "--expires");
  const onSigning = async ({ account, nickname, nonce }: SignedNickname) => {
    if (json) return;
    print(
      nickname === ""
        ? `\n  ${account} is called nothing.`
        : `\n  ${account} is called “${oneLine(nickname)}”.`,
    );
    print(`  Anybody can make it so until ${formatMoment(deadline, live.now)}.`);
    await printDomain(live, live.contracts.nicknames, nonce);
    await requireYes(`Sign this as ${account}?`, json, "Nothing was signed.");
    print();
  };
  const signed = await signNickname(live, signer, text, deadline, onSigning);
  const { account, nickname, nonce } = signed;
  const file = path.resolve(out ?? path.join(outbox(hre, live), "nicknames", `${account}-${nonce}.json`));
  await writeSigned(file, signed, NICKNAME_FILE, (existing) => supersedesNickname(signed, existing));
  if (json) {
    printJson({ file, ...signed });
    return;
  }
  done(
    nickname === ""
      ? `${account} is called nothing, once somebody relays this:`
      : `${account} is called “${oneLine(nickname)}”, once somebody relays this:`,
  );
  print(`  ${unbroken(file)}`);
  print(`  It can be used until ${formatMoment(deadline, live.now)}. Nothing was sent, and it cost nothing.`);
  print("  Pass it on; whoever relays it pays:");
  print(`    ${await commandLine(hre, opened, ["nickname", "relay"], file)}`);
});
