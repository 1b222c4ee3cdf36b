import { emptyTask, task } from "hardhat/config";
import { lazily } from "../lazy.js";
import { acting, dao, json, option, positional, submitting } from "../options.js";
import { recoveryTasks } from "./recoveries.js";
import { titleTasks } from "./titles.js";
import { voucherTasks } from "./vouchers.js";

const account = positional("account", "Address of the member");
const kind = positional("kind", "Name or number of the badge's kind");

/** Tasks of those who recognise contributions, and of those who look at them. */
export const badgeTasks = [
  emptyTask("badge", "Recognise what people contribute").build(),
  emptyTask(["badge", "kind"], "Kinds of badges").build(),

  submitting(
    task(["badge", "kind", "add"], "Add a kind of badge")
      .addPositionalArgument(positional("name", "What the badge is called"))
      .addOption(option("description", "What it is awarded for, for its holders to read"))
      .addOption(option("image", "URI of a picture; a card is drawn without it"))
      .addOption(option("points", "Points of each badge"))
      .addOption(option("votes", 'Votes that come with each badge, such as "100"; only by a proposal'))
      .addOption(
        option(
          "issuer",
          'Number of a role from 100 on that awards it, or "board" for the idea board; the DAO\'s issuers without it',
        ),
      )
      .addOption(option("supply", "How many there can ever be; any number without it"))
      .addOption(option("dailyPoints", "How many points can be awarded a day; any number without it")),
  )
    .setAction(lazily(() => import("./kindAdd.js")))
    .build(),

  submitting(
    task(["badge", "kind", "close"], "End the awards of a kind, for ever").addPositionalArgument(kind),
  )
    .setAction(lazily(() => import("./kindClose.js")))
    .build(),

  task(["badge", "kind", "list"], "List the kinds, and what is left of their limits")
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./kindList.js")))
    .build(),

  submitting(
    task(["badge", "award"], "Award a badge")
      .addPositionalArgument(kind)
      .addPositionalArgument(account)
      .addOption(option("evidence", "What for, required; only its salted hash goes on chain")),
  )
    .setAction(lazily(() => import("./award.js")))
    .build(),

  submitting(
    task(["badge", "award-batch"], "Award the badges of a CSV file with the columns kind, account, evidence")
      .addPositionalArgument(positional("file", "CSV"))
      .addOption(
        option("evidenceUri", "Where the evidence can be asked for; goes on chain with every badge"),
      ),
  )
    .setAction(lazily(() => import("./awardBatch.js")))
    .build(),

  submitting(
    task(["badge", "revoke"], "Take a badge back")
      .addPositionalArgument(positional("badge", "Number of the badge"))
      .addOption(option("reason", "Why, required; everybody can read it, for ever")),
  )
    .setAction(lazily(() => import("./revoke.js")))
    .build(),

  acting(
    task(
      ["badge", "grant-votes"],
      "Give badges the votes that the limits of earned votes withheld, as far as they let them through now. For anyone",
    ).addPositionalArgument(
      positional("badges", 'Numbers of badges, such as "12,15"; or an account, for all of its badges'),
    ),
  )
    .setAction(lazily(() => import("./grantVotes.js")))
    .build(),

  task(["badge", "show"], "Show a member's page")
    .addPositionalArgument(account)
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./show.js")))
    .build(),

  task(["badge", "card"], "Write the card of a member's badge as an SVG picture")
    .addPositionalArgument(account)
    .addOption(option("out", "Where to write it; card.svg without it"))
    .addOption(option("badge", "Number of the badge; the member's newest without it"))
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./card.js")))
    .build(),

  task(["badge", "board"], "Show who contributed most")
    .addOption(option("season", 'Number of a season, or "all" for all time; the current one without it'))
    .addOption(dao)
    .addFlag({ name: "all", description: "Show everybody, and not only the first 20" })
    .addFlag(json)
    .setAction(lazily(() => import("./board.js")))
    .build(),

  ...titleTasks,
  ...voucherTasks,
  ...recoveryTasks,
];
