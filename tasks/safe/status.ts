import { problem } from "../../sdk/errors.js";
import { decodeCall } from "../../sdk/calls/decode.js";
import { describeCall } from "../../sdk/calls/nested.js";
import type { LiveDao } from "../../sdk/live.js";
import type { SafeAccount } from "../../sdk/safe/account.js";
import type { Overview, WaitingTransaction } from "../../sdk/safe/sharing/overview.js";
import { readWaiting } from "../../sdk/safe/sharing/overview.js";
import type { SafePowers } from "../../sdk/safe/powers.js";
import { readPowers } from "../../sdk/safe/powers.js";
import type { ScheduledOperation } from "../../sdk/safe/schedule.js";
import { scheduledOperations } from "../../sdk/safe/schedule.js";
import { action } from "../action.js";
import { quoted, shortPath, shownPath } from "../commandLine.js";
import { openLive } from "../context.js";
import { formatMoment, heading, print, printJson, roughly, styled, table, warn } from "../output.js";
import { openDesk } from "./desk.js";
import { countSignatures } from "./print.js";

interface Arguments {
  service: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ service, dao, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live, account, exchange } = await openDesk(hre, opened, service);
  const shared = await exchange.pending(0);
  const [powers, scheduled, overview] = await Promise.all([
    readPowers(live, account),
    scheduledOperations(live),
    readWaiting(live, account, shared),
  ]);
  if (json) {
    printJson(toJson(live, account, powers, scheduled, overview));
    return;
  }
  const { waiting, over, problems } = overview;
  printSafe(live, account, powers);
  printWaiting(live, account, waiting);
  if (over > 0) {
    print(
      styled("dim", `  ${over} more ${over === 1 ? "file is" : "files are"} of transactions that are over.`),
    );
  }
  problems.forEach(warn);
  printScheduled(live, scheduled, overview);
});

function printSafe(live: LiveDao, account: SafeAccount, powers: SafePowers): void {
  const { record, now } = live;
  const { vetoUntil, stewardDelay, issuer, ownersMayHalt, modules, guard } = powers;
  heading(`The Safe of ${record.name}`);
  table([
    ["Address", account.address],
    ["Version", account.version],
    ...account.owners.map((owner, i) => [i === 0 ? `Owners, of whom ${account.threshold} sign` : "", owner]),
    ["Number of its next transaction", account.nonce.toString()],
  ]);
  heading("What it may do");
  table([
    ["Veto proposals", vetoUntil === null ? "no" : `until ${formatMoment(vetoUntil, now)}`],
    ["Run the badges (STEWARD)", stewardDelay === null ? "no" : stewardAs(stewardDelay)],
    ["Award badges (ISSUER)", issuer ? "yes" : "no"],
    ["Halt all awards", ownersMayHalt ? "each of its owners, alone" : "no"],
  ]);
  if (modules.length > 0) {
    warn(
      problem("safe.modules", {
        data: { safe: account.address, modules },
        place: `Safe ${account.address}`,
        message: `Modules act in its name without any owner's signature: ${modules.join(", ")}`,
        remedy: "Make sure that all of its owners know what these are for.",
      }),
    );
  }
  if (guard !== null) {
    warn(
      problem("safe.guard", {
        data: { safe: account.address, guard },
        place: `Safe ${account.address}`,
        message: `A guard may refuse its transactions: ${guard}`,
        remedy: "Make sure that all of its owners know what it is for.",
      }),
    );
  }
}

function stewardAs(delay: number): string {
  return delay === 0 ? "yes" : `${roughly(delay)} after announcing it`;
}

function printWaiting(live: LiveDao, account: SafeAccount, waiting: readonly WaitingTransaction[]): void {
  heading(waiting.length === 0 ? "Nothing waits for signatures" : "Waiting for signatures");
  for (const { checked, due, rivals } of waiting) {
    const { transaction, signatures, missing, calls, place } = checked;
    const ready = signatures.length >= account.threshold;
    const next = transaction.nonce === account.nonce;
    const state = !ready
      ? `it takes ${account.threshold - signatures.length} more`
      : due > live.now
        ? `ready, to be sent from ${formatMoment(due, live.now)} on`
        : next
          ? "ready to be sent"
          : `ready, comes after transaction ${transaction.nonce - 1}`;
    print(
      `  ${styled("bold", transaction.nonce.toString())}  ${countSignatures(account, signatures.length)}: ${
        ready ? styled("green", state) : state
      }`,
    );
    calls.forEach((call) => {
      print(`     ${describeCall(decodeCall(call, live))}`);
    });
    print(styled("dim", `     ${shownPath(place)}`));
    if (!ready) print(styled("dim", `     not signed by ${missing.join(", ")}`));
    if (rivals.length > 0) {
      const later =
        due > live.now ? ". If that one is sent before this is due, this one is written anew" : "";
      print(
        styled(
          "yellow",
          `     ! Only one can have this number; so has ${rivals.map(shownPath).join(", ")}${later}`,
        ),
      );
    }
  }
}

function printScheduled(
  live: LiveDao,
  scheduled: readonly ScheduledOperation[],
  { waiting, announcedBy }: Overview,
): void {
  if (scheduled.length === 0) return;
  heading("Announced, to be done later");
  for (const { call, caller, due, expires, state, id } of scheduled) {
    const by = caller === live.safe ? "" : ` (by ${live.book.show(caller)})`;
    print(`  ${describeCall(decodeCall(call, live))}${by}`);
    const performer = waiting.find(({ performs }) => performs.includes(id));
    const announcer = announcedBy.get(id);
    const how =
      performer !== undefined
        ? shownPath(performer.checked.place)
        : announcer === undefined
          ? "no transaction does it yet: run the command that announced it again"
          : `no transaction does it yet: npx hardhat safe execute ${quoted(shortPath(announcer))} writes it anew`;
    if (state === "expired") {
      print(
        styled("yellow", `     ! expired ${formatMoment(expires, live.now)}: it has to be announced anew`),
      );
      continue;
    }
    print(
      `     ${state === "due" ? styled("green", "due since") : "due"} ${formatMoment(due, live.now)}, expires ${formatMoment(expires, live.now)}`,
    );
    if (caller === live.safe) print(styled("dim", `     ${how}`));
  }
}

function toJson(
  live: LiveDao,
  { address, version, owners, threshold, nonce }: SafeAccount,
  powers: SafePowers,
  scheduled: readonly ScheduledOperation[],
  { waiting, over, problems }: Overview,
) {
  const text = (call: ScheduledOperation["call"]) => describeCall(decodeCall(call, live));
  return {
    address,
    version,
    owners,
    threshold,
    nonce,
    powers,
    waiting: waiting.map(({ checked, due, rivals }) => ({
      file: shortPath(checked.place),
      hash: checked.hash,
      nonce: checked.transaction.nonce,
      title: checked.title,
      calls: checked.calls.map(text),
      signed: checked.signatures.map(({ signer }) => signer),
      missing: checked.missing,
      ready: checked.signatures.length >= threshold,
      due: due === 0 ? null : due,
      rivals: rivals.map(shortPath),
    })),
    over,
    problems,
    scheduled: scheduled.map(({ id, caller, call, due, expires, state }) => ({
      id,
      caller,
      call: text(call),
      to: call.to,
      data: call.data,
      due,
      expires,
      state,
    })),
  };
}
