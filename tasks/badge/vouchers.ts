import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { lazily } from "../lazy.js";
import { acting, dao, given, json, option, positional, relay, submitting } from "../options.js";

const voucher = given("voucher", "A voucher: its file, or a file with its link");

/** Tasks of those who sign for badges, and of those who redeem them. */
export const voucherTasks = [
  emptyTask(
    ["badge", "voucher"],
    "Badges that are signed for, and that whoever redeems them pays for",
  ).build(),

  acting(
    task(
      ["badge", "voucher", "sign"],
      "Sign vouchers for badges: for accounts, or for whoever has a link. For issuers; of a Safe, its owners sign one after the other (see `approve`)",
    )
      .addPositionalArgument(positional("kind", "Name or number of the badge's kind"))
      .addVariadicArgument({
        name: "accounts",
        description: "Whom they are for, one for each; may be left out with --keys",
        type: ArgumentType.STRING,
        defaultValue: [],
      })
      .addOption(option("keys", "How many more to make for whoever has the link, each with a claim key"))
      .addOption(option("evidence", "What for, required; only its salted hash goes on chain"))
      .addOption(option("expires", 'Until when they can be redeemed: "30 days" (the default), or a date'))
      .addOption(option("referralKind", "Kind that the member earns who brought a newcomer; none without it"))
      .addOption(option("issuer", "Who awards them: the account that signs, or a Safe that it owns (`safe`)"))
      .addOption(option("link", "Page that redeems links, such as https://example.com/claim")),
  )
    .setAction(lazily(() => import("./voucherSign.js")))
    .build(),

  acting(
    task(
      ["badge", "voucher", "approve"],
      "Sign vouchers of a Safe as another of its owners, until as many have signed as it asks for (ERC-1271)",
    ).addVariadicArgument({ name: "files", description: "Vouchers, or folders", type: ArgumentType.STRING }),
  )
    .setAction(lazily(() => import("./voucherApprove.js")))
    .build(),

  task(["badge", "voucher", "links"], "Write the links of vouchers with claim keys as CSV. They are secret")
    .addVariadicArgument({ name: "files", description: "Vouchers, or folders", type: ArgumentType.STRING })
    .addOption(option("link", "Page that redeems them, such as https://example.com/claim"))
    .addOption(
      option(
        "out",
        "Where to write them, for you alone to read: never commit it; private/<chain id>/<slug>/… without it",
      ),
    )
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./voucherLinks.js")))
    .build(),

  task(["badge", "voucher", "check"], "Say what would come of a voucher or a redemption")
    .addPositionalArgument(given("voucher", "A voucher or a redemption: its file, or a file with a link"))
    .addOption(dao)
    .addFlag(json)
    .setAction(lazily(() => import("./voucherCheck.js")))
    .build(),

  acting(
    task(["badge", "voucher", "redeem"], "Redeem a voucher, or sign for others to do it")
      .addPositionalArgument(voucher)
      .addOption(option("to", "Who gets the badge of a voucher with a claim key; you without it"))
      .addOption(option("referrer", "The member who brought you"))
      .addOption(option("out", "Write a redemption that anybody can relay there, and send nothing"))
      .addOption(relay),
  )
    .setAction(lazily(() => import("./voucherRedeem.js")))
    .build(),

  acting(
    task(
      ["badge", "voucher", "relay"],
      "Carry out redemptions that others signed, and pay for them",
    ).addVariadicArgument({
      name: "files",
      description: "Redemptions, or folders",
      type: ArgumentType.STRING,
    }),
  )
    .setAction(lazily(() => import("./voucherRelay.js")))
    .build(),

  submitting(
    task(
      ["badge", "voucher", "cancel"],
      "Make a voucher worth nothing. For its issuer",
    ).addPositionalArgument(positional("nonce", "Number of the voucher, or its file")),
  )
    .setAction(lazily(() => import("./voucherCancel.js")))
    .build(),
];
