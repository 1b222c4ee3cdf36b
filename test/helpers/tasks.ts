import hre from "hardhat";
import { TaskDefinitionType } from "hardhat/types/tasks";

/** All tasks of the project that do something. */
export function allTasks(): string[] {
  const plugin = hre.config.plugins.find(({ id }) => id === "kyoso");
  return (plugin?.tasks ?? [])
    .filter(({ type }) => type === TaskDefinitionType.NEW_TASK)
    .map(({ id }) => id.join(" "));
}
