import { emptyTask, task } from "hardhat/config";
import { lazily } from "../lazy.js";
import { ArgumentType } from "hardhat/types/arguments";
import { acting, dao, dryRun, from, json, option, positional, submitting } from "../options.js";

/** Tasks of a whole DAO. */
export const daoTasks = [
  emptyTask("dao", "Launch a brand's DAO, and look after it").build(),

  task(["dao", "launch"], "Launch the DAO of a brand file")
    .addPositionalArgument(positional("brand", "Name of a file in brands/, or a path to one"))
    .addOption(from)
    .addFlag({ ...dryRun, description: "Show what would be done and what it costs, and send nothing" })
    .addFlag(json)
    .setAction(lazily(() => import("./launch.js")))
    .build(),

  task(["dao", "status"], "Show how a DAO stands")
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./status.js")))
    .build(),

  task(["dao", "audit"], "Compare a DAO on the chain with its brand file")
    .addOption(dao)
    .addOption(option("brand", "The brand file, where it isn't brands/<slug>.yaml"))
    .addFlag({
      name: "prove",
      description:
        "Try every call that administers the DAO, as everybody, too: who is let in; nothing is sent",
    })
    .addFlag(json)
    .setAction(lazily(() => import("./audit.js")))
    .build(),

  task(["dao", "phase"], "Show how far power has been handed over, what is next, when, and who can do it")
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./phase.js")))
    .build(),

  submitting(
    task(["dao", "phase", "advance"], "Take the next step of the handover: end the veto, or hand over"),
  )
    .setAction(lazily(() => import("./phaseAdvance.js")))
    .build(),

  submitting(
    task(["dao", "resign"], "Have the Safe give up its veto before its date, or all its powers").addFlag({
      name: "all",
      description: "Hand over to the community as well: the Safe keeps no power",
    }),
  )
    .setAction(lazily(() => import("./resign.js")))
    .build(),

  submitting(
    task(["dao", "veto"], "Have the Safe end a proposal, for ever; the same as `proposal cancel --via safe`")
      .addPositionalArgument(
        positional("proposal", "Number of the proposal, as `proposal list` shows it, or its id"),
      )
      .addOption(option("reason", "Why the Safe vetoes it; everybody can read it, for ever")),
  )
    .setAction(lazily(() => import("./veto.js")))
    .build(),

  acting(task(["dao", "halt"], "Halt all awards, claims and recoveries at once, as one owner of the Safe"))
    .setAction(lazily(() => import("./halt.js")))
    .build(),

  submitting(task(["dao", "resume"], "Resume awards, claims and recoveries after a halt"))
    .setAction(lazily(() => import("./resume.js")))
    .build(),

  task(
    ["dao", "verify"],
    "Compile the contracts, and compare their code with a DAO's on the chain: no explorer is asked",
  )
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./verify.js")))
    .build(),

  submitting(
    task(
      ["dao", "enable-modules"],
      "Give a DAO the idea board and the membership pass that it began without, by a proposal",
    )
      .addPositionalArgument({
        name: "module",
        description: '"board" or "pass"; both without it',
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption(
        option("brand", "The brand file that says how the pass begins, where it isn't brands/<slug>.yaml"),
      ),
  )
    .setAction(lazily(() => import("./enableModules.js")))
    .build(),

  task(["dao", "export"], "Write the DAO's addresses and interfaces for other programs")
    .addOption(option("out", "Folder to write to; exports/<chain id>/<slug> without it"))
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./export.js")))
    .build(),

  task(["dao", "page"], "Write the community page's folder, to be put on any web server")
    .addOption(option("out", "Folder to write to; exports/<chain id>/<slug>-page without it"))
    .addOption(dao)
    .addOption(option("brand", "The brand file, where it isn't brands/<slug>.yaml"))
    .addOption(
      option("rpc", "Nodes that browsers ask, with spaces between them, instead of the brand file's"),
    )
    .addFlag(json)
    .setAction(lazily(() => import("./page.js")))
    .build(),

  task(
    ["dao", "try"],
    "Start a chain, the demo's DAO on it, its page and a relay on this computer, until Ctrl-C",
  )
    .addOption(
      option("port", "Port of the page; the next two are the chain's and the relay's. 8080 without it"),
    )
    .setAction(lazily(() => import("./try.js")))
    .build(),

  task(["dao", "demo"], "Tell the story of a brand's DAO on a chain of its own")
    .setAction(lazily(() => import("./demo.js")))
    .build(),
];
