import { buildContracts } from "../build/contracts.js";
import { deployImplementations, implementationAddresses } from "../../deploy/implementations.js";
import { audit } from "../../sdk/audit/audit.js";
import type { LaunchContext } from "../../sdk/node/launch/context.js";
import { checkLauncher, createSafe, launch } from "../../sdk/node/launch/launch.js";
import { readReleases, releaseWith } from "../../sdk/node/releases.js";
import { planLaunch } from "../../sdk/node/launch/plan.js";
import { action } from "../action.js";
import { connect, loadBrand, requireAccount } from "../context.js";
import { dispatching } from "../network/dispatch.js";
import { done, heading, print, printJson, warn } from "../output.js";
import { printAudit, requirePassed } from "./audit.js";
import { printPlan } from "./plan.js";

interface Arguments {
  brand: string;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ brand: name, from, dryRun, json }, hre) => {
  const brand = await loadBrand(hre, name);
  await buildContracts(hre);
  const connected = await connect(hre);
  const { eip1193, network, provider, store, chainId } = connected;
  const signer = await requireAccount(connected, from, { dryRun, json });
  const implementations = await implementationAddresses(hre);
  const context: LaunchContext = {
    provider,
    eip1193,
    signer,
    brand,
    implementations,
    release: releaseWith(await readReleases(hre.config.paths.root), implementations)?.version,
    store,
  };
  const plan = await planLaunch(context);

  if (!json) {
    printPlan(brand, plan);
    plan.warnings.forEach(warn);
  }
  if (dryRun) {
    if (json) printJson({ dryRun: true, ...plan });
    else print("\nThis was a dry run: nothing was sent.");
    return;
  }

  await checkLauncher(context, plan);
  const report = json ? () => undefined : done;
  if (!json) heading("Launching");
  const deployed =
    plan.missing.length === 0
      ? []
      : await dispatching(signer, async () =>
          deployImplementations(hre, await network.connection(), implementations),
        );
  report(
    deployed.length === 0
      ? "The implementations are on the chain already"
      : `${deployed.length} implementations`,
  );
  const ready = await createSafe(context, plan);
  report(`The Safe ${plan.safe.address}`);
  const record = await launch(context, ready);
  report(`The DAO, in one transaction: ${record.transactions.launch ?? ""}`);

  const checks = await audit({ provider, brand, record, implementations });
  if (json) printJson({ record, audit: { checks: checks.length, failed: checks.filter(({ ok }) => !ok) } });
  else printAudit(checks);
  requirePassed(checks, brand.brand.slug, "Don't use this DAO before you know why.");
  if (json) return;
  if (store === undefined) {
    print(`\n${brand.brand.name} is live, until this chain ends with the command.`);
    return;
  }
  print(`\n${brand.brand.name} is live. Its record: ${store.file(chainId, brand.brand.slug)}`);
  print("For governance pages and front-ends: npx hardhat dao export");
});
