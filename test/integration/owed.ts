import hre from "hardhat";
import { TaskDefinitionType } from "hardhat/types/tasks";
import { allTasks } from "../helpers/tasks.js";

/** A task, by its words. */
type Task = string;

/**
 * The test file that runs a group's tasks, or one task, in processes of their own: each for the first time that it runs
 * it. So what works only where something is loaded already, or was done before, is seen.
 */
const FILES: Readonly<Record<Task, string>> = {
  badge: "badge.ts",
  "badge grant-votes": "grantVotes.ts",
  "badge recovery": "recovery.ts",
  "badge title": "recovery.ts",
  "badge voucher": "voucher.ts",
  dao: "launch.ts",
  "dao halt": "handover.ts",
  "dao phase": "handover.ts",
  "dao phase advance": "handover.ts",
  "dao resign": "handover.ts",
  "dao resume": "handover.ts",
  "dao veto": "handover.ts",
  decision: "community.ts",
  drop: "drop.ts",
  idea: "idea.ts",
  nickname: "community.ts",
  pass: "pass.ts",
  perk: "pass.ts",
  proposal: "proposal.ts",
  "proposal relay": "ballots.ts",
  "proposal sign": "ballots.ts",
  relay: "relay.ts",
  safe: "safe.ts",
  season: "season.ts",
  token: "token.ts",
};

/** Those that never run otherwise: in steps of CI, as the demo, as `npm run page`, and where somebody looks for mutants. */
export const ALWAYS_APART: readonly Task[] = [
  "dao demo",
  "dao try",
  "errors",
  "gas",
  "mutants",
  "permissions",
  "reference",
  "release",
  "upgrades",
];

/** The file that owes a task a process of its own. */
export function fileOf(task: Task): string | undefined {
  const group = task.split(" ").slice(0, -1).join(" ");
  return FILES[task] ?? FILES[group] ?? FILES[task.split(" ")[0] ?? ""];
}

/** What a test file owes, of which it has run nothing yet. */
export function owedBy(file: string): Set<Task> {
  return new Set(allTasks().filter((task) => !ALWAYS_APART.includes(task) && fileOf(task) === file));
}

/** Those that sign and send nothing, though they can be tried without writing anything. */
const ONLY_SIGN: readonly Task[] = [
  "badge voucher approve",
  "badge voucher sign",
  "safe import",
  "safe sign",
];

/** What only the Safe can do: its owners sign a file, and no account sends anything. */
const ONLY_SAFE: readonly Task[] = ["dao resign", "dao veto"];

/** A launch is cut, and killed, in a file of its own (interrupted.ts). */
const CUT_ELSEWHERE: readonly Task[] = ["dao launch"];

/**
 * What of these a test file owes a run on a line that breaks at each request (cut.ts): what sends. Whatever sends can be
 * tried without, which tells it from the others.
 */
export function cutsOwedBy(file: string): Set<Task> {
  const spared = [...ONLY_SIGN, ...ONLY_SAFE, ...CUT_ELSEWHERE];
  const sending = tasksWith((options) => options.includes("dryRun"));
  return new Set(sending.filter((task) => !spared.includes(task) && fileOf(task) === file));
}

/**
 * What of these a test file owes a run after it was killed (killed.ts). In a deep run, whatever sends; otherwise some of each sort:
 * planned before the account is looked at, several transactions one after the other, the Safe's, and what somebody else signed.
 */
export function killsOwedBy(file: string): Set<Task> {
  const all = [...cutsOwedBy(file)];
  return new Set(process.env.KYOSO_DEEP === "1" ? all : all.filter((task) => KILLED.includes(task)));
}

const KILLED: readonly Task[] = [
  "badge kind add",
  "badge voucher redeem",
  "safe execute",
  "season claim",
  "season fund",
  "season return",
];

/** Whether a task draws something by lot that is in what it sends: keys of links, salts of what badges are for. */
export function drawsLots(task: Task): boolean {
  return ["badge award", "badge award-batch", "drop create"].includes(task);
}

/** Tasks that act as an account, and send nothing. */
export function signingTasks(): Task[] {
  const signing = tasksWith((options) => options.includes("from") && !options.includes("dryRun"));
  // What is imported was signed elsewhere.
  return [...signing, ...ONLY_SIGN.filter((task) => task !== "safe import")];
}

function tasksWith(isMeant: (options: readonly string[]) => boolean): Task[] {
  const plugin = hre.config.plugins.find(({ id }) => id === "kyoso");
  return (plugin?.tasks ?? []).flatMap((task) =>
    task.type === TaskDefinitionType.NEW_TASK && isMeant(Object.keys(task.options))
      ? [task.id.join(" ")]
      : [],
  );
}

/** The task that a command names, if it is one of the project's: of one task within another, the inner one. */
export function taskOf(args: readonly string[], tasks: readonly Task[] = allTasks()): Task | undefined {
  const command = `${args.join(" ")} `;
  return tasks
    .filter((task) => command.startsWith(`${task} `))
    .sort((one, other) => other.length - one.length)[0];
}
