// What a campaign for a million customers takes, against a node of its own: npm run bench:drop.
// The times depend on the machine; docs/bench-drop.md keeps those of one run. KYOSO_BENCH_SMALL=1 is a quick try of the
// same.

import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { ContractTransactionResponse } from "ethers";
import {
  AbiCoder,
  dataSlice,
  getAddress,
  id,
  JsonRpcSigner,
  keccak256,
  parseEther,
  toQuantity,
  Wallet,
  ZeroAddress,
} from "ethers";
import hre from "hardhat";
import { connectDao } from "../sdk/dao.js";
import type { ShortLink } from "../sdk/drop/code.js";
import { campaignDigest } from "../sdk/drop/code.js";
import { makeClaim } from "../sdk/drop/claims.js";
import type { Manifest } from "../sdk/drop/manifest.js";
import { PUBLISHED } from "../sdk/node/drop/publish.js";
import { qrModules } from "../sdk/node/drop/qrCodes.js";
import { DROP_FILES } from "../sdk/node/drop/folder.js";
import type { Claimable } from "../sdk/drop/link.js";
import { isShort, readLink } from "../sdk/drop/link.js";
import { openShard, shardBytes, shardOf } from "../sdk/drop/shards.js";
import { openDao } from "../sdk/live.js";
import { markdownTable } from "../tasks/dev/facts.js";
import type { Measurement } from "../tasks/dev/measurement.js";
import type { LiveNode } from "../test/integration/support.js";
import { accounts, launchLive, launcher } from "../test/integration/support.js";
import { machine, Meter } from "./meter.js";

const SMALL = process.env.KYOSO_BENCH_SMALL === "1";
const LINES = SMALL ? 10_000 : 1_000_000;
/** One in so many links is checked. */
const SAMPLE = Math.max(1, LINES / 1_000);
/** Links of these lines are claimed. They are of one word of the bitmap, in the middle of the list. */
const CLAIMED_FROM = (LINES / 2) & ~0xff;
const CLAIMED = 12;

/** Writes a file of customers: two in ten by an account, the others by their e-mail address; every other one without tokens. */
async function writeCustomers(file: string): Promise<void> {
  const handle = await open(file, "wx");
  await handle.writeFile("account,email,tokens,kind,evidence\n");
  for (let i = 0; i < LINES; i += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, LINES - i) }, (_, j) => {
      const n = i + j;
      const account = n % 10 < 2 ? getAddress(dataSlice(id(`customer ${n}`), 12)) : "";
      const tokens = n % 2 === 0 ? "" : "0.01";
      return `${account},customer-${n}@example.com,${tokens},レビュー,春のお買い物 ${n}\n`;
    });
    await handle.writeFile(lines.join(""));
  }
  await handle.close();
}

/** The root that a link leads to, as OpenZeppelin's MerkleProof computes it, with nothing of the SDK. */
function rootOf({ chainId, drop, campaign, leaf, proof }: Claimable): string {
  const encoded = AbiCoder.defaultAbiCoder().encode(
    ["uint256", "address", "bytes32", "tuple(uint256, address, bool, uint128, uint32, bytes32)"],
    [chainId, drop, campaign, [leaf.index, leaf.claimant, leaf.byKey, leaf.amount, leaf.kind, leaf.evidence]],
  );
  return proof.reduce(
    (node, other) => {
      const [low, high] = BigInt(node) < BigInt(other) ? [node, other] : [other, node];
      return keccak256(`${low}${high.slice(2)}`);
    },
    keccak256(keccak256(encoded)),
  );
}

/** The file that a short link's line is in. */
function shardFile(folder: string, { id, index }: ShortLink): string {
  return path.join(folder, "public", PUBLISHED, id, `${shardOf(index)}.bin`);
}

/** What a link gives: of a short one, with what is published for it. */
async function opened(
  folder: string,
  text: string,
  { chainId, root, leaves, ...domain }: Manifest,
): Promise<Claimable> {
  const link = readLink(text);
  if (!isShort(link)) return link;
  const digest = campaignDigest({ ...domain, chainId: BigInt(chainId) });
  const place = shardFile(folder, link);
  const meta = { ...domain, chainId, count: leaves };
  return openShard(link, digest, { meta, root, bytes: await readFile(place), place });
}

