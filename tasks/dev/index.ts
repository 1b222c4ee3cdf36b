import { overrideTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";

/** Tasks of those who work on the project. */
export const devTasks = [
  task("gas", "Measure gas and code size, and write docs/gas.md")
    .addFlag({ name: "check", description: "Only compare with docs/gas.md, and fail where it is stale" })
    .setAction(lazily(() => import("./gas.js")))
    .build(),

  task("permissions", "Find out who may call what, and write docs/permissions.md")
    .addFlag({
      name: "check",
      description: "Only compare with docs/permissions.md, and fail where it is stale",
    })
    .setAction(lazily(() => import("./permissions.js")))
    .build(),

  task("reference", "Write docs/tasks.md from the definitions of the tasks")
    .addFlag({ name: "check", description: "Only compare with docs/tasks.md, and fail where it is stale" })
    .setAction(lazily(() => import("./reference.js")))
    .build(),

  task("errors", "Write docs/errors.md from the sources: all that can go wrong, with codes and remedies")
    .addFlag({ name: "check", description: "Only compare with docs/errors.md, and fail where it is stale" })
    .setAction(lazily(() => import("./errors.js")))
    .build(),

  task(
    "upgrades",
    "Have OpenZeppelin's validator look at the upgradeable contracts, and write storage-layouts/: what they keep where",
  )
    .addFlag({ name: "check", description: "Only compare with storage-layouts/, and fail where it is stale" })
    .addFlag({
      name: "reset",
      description:
        "Also take layouts that a running DAO couldn't be upgraded to: only as long as there is none",
    })
    .setAction(lazily(() => import("./upgrades.js")))
    .build(),

  task(
    "release",
    "Write releases/<version>/: addresses, hashes of code and sources, and layouts of what a launch deploys",
  )
    .addFlag({
      name: "check",
      description: "Build, and fail where anything is another than the release of this version says",
    })
    .setAction(lazily(() => import("./release.js")))
    .build(),

  task("mutants", "Change the contracts, one place at a time, and say which changes no test notices")
    .addOption({
      name: "sample",
      description: "How many; 0 for all. A larger sample begins with a smaller one",
      type: ArgumentType.INT,
      defaultValue: 0,
    })
    .addOption({
      name: "only",
      description: "Only files whose path has this",
      type: ArgumentType.STRING,
      defaultValue: "",
    })
    .setAction(lazily(() => import("./mutants.js")))
    .build(),

  overrideTask(["test", "mocha"])
    .setAction(() => import("./mocha.js"))
    .build(),

  overrideTask(["test", "solidity"])
    .setAction(() => import("./solidity.js"))
    .build(),
];
