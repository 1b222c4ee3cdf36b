import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { Signer, TypedDataDomain } from "ethers";
import { computeAddress, Contract, getAddress, hexlify, Wallet, ZeroAddress } from "ethers";
import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { allLinks } from "../../sdk/node/drop/customers.js";
import { linkOf } from "../../sdk/vouchers/link.js";
import { prepareVouchers, signVouchers } from "../../sdk/node/vouchers/sign.js";
import { badgeWorld, KIND, openAs, withFolder } from "./badges/support.js";
import { withDrops } from "./drop/support.js";
import { load } from "./support.js";

const PAGE = "https://example.com/claim";

/** A section of docs/links.md: what somebody has who builds a page, and no code. */
async function read(section: string) {
  const text = await readFile("docs/links.md", "utf8");
  const part = text.split(/^## /mu).find((each) => each.startsWith(`${section}\n`)) ?? "";
  const rows = [...part.matchAll(/^\| +(\d+|…) \| +(\d+|n·32|…) \| ([\w ]+?) +\|/gmu)];
  const [, name, version] = /domain {2}name "(\w+)", version "(\d)"/u.exec(part) ?? [];
  const [, type = "", members = ""] = /type {4}(\w+)\((.+)\)\n/u.exec(part) ?? [];
  const [, call = ""] = /```solidity\n(.+?)\n```/su.exec(part) ?? [];
  const fields = members.split(",").map((member) => {
    const [kind = "", field = ""] = member.split(" ");
    return { name: field, type: kind };
  });
  return {
    /** Fields that are always at the same place, by name. */
    layout: new Map(
      rows.flatMap(([, from = "", bytes = "", field = ""]) =>
        from === "…" ? [] : [[field, [Number(from), bytes === "…" ? Infinity : Number(bytes)] as const]],
      ),
    ),
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

/** The payload of a link, and its fields by their names. */
function decode(link: string, layout: ReadonlyMap<string, readonly [from: number, bytes: number]>) {
  const payload = Buffer.from(link.slice(`${PAGE}#`.length), "base64url");
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

describe("docs/links.md", () => {
  it("has all that a page needs to claim a link", () =>
    withDrops(async (world) => {
      const { drop } = await world.opened({ long: true });
      const { dao, launcher } = world;
      const rows = await allLinks(drop);
      const link = rows.find(({ reference }) => reference === "花子, 店長")?.link ?? "";

      const { layout, sign, ...call } = await read("Claim links");
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
