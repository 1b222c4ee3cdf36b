import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import { acting, dao, from, json, option, positional, relay, submitting } from "../options.js";

const idea = positional("idea", 'The idea, such as "3-12", as `idea list` and `idea show` have it');

const reason = positional("reason", "Why: it goes on the chain, for ever, and everybody reads it");

/** Texts of which there are any number. */
function several<Name extends string>(name: Name, description: string) {
  return { name, description, type: ArgumentType.STRING } as const;
}

/** Tasks of co-creation: customers put ideas forward, and say which they want. */
export const ideaTasks = [
  emptyTask("idea", "Ask for ideas, support them, and carry out those that win").build(),

  submitting(
    task(["idea", "call"], "Open a call for ideas; or with options, a poll")
      .addPositionalArgument(positional("question", "What is asked"))
      .addVariadicArgument({
        ...several("options", "Of a poll, each in quotes; without any, members put ideas forward"),
        defaultValue: [],
      })
      .addOption(option("ideasFor", 'How long ideas are taken, such as "14 days" (the default)'))
      .addOption(option("supportFor", 'How long support is taken after that; "7 days" without it'))
      .addOption(option("ideasPerMember", "Ideas that a member can put forward, 1 to 10; 3 without it"))
      .addOption(option("winners", "How many ideas win, 1 to 6; 3 without it, and of a poll 1"))
      .addOption(
        option("counting", '"voice" (the default) counts members, "weight" their votes when support begins'),
      )
      .addOption(option("choice", '"approve" (the default) lets each support up to ten, "pick one" just one'))
      .addOption(
        option("memberDays", "Where members count: for how many days they have to be some; 0 without it"),
      )
      .addOption(
        option(
          "badge",
          "Kind of badge that the authors of winners are awarded when these ship; none without it",
        ),
      )
      .addOption(option("rules", "URI of the rules"))
      .addOption(option("rulesHash", "Hash of the rules, 32 bytes in hexadecimal")),
  )
    .setAction(lazily(() => import("./call.js")))
    .build(),

  task(["idea", "list"], "List the calls, the newest first, and how each stands")
    .addOption(dao)
    .addFlag({ name: "all", description: "Show all of them, and not only the newest 20" })
    .addFlag(json)
    .setAction(lazily(() => import("./list.js")))
    .build(),

  task(["idea", "show"], "Show a call with its ideas, or an idea with its whole life")
    .addPositionalArgument(positional("what", 'Number of a call, such as "3", or an idea, such as "3-12"'))
    .addOption(dao)
    .addFlag({ name: "all", description: "Show hidden and withdrawn ideas too" })
    .addFlag(json)
    .setAction(lazily(() => import("./show.js")))
    .build(),

  acting(
    task(["idea", "submit"], "Put an idea forward")
      .addPositionalArgument(positional("call", "Number of the call"))
      .addPositionalArgument(positional("title", "What it is, in a line of at most 200 bytes"))
      .addOption(option("text", "More about it; it goes on the chain, for ever, in some 1,400 bytes at most"))
      .addOption(option("uri", "Where more is said, instead of --text"))
      .addOption(option("hash", "Hash of what is there, 32 bytes in hexadecimal")),
  )
    .setAction(lazily(() => import("./submit.js")))
    .build(),

  acting(
    task(
      ["idea", "withdraw"],
      "Take back an idea that you put forward, as long as no support is taken",
    ).addPositionalArgument(idea),
  )
    .setAction(lazily(() => import("./withdraw.js")))
    .build(),

  acting(
    task(
      ["idea", "support"],
      "Say which ideas of a call you want; it is never taken back",
    ).addVariadicArgument(several("ideas", 'Ideas of one call, such as "3-1" "3-4"')),
  )
    .setAction(lazily(() => import("./support.js")))
    .build(),

  task(["idea", "sign"], "Say which ideas you want without gas: write a signed file that anybody can relay")
    .addVariadicArgument(several("ideas", 'Ideas of one call, such as "3-1" "3-4"'))
    .addOption(
      option("supporter", "A contract wallet, such as a Safe, to sign for; it has to accept the signature"),
    )
    .addOption(
      option(
        "out",
        "Where to write the file; outbox/<chain id>/<slug>/… without it. One of a Safe that is there already gets one more signature",
      ),
    )
    .addOption(relay)
    .addOption(dao)
    .addOption(from)
    .addFlag(json)
    .setAction(lazily(() => import("./sign.js")))
    .build(),

  acting(
    task(["idea", "relay"], "Hand in signed support, and pay for it").addVariadicArgument(
      several("files", "Files, as `idea sign` writes them, or folders with them"),
    ),
  )
    .setAction(lazily(() => import("./relay.js")))
    .build(),

  submitting(
    task(
      ["idea", "adopt"],
      "Say that an idea is to be carried out, once its call is over; --via proposal drafts a proposal that links it",
    ).addPositionalArgument(idea),
  )
    .setAction(lazily(() => import("./adopt.js")))
    .build(),

  submitting(
    task(["idea", "ship"], "Say that an adopted idea was carried out; a winner's author is awarded its badge")
      .addPositionalArgument(idea)
      .addOption(option("uri", "Where to see it"))
      .addOption(option("evidence", "Salted hash for the badge, 32 bytes in hexadecimal; none without it")),
  )
    .setAction(lazily(() => import("./ship.js")))
    .build(),

  submitting(
    task(
      ["idea", "hide"],
      "Ask pages not to show an idea, with a reason that everybody reads; it counts as before",
    )
      .addPositionalArgument(idea)
      .addPositionalArgument(reason),
  )
    .setAction(lazily(() => import("./hide.js")))
    .build(),

  submitting(
    task(["idea", "unhide"], "Ask pages to show an idea again that a steward has hidden")
      .addPositionalArgument(idea)
      .addPositionalArgument(reason),
  )
    .setAction(lazily(() => import("./unhide.js")))
    .build(),
];
