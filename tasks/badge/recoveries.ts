import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import { acting, dao, json, option, positional, submitting } from "../options.js";

const old = positional("old", "The account that was lost");

/** Tasks for members who lost their account. */
export const recoveryTasks = [
  emptyTask(["badge", "recovery"], "What a member earned, moved from a lost account to another").build(),

  submitting(
    task(
      ["badge", "recovery", "request"],
      "Ask for what an account earned to be moved to another one: after a while, anyone can finish it. For stewards",
    )
      .addPositionalArgument(old)
      .addPositionalArgument(positional("new", "The account that its member has now")),
  )
    .setAction(lazily(() => import("./recoveryRequest.js")))
    .build(),

  acting(
    task(
      ["badge", "recovery", "refuse"],
      "Refuse the recovery of your account, which isn't lost, or one into it. Without gas: write a signed refusal that anybody can relay",
    )
      .addFlag({ name: "sign", description: "Send nothing: sign it, for others to relay" })
      .addOption(
        option(
          "account",
          "A contract wallet that refuses, such as a Safe: with --sign, by its key or an owner's",
        ),
      )
      .addOption(option("out", "Where to write what is signed; outbox/<chain id>/<slug>/… without it")),
  )
    .setAction(lazily(() => import("./recoveryRefuse.js")))
    .build(),

  acting(
    task(
      ["badge", "recovery", "relay"],
      "Carry out signed refusals of recoveries, and pay for them",
    ).addVariadicArgument({
      name: "files",
      description: "Refusals, as `badge recovery refuse --sign` writes them, or folders with them",
      type: ArgumentType.STRING,
    }),
  )
    .setAction(lazily(() => import("./recoveryRelay.js")))
    .build(),

  submitting(
    task(
      ["badge", "recovery", "cancel"],
      "End a recovery, or what is left of it: what was moved stays. For stewards and proposals",
    ).addPositionalArgument(old),
  )
    .setAction(lazily(() => import("./recoveryCancel.js")))
    .build(),

  acting(
    task(
      ["badge", "recovery", "finish"],
      "Carry a recovery out, once its time has come. For anyone; can be run again where it broke off",
    ).addPositionalArgument(old),
  )
    .setAction(lazily(() => import("./recoveryFinish.js")))
    .build(),

  task(["badge", "recovery", "list"], "List recoveries: those that are to come, that run, and that are over")
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./recoveryList.js")))
    .build(),
];
