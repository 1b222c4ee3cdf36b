import { ArgumentType } from "hardhat/types/arguments";
import type { NewTaskDefinitionBuilder, TaskArguments } from "hardhat/types/tasks";

/** Options that many tasks have in common: the same name means the same everywhere. */

/** An option with a text, which may be left out. */
export function option<Name extends string>(name: Name, description: string) {
  return {
    name,
    description,
    type: ArgumentType.STRING_WITHOUT_DEFAULT,
    defaultValue: undefined,
  } as const;
}

export const json = { name: "json", description: "Print JSON instead of text" } as const;

export const dao = option("dao", "Slug of the DAO, where there are several");

export const from = option("from", "Account that acts, where the network has several");

export const dryRun = {
  name: "dryRun",
  description: "Show what would be done, and send nothing",
} as const;

export const via = option(
  "via",
  'Who acts: "signer" sends it at once, "safe" (the default) writes a file for the Safe\'s owners to sign, "proposal" writes a draft of a proposal',
);

export const service = option(
  "service",
  "URL of a Safe transaction service that signatures are shared through, instead of files alone",
);

export const relay = option(
  "relay",
  "URL of the DAO's relay, which carries it out and pays: what is signed is handed in to it",
);

export const allowUnknownCalls = {
  name: "allowUnknownCalls",
  description: "Go on with calls of which nobody can say what they do",
} as const;

/** Adds the options of a task that does something as an account. */
export function acting<Arguments extends TaskArguments>(task: NewTaskDefinitionBuilder<Arguments>) {
  return task.addOption(dao).addOption(from).addFlag(dryRun).addFlag(json);
}

/** Adds the options of a task that does something by the way that --via names. */
export function submitting<Arguments extends TaskArguments>(task: NewTaskDefinitionBuilder<Arguments>) {
  return acting(task.addOption(via).addOption(service));
}

/** A required argument. */
export function positional<Name extends string>(name: Name, description: string) {
  return { name, description, type: ArgumentType.STRING } as const;
}

/** A text that may be a link, and so a secret: it can be left out of the command. */
export function given<Name extends string>(name: Name, description: string) {
  return {
    name,
    description: `${description}; left out, it is asked for or read from standard input`,
    type: ArgumentType.STRING_WITHOUT_DEFAULT,
    defaultValue: undefined,
  } as const;
}
