import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import { acting, dao, from, json, option, positional, relay, service, via } from "../options.js";

const account = positional("account", "Address of an account, or a name of the DAO such as treasury");

/** Tasks of those who hold the token, and of those who ask who does. */
export const tokenTasks = [
  emptyTask("token", "Votes, balances and delegation").build(),

  acting(
    task(
      ["token", "delegate"],
      "Have somebody else vote with your votes, or take them back",
    ).addPositionalArgument(positional("to", 'Address of who votes for you, or "self"')),
  )
    .setAction(lazily(() => import("./delegate.js")))
    .build(),

  acting(
    task(["token", "send"], "Send tokens: your own, the Safe's, or with a proposal the treasury's")
      .addPositionalArgument(positional("to", "Address of who gets them, or treasury, or safe"))
      .addPositionalArgument(positional("amount", 'How much, such as "1,000"'))
      .addOption(option("token", "Address of another token than the brand's"))
      .addOption({
        ...via,
        description:
          'Who sends: "signer" (the default) from your own account at once, "safe" writes a file for the Safe\'s owners to sign, "proposal" writes a draft of a proposal',
      })
      .addOption(service),
  )
    .setAction(lazily(() => import("./send.js")))
    .build(),

  task(["token", "delegates"], "Show who votes with whose votes")
    .addOption(option("account", "Only this account: whom it trusts, and who trusts it"))
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./delegates.js")))
    .build(),

  task(["token", "votes"], "Show how many votes an account has, and where they come from")
    .addPositionalArgument(account)
    .addOption(
      option("at", 'A moment in the past: "2027-04-01", "2027-04-01 09:00" (UTC), or a proposal as "#3"'),
    )
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./votes.js")))
    .build(),

  task(["token", "balance"], "Show what an account holds")
    .addPositionalArgument(account)
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./balance.js")))
    .build(),

  task(["token", "holders"], "List who holds the token, or has earned votes")
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./holders.js")))
    .build(),

  task(
    ["token", "sign"],
    "Delegate without gas: write a signed delegation that anybody can relay. With a plain key only: the token's standard (ERC-5805) takes no signatures of contract wallets",
  )
    .addPositionalArgument(positional("to", 'Address of who votes for you, or "self"'))
    .addOption(option("expires", 'Until when it can be used: "7 days" (the default), or a date'))
    .addOption(option("out", "Where to write the delegation; outbox/<chain id>/<slug>/… without it"))
    .addOption(relay)
    .addOption(dao)
    .addOption(from)
    .addFlag(json)
    .setAction(lazily(() => import("./sign.js")))
    .build(),

  acting(
    task(["token", "relay"], "Carry out signed delegations, and pay for them").addVariadicArgument({
      name: "files",
      description: "Delegations, as `token sign` writes them, or folders with them",
      type: ArgumentType.STRING,
    }),
  )
    .setAction(lazily(() => import("./relay.js")))
    .build(),
];