/** Checks some links against the root, and returns those that are to be claimed, and the shortest for a check. */
async function checkLinks(
  folder: string,
  manifest: Manifest,
): Promise<{ checked: number; links: Claimable[]; short: string }> {
  const links: Claimable[] = [];
  let [checked, line, short] = [0, -1, ""];
  for await (const text of createInterface({
    input: createReadStream(path.join(folder, DROP_FILES.links)),
  })) {
    line += 1;
    const claimed = line > CLAIMED_FROM && line <= CLAIMED_FROM + CLAIMED;
    if (line === 0 || (line % SAMPLE !== 0 && !claimed)) continue;
    const written = text.split(",").at(-1) ?? "";
    const link = await opened(folder, written, manifest);
    if (rootOf(link) !== manifest.root) throw new Error(`The link of line ${line} isn't in the tree`);
    checked += 1;
    if (claimed) links.push(link);
    if (claimed && link.key !== undefined) short = written;
  }
  if (line !== LINES) throw new Error(`There are ${line} links for ${LINES} customers`);
  return { checked, links, short };
}

/** What is published: how many files, and how many bytes. */
async function publishedSize(folder: string): Promise<{ files: number; bytes: number }> {
  const all = await readdir(path.join(folder, "public", PUBLISHED), { recursive: true, withFileTypes: true });
  const files = all.filter((each) => each.isFile());
  let bytes = 0;
  for (const { parentPath, name } of files) bytes += (await stat(path.join(parentPath, name))).size;
  return { files: files.length, bytes };
}

/** The check of a short link in a process of its own, in milliseconds of its processor's time: nothing is warm there. */
async function coldCheck(folder: string, text: string, root: string): Promise<number> {
  const link = readLink(text);
  if (!isShort(link)) throw new Error("The link isn't short");
  const program = path.join(import.meta.dirname, "claimCheck.ts");
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [
    "--import",
    "tsx",
    program,
    shardFile(folder, link),
    text,
    root,
  ]);
  return Math.ceil(Number(stdout));
}

/** Opens and funds the campaign, and claims from it, for people who had nothing until then. Gas of each way to claim. */
async function claimAll(
  { node: { provider }, record }: LiveNode,
  { campaign, root, terms }: Manifest,
  links: readonly Claimable[],
): Promise<Map<string, number>> {
  const gasOf = async (sent: Promise<ContractTransactionResponse>) =>
    Number((await (await sent).wait())?.gasUsed);
  await provider.send("hardhat_impersonateAccount", [record.safe]);
  await provider.send("hardhat_setBalance", [record.safe, toQuantity(parseEther("100"))]);
  const safe = connectDao(record, new JsonRpcSigner(provider, record.safe));
  await gasOf(safe.drop.open(campaign, { ...terms, root }));
  await gasOf(safe.token.approve(safe.drop, parseEther("100")));
  await gasOf(safe.drop.fund(campaign, parseEther("100")));
  // The DAO's first badge is dearer, and so is the first claim of 256 lines: neither is what most people pay.
  await gasOf(safe.badge.award(1, launcher.address, id("somebody")));

  const live = await openDao(record, provider, {
    request: ({ method, params }) => provider.send(method, (params ?? []) as unknown[]),
  });
  const relayer = connectDao(record, new JsonRpcSigner(provider, launcher.address));
  const found = new Map<string, number>();
  for (const [i, link] of links.entries()) {
    const { claimant, byKey, amount } = link.leaf;
    const account = byKey ? new Wallet(id(`receiver ${i}`)).address : claimant;
    const key = link.key === undefined ? undefined : new Wallet(link.key);
    const { proof, signature } = await makeClaim(live, link, { account, referrer: undefined }, key);
    const gas = await gasOf(relayer.drop.claim(campaign, link.leaf, proof, account, ZeroAddress, signature));
    const what = `${amount === 0n ? "a badge" : "a badge and tokens"}, ${byKey ? "by a claim key" : "for an account"}`;
    if (i > 0) found.set(what, Math.max(gas, found.get(what) ?? 0));
  }
  return found;
}

function cellsOf({ name, value, limit }: Measurement): string[] {
  return [name, value.toLocaleString("en"), limit?.toLocaleString("en") ?? ""];
}

