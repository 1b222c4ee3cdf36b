import { emptyTask, task } from "hardhat/config";
import { lazily } from "../lazy.js";
import { acting, dao, json, option, service, via } from "../options.js";

/** Tasks of decisions that move no money. */
export const decisionTasks = [
  emptyTask("decision", "Decisions that move no money: a name, a partner, a stance").build(),

  acting(
    task(["decision", "record"], "Write a decision down; it is the DAO's where a passed proposal does")
      .addOption(option("uri", "Where its text is, in at most 256 bytes"))
      .addOption(option("hash", "Hash of its text, 32 bytes in hexadecimal"))
      .addOption(option("kind", 'What kind of decision it is: a short word such as "name"'))
      .addOption({
        ...via,
        description:
          'Whose decision it is: with "proposal" (the default), which writes a draft of one, the DAO\'s; with "safe" the Safe\'s, whose owners sign a file; with "signer" that of your own account, at once',
      })
      .addOption(service),
  )
    .setAction(lazily(() => import("./record.js")))
    .build(),

  task(["decision", "list"], "List the DAO's decisions, the oldest first")
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./list.js")))
    .build(),
];
