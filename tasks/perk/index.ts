import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import { dao, json, option, positional, submitting } from "../options.js";

/** Tasks of what members get. */
export const perkTasks = [
  emptyTask("perk", "What members get, and who gets it").build(),

  submitting(
    task(["perk", "add"], "Add a perk, with a rule of up to four conditions; it never changes")
      .addPositionalArgument(positional("name", "What it is called, in at most 64 bytes"))
      .addVariadicArgument({
        name: "conditions",
        description:
          'Such as "1 pass", "2 badges of レビュー", "100 points", "50 points this season", "rank 3", "30 days", "1,000 tokens"; all are needed, and "or" begins an alternative',
        type: ArgumentType.STRING,
      })
      .addOption(option("uri", "Where more is said; nothing that is secret"))
      .addFlag({
        name: "once",
        description: "Somebody gets it once, as a coupon: whoever gives it marks that",
      }),
  )
    .setAction(lazily(() => import("./add.js")))
    .build(),

  submitting(
    task(["perk", "close"], "End a perk, for ever").addPositionalArgument(
      positional("perk", "Number of the perk, as `perk list` shows it"),
    ),
  )
    .setAction(lazily(() => import("./close.js")))
    .build(),

  task(["perk", "list"], "List the perks and their rules")
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./list.js")))
    .build(),

  task(["perk", "check"], "Show which perks an account gets now, and what it misses of the others")
    .addPositionalArgument({
      name: "account",
      description: "Address of the member; your own without it",
      type: ArgumentType.STRING_WITHOUT_DEFAULT,
      defaultValue: undefined,
    })
    .addOption(option("perk", "Number of the one perk that is asked for"))
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./check.js")))
    .build(),
];
