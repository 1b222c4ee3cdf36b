import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseEther } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { call, named } from "../../../sdk/calls/plan.js";
import type { DropFolder } from "../../../sdk/node/drop/folder.js";
import { allLinks } from "../../../sdk/node/drop/customers.js";
import type { Claimable } from "../../../sdk/drop/link.js";
import { campaignDigest, shortId } from "../../../sdk/drop/code.js";
import { isShort, readLink } from "../../../sdk/drop/link.js";
import { openShard, shardOf } from "../../../sdk/drop/shards.js";
import type { CampaignRequest } from "../../../sdk/node/drop/prepare.js";
import { prepareCampaign } from "../../../sdk/node/drop/prepare.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { ROLES } from "../../../sdk/roles.js";
import { badgeWorld, openAs, withFolder } from "../badges/support.js";
import { load } from "../support.js";

/** A live DAO of which the stranger is a steward and has 1,000 tokens, and the first owner can halt awards. */
async function dropWorld(connection: NetworkConnection) {
  const world = await badgeWorld(connection);
  const { dao, record, stranger, holders, owners, context } = world;
  const manager = await named("manager", dao.manager);
  const provider = context.eip1193;
  await provider.request({ method: "hardhat_impersonateAccount", params: [record.contracts.timelock] });
  await provider.request({
    method: "hardhat_setBalance",
    params: [record.contracts.timelock, "0xde0b6b3a7640000"],
  });
  for (const [role, member] of [
    [ROLES.STEWARD, stranger],
    [ROLES.SENTINEL, owners[0]],
  ] as const) {
    const { to, data } = call(manager, "grantRole", [role, member.address, 0], "Appoint");
    const params = [{ from: record.contracts.timelock, to, data }];
    await provider.request({ method: "eth_sendTransaction", params });
  }
  await dao.token.connect(holders[0]).transfer(stranger, parseEther("1000"));
  return { ...world, steward: stranger };
}

export type DropWorld = Awaited<ReturnType<typeof inWorld>>;

/** A world with a file of three customers: 花子 by e-mail, a holder by account, and another one by e-mail. */
async function inWorld(root: string) {
  const world = await load(dropWorld);
  const [alice] = world.holders;
  const file = path.join(root, "spring.csv");
  const csv = [
    "account,customer,tokens,kind,evidence",
    ',"花子, 店長",10,レビュー,春の深煎り',
    `${alice.address},,5,,`,
    ",taro@example.jp,,レシピ,",
  ];
  await writeFile(file, `${csv.join("\n")}\n`);
  const request: CampaignRequest = {
    file,
    campaign: "spring",
    deadline: "60 days",
    link: "https://example.com/claim",
    referral: undefined,
    long: false,
    actor: world.steward.address,
    root: path.join(root, "drops"),
    dryRun: false,
  };
  const prepare = async (more: Partial<CampaignRequest> = {}) =>
    prepareCampaign(await openAs(world), { ...request, ...more });
  /** A campaign that is open and has its tokens. */
  const opened = async (more: Partial<CampaignRequest> = {}) => {
    const { drop, plan } = await prepare(more);
    if (drop === undefined || plan === undefined) throw new Error("nothing was made");
    await executeAsSigner(plan, world.steward);
    return { drop, links: await linksOf(drop), live: await openAs(world) };
  };
  return { ...world, alice, root, file, csv, request, prepare, opened, open: () => openAs(world) };
}

/** Runs `use` with a world in which campaigns can be made, in a folder of its own. */
export async function withDrops(use: (world: DropWorld) => Promise<void>): Promise<void> {
  await withFolder(async (root) => use(await inWorld(root)));
}

/** The links of a campaign, by reference; short ones with what is published for them. */
export async function linksOf(drop: DropFolder): Promise<Map<string, Claimable>> {
  const found = new Map<string, Claimable>();
  for (const { reference, link } of await allLinks(drop)) found.set(reference, await openLink(drop, link));
  return found;
}

/** What a link gives, of a campaign that needn't be on the chain. */
export async function openLink(drop: DropFolder, text: string): Promise<Claimable> {
  const link = readLink(text);
  if (!isShort(link)) return link;
  const digest = campaignDigest(drop.domain);
  const meta = { ...drop.domain, chainId: drop.manifest.chainId, count: drop.manifest.leaves };
  const place = path.join(drop.published, shortId(drop.domain), `${shardOf(link.index)}.bin`);
  const { root } = drop.manifest;
  return openShard(link, digest, { meta, bytes: await readFile(place), place, root });
}

/** The link of a customer. */
export function linkOf(links: ReadonlyMap<string, Claimable>, reference: string): Claimable {
  const found = links.get(reference);
  if (found === undefined) throw new Error(`there is no link of ${reference}`);
  return found;
}
