// cspell:ignore qpzry tvdw khce
import { createHash, hkdfSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { Signer, TypedDataDomain } from "ethers";
import {
  AbiCoder,
  computeAddress,
  concat,
  Contract,
  dataSlice,
  getAddress,
  getBytes,
  hexlify,
  keccak256,
  toBeHex,
  toUtf8Bytes,
  Wallet,
  ZeroAddress,
  zeroPadValue,
} from "ethers";
import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { formatCode } from "../../sdk/drop/code.js";
import { hashLeaf } from "../../sdk/drop/leaf.js";
import { formatLink } from "../../sdk/drop/link.js";
import { deriveLine } from "../../sdk/drop/seeds.js";
import { openShard, shardOf } from "../../sdk/drop/shards.js";
import { allLinks } from "../../sdk/node/drop/customers.js";
import { linkOf } from "../../sdk/vouchers/link.js";
import { prepareVouchers, signVouchers } from "../../sdk/node/vouchers/sign.js";
import { badgeWorld, KIND, openAs, withFolder } from "./badges/support.js";
import { campaignOf, DOMAIN } from "./drop/short.js";
import { withDrops } from "./drop/support.js";
import { load } from "./support.js";

const PAGE = "https://example.com/claim";

/** A section of docs/links.md: what somebody has who builds a page, and no code. */
async function read(section: string) {
  const text = await readFile("docs/links.md", "utf8");
  const part = text.split(/^## /mu).find((each) => each.startsWith(`${section}\n`)) ?? "";
  const [, name, version] = /domain {2}name "(\w+)", version "(\d)"/u.exec(part) ?? [];
  const [, type = "", members = ""] = /type {4}(\w+)\((.+)\)\n/u.exec(part) ?? [];
  const [, call = ""] = /```solidity\n(.+?)\n```/su.exec(part) ?? [];
  const fields = members.split(",").map((member) => {
    const [kind = "", field = ""] = member.split(" ");
    return { name: field, type: kind };
  });
  return {
    layout: layoutOf(part),
    method: call.slice(0, call.indexOf("(")),
    abi: [`function ${call.replace(/\s+/gu, " ")}`],
    sign: (key: string, domain: TypedDataDomain, message: Record<string, unknown>) =>
      new Wallet(key).signTypedData(
        { name: name ?? null, version: version ?? null, ...domain },
        { [type]: fields },
        message,
      ),
  };
}

type Layout = ReadonlyMap<string, readonly [from: number, bytes: number]>;

/** Fields of a table that are always at the same place, by name. */
function layoutOf(part: string): Layout {
  const rows = [...part.matchAll(/^\| +(\d+|…) \| +(\d+|n·32|…) \| ([\w ]+?) +\|/gmu)];
  return new Map(
    rows.flatMap(([, from = "", bytes = "", field = ""]) =>
      from === "…" ? [] : [[field, [Number(from), bytes === "…" ? Infinity : Number(bytes)] as const]],
    ),
  );
}

/** The payload of a link, and its fields by their names. */
function decode(link: string, layout: Layout) {
  return fieldsOf(Buffer.from(link.slice(`${PAGE}#`.length), "base64url"), layout);
}

function fieldsOf<Payload extends Uint8Array>(payload: Payload, layout: Layout) {
  const field = (name: string) => {
    const [from, bytes] = layout.get(name) ?? expect.fail(`there is no field ${name}`);
    return hexlify(payload.subarray(from, from + bytes));
  };
  return { payload, field, number: (name: string) => BigInt(field(name)) };
}

async function send(
  sender: Signer,
  to: string,
  { abi, method }: { abi: string[]; method: string },
  args: unknown[],
) {
  const transaction = await new Contract(to, abi, sender).getFunction(method).populateTransaction(...args);
  await (await sender.sendTransaction(transaction)).wait();
}

/** Order of secp256k1. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** `meta.json`, as the page says. */
interface Meta {
  readonly chainId: string;
  readonly drop: string;
  readonly campaign: string;
  readonly count: number;
}

/** The two tables of short links. */
async function readShort() {
  const text = await readFile("docs/links.md", "utf8");
  const [, code = "", published = ""] =
    /### The code\n([^]+)### What is published\n([^]+?)### The tree\n/u.exec(text) ?? [];
  return { layout: layoutOf(code), hidden: layoutOf(published) };
}

/** The bytes of a code, as BIP 350 reads them. */
function bech32m(text: string): Uint8Array {
  const charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  const words = Array.from(text.slice(3), (letter) => charset.indexOf(letter));
  let checksum = 1;
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  for (const word of [3, 3, 0, 11, 25, ...words]) {
    const top = checksum >>> 25;
    checksum = ((checksum & 0x1ffffff) << 5) ^ word;
    for (const [i, value] of generator.entries()) if (((top >>> i) & 1) === 1) checksum ^= value;
  }
  expect(checksum, "the checksum").to.equal(0x2bc830a3);
  const bits = words
    .slice(0, -6)
    .map((word) => word.toString(2).padStart(5, "0"))
    .join("");
  return Uint8Array.from(bits.match(/.{8}/gu) ?? [], (byte) => parseInt(byte, 2));
}

/** Where a line's proof leads to, by the page's words. */
function proofIn(shard: Uint8Array, lines: number, line: number): { root: string; proof: string[] } {
  let level = Array.from({ length: lines }, (_, i) => hexlify(shard.subarray(i * 84, i * 84 + 32)));
  const proof: string[] = [];
  const pair = (one: string, other: string) =>
    keccak256(concat(BigInt(one) < BigInt(other) ? [one, other] : [other, one]));
  for (let place = line; level.length > 1; place >>= 1) {
    const neighbour = level[place ^ 1];
    if (neighbour !== undefined) proof.push(neighbour);
    level = level.flatMap((node, i) => {
      if (i % 2 === 1) return [];
      const next = level[i + 1];
      return [next === undefined ? node : pair(node, next)];
    });
  }
  const upper: string[] = [];
  for (let at = lines * 84; at < shard.length; at += 32) upper.push(hexlify(shard.subarray(at, at + 32)));
  return { root: upper.reduce(pair, level[0] ?? ""), proof: [...proof, ...upper] };
}

/** What the page has of short links: made by the SDK. */
function shortVectors() {
  return [
    [3, 1],
    [257, 256],
  ].map(([count = 0, index = 0]) => {
    const { digest, linkOf, maker, meta, root } = campaignOf(count);
    const link = linkOf(index);
    const bytes = maker.make(shardOf(index));
    const { leaf, proof, key } = openShard(link, digest, { meta, bytes, root, place: "" });
    const { pad } = deriveLine(link.seed, digest, index);
    return {
      meta,
      digest: hexlify(digest),
      root,
      file: `drops/${link.id}/${shardOf(index)}.bin`,
      bytes: hexlify(bytes),
      code: formatCode(link),
      index,
      seed: hexlify(link.seed),
      key,
      pad: hexlify(pad),
      claimant: leaf.claimant,
      amount: leaf.amount.toString(),
      kind: leaf.kind,
      evidence: leaf.evidence,
      leaf: hashLeaf(DOMAIN, leaf),
      proof,
    };
  });
}

/** What the page has of long links. */
function longVector() {
  const { digest, linkOf, maker, meta, root } = campaignOf(3);
  const claimable = openShard(linkOf(1), digest, { meta, bytes: maker.make(0), root, place: "" });
  const { leaf, proof, key, chainId, drop, campaign } = claimable;
  return {
    payload: formatLink(claimable, ""),
    chainId: chainId.toString(),
    drop,
    campaign,
    ...leaf,
    amount: leaf.amount.toString(),
    key,
    proof,
  };
}

describe("docs/links.md", () => {
  it("has all that a page needs to claim a long link", () =>
    withDrops(async (world) => {
      const { drop } = await world.opened({ long: true });
      const { dao, launcher } = world;
      const rows = await allLinks(drop);
      const link = rows.find(({ reference }) => reference === "花子, 店長")?.link ?? "";

      const { layout } = await read("Long claim links");
      const { sign, ...call } = await read("Claiming");
      const { payload, field, number } = decode(link, layout);
      expect(number("version")).to.equal(1n);
      const checksum = createHash("sha256").update(payload.subarray(0, -4)).digest().subarray(0, 4);
      expect(payload.subarray(-4)).to.deep.equal(checksum);
      expect([number("byKey"), getAddress(field("claimant"))]).to.deep.equal([
        1n,
        computeAddress(field("claim key")),
      ]);
      const [keyFrom = 0, keyBytes = 0] = layout.get("claim key") ?? [];
      const proof: string[] = [];
      for (let at = keyFrom + keyBytes; at < payload.length - 4; at += 32)
        proof.push(hexlify(payload.subarray(at, at + 32)));

      const account = Wallet.createRandom().address;
      const [target, campaign, index] = [field("drop"), field("campaign"), number("index")];
      const domain = { chainId: number("chain id"), verifyingContract: target };
      const signature = await sign(field("claim key"), domain, {
        campaign,
        index,
        account,
        referrer: ZeroAddress,
      });
      const leaf = [index, field("claimant"), true, number("amount"), number("kind"), field("evidence")];
      await send(launcher, target, call, [campaign, leaf, proof, account, ZeroAddress, signature]);
      expect(await dao.drop.isClaimed(campaign, index)).to.equal(true);
      expect(await dao.token.balanceOf(account))
        .to.equal(number("amount"))
        .and.not.to.equal(0n);
      expect((await dao.badge.badgeOf(1)).account).to.equal(account);
    }));

  it("has all that a page needs to claim a short link", () =>
    withDrops(async (world) => {
      const { drop } = await world.opened();
      const { dao, launcher } = world;
      const rows = await allLinks(drop);
      const link = rows.find(({ reference }) => reference === "花子, 店長")?.link ?? "";
      expect(link).to.have.length(PAGE.length + 1 + 49);

      const { layout, hidden } = await readShort();
      const code = fieldsOf(bech32m(link.slice(PAGE.length + 1)), layout);
      expect(code.number("version")).to.equal(2n);
      const index = code.number("index");
      const site = path.join(drop.published, code.field("campaign").slice(2));
      const meta = JSON.parse(await readFile(path.join(site, "meta.json"), "utf8")) as Meta;
      const { chainId, drop: target, campaign, count } = meta;
      const digest = keccak256(concat([toBeHex(BigInt(chainId), 32), zeroPadValue(target, 32), campaign]));
      expect(digest.slice(0, 10)).to.equal(code.field("campaign"));
      const shard = await readFile(path.join(site, `${index / 256n}.bin`));
      const lines = Math.min(256, count - Number(index / 256n) * 256);
      const derived = (what: string, length: number) => {
        const info = concat([toUtf8Bytes(what), toBeHex(index, 4)]);
        return hexlify(
          new Uint8Array(
            hkdfSync("sha256", getBytes(code.field("seed")), getBytes(digest), getBytes(info), length),
          ),
        );
      };
      const key = toBeHex((BigInt(derived("kyoso/claim/2/key", 48)) % (ORDER - 1n)) + 1n, 32);
      const at = Number(index % 256n) * 84;
      const line = fieldsOf(shard.subarray(at, at + 84), hidden);
      const gift = toBeHex(BigInt(line.field("hidden")) ^ BigInt(derived("kyoso/claim/2/leaf", 52)), 52);
      const [amount, kind, evidence] = [
        BigInt(dataSlice(gift, 0, 16)),
        BigInt(dataSlice(gift, 16, 20)),
        dataSlice(gift, 20),
      ];
      const claimant = computeAddress(key);
      const words = AbiCoder.defaultAbiCoder().encode(
        ["uint256", "address", "bytes32", "uint256", "address", "bool", "uint128", "uint32", "bytes32"],
        [chainId, target, campaign, index, claimant, true, amount, kind, evidence],
      );
      expect(line.field("leaf")).to.equal(keccak256(keccak256(words)));
      const { root, proof } = proofIn(shard, lines, Number(index % 256n));
      expect(root).to.equal((await dao.drop.campaignOf(campaign)).terms.root);

      const { sign, ...call } = await read("Claiming");
      const account = Wallet.createRandom().address;
      const domain = { chainId: BigInt(chainId), verifyingContract: target };
      const message = { campaign, index, account, referrer: ZeroAddress };
      const signature = await sign(key, domain, message);
      const leaf = [index, claimant, true, amount, kind, evidence];
      await send(launcher, target, call, [campaign, leaf, proof, account, ZeroAddress, signature]);
      expect(await dao.drop.isClaimed(campaign, index)).to.equal(true);
      expect(await dao.token.balanceOf(account))
        .to.equal(amount)
        .and.not.to.equal(0n);
      expect((await dao.badge.badgeOf(1)).account).to.equal(account);
    }));

  it("has the test vectors that the SDK makes", async () => {
    const text = await readFile("docs/links.md", "utf8");
    for (const [name, made] of Object.entries({ short: shortVectors(), long: longVector() })) {
      const [, written = "{}"] =
        new RegExp(`<!-- vectors: ${name} -->\n\n\`\`\`json\n([^]+?)\n\`\`\`\n`, "u").exec(text) ?? [];
      expect(JSON.parse(written), `in docs/links.md: ${JSON.stringify(made, undefined, 2)}`).to.deep.equal(
        made,
      );
    }
  });

  it("has all that a page needs to redeem a voucher", () =>
    withFolder(async (folder) => {
      const world = await load(badgeWorld);
      const { dao, issuer, stranger } = world;
      const live = await openAs(world);
      const kind = (await readKinds(live))[KIND.REVIEW - 1] ?? expect.fail("there is no kind");
      const prepared = await prepareVouchers(live, {
        kind,
        accounts: [],
        keys: 1,
        text: "春の会",
        referralKind: undefined,
        expiry: live.now + 86_400,
        issuer: issuer.address,
        folder,
        outbox: path.join(folder, "outbox"),
      });
      const [signed] = await signVouchers(live, issuer, prepared);
      const link = signed === undefined ? "" : linkOf(signed.voucher, PAGE);

      const { layout, sign, ...call } = await read("Links of vouchers");
      const { field, number } = decode(link, layout);
      expect(number("version")).to.equal(1n);
      const account = Wallet.createRandom().address;
      const [badge, awarding, nonce] = [field("badge"), field("issuer"), number("nonce")];
      const domain = { chainId: number("chain id"), verifyingContract: badge };
      const signature = await sign(field("claim key"), domain, {
        issuer: awarding,
        nonce,
        account,
        referrer: ZeroAddress,
      });
      const voucher = [
        awarding,
        number("kind"),
        computeAddress(field("claim key")),
        true,
        field("evidence"),
        number("referralKind"),
        number("expiry"),
        nonce,
      ];
      const args = [voucher, field("issuer signature"), account, ZeroAddress, signature];
      await send(stranger, badge, call, args);
      expect(await dao.badge.isVoucherUsed(awarding, nonce)).to.equal(true);
      expect((await dao.badge.badgeOf(1)).account).to.equal(account);
    }));
});
