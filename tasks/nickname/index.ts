import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import { acting, dao, from, json, option, positional, relay } from "../options.js";

const nickname = positional("nickname", 'At most 32 bytes; "" to be called nothing');

/** Tasks of what accounts want to be called. */
export const nicknameTasks = [
  emptyTask("nickname", "What accounts want to be called; it proves nothing about them").build(),

  acting(task(["nickname", "set"], "Say what you want to be called").addPositionalArgument(nickname))
    .setAction(lazily(() => import("./set.js")))
    .build(),

  task(["nickname", "sign"], "Say it without gas: write a signed nickname that anybody can relay")
    .addPositionalArgument(nickname)
    .addOption(
      option("account", "A contract wallet, such as a Safe, to sign for; it has to accept the signature"),
    )
    .addOption(option("expires", 'Until when it can be used: "7 days" (the default), or a date'))
    .addOption(
      option(
        "out",
        "Where to write it; outbox/<chain id>/<slug>/… without it. One of a Safe that is there already gets one more signature",
      ),
    )
    .addOption(relay)
    .addOption(dao)
    .addOption(from)
    .addFlag(json)
    .setAction(lazily(() => import("./sign.js")))
    .build(),

  acting(
    task(["nickname", "relay"], "Hand in signed nicknames, and pay for them").addVariadicArgument({
      name: "files",
      description: "Nicknames, as `nickname sign` writes them, or folders with them",
      type: ArgumentType.STRING,
    }),
  )
    .setAction(lazily(() => import("./relay.js")))
    .build(),
];
