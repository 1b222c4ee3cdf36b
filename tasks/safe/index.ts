import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import {
  acting,
  allowUnknownCalls,
  dao,
  dryRun,
  from,
  json,
  option,
  positional,
  service,
} from "../options.js";

const file = positional("file", "A file of a Safe transaction, as --via safe writes it");
const files = (copies: string) =>
  ({
    name: "files",
    description: `Files of Safe transactions${copies}, or folders with them; with --service, their hashes will do`,
    type: ArgumentType.STRING,
  }) as const;

/** Tasks of the owners of the brand's Safe. */
export const safeTasks = [
  emptyTask("safe", "What the owners of the brand's Safe do").build(),

  task(["safe", "create"], "Create a Safe")
    .addOption(option("owners", "Addresses of its owners, with commas between them"))
    .addOption(option("threshold", "How many of them have to sign"))
    .addOption(option("name", "Tells apart Safes with the same owners; any text"))
    .addOption(from)
    .addFlag(dryRun)
    .addFlag(json)
    .setAction(lazily(() => import("./create.js")))
    .build(),

  task(["safe", "status"], "Show the Safe: owners, powers, what waits for signatures, and what is scheduled")
    .addOption(service)
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./status.js")))
    .build(),

  task(["safe", "sign"], "Read Safe transactions, one or many, and sign them as an owner")
    .addVariadicArgument(files(""))
    .addOption(service)
    .addOption(dao)
    .addOption(from)
    .addFlag({ ...dryRun, description: "Only read it: this needs no key" })
    .addFlag(allowUnknownCalls)
    .addFlag(json)
    .setAction(lazily(() => import("./sign.js")))
    .build(),

  acting(
    task(["safe", "execute"], "Send Safe transactions that enough owners have signed, one after the other")
      .addVariadicArgument(files(", also copies that several owners signed"))
      .addOption(service)
      .addFlag(allowUnknownCalls),
  )
    .setAction(lazily(() => import("./execute.js")))
    .build(),

  task(["safe", "export"], "Write a Safe transaction for the Transaction Builder of Safe{Wallet}")
    .addPositionalArgument(file)
    .addOption(option("out", "Where to write it"))
    .addOption(dao)
    .addFlag(allowUnknownCalls)
    .addFlag(json)
    .setAction(lazily(() => import("./export.js")))
    .build(),

  acting(
    task(["safe", "import"], "Make a Safe transaction of a file of the Transaction Builder of Safe{Wallet}")
      .addPositionalArgument(positional("file", "JSON, as the Transaction Builder saves it"))
      .addOption(service)
      .addFlag(allowUnknownCalls),
  )
    .setAction(lazily(() => import("./import.js")))
    .build(),
];
