// What a campaign for a million customers takes, against a node of its own: npm run bench:drop.
// KYOSO_BENCH_SMALL=1 is a quick try of the same.

import { createReadStream } from "node:fs";
import { open, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { AbiCoder, dataSlice, getAddress, id, JsonRpcSigner, keccak256, parseEther } from "ethers";
import hre from "hardhat";
import { connectDao } from "../sdk/dao.js";
import type { Claimable } from "../sdk/drop/link.js";
import { parseLink } from "../sdk/drop/link.js";
import { accounts, launchLive, launcher } from "../test/integration/support.js";
import { Meter } from "./meter.js";

const LINES = process.env.KYOSO_BENCH_SMALL === "1" ? 10_000 : 1_000_000;
/** One in so many links is checked. */
const SAMPLE = Math.max(1, LINES / 1_000);

/** Writes a file of customers: most by their e-mail address, every tenth by an account. */
async function writeCustomers(file: string): Promise<void> {
  const handle = await open(file, "wx");
  await handle.writeFile("account,email,tokens,kind,evidence\n");
  for (let i = 0; i < LINES; i += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, LINES - i) }, (_, j) => {
      const n = i + j;
      const account = n % 10 === 0 ? getAddress(dataSlice(id(`customer ${n}`), 12)) : "";
      return `${account},customer-${n}@example.com,0.01,レビュー,春のお買い物 ${n}\n`;
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

async function checkLinks(folder: string): Promise<number> {
  const manifest = JSON.parse(await readFile(path.join(folder, "public", "campaign.json"), "utf8")) as {
    root: string;
  };
  let checked = 0;
  let line = -1;
  for await (const text of createInterface({ input: createReadStream(path.join(folder, "links.csv")) })) {
    line += 1;
    if (line === 0 || line % SAMPLE !== 0) continue;
    const link = parseLink(text.split(",").at(-1) ?? "");
    if (rootOf(link) !== manifest.root) throw new Error(`The link of line ${line} isn't in the tree`);
    checked += 1;
  }
  if (line !== LINES) throw new Error(`There are ${line} links for ${LINES} customers`);
  return checked;
}

async function bench(): Promise<void> {
  const live = await launchLive();
  const meter = await Meter.before(live.node.url);
  const csv = path.join(tmpdir(), `kyoso-drop-${process.pid}.csv`);
  try {
    await writeCustomers(csv);
    const holder = new JsonRpcSigner(live.node.provider, accounts[4]?.address ?? "");
    const { token } = connectDao(live.record, holder);
    await (await token.transfer(live.record.safe, parseEther("20000"))).wait();
    const options = ["--campaign", "spring", "--deadline", "60 days", "--link", "https://example.com/claim"];
    const { seconds, memory, requests } = await meter.run(
      ["drop", "create", csv, ...options, "--dao", live.slug],
      launcher.privateKey,
    );
    const folder = path.join(
      hre.config.paths.root,
      "private",
      live.record.chainId,
      live.slug,
      "drops",
      "spring",
    );
    const size = (await stat(path.join(folder, "links.csv"))).size;
    const mebibytes = (bytes: number) => Math.round(bytes / 1024 / 1024).toLocaleString("en");
    console.log(
      `drop create of ${LINES.toLocaleString("en")} lines: ${seconds.toFixed(1)} s, ${mebibytes(memory)} MiB, ${requests} requests; links.csv has ${mebibytes(size)} MiB`,
    );
    console.log(`${await checkLinks(folder)} links checked against the root`);
  } finally {
    await rm(csv, { force: true });
    await meter.close();
    await live.stop();
  }
}

await bench();
