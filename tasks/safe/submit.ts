import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Plan } from "../../sdk/calls/plan.js";
import { addSignatures } from "../../sdk/safe/sharing/shared.js";
import type { PreparedTransaction } from "../../sdk/node/safe/prepare.js";
import { prepare } from "../../sdk/node/safe/prepare.js";
import { requireOwner, signTransaction } from "../../sdk/safe/transactions/signatures.js";
import { roughly } from "../../sdk/time.js";
import type { InWords } from "../calls.js";
import { LONGEST_LIST, printCalls, requireReadable, requireSuccess } from "../calls.js";
import { commandLine, shortPath, shownPath } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import type { Opened } from "../context.js";
import { requireSigner } from "../context.js";
import { done, formatMoment, heading, print, warn } from "../output.js";
import type { SubmitOptions } from "../submitOptions.js";
import type { Desk } from "./desk.js";
import { openDesk, withOutbox } from "./desk.js";
import { countSignatures } from "./print.js";
import { wordsFor } from "./words.js";

/**
 * Makes a Safe transaction of each plan, and shares it with the owners. One that waits for signatures already and does
 * the same is taken instead of another one.
 *
 * @returns The paths of their files.
 */
export async function submitToSafe(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  plans: readonly Plan[],
  options: SubmitOptions,
): Promise<string[]> {
  const desk = await openDesk(hre, opened, options.service);
  const run = () => shareAll(hre, opened, desk, plans, options);
  return options.dryRun ? run() : withOutbox(hre, desk, run);
}

async function shareAll(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  desk: Desk,
  plans: readonly Plan[],
  { from, dryRun, json, service, allowUnknownCalls = false }: SubmitOptions,
): Promise<string[]> {
  const { live, account, exchange } = desk;
  // A service takes proposals of owners only; a file needs nobody's key.
  const proposer = service === undefined ? undefined : (await requireSigner(opened, from)).address;
  if (proposer !== undefined) requireOwner(account, proposer);

  const { transactions: pending, problems } = await exchange.pending(account.nonce);
  const prepared = await prepare(live, account, plans, pending);
  if (!json) {
    problems.forEach(warn);
    for (const each of prepared) {
      // Who signs at once may sign what somebody else has made, and is shown all of it.
      const longest = proposer === undefined ? LONGEST_LIST : undefined;
      printPrepared(desk, each, await wordsFor(hre, live, each.reviewed), longest);
      each.refused.forEach(warn);
    }
  }
  const [first] = pending;
  const remedy =
    first === undefined
      ? "Nothing was written."
      : `Nothing was written. If it needs what waits for signatures (${shownPath(first.place)}), execute that first.`;
  for (const { reviewed } of prepared) {
    requireReadable(reviewed, { allowUnknownCalls, json });
    requireSuccess(reviewed, remedy);
  }
  if (dryRun) return [];
  if (proposer !== undefined) {
    await requireYes(`Sign and propose this as ${proposer}?`, json, "Nothing was signed or written.");
  }

  const files: string[] = [];
  for (const { file, existing } of prepared) {
    if (existing !== undefined && (service === undefined || existing.file.signatures.length > 0)) {
      files.push(existing.place);
      if (!json) {
        done(
          `It waits for signatures already (${countSignatures(account, file.signatures.length)}): ${shownPath(existing.place)}`,
        );
      }
      continue;
    }
    const signature =
      proposer === undefined ? [] : [await signTransaction(account, file.transaction, proposer)];
    files.push(await exchange.propose(addSignatures(file, signature), account.owners));
    if (!json) done(`Written: ${shownPath(files.at(-1) ?? "")}`);
  }
  if (!json) await printNext(hre, opened, desk, files, { service, allowUnknownCalls });
  return files.map(shortPath);
}

function printPrepared(
  { live: { now }, account }: Desk,
  { file, reviewed, delay, due }: PreparedTransaction,
  inWords: InWords,
  longest: number | undefined,
): void {
  heading(file.title);
  print(
    `  Transaction ${file.transaction.nonce} of the Safe ${account.address}; its next one is ${account.nonce}.`,
  );
  printCalls(reviewed, longest, inWords);
  if (delay !== undefined) {
    print(
      `\n  The Safe may do this only ${roughly(delay)} after it was announced in public. This transaction announces it;`,
    );
    print("  `safe execute` then writes a second one that does it.");
  } else if (due !== undefined) {
    print(
      due > now
        ? `\n  It was announced, and can be done from ${formatMoment(due, now)} on.`
        : "\n  It was announced, and can be done now.",
    );
  }
}

async function printNext(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  { account }: Desk,
  files: readonly string[],
  { service, allowUnknownCalls }: Required<Pick<SubmitOptions, "service" | "allowUnknownCalls">>,
): Promise<void> {
  const { threshold, owners } = account;
  const who =
    threshold === 1 && owners.length === 1
      ? "its owner reads and signs"
      : `${threshold} of the Safe's ${owners.length} owners read and sign`;
  print(
    `\nNext: ${who} ${files.length === 1 ? "it" : "each"}; then anybody can send it. The file can be passed on as it is.`,
  );
  for (const file of files) {
    const more = [
      ...(service === undefined ? [] : ["--service", service]),
      ...(allowUnknownCalls ? ["--allow-unknown-calls"] : []),
    ];
    print(`  ${await commandLine(hre, opened, ["safe", "sign"], file, ...more)}`);
    print(`  ${await commandLine(hre, opened, ["safe", "execute"], file, ...more)}`);
  }
}
