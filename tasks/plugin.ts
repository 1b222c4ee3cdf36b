import { ArgumentType } from "hardhat/types/arguments";
import type { HardhatPlugin } from "hardhat/types/plugins";
import { badgeTasks } from "./badge/index.js";
import { buildTasks } from "./build/index.js";
import { lateTypeChain } from "./build/typechain.js";
import { daoTasks } from "./dao/index.js";
import { devTasks } from "./dev/index.js";
import { dropTasks } from "./drop/index.js";
import { decisionTasks } from "./decision/index.js";
import { ideaTasks } from "./idea/index.js";
import { nicknameTasks } from "./nickname/index.js";
import { passTasks } from "./pass/index.js";
import { perkTasks } from "./perk/index.js";
import { proposalTasks } from "./proposal/index.js";
import { relayTasks } from "./relay/index.js";
import { safeTasks } from "./safe/index.js";
import { seasonTasks } from "./season/index.js";
import { tokenTasks } from "./token/index.js";

declare module "hardhat/types/config" {
  interface HardhatConfig {
    /** Of the account that pays for what the relay sends. */
    readonly relayKey: ResolvedConfigurationVariable;
  }
}

declare module "hardhat/types/global-options" {
  interface GlobalOptions {
    maxFee: string | undefined;
    patience: string | undefined;
  }
}

/** All tasks of the project, and how they speak with nodes. */
const kyoso: HardhatPlugin = {
  id: "kyoso",
  // Not published: it is part of this repository.
  npmPackage: null,
  // Named here and not in hardhat.config.ts, so that it is loaded after tasks/index.ts has made loading quick.
  dependencies: () => [lateTypeChain(), import("@nomicfoundation/hardhat-toolbox-mocha-ethers")],
  tasks: [
    ...daoTasks,
    ...proposalTasks,
    ...ideaTasks,
    ...passTasks,
    ...perkTasks,
    ...decisionTasks,
    ...nicknameTasks,
    ...tokenTasks,
    ...badgeTasks,
    ...dropTasks,
    ...seasonTasks,
    ...relayTasks,
    ...safeTasks,
    ...buildTasks,
    ...devTasks,
  ],
  globalOptions: [
    {
      name: "maxFee",
      description:
        'What to pay at most for a unit of gas, where something is sent, such as "30 gwei"; without it, what a node asks for far beyond the usual is refused',
      type: ArgumentType.STRING_WITHOUT_DEFAULT,
      defaultValue: undefined,
    },
    {
      name: "patience",
      description:
        "Seconds to follow a transaction at most, before a command ends without knowing what becomes of it; 600 without it",
      type: ArgumentType.STRING_WITHOUT_DEFAULT,
      defaultValue: undefined,
    },
  ],
  hookHandlers: {
    config: () => import("./hooks/config.js"),
    network: () => import("./hooks/network.js"),
    solidity: () => import("./hooks/solidity.js"),
  },
};

export default kyoso;
