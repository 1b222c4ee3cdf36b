import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import {
  acting,
  allowUnknownCalls,
  dao,
  from,
  json,
  option,
  positional,
  relay,
  service,
  via,
} from "../options.js";

const proposal = positional("proposal", "Number of the proposal, as `proposal list` shows it, or its id");

/** Tasks of those who propose, vote, and carry out what was decided. */
export const proposalTasks = [
  emptyTask("proposal", "Propose, vote, and carry out what was decided").build(),

  acting(
    task(["proposal", "create"], "Propose what a Markdown file says")
      .addPositionalArgument(positional("file", "Markdown; its front matter lists the actions"))
      .addFlag({ name: "anyway", description: "Propose it although calls of it would fail now" })
      .addFlag(allowUnknownCalls),
  )
    .setAction(lazily(() => import("./create.js")))
    .build(),

  task(["proposal", "list"], "List the proposals, the newest first")
    .addOption(dao)
    .addFlag({ name: "all", description: "Show all of them, and not only the newest 20" })
    .addFlag(json)
    .setAction(lazily(() => import("./list.js")))
    .build(),

  task(["proposal", "show"], "Show a proposal: what it does, how it stands, who voted what and why")
    .addPositionalArgument(proposal)
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./show.js")))
    .build(),

  acting(
    task(["proposal", "vote"], "Vote on a proposal")
      .addPositionalArgument(proposal)
      .addPositionalArgument(positional("support", '"for", "against" or "abstain"'))
      .addOption(option("reason", "Why; everybody can read it, for ever")),
  )
    .setAction(lazily(() => import("./vote.js")))
    .build(),

  acting(
    task(["proposal", "queue"], "Put a proposal that passed into the timelock's queue").addPositionalArgument(
      proposal,
    ),
  )
    .setAction(lazily(() => import("./queue.js")))
    .build(),

  acting(
    task(["proposal", "execute"], "Carry out a queued proposal whose delay is over").addPositionalArgument(
      proposal,
    ),
  )
    .setAction(lazily(() => import("./execute.js")))
    .build(),

  acting(
    task(["proposal", "cancel"], "Withdraw an own proposal before voting opens; or, as the Safe, veto one")
      .addPositionalArgument(proposal)
      .addOption(option("reason", "Why the Safe vetoes it; everybody can read it, for ever"))
      .addOption({ ...via, description: '"signer" (the default) withdraws an own proposal, "safe" vetoes' })
      .addOption(service),
  )
    .setAction(lazily(() => import("./cancel.js")))
    .build(),

  task(["proposal", "sign"], "Vote without gas: write a signed ballot that anybody can relay")
    .addPositionalArgument(proposal)
    .addPositionalArgument(positional("support", '"for", "against" or "abstain"'))
    .addOption(option("reason", "Why; everybody can read it, for ever"))
    .addOption(
      option("voter", "A contract wallet, such as a Safe, to vote for; it has to accept the signature"),
    )
    .addOption(
      option(
        "out",
        "Where to write the ballot; outbox/<chain id>/<slug>/… without it. A ballot of a Safe that is there already gets one more signature",
      ),
    )
    .addOption(relay)
    .addOption(dao)
    .addOption(from)
    .addFlag(json)
    .setAction(lazily(() => import("./sign.js")))
    .build(),

  acting(
    task(["proposal", "relay"], "Cast signed ballots, and pay for them").addVariadicArgument({
      name: "files",
      description: "Ballots, as `proposal sign` writes them, or folders with them",
      type: ArgumentType.STRING,
    }),
  )
    .setAction(lazily(() => import("./relay.js")))
    .build(),

  task(["proposal", "watch"], "Follow a proposal until its end")
    .addPositionalArgument(proposal)
    .addOption(option("every", 'How often to look, for instance "30 seconds"; every 12 seconds without it'))
    .addOption(dao)
    .addFlag({ ...json, description: "Print a JSON object for each change, one a line" })
    .setAction(lazily(() => import("./watch.js")))
    .build(),
];
