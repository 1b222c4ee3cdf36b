import type { HardhatPlugin } from "hardhat/types/plugins";
import { daoTasks } from "./dao/index.js";
import { devTasks } from "./dev/index.js";

/** All tasks of the project, and how they speak with nodes. */
const kyoso: HardhatPlugin = {
  id: "kyoso",
  // Not published: it is part of this repository.
  npmPackage: null,
  tasks: [...daoTasks, ...devTasks],
  hookHandlers: { network: () => import("./hooks/network.js") },
};

export default kyoso;
