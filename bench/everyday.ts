// What everyday commands take in a DAO with a long history, against a node of their own: npm run bench.
// The figures depend on the machine; docs/bench.md keeps those of one run. KYOSO_BENCH_SMALL=1 is a quick try of the same.

import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { HDNodeWallet } from "ethers";
import hre from "hardhat";
import { markdownTable } from "../tasks/dev/facts.js";
import { launcher, launchLive } from "../test/integration/support.js";
import { longLived, makeHistory, member, SETTLED, VOTERS } from "./history.js";
import type { Measured } from "./meter.js";
import { machine, median, Meter } from "./meter.js";

const SMALL = process.env.KYOSO_BENCH_SMALL === "1";
const PROPOSALS = SMALL ? 20 : 1_000;
const BADGES = SMALL ? 200 : 10_000;
const LINES = SMALL ? 100 : 5_000;

/** How often each command is measured against `hardhat --version`: in turn, so that what else the machine does hits all. */
const ROUNDS = SMALL ? 1 : 7;

/** Commands, and how many times as much of the processor as `hardhat --version` each takes at most. */
const COMMANDS: readonly (readonly [name: string, args: readonly string[], limit: number])[] = [
  ["dao status", ["dao", "status"], 2],
  ["proposal list --help", ["proposal", "list", "--help"], 2],
  ["proposal list --all", ["proposal", "list", "--all"], 2.5],
  ["badge board --all", ["badge", "board", "--all"], 4],
];

/** What a command takes of the processor. */
interface Ratio {
  readonly name: string;
  /** Seconds: the median of all rounds. */
  readonly cpu: number;
  /** Times as much as `hardhat --version`. */
  readonly ratio: number;
  /** Infinity for what has none. */
  readonly limit: number;
}

/** Measures commands against `hardhat --version`, in rounds. The caches are warm. */
async function measureRatios(meter: Meter, slug: string): Promise<Ratio[]> {
  const all = [
    { name: "--version", args: ["--version"], limit: Infinity, found: [] as number[] },
    ...COMMANDS.map(([name, args, limit]) => {
      const dao = args.includes("--help") ? [] : ["--dao", slug];
      return { name, args: ["--network", "live", ...args, ...dao], limit, found: [] as number[] };
    }),
  ];
  // The first round isn't counted: it loads files into memory, and into what Node.js keeps of them.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { args, found } of all) {
      const { cpu } = await meter.run(args, launcher.privateKey);
      if (round > 0) found.push(cpu);
    }
  }
  const base = median(all[0]?.found ?? []);
  return all.map(({ name, limit, found }) => {
    const cpu = median(found);
    return { name, cpu, ratio: cpu / base, limit };
  });
}

function ratioRow({ name, cpu, ratio, limit }: Ratio): string[] {
  const most = Number.isFinite(limit) ? limit.toFixed(1) : "";
  return [`\`hardhat ${name}\``, cpu.toFixed(2), ratio.toFixed(2), most];
}

function row(what: string, { seconds, cpu, requests, memory }: Measured): string[] {
  return [
    what,
    seconds.toFixed(1),
    cpu.toFixed(1),
    requests.toLocaleString("en"),
    Math.round(memory / 1024 / 1024).toLocaleString("en"),
  ];
}

function page(rows: readonly string[][], ratios: readonly Ratio[], blocks: number): string {
  return `${[
    "# What everyday commands take",
    "",
    `Measured by \`npm run bench\`, which writes this page: a DAO with ${PROPOSALS.toLocaleString("en")} proposals,`,
    `${(PROPOSALS * VOTERS).toLocaleString("en")} votes and ${BADGES.toLocaleString("en")} badges, in ${blocks.toLocaleString("en")} blocks, on \`npx hardhat node\`. Time is that of the`,
    "whole command, from the shell to its end; memory is its process's highest. _Cold_ is the first time, without a cache",
    `of logs; _warm_ is right after it. ${SETTLED} empty blocks come after the history: the newest 32 are read anew each time.`,
    "`npm run bench:build` measures what builds and tests take.",
    "",
    machine(),
    "",
    ...markdownTable(
      ["command", "seconds", "of the processor", "requests to the node", "MiB"],
      rows,
      [1, 2, 3, 4],
    ),
    "",
    "## Measured by Hardhat's own start",
    "",
    "Seconds depend on the machine; how many times as much of the processor as `hardhat --version` a command takes does so",
    `less. All are measured in turn, ${ROUNDS} times; these are the medians, warm. More than the limit, and the bench fails.`,
    "",
    ...markdownTable(
      ["command", "of the processor, s", "÷ `--version`", "at most"],
      ratios.map(ratioRow),
      [1, 2, 3],
    ),
  ].join("\n")}\n`;
}

async function bench(): Promise<void> {
  const live = await launchLive(longLived);
  const meter = await Meter.before(live.node.url);
  try {
    const began = performance.now();
    await makeHistory(live, { proposals: PROPOSALS, badges: BADGES });
    const blocks = await live.node.provider.getBlockNumber();
    console.log(`A history of ${blocks} blocks, made in ${Math.round((performance.now() - began) / 1000)} s`);

    const run = async (what: string, args: readonly string[], account: HDNodeWallet = launcher) => {
      const measured = await meter.run(
        ["--network", "live", ...args, "--dao", live.slug],
        account.privateKey,
      );
      const cells = row(what, measured);
      console.log(cells.join("  "));
      return cells;
    };
    const cache = path.join(hre.config.paths.cache, "kyoso", live.record.chainId);
    for (const address of Object.values(live.record.contracts)) {
      await rm(path.join(cache, `${address.toLowerCase()}.jsonl`), { force: true });
    }
    const csv = path.join(live.brands.folder, "contributions.csv");
    const lines = Array.from({ length: LINES }, (_, i) => `1,${member(BADGES + i)},レビュー ${i + 1}`);
    await writeFile(csv, `kind,account,evidence\n${lines.join("\n")}\n`);

    const rows = [
      await run("`proposal list --all`, cold", ["proposal", "list", "--all"]),
      await run("`proposal list --all`, warm", ["proposal", "list", "--all"]),
      await run(`\`proposal show ${PROPOSALS}\``, ["proposal", "show", PROPOSALS.toString()]),
      await run("`badge board --all`, cold", ["badge", "board", "--all"]),
      await run("`badge board --all`, warm", ["badge", "board", "--all"]),
    ];
    const ratios = await measureRatios(meter, live.slug);
    for (const each of ratios) console.log(ratioRow(each).join("  "));
    rows.push(
      await run(`\`badge award-batch\` of ${LINES.toLocaleString("en")} lines`, [
        "badge",
        "award-batch",
        csv,
        "--via",
        "signer",
      ]),
    );
    for (const { name, ratio, limit } of ratios) {
      if (ratio <= limit) continue;
      console.error(`hardhat ${name}: ${ratio.toFixed(2)} times hardhat --version is more than ${limit}`);
      process.exitCode = 1;
    }
    if (!SMALL)
      await writeFile(path.join(hre.config.paths.root, "docs", "bench.md"), page(rows, ratios, blocks));
  } finally {
    await meter.close();
    await live.stop();
  }
}

await bench();
