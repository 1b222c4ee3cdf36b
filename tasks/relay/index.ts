import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import { dao, json, option, positional } from "../options.js";

/** Tasks of whoever runs a relay, which pays the gas of what people signed. */
export const relayTasks = [
  emptyTask("relay", "Run a relay, which pays the gas of what people signed").build(),

  task(["relay", "init"], "Write the settings of a relay, from the DAO's record")
    .addOption(option("out", "Where to write them; relay.yaml without it. Nothing that is there is replaced"))
    .addOption(
      option(
        "page",
        "Address of the page that may ask it; those of the campaigns made on this computer without it",
      ),
    )
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./init.js")))
    .build(),

  task(
    ["relay", "key"],
    "Say which account the relay pays with; where it has no key yet, make one in Hardhat's keystore",
  )
    .addFlag(json)
    .setAction(lazily(() => import("./key.js")))
    .build(),

  task(["relay", "start"], "Start a relay, with its key from Hardhat's keystore or the environment")
    .addPositionalArgument({
      name: "settings",
      description: "File of its settings, as `relay init` writes it",
      type: ArgumentType.STRING,
      defaultValue: "relay.yaml",
    })
    .setAction(lazily(() => import("./start.js")))
    .build(),

  task(["relay", "status"], "Ask a relay how it stands, or what became of something that was handed in")
    .addPositionalArgument(positional("url", "Where the relay is"))
    .addPositionalArgument({
      name: "job",
      description: "What was said when it was handed in; the relay itself without it",
      type: ArgumentType.STRING_WITHOUT_DEFAULT,
      defaultValue: undefined,
    })
    .addFlag(json)
    .setAction(lazily(() => import("./status.js")))
    .build(),
];
