import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import { dao, json, submitting } from "../options.js";

/** Tasks of the ladder that members climb. */
export const titleTasks = [
  emptyTask(["badge", "title"], "Titles that come with points").build(),

  task(["badge", "title", "list"], "List the titles, and how many members have each")
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./titleList.js")))
    .build(),

  submitting(
    task(["badge", "title", "set"], "Replace the titles").addVariadicArgument({
      name: "titles",
      description:
        'Each as "name:points", at most 5, the lowest first and with 0 points: "Guest:0" "常連:100"; or "none"',
      type: ArgumentType.STRING,
    }),
  )
    .setAction(lazily(() => import("./titleSet.js")))
    .build(),
];
