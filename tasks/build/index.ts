import { overrideTask } from "hardhat/config";
import type { TaskOverrideDefinition } from "hardhat/types/tasks";

/** Hardhat's tasks that build, and those that have it done; its tests are in ../dev. */
const BUILDING = [
  ["build"],
  ["compile"],
  ["run"],
  ["console"],
  ["ignition", "deploy"],
  ["ignition", "visualize"],
];

export const buildTasks: readonly TaskOverrideDefinition[] = BUILDING.map((id) =>
  overrideTask(id)
    .setAction(() => import("./told.js"))
    .build(),
);
