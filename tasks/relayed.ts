import type { Problem } from "../sdk/errors.js";
import { KyosoError } from "../sdk/errors.js";
import type { Account } from "../sdk/execute/account.js";
import { findFiles } from "../sdk/node/signed/files.js";
import { action } from "./action.js";
import { printDryRun } from "./badge/format.js";
import type { Opened } from "./context.js";
import { openLive, requireAccount } from "./context.js";
import { alignRight, heading, print, printJson, table, warn } from "./output.js";
import { releaseSent } from "./sent.js";

/** How what isn't known or wasn't sent is shown. */
export const UNSENT = { "not known": "yellow", "not sent": "dim" } as const;

interface Outcome {
  readonly file: string;
  readonly status: string;
  readonly problem: Problem | undefined;
}

/** What tasks are given that hand in what others signed. */
export interface RelayArguments {
  readonly files: string[];
  readonly dao: string | undefined;
  readonly from: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** How a task hands in what is in files, and shows what became of each. */
interface Relaying<Told extends Outcome> {
  /** What one of them is called: "ballot". */
  readonly what: string;
  /** What all of them are called in JSON: "ballots". */
  readonly key: string;
  readonly headings: { readonly dryRun: string; readonly sent: string };
  readonly columns: readonly string[];
  /** Of these, those with numbers. */
  readonly right?: readonly number[];
  readonly row: (told: Told) => string[];
  readonly asJson: (told: Told) => object;
  /** Hands them in; `more` is what JSON tells besides. */
  readonly relay: (
    opened: Opened,
    files: readonly string[],
    options: { readonly signer: Account | undefined; readonly json: boolean },
  ) => Promise<{ readonly outcomes: readonly Told[]; readonly more?: object }>;
}

/** The action of a task that hands in what others signed. It fails (exit code 1) where one is refused, after all others. */
export function relayAction<Told extends Outcome>({
  what,
  key,
  headings,
  columns,
  right = [],
  row,
  asJson,
  relay,
}: Relaying<Told>) {
  return action<RelayArguments>(async ({ files, dao, from, dryRun, json }, hre) => {
    const opened = await openLive(hre, dao);
    const signer = dryRun ? undefined : await requireAccount(opened, from, { dryRun, json });
    const { outcomes, more } = await relay(opened, await findFiles(files), { signer, json });
    if (json) {
      printJson({ dao: opened.live.record.slug, dryRun, [key]: outcomes.map(asJson), ...more });
    } else {
      heading(dryRun ? headings.dryRun : headings.sent);
      const [head, ...rows] = alignRight([columns, ...outcomes.map(row)], ...right);
      table(rows, head);
      const problems = outcomes.flatMap(({ problem }) => problem ?? []);
      if (problems.length > 0) print();
      problems.forEach(warn);
      if (dryRun) printDryRun();
    }
    await requireAllCarriedOut(outcomes, what, dryRun);
  });
}

/** A task that was asked to carry out what isn't possible fails, though all the rest is done. */
async function requireAllCarriedOut(
  outcomes: readonly Outcome[],
  what: string,
  dryRun: boolean,
): Promise<void> {
  // The table has told what became of each.
  await releaseSent();
  const count = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
  const [unclear, unsent] = [count("not known"), count("not sent")];
  if (unclear + unsent > 0) {
    throw KyosoError.of("signed.not-all-sent", {
      data: { what, of: outcomes.length, unclear, unsent },
      place: `${what}s`,
      message: [
        ...(unclear === 0 ? [] : [`of ${unclear} of ${outcomes.length} ${what}s it isn't known what became`]),
        ...(unsent === 0
          ? []
          : [`${unsent} of ${outcomes.length} ${what}s ${unsent === 1 ? "wasn't" : "weren't"} sent`]),
      ].join(", and "),
      remedy: "Run the same command again: it finds out what became of what it sent, and does nothing twice.",
    });
  }
  const refused = outcomes.filter(({ problem }) => problem !== undefined);
  if (refused.length === 0) return;
  throw KyosoError.of("signed.some-refused", {
    data: {
      count: refused.length,
      of: outcomes.length,
      what,
      nothing: dryRun || refused.length === outcomes.length,
    },
    place: refused.length === 1 ? (refused[0]?.file ?? what) : `${what}s`,
    message: `${refused.length} of ${outcomes.length} ${what}${outcomes.length === 1 ? "" : "s"} ${refused.length === 1 ? "was" : "were"} refused`,
    remedy:
      dryRun || refused.length === outcomes.length
        ? "Nothing was sent."
        : "All others are carried out. The same command can be run again: it does nothing twice.",
  });
}
