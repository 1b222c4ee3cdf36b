import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { buildContracts } from "../build/contracts.js";
import { implementationAddresses } from "../../deploy/implementations.js";
import { audit } from "../../sdk/audit/audit.js";
import type { Check } from "../../sdk/audit/check.js";
import type { Proof } from "../../sdk/audit/prove.js";
import { KyosoError } from "../../sdk/errors.js";
import { action } from "../action.js";
import { connect, loadBrand, openLive, requireStore } from "../context.js";
import { done, heading, number, print, printJson, progress, styled, table } from "../output.js";
import { issuersAsJson, printIssuers } from "./handover.js";
import { knownVersions } from "./known.js";

interface Arguments {
  dao: string | undefined;
  brand: string | undefined;
  prove: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ dao, brand: file, prove, json }, hre) => {
  await buildContracts(hre);
  const connected = await connect(hre);
  const record = await requireStore(connected).find(connected.chainId, dao);
  const brand = await loadBrand(hre, file ?? record.slug);
  const implementations = await implementationAddresses(hre);
  const { known, factories } = await knownVersions(hre, record);
  const { provider } = connected;
  const read = await audit({ provider, brand, record, implementations, known, factories });
  const proven = prove ? await proveAloud(hre, record.slug, json) : undefined;
  const checks = [...read, ...(proven?.checks ?? [])];
  if (json) {
    const proof = proven === undefined ? null : proofAsJson(proven);
    printJson({ dao: record.slug, passed: checks.every(({ ok }) => ok), checks, proof });
  } else printAudit(checks);
  requirePassed(
    checks,
    record.slug,
    "If a passed proposal changed it, bring the brand file up to date. If not, act now: the Safe can veto.",
  );
});

/** Tries what everybody may do, and shows what came of it. */
async function proveAloud(hre: HardhatRuntimeEnvironment, slug: string, json: boolean): Promise<Proof> {
  const [{ live }, { prove }] = await Promise.all([openLive(hre, slug), import("../../sdk/audit/prove.js")]);
  const proof = await prove(live, progress("Trying what everybody may do"));
  if (json) return proof;
  heading(`What everybody may do, tried in the phase ${proof.phase}`);
  table(
    proof.accounts.map(({ account, as, may }) => [
      as.join(", "),
      account,
      account === live.record.contracts.timelock
        ? `${may.length} calls that take a passed proposal`
        : linesOf(may).join("\n"),
    ]),
    ["who", "account", "is let in to"],
  );
  if (proof.closed.length > 0) {
    print(`\n  Closed to everybody at present, and so nothing is proven of it: ${proof.closed.join(", ")}.`);
  }
  printIssuers(live, proof.issuers);
  print(`\n  ${number(proof.calls)} calls were tried as of block ${number(proof.block)}. Nothing was sent.`);
  return proof;
}

/** Functions that somebody is let in to, one contract a line. */
function linesOf(may: readonly string[]): string[] {
  const byContract = new Map<string, string[]>();
  for (const each of may) {
    const [contract = "", ...name] = each.split(".");
    byContract.set(contract, [...(byContract.get(contract) ?? []), name.join(".")]);
  }
  return may.length === 0
    ? ["nothing"]
    : [...byContract].map(([contract, names]) => `${contract}: ${names.join(", ")}`);
}

function proofAsJson({ phase, block, calls, accounts, issuers, closed }: Proof): object {
  return { phase, block, calls, accounts, issuers: issuersAsJson(issuers), closed };
}

/** An audit that found a difference fails the task that asked for it. */
export function requirePassed(checks: readonly Check[], place: string, remedy: string): void {
  const failed = checks.filter(({ ok }) => !ok).length;
  if (failed > 0) {
    throw KyosoError.of("audit.failed", {
      data: { failed, count: checks.length },
      message: `${failed} of ${checks.length} checks failed`,
      place,
      remedy,
    });
  }
}

/** Shows an audit: how much agreed, and everything that didn't. */
export function printAudit(checks: readonly Check[]): void {
  heading("Audit");
  for (const area of ["code", "parameters", "powers", "proof"] as const) {
    const ours = checks.filter((check) => check.area === area);
    if (ours.length === 0) continue;
    const failed = ours.filter(({ ok }) => !ok);
    const as = area === "proof" ? "as the phase allows" : "as the brand file says";
    if (failed.length === 0) done(`${area}: ${ours.length} of ${ours.length} ${as}`);
    for (const { name, expected, actual } of failed) {
      print(`${styled("red", "✗")} ${area}: ${name}\n    expected  ${expected}\n    found     ${actual}`);
    }
  }
}
