import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Wallet, ZeroAddress } from "ethers";
import { claimCall, makeClaim } from "../../../sdk/drop/claims.js";
import { allLinks } from "../../../sdk/node/drop/customers.js";
import { readLink } from "../../../sdk/drop/link.js";
import { openLink } from "../../../sdk/node/drop/proofs.js";
import { prepareCampaign } from "../../../sdk/node/drop/prepare.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { done, heading, print, table } from "../../output.js";
import { asSafe, BRAND, live, nameOf, plural, type Story } from "./story.js";

/** How many of the fifty open their e-mail. */
const CLAIMING = 12;
/** Who was told of it by whom. */
const TOLD = new Map([
  ["ueda@example.com", "aoki@example.com"],
  ["ishikawa@example.com", "ueda@example.com"],
]);
/** What a member earns who brings somebody. */
const REFERRAL = "お友だち紹介";

/** How the links are made. */
export interface Mailing {
  /** The page that they lead to. */
  readonly link: string;
  readonly deadline: string;
  /** Where the campaign's files go. */
  readonly folder: string;
}

/** Who has claimed, and who has not yet. */
export interface Mailed {
  /** Accounts of those who have, by e-mail address. */
  readonly customers: Map<string, string>;
  /** Links of those who haven't. */
  readonly unused: readonly string[];
  /** A link that was used. */
  readonly used: string;
  /** Folder with what is published of the campaign, beside the page. */
  readonly published: string;
}

/** {@link mailCustomers}, with nothing that is left on this computer. */
export async function tellCustomers(story: Story): Promise<Map<string, string>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "kyoso-demo-"));
  try {
    const mailing = { link: "https://example.com/claim", deadline: "60 days", folder };
    return (await mailCustomers(story, mailing)).customers;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Fifty loyal customers get links by e-mail; some claim with accounts that they have just made, and say who told them. */
export async function mailCustomers(story: Story, { link, deadline, folder }: Mailing): Promise<Mailed> {
  const { dao, hre, record } = story;
  heading("2. Fifty loyal customers get a link by e-mail");
  const prepared = await prepareCampaign(await live(story), {
    file: path.join(hre.config.paths.root, "brands", `${BRAND}-customers.csv`),
    campaign: "loyal-customers",
    deadline,
    link,
    referral: REFERRAL,
    long: false,
    actor: record.safe,
    root: folder,
    dryRun: false,
  });
  if (prepared.plan === undefined || prepared.drop === undefined) throw new Error("Nothing was planned");
  await asSafe(story, prepared.plan);
  const { leaves, keys } = prepared.summary;
  done(`The Safe opens a campaign of ${leaves} lines: on chain is one hash, and nobody sees who is on it`);
  done(`${keys} links are made, each with a key that works once`);

  const links = await allLinks(prepared.drop);
  const { published } = prepared.drop;
  const customers = await claimAll(story, published, links.slice(0, CLAIMING));
  print(
    "  The key signs for their account: whoever sees the claim on its way can't turn it to another. The brand pays the gas.",
  );
  await showCustomers(story, [...customers.values()].slice(0, TOLD.size + 1));
  const { awarded } = await dao.badge.kindOf(prepared.summary.kinds[0]?.kind ?? 0);
  print(`  ${plural(awarded, "customer")} of ${leaves} so far; the others have until the deadline.`);
  const [used = ""] = links.map((each) => each.link);
  return { customers, unused: links.slice(CLAIMING).map((each) => each.link), used, published };
}

/** The customers claim one after the other, and those who were told by another one name it. */
async function claimAll(
  story: Story,
  published: string,
  links: readonly { readonly reference: string; readonly link: string }[],
): Promise<Map<string, string>> {
  const customers = new Map<string, string>();
  for (const { reference, link } of links) {
    const claimable = await openLink(await live(story), readLink(link), published);
    if (claimable.key === undefined) throw new Error("The link has no key");
    const wallet = Wallet.createRandom();
    const account = wallet.address;
    story.names.set(account, reference);
    story.wallets.set(account, wallet);
    const referrer = customers.get(TOLD.get(reference) ?? "");
    const claim = await makeClaim(
      await live(story),
      claimable,
      { account, referrer },
      new Wallet(claimable.key),
    );
    const purpose = claimCall(await live(story), claim);
    await executeAsSigner({ title: `The claim of ${reference}`, calls: [purpose] }, story.launcher);
    customers.set(reference, account);
  }
  const referrers = await Promise.all(
    [...customers.values()].map((each) => story.dao.badge.referrerOf(each)),
  );
  const told = referrers.filter((referrer) => referrer !== ZeroAddress).length;
  done(`${customers.size} of them claim, with accounts that they have just made; ${told} say who told them`);
  return customers;
}

async function showCustomers(story: Story, customers: readonly string[]): Promise<void> {
  const { badge } = story.dao;
  table(
    await Promise.all(
      customers.map(async (account) => {
        const [[, title], points, referrer] = await Promise.all([
          badge.titleOf(account),
          badge.pointsOf(account),
          badge.referrerOf(account),
        ]);
        const told = story.names.get(referrer);
        return [
          nameOf(story, account),
          title,
          plural(points, "point"),
          told === undefined ? "" : `brought by ${told}`,
        ];
      }),
    ),
  );
}
