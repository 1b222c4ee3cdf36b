import { existsSync } from "node:fs";
import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { readKinds, requireKind } from "../../sdk/badges/kinds/kinds.js";
import type { DaoModule } from "../../sdk/daoRecord.js";
import { DAO_MODULES } from "../../sdk/daoRecord.js";
import { parseVia } from "../../sdk/execute/via.js";
import { passTerms } from "../../sdk/launch/config.js";
import type { LiveDao } from "../../sdk/live.js";
import type { PassTerms } from "../../sdk/modules/enable.js";
import { parseModules, planEnabling } from "../../sdk/modules/enable.js";
import { MODULE_WORDS } from "../../sdk/modules/module.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import type { Opened } from "../context.js";
import { loadBrand, openLive, requireStore } from "../context.js";
import { done, heading, printJson, table } from "../output.js";
import { submit } from "../submit.js";

interface Arguments extends ActingArguments {
  module: string | undefined;
  brand: string | undefined;
}

export default action<Arguments>(
  async ({ module, brand, dao, via: asked, from, dryRun, json, service }, hre) => {
    const via = parseVia(asked);
    const modules = parseModules(module);
    const opened = await openLive(hre, dao);
    const { live } = opened;
    if (!dryRun) await remember(opened);
    const terms = modules.includes("pass") ? await termsOf(hre, live, brand) : undefined;
    const plan = await planEnabling(live, modules, via, terms);
    if (!json) {
      heading("Modules");
      table(modules.map((name) => [MODULE_WORDS[name], placeOf(live, name)]));
    }
    const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
    if (submitted.transactions.length > 0) await remember(await openLive(hre, dao));
    const places = Object.fromEntries(modules.map((name) => [name, live.modulePlaces[name]]));
    if (json) printJson({ dao: live.record.slug, dryRun, ...submitted, modules: places });
    else if (dryRun) printDryRun();
    else if (submitted.transactions.length > 0) {
      done("They are there. What they may do takes a proposal: the same command with --via proposal.");
    }
  },
);

function placeOf({ record, modulePlaces }: LiveDao, name: DaoModule): string {
  return `${modulePlaces[name]}${record.modules?.[name] === undefined ? "" : ", deployed already"}`;
}

/** Writes into the record which modules the chain has. */
async function remember(opened: Opened): Promise<void> {
  const store = requireStore(opened);
  const { slug, modules = {} } = opened.live.record;
  const record = await store.find(opened.chainId, slug);
  const known = DAO_MODULES.every((name) => record.modules?.[name] === modules[name]);
  if (!known) await store.write({ ...record, modules });
}

/** What the pass begins with, as the brand file says; undefined where there is none. */
async function termsOf(
  hre: HardhatRuntimeEnvironment,
  live: LiveDao,
  brand: string | undefined,
): Promise<PassTerms | undefined> {
  const { slug } = live.record;
  const usual = path.join(hre.config.paths.root, "brands", `${slug}.yaml`);
  if (brand === undefined && !existsSync(usual)) return undefined;
  const { pass, badges } = await loadBrand(hre, brand ?? slug);
  // A file that wants no pass says nothing about one.
  if (!pass.enabled) return undefined;
  // By its name: kinds that were added since the launch have other numbers on the chain than places in the file.
  const name = badges.kinds[pass.kind - 1]?.name;
  const kind = name === undefined ? 0 : requireKind(name, await readKinds(live)).number;
  return { ...passTerms(pass), kind };
}
