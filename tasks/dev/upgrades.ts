import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ProjectReport } from "@openzeppelin/upgrades-core";
import { validateUpgradeSafety } from "@openzeppelin/upgrades-core";
import { KyosoError } from "../../sdk/errors.js";
import { action } from "../action.js";
import { buildContracts } from "../build/contracts.js";
import { done, print } from "../output.js";
import { writeFact } from "./facts.js";
import type { Checked } from "./upgrades/compile.js";
import { compileForCheck, sourceName } from "./upgrades/compile.js";
import type { Layout } from "./upgrades/layouts.js";
import { incompatibility, layoutsOf, unseen } from "./upgrades/layouts.js";
import { slotOf } from "./upgrades/slots.js";

interface Arguments {
  check: boolean;
  reset: boolean;
}

const FOLDER = "storage-layouts";

/**
 * Has OpenZeppelin's validator look at the upgradeable contracts, and compares where they keep what with where they did when
 * `storage-layouts/` was written.
 */
export default action<Arguments>(async ({ check, reset }, hre) => {
  await buildContracts(hre);
  const checked = await compileForCheck(hre);
  const report = await validated(checked);
  const layouts = layoutsOf(checked, report);
  const sources = new Map(
    Object.entries(checked.input.sources)
      .filter(([file]) => file.startsWith("project/"))
      .map(([file, { content }]) => [sourceName(file), content ?? ""]),
  );
  print(report.explain(false).replaceAll("project/", ""));
  const folder = path.join(hre.config.paths.root, FOLDER);
  await mkdir(folder, { recursive: true });
  const faults = unseen(sources, layouts.values(), slotOf);
  if (!report.ok) faults.unshift("OpenZeppelin's validator refuses them: see above.");
  if (!reset) faults.push(...(await changed(folder, layouts)));
  else await removeOld(folder, layouts);
  if (faults.length > 0) throw unsafe(faults);

  for (const [name, layout] of layouts) {
    const text = `${JSON.stringify(layout, undefined, 2)}\n`;
    await writeFact(hre, `${FOLDER}/${name}.json`, text, "npm run upgrades", check);
  }
  done(`${layouts.size} upgradeable contracts, and all their layouts are seen`);
});

/** What OpenZeppelin's own command says about a folder with the result of this compilation. */
async function validated({ input, output, solcVersion }: Checked): Promise<ProjectReport> {
  const folder = await mkdtemp(path.join(tmpdir(), "kyoso-upgrades-"));
  try {
    await writeFile(path.join(folder, "contracts.json"), JSON.stringify({ input, output, solcVersion }));
    return await validateUpgradeSafety(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Removes the layouts of contracts that are gone. */
async function removeOld(folder: string, layouts: ReadonlyMap<string, Layout>): Promise<void> {
  for (const file of await readdir(folder)) {
    if (!layouts.has(path.basename(file, ".json"))) await rm(path.join(folder, file));
  }
}

/** Which contracts couldn't read any more what was kept as `storage-layouts/` says. */
async function changed(folder: string, layouts: ReadonlyMap<string, Layout>): Promise<string[]> {
  const faults: string[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const name = path.basename(file, ".json");
    const after = layouts.get(name);
    if (after === undefined) {
      faults.push(`${FOLDER}/${file}: there is no upgradeable contract ${name} any more.`);
      continue;
    }
    const before = JSON.parse(await readFile(path.join(folder, file), "utf8")) as Layout;
    const why = incompatibility(before, after);
    if (why !== undefined) faults.push(`${name} couldn't read what it kept before:\n${why}`);
  }
  return faults;
}

function unsafe(faults: readonly string[]): KyosoError {
  return KyosoError.of("upgrade.unsafe", {
    data: { faults },
    place: "upgrades",
    message: faults.join("\n"),
    remedy:
      "Add fields at the end of a struct, and keep all others; as long as no DAO runs with the old ones, `npm run upgrades -- --reset`.",
  });
}
