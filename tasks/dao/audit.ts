import { buildContracts } from "../build/contracts.js";
import { implementationAddresses } from "../../deploy/implementations.js";
import type { Check } from "../../sdk/audit/check.js";
import { audit } from "../../sdk/audit/audit.js";
import { KyosoError } from "../../sdk/errors.js";
import { action } from "../action.js";
import { connect, loadBrand, requireStore } from "../context.js";
import { done, heading, print, printJson, styled } from "../output.js";
import { knownVersions } from "./known.js";

interface Arguments {
  dao: string | undefined;
  brand: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ dao, brand: file, json }, hre) => {
  await buildContracts(hre);
  const connected = await connect(hre);
  const record = await requireStore(connected).find(connected.chainId, dao);
  const brand = await loadBrand(hre, file ?? record.slug);
  const implementations = await implementationAddresses(hre);
  const { known, factories } = await knownVersions(hre, record);
  const { provider } = connected;
  const checks = await audit({ provider, brand, record, implementations, known, factories });
  if (json) printJson({ dao: record.slug, passed: checks.every(({ ok }) => ok), checks });
  else printAudit(checks);
  requirePassed(
    checks,
    record.slug,
    "If a passed proposal changed it, bring the brand file up to date. If not, act now: the Safe can veto.",
  );
});

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
  for (const area of ["code", "parameters", "powers"] as const) {
    const ours = checks.filter((check) => check.area === area);
    const failed = ours.filter(({ ok }) => !ok);
    if (failed.length === 0) done(`${area}: ${ours.length} of ${ours.length} as the brand file says`);
    for (const { name, expected, actual } of failed) {
      print(`${styled("red", "✗")} ${area}: ${name}\n    expected  ${expected}\n    found     ${actual}`);
    }
  }
}
