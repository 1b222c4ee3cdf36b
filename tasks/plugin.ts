import type { HardhatPlugin } from "hardhat/types/plugins";
import { badgeTasks } from "./badge/index.js";
import { daoTasks } from "./dao/index.js";
import { devTasks } from "./dev/index.js";
import { dropTasks } from "./drop/index.js";
import { proposalTasks } from "./proposal/index.js";
import { safeTasks } from "./safe/index.js";
import { seasonTasks } from "./season/index.js";
import { tokenTasks } from "./token/index.js";

/** All tasks of the project, and how they speak with nodes. */
const kyoso: HardhatPlugin = {
  id: "kyoso",
  // Not published: it is part of this repository.
  npmPackage: null,
  // Named here and not in hardhat.config.ts, so that it is loaded after tasks/index.ts has made loading quick.
  dependencies: () => [import("@nomicfoundation/hardhat-toolbox-mocha-ethers")],
  tasks: [
    ...daoTasks,
    ...proposalTasks,
    ...tokenTasks,
    ...badgeTasks,
    ...dropTasks,
    ...seasonTasks,
    ...safeTasks,
    ...devTasks,
  ],
  hookHandlers: {
    config: () => import("./hooks/config.js"),
    network: () => import("./hooks/network.js"),
    solidity: () => import("./hooks/solidity.js"),
  },
};

export default kyoso;
