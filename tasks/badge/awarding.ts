import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Contribution } from "../../sdk/badges/awards/contribution.js";
import { linesOf } from "../../sdk/badges/awards/contribution.js";
import type { BadgeKind } from "../../sdk/badges/kinds/kinds.js";
import { prepareAwards, readStandings } from "../../sdk/node/badges/prepare.js";
import type { Standing } from "../../sdk/badges/awards/standing.js";
import type { Problem } from "../../sdk/errors.js";
import { problem } from "../../sdk/errors.js";
import { parseVia } from "../../sdk/execute/via.js";
import { withLock } from "../../sdk/node/lock.js";
import { shortPath } from "../commandLine.js";
import type { Opened } from "../context.js";
import { outbox, privateFolder } from "../context.js";
import { alignRight, done, heading, print, progress, styled, table, warn } from "../output.js";
import type { Submitted } from "../submit.js";
import { submit } from "../submit.js";
import type { ActingArguments } from "./acting.js";
import { actorOf } from "./acting.js";
import { number, plural } from "./format.js";

/** What came of awards. */
export interface Awarded extends Submitted {
  /** Before anything was sent, and after; of every contribution, in their order. */
  readonly before: readonly Standing[];
  readonly after: readonly Standing[];
  readonly warnings: readonly Problem[];
  /** The evidence journal. */
  readonly evidence: string;
}

interface AwardingArguments extends ActingArguments {
  readonly evidenceUri?: string | undefined;
}

/** Awards the badges of contributions that weren't awarded before, and tells of it. */
export async function awardAll(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  contributions: readonly Contribution[],
  kinds: readonly BadgeKind[],
  args: AwardingArguments,
): Promise<Awarded> {
  // Two commands at the same time would each award what the other one has not yet awarded.
  const lock = path.join(privateFolder(hre, opened.live), "award.lock");
  const run = () => award(hre, opened, contributions, kinds, args);
  return args.dryRun ? run() : withLock(lock, "An award", run);
}

async function award(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  contributions: readonly Contribution[],
  kinds: readonly BadgeKind[],
  { via: asked, from, dryRun, json, service, evidenceUri = "" }: AwardingArguments,
): Promise<Awarded> {
  const { live } = opened;
  const via = parseVia(asked);
  const files = outbox(hre, live);
  const prepared = await prepareAwards(live, contributions, kinds, {
    via,
    actor: await actorOf(opened, via, { from, dryRun, json }),
    folder: privateFolder(hre, live),
    outbox: files,
    evidenceURI: evidenceUri,
    onProgress: progress("Trying the awards"),
  });
  const { journal, plans, gas, standings, unwritten, warnings } = prepared;
  const evidence = shortPath(journal.file);
  if (!json) {
    printIntended(standings, kinds);
    warnings.forEach(warn);
    if (via === "safe" && plans.length > 0) {
      const count = standings.filter(({ state }) => state === "open").length;
      print(
        `  ${plural(count, "badge")} ${count === 1 ? "takes" : "take"} ${plural(plans.length, "transaction")} of the Safe, with some ${number(Number(gas.reduce((sum, each) => sum + each, 0n)))} gas in all: as few as the gas that one may have allows.`,
      );
    }
  }
  // The proof is on the disk before the first hash is on the chain.
  if (!dryRun) await journal.add(unwritten);
  const submitted: Submitted =
    plans.length === 0
      ? { via, transactions: [], files: [] }
      : await submit(hre, opened, plans, { via: asked, from, dryRun, json, service });
  const after = dryRun ? standings : (await readStandings(live, contributions, journal, files)).standings;
  if (!json) printOutcome(standings, after, evidence, dryRun);
  return { ...submitted, before: standings, after, warnings, evidence };
}

function printIntended(standings: readonly Standing[], kinds: readonly BadgeKind[]): void {
  heading(plural(standings.length, "contribution"));
  const rows = kinds.flatMap((kind) => {
    const all = standings.filter(({ award: { kind: of } }) => of === kind.number);
    const count = (state: Standing["state"]) => all.filter((standing) => standing.state === state).length;
    const open = count("open");
    const cells = [open, open * kind.points, count("under way"), count("awarded")];
    return all.length === 0 ? [] : [[kind.name, ...cells.map(number)]];
  });
  const head = ["kind", "to be awarded", "points", "under way", "awarded before"];
  const [first, ...rest] = alignRight([head, ...rows], 1, 2, 3, 4);
  table(rest, first);
  const before = standings.flatMap((one) => (one.state === "awarded" ? [one] : []));
  if (before.length > 0) {
    const which =
      linesOf(before.map(({ award: each }) => each)) ??
      `badge ${before.map(({ badge }) => badge.toString()).join()}`;
    print(styled("dim", `  Skipped, as awarded before: ${which}. One that is for`));
    print(styled("dim", "  something else has to say so in its evidence: with the date, for instance."));
  }
  const waiting = new Set(standings.flatMap((one) => (one.state === "under way" ? [one.file] : [])));
  for (const file of waiting) {
    warn(
      problem("awards.waiting", {
        data: { file },
        place: shortPath(file),
        message:
          "It waits to be signed and carried out, and has some of these badges in it: they are skipped",
        remedy: "Carry it out; or, where nobody is going to, remove it and run this again.",
      }),
    );
  }
}

function printOutcome(
  before: readonly Standing[],
  after: readonly Standing[],
  evidence: string,
  dryRun: boolean,
): void {
  const open = before.filter(({ state }) => state === "open").length;
  print();
  if (open === 0) {
    print("There is nothing to award: all of it was awarded before, or is under way.");
    return;
  }
  if (dryRun) {
    print("This was a dry run: nothing was sent, and nothing written down.");
    return;
  }
  const fresh = after.flatMap((standing, i) =>
    standing.state === "awarded" && before[i]?.state === "open" ? [standing.badge] : [],
  );
  if (fresh.length > 0) {
    const [first, last] = [Math.min(...fresh), Math.max(...fresh)];
    done(
      `${plural(fresh.length, "badge")} awarded: ${first === last ? `#${first}` : `#${first} to #${last}`}`,
    );
  }
  print(
    styled(
      "dim",
      `  What they are for, and the salts that prove it, are in ${evidence} alone. Keep it private, and a copy of it safe.`,
    ),
  );
}
