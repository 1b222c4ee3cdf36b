import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

const json = { name: "json", description: "Print JSON instead of text" } as const;

/** Tasks of a whole DAO. */
export const daoTasks = [
  emptyTask("dao", "Launch a brand's DAO, and look after it").build(),

  task(["dao", "launch"], "Launch the DAO of a brand file")
    .addPositionalArgument({
      name: "brand",
      description: "Name of a file in brands/, or a path to one",
      type: ArgumentType.STRING,
    })
    .addFlag({ name: "dryRun", description: "Show what would be done and what it costs, and send nothing" })
    .addFlag(json)
    .setAction(() => import("./launch.js"))
    .build(),

  task(["dao", "status"], "Show how a DAO stands")
    .addOption({
      name: "dao",
      description: "Slug of the DAO, where there are several",
      type: ArgumentType.STRING_WITHOUT_DEFAULT,
      defaultValue: undefined,
    })
    .addFlag(json)
    .setAction(() => import("./status.js"))
    .build(),

  task(["dao", "audit"], "Compare a DAO on the chain with its brand file")
    .addOption({
      name: "dao",
      description: "Slug of the DAO, where there are several",
      type: ArgumentType.STRING_WITHOUT_DEFAULT,
      defaultValue: undefined,
    })
    .addOption({
      name: "brand",
      description: "The brand file, where it isn't brands/<slug>.yaml",
      type: ArgumentType.STRING_WITHOUT_DEFAULT,
      defaultValue: undefined,
    })
    .addFlag(json)
    .setAction(() => import("./audit.js"))
    .build(),

  task(["dao", "demo"], "Tell the story of a brand's DAO on a chain of its own")
    .setAction(() => import("./demo.js"))
    .build(),
];
