import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import { acting, dao, json, option, positional, relay, submitting } from "../options.js";

const token = option("token", "Address of another token than the brand's");

/** An argument that may be left out. */
const account = {
  name: "account",
  description: "Address of the member; your own without it",
  type: ArgumentType.STRING_WITHOUT_DEFAULT,
  defaultValue: undefined,
} as const;

/** Tasks of seasons and their rewards. */
export const seasonTasks = [
  emptyTask("season", "Share a budget among those who contributed in a season").build(),

  task(["season", "list"], "List the seasons, their budgets, and when these can be claimed")
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./list.js")))
    .build(),

  task(["season", "show"], "Show what a member earns by its seasons")
    .addPositionalArgument(account)
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./show.js")))
    .build(),

  submitting(
    task(["season", "fund"], "Add to what a season shares")
      .addPositionalArgument(positional("season", 'Number of the season, or "current"'))
      .addPositionalArgument(positional("amount", 'How much, such as "1,000"'))
      .addOption(token),
  )
    .setAction(lazily(() => import("./fund.js")))
    .build(),

  acting(
    task(["season", "claim"], "Have a member paid its share of a season's reward, or all members")
      .addPositionalArgument({
        name: "season",
        description: "Number of the season; the one that can be claimed without it",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addPositionalArgument(account)
      .addFlag({ name: "all", description: "Have all members paid who are due something, many at a time" })
      .addOption(option("token", "Address of the one token to claim; all of them without it"))
      .addOption({ ...relay, description: "URL of the DAO's relay, which pays the gas" }),
  )
    .setAction(lazily(() => import("./claim.js")))
    .build(),

  acting(task(["season", "return"], "Send to the treasury what nobody can claim any more").addOption(token))
    .setAction(lazily(() => import("./return.js")))
    .build(),
];
