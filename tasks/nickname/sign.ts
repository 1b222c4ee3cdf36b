import path from "node:path";
import type { SignedNickname } from "../../sdk/community/nicknameSigning.js";
import {
  NICKNAME_FILE,
  readNicknameStates,
  signNicknameFor,
  supersedesNickname,
} from "../../sdk/community/nicknameSigning.js";
import { requireShared } from "../../sdk/community/shared.js";
import type { LiveDao } from "../../sdk/live.js";
import { readSigned, writeSigned } from "../../sdk/node/signed/files.js";
import { oneLine, unbroken } from "../../sdk/text.js";
import { parseAccount } from "../../sdk/token/account.js";
import { parseFuture } from "../../sdk/token/moment.js";
import { action } from "../action.js";
import { commandLine } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import { openLive, outbox, requireSigner } from "../context.js";
import { printDomain } from "../domain.js";
import type { Relayed } from "../handIn.js";
import { chosenRelay, handIn, ofRelay } from "../handIn.js";
import { done, formatMoment, print, printJson } from "../output.js";

const HOUR = 3_600;
const YEAR = 365 * 86_400;

interface Arguments {
  nickname: string;
  account: string | undefined;
  expires: string | undefined;
  out: string | undefined;
  relay: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  json: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { nickname: text, expires, out, dao, from, json } = args;
  const opened = await openLive(hre, dao);
  const { live } = opened;
  await requireShared(live, "nicknames");
  const relay = await chosenRelay(live, args.relay, "nickname", json);
  const signer = await requireSigner(opened, from);
  const account = args.account === undefined ? signer.address : parseAccount(live, args.account, "--account");
  const next = (await live.contracts.nicknames.nonces(account)).toString();
  const file = path.resolve(out ?? path.join(outbox(hre, live), "nicknames", `${account}-${next}.json`));
  // What other owners of a Safe have signed, and what a relay has, is the same as long as it ends at the same moment.
  const { value: existing } = await readSigned(file, NICKNAME_FILE);
  const asked = parseFuture(expires ?? "7 days", live.now, YEAR, "--expires");
  const isOpen = existing !== undefined && existing.deadline > live.now + HOUR && existing.deadline <= asked;
  const deadline = expires === undefined && isOpen && existing.nonce === next ? existing.deadline : asked;
  // As it is signed, so that a wallet can be compared.
  const onSigning = async ({ nickname, nonce }: SignedNickname) => {
    if (json) return;
    print(
      nickname === ""
        ? `\n  ${account} is called nothing.`
        : `\n  ${account} is called “${oneLine(nickname)}”.`,
    );
    print(`  Anybody can make it so until ${formatMoment(deadline, live.now)}.`);
    await printDomain(live, live.contracts.nicknames, nonce);
    await requireYes(`Sign this as ${signer.address}?`, json, "Nothing was signed.");
    print();
  };
  const signing = { account, existing, onSigning };
  const { signed, signatures, threshold } = await signNicknameFor(live, signer, text, deadline, signing);
  const { nickname } = signed;
  await writeSigned(file, signed, NICKNAME_FILE, (other) => supersedesNickname(signed, other));
  const complete = signatures >= threshold;
  let relayed: Relayed | null = null;
  if (relay !== undefined && complete) {
    const { patience } = hre.globalOptions;
    const isDone = async (now: LiveDao) =>
      (await readNicknameStates(now, [account])).get(account)?.nickname === nickname;
    relayed = await handIn(live, relay, signed, { patience, json, isDone });
  }
  if (json) {
    printJson({ file, signatures, threshold, complete, ...ofRelay(relayed), ...signed });
    return;
  }
  const called =
    nickname === "" ? `${account} is called nothing` : `${account} is called “${oneLine(nickname)}”`;
  if (relayed !== null) {
    if (relayed.state !== "waiting") done(`${called}.`);
    return;
  }
  done(`${called}, once somebody relays this:`);
  print(`  ${unbroken(file)}`);
  if (threshold > 1) {
    print(`  ${signatures} of the ${threshold} owners of the Safe who have to sign have signed.`);
  }
  if (!complete) {
    print("  Pass it on to another owner, to be signed too:");
    const same = [nickname, "--account", account, "--out", file];
    print(`    ${await commandLine(hre, opened, ["nickname", "sign"], ...same)}`);
    return;
  }
  print(`  It can be used until ${formatMoment(deadline, live.now)}. Nothing was sent, and it cost nothing.`);
  print("  Pass it on; whoever relays it pays:");
  print(`    ${await commandLine(hre, opened, ["nickname", "relay"], file)}`);
});
