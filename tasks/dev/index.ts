import { task } from "hardhat/config";

/** Tasks of those who work on the project. */
export const devTasks = [
  task("gas", "Measure gas and code size, and write docs/gas.md")
    .addFlag({ name: "check", description: "Only compare with docs/gas.md, and fail where it is stale" })
    .setAction(() => import("./gas.js"))
    .build(),
];