function page(
  costs: readonly Measurement[],
  shorts: readonly Measurement[],
  gas: readonly Measurement[],
): string {
  return `${[
    "# What a campaign for a million customers takes",
    "",
    `Measured by \`npm run bench:drop\`, which writes this page, on \`npx hardhat node\`.`,
    "",
    "## `drop create`",
    "",
    `From a table of ${LINES.toLocaleString("en")} lines: eight in ten with a claim key, half of them with tokens, all with a badge and`,
    "evidence. The whole command, from the shell to its end; memory is its process's highest.",
    "",
    machine(),
    "",
    ...markdownTable(["what", "measured", "at most"], costs.map(cellsOf), [1, 2]),
    "",
    "## Short links",
    "",
    "Those of that campaign; see [links.md](links.md). The check is that of a link and of what is published for it, up to the campaign's",
    "root, in a process of its own that has done nothing before.",
    "",
    ...markdownTable(["what", "measured", "at most"], shorts.map(cellsOf), [1, 2]),
    "",
    "## Claims",
    "",
    "From that campaign, for people who had neither badges nor tokens; the dearest of each sort.",
    "",
    ...markdownTable(["gas of claiming", "measured", "at most"], gas.map(cellsOf), [1, 2]),
  ].join("\n")}\n`;
}

async function bench(): Promise<void> {
  const live = await launchLive();
  const meter = await Meter.before(live.node.url);
  const csv = path.join(tmpdir(), `kyoso-drop-${process.pid}.csv`);
  try {
    await writeCustomers(csv);
    const holder = new JsonRpcSigner(live.node.provider, accounts[4].address);
    const { token } = connectDao(live.record, holder);
    await (await token.transfer(live.record.safe, parseEther("20000"))).wait();
    const options = ["--campaign", "spring", "--deadline", "60 days", "--link", "https://example.com/claim"];
    const { seconds, memory, requests } = await meter.run(
      ["--network", "live", "drop", "create", csv, ...options, "--dao", live.slug],
      launcher.privateKey,
    );
    const { paths } = hre.config;
    const folder = path.join(paths.root, "private", live.record.chainId, live.slug, "drops", "spring");
    const { size } = await stat(path.join(folder, DROP_FILES.links));
    const mebibytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
    const costs: Measurement[] = [
      { name: "seconds", value: Math.round(seconds), limit: 300 },
      { name: "memory, in MiB", value: mebibytes(memory), limit: 2_048 },
      { name: "requests to the node", value: requests },
      { name: "file of links, in MiB", value: mebibytes(size) },
    ];
    const manifest = JSON.parse(await readFile(path.join(folder, DROP_FILES.manifest), "utf8")) as Manifest;
    const { checked, links, short } = await checkLinks(folder, manifest);
    console.log(`${checked} links checked against the root`);
    const published = await publishedSize(folder);
    const shard = shardBytes(LINES, shardOf(LINES / 2));
    costs.push(
      { name: "files to publish", value: published.files },
      { name: "files to publish, in MiB", value: mebibytes(published.bytes) },
    );
    const shorts: Measurement[] = [
      { name: "characters of a link, with a page's address of 25", value: short.length, limit: 80 },
      { name: "modules of its QR code a side, at level M", value: qrModules(short).length, limit: 37 },
      { name: "bytes that a page loads for a claim", value: shard, limit: 22_000 },
      {
        name: "milliseconds of processor to check a claim, cold",
        value: await coldCheck(folder, short, manifest.root),
        limit: 300,
      },
    ];
    for (const row of [...costs, ...shorts]) console.log(cellsOf(row).join("  "));
    const found = await claimAll(live, manifest, links);
    const gas = [...found].map(([name, value]): Measurement => {
      const limit = (name.includes("tokens") ? 270_000 : 140_000) + (name.includes("key") ? 12_000 : 0);
      return { name, value, limit };
    });
    for (const row of gas) console.log(cellsOf(row).join("  "));
    for (const { name, value, limit = Infinity } of [...costs, ...shorts, ...gas]) {
      if (value <= limit) continue;
      console.error(`${name}: ${value} is more than ${limit}`);
      process.exitCode = 1;
    }
    if (!SMALL) await writeFile(path.join(paths.root, "docs", "bench-drop.md"), page(costs, shorts, gas));
  } finally {
    await rm(csv, { force: true });
    await meter.close();
    await live.stop();
  }
}

await bench();
