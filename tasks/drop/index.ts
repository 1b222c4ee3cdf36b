import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import { acting, dao, given, json, option, positional, relay, service, submitting } from "../options.js";

const claim = given("claim", "A file with a link, or an address of a campaign that was made here");
const proofs = option(
  "proofs",
  "Where the proofs of a short link are published: the page that it leads to, or a folder",
);
const campaign = positional("campaign", "Name of the campaign");

/** Tasks of those who give tokens and badges to many customers, and of those who claim them. */
export const dropTasks = [
  emptyTask("drop", "Give tokens and badges to customers, by e-mailed links too").build(),

  submitting(
    task(["drop", "create"], "Make the links of a campaign from a CSV file, and open and fund it")
      .addPositionalArgument(
        positional(
          "file",
          "CSV with the columns account or email, tokens, kind, evidence; a line for each customer",
        ),
      )
      .addOption(option("campaign", "Short name of the campaign, required; up to 31 letters and digits"))
      .addOption(option("deadline", 'Until when it can be claimed, required: "60 days", or a date'))
      .addOption(option("link", "Address of the page that the links lead to, required; with https"))
      .addOption(
        option(
          "referral",
          "Kind of the badge for members who bring newcomers; nobody can be named without it",
        ),
      )
      .addFlag({
        name: "long",
        description: "Make long links with the proofs in them: nothing has to be published",
      })
      .addOption(option("qr", 'Write QR codes of the links as SVG, too: "one" file, or "each" in its own'))
      .addFlag({ name: "qrNames", description: "Write under each QR code for which customer it is" }),
  )
    .setAction(lazily(() => import("./create.js")))
    .build(),

  task(["drop", "show"], "Show a claim: what it gives, and whether it can be claimed")
    .addPositionalArgument(claim)
    .addOption(option("campaign", "Name of the campaign, where there are several"))
    .addOption(option("claims", "Folder `public` of the campaign, where it was made on another computer"))
    .addOption(proofs)
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./show.js")))
    .build(),

  acting(
    task(["drop", "claim"], "Claim, or write a signed claim that anybody can send")
      .addPositionalArgument(claim)
      .addOption(option("to", "Account that gets it; of a link the one that acts without it"))
      .addOption(option("referrer", "Address of the member who brought you"))
      .addOption(option("out", "Write the signed claim into this file instead, for somebody else to send"))
      .addOption(option("campaign", "Name of the campaign, where there are several"))
      .addOption(option("claims", "Folder `public` of the campaign, where it was made on another computer"))
      .addOption(proofs)
      .addOption(relay),
  )
    .setAction(lazily(() => import("./claim.js")))
    .build(),

  acting(
    task(["drop", "relay"], "Send signed claims: whoever does pays for them").addVariadicArgument({
      name: "files",
      description: "Files of signed claims, or folders with them",
      type: ArgumentType.STRING,
    }),
  )
    .setAction(lazily(() => import("./relay.js")))
    .build(),

  task(["drop", "status"], "Show the campaigns, and what of them was claimed")
    .addPositionalArgument({
      name: "campaign",
      description: "Name of a campaign, or a file with a link of one; all without it",
      type: ArgumentType.STRING_WITHOUT_DEFAULT,
      defaultValue: undefined,
    })
    .addFlag({ name: "customers", description: "Show who has claimed, and who hasn't" })
    .addOption(option("csv", "Write who has claimed, and who hasn't, into this file"))
    .addOption(
      option(
        "proofs",
        "Check what is published for short links there: the page that they lead to, or a folder",
      ),
    )
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./status.js")))
    .build(),

  submitting(
    task(["drop", "stop"], "End a campaign at once")
      .addPositionalArgument(campaign)
      .addOption(option("reason", "Why, required; everybody can read it, for ever")),
  )
    .setAction(lazily(() => import("./stop.js")))
    .build(),

  acting(
    task(["drop", "close"], "Send what a campaign that is over hasn't given to the treasury")
      .addPositionalArgument(campaign)
      .addOption(option("via", 'Who acts: "signer" (the default, as anybody may), "safe" or "proposal"'))
      .addOption(service),
  )
    .setAction(lazily(() => import("./close.js")))
    .build(),
];
