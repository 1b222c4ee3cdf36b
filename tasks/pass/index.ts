import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import { acting, dao, json, option, submitting } from "../options.js";

/** An argument that may be left out. */
function optional<Name extends string>(name: Name, description: string) {
  return { name, description, type: ArgumentType.STRING_WITHOUT_DEFAULT, defaultValue: undefined } as const;
}

const account = optional("account", "Address of who holds passes; your own without it");

/** Tasks of membership passes. */
export const passTasks = [
  emptyTask("pass", "Membership cards, which live with what their holders do").build(),

  acting(
    task(["pass", "mint"], "Mint the pass of a badge to whoever holds the badge").addPositionalArgument(
      optional("badge", "Number of the badge; your own first one that has no pass yet without it"),
    ),
  )
    .setAction(lazily(() => import("./mint.js")))
    .build(),

  submitting(
    task(["pass", "terms"], "Say which kind of badge entitles to a pass, and how passes look")
      .addOption(option("kind", 'Name or number of the kind of badge; "none" has no more minted'))
      .addOption(
        option("royalty", 'What markets are asked to pay the treasury of a price: "5%"; at most 10%'),
      )
      .addOption(option("colour", 'The brand\'s colour, such as "#8e4b4a"'))
      .addOption(option("language", 'Language of the labels: "ja" or "en"')),
  )
    .setAction(lazily(() => import("./terms.js")))
    .build(),

  task(["pass", "show"], "Show the passes that somebody holds, and how the holder stands")
    .addPositionalArgument(account)
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./show.js")))
    .build(),

  task(["pass", "card"], "Save a pass as a picture (SVG)")
    .addPositionalArgument(optional("pass", "Number of the pass; your own first one without it"))
    .addOption(option("out", "Where to write it; pass.svg without it"))
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./card.js")))
    .build(),
];
