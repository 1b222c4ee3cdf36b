import { codesOf } from "../../deploy/codes.js";
import { builtCreations, implementationAddresses } from "../../deploy/implementations.js";
import { verifyCode } from "../../sdk/audit/audit.js";
import type { Check } from "../../sdk/audit/check.js";
import { action } from "../action.js";
import { buildContracts } from "../build/contracts.js";
import { connect, requireStore } from "../context.js";
import { done, heading, print, printJson, styled } from "../output.js";
import { requirePassed } from "./audit.js";
import { knownVersions } from "./known.js";

interface Arguments {
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ dao, json }, hre) => {
  await buildContracts(hre);
  const connected = await connect(hre);
  const record = await requireStore(connected).find(connected.chainId, dao);
  const { own, ...known } = await knownVersions(hre, record);
  const codes = await codesOf(hre, connected.chainId, [...(await builtCreations(hre)), ...own]);
  const checks = await verifyCode({
    provider: connected.provider,
    record,
    implementations: await implementationAddresses(hre),
    ...known,
    codes,
  });
  const { slug, release } = record;
  if (json) {
    printJson({ dao: slug, release: release ?? null, passed: checks.every(({ ok }) => ok), checks });
  } else {
    printChecks(checks);
  }
  requirePassed(
    checks,
    slug,
    release === undefined
      ? "Compare it in the checkout that launched it; act at once if it isn't known why: the Safe can veto and halt."
      : `Compare it in a checkout of release ${release}, which launched it; act at once if it isn't known why: the Safe can veto and halt.`,
  );
});

function printChecks(checks: readonly Check[]): void {
  heading("Code");
  for (const { name, expected, actual, ok } of checks) {
    if (ok) done(name);
    else print(`${styled("red", "✗")} ${name}\n    expected  ${expected}\n    found     ${actual}`);
  }
}
