import { expect } from "chai";
import { getBytes, hexlify } from "ethers";
import { campaignDigest } from "../../../sdk/drop/code.js";
import { hashLeaf } from "../../../sdk/drop/leaf.js";
import type { Shard } from "../../../sdk/drop/shards.js";
import { openShard, parseMeta, shardBytes, shardCount, shardOf } from "../../../sdk/drop/shards.js";
import { rootOf } from "../../../sdk/drop/tree.js";
import { thrownBy } from "../badges/support.js";
import { campaignOf, DOMAIN, seedOf } from "./short.js";

const INPUTS = 10_000;

function opened(campaign: ReturnType<typeof campaignOf>, index: number, change: Partial<Shard> = {}) {
  const { digest, linkOf, maker, meta, root } = campaign;
  const bytes = maker.make(shardOf(index));
  return openShard(linkOf(index), digest, { meta, bytes, root, place: "0.bin", ...change });
}

describe("published proofs", () => {
  for (const count of [1, 2, 3, 129, 256, 257, 512, 600]) {
    it(`open each line of ${count}, with a proof that leads to the root`, () => {
      const campaign = campaignOf(count);
      const step = count > 100 ? 37 : 1;
      for (let index = 0; index < count; index += step) {
        if (index % 5 === 4) {
          expect(thrownBy(() => opened(campaign, index)).code).to.equal("link.other-line");
          continue;
        }
        const { leaf, proof, key } = opened(campaign, index);
        expect(leaf).to.deep.include({
          index,
          byKey: true,
          amount: BigInt(index) * 10n ** 18n,
          kind: index % 7,
        });
        expect(
          rootOf(
            getBytes(hashLeaf(DOMAIN, leaf)),
            proof.map((node) => getBytes(node)),
          ),
        ).to.equal(campaign.root);
        expect(key).to.match(/^0x[0-9a-f]{64}$/u);
      }
    });
  }

  it("take 22 kB for a line of a million", () => {
    expect(shardBytes(1_000_000, 0)).to.equal(21_888);
    expect(shardCount(1_000_000)).to.equal(3_907);
    const all = Array.from({ length: 3_907 }, (_, i) => shardBytes(1_000_000, i));
    expect(all.reduce((sum, bytes) => sum + bytes, 0)).to.be.within(85_400_000, 85_600_000);
    expect(shardBytes(1_000_000, 3_907)).to.equal(0);
  });

  const campaign = campaignOf(600);
  const first = campaign.maker.make(0);
  const flipped = (at: number) => first.map((byte, i) => (i === at ? byte ^ 1 : byte));
  for (const [what, index, change, code] of [
    ["that was cut off", 1, { bytes: first.subarray(0, -1) }, "proofs.damaged"],
    ["with something behind", 1, { bytes: new Uint8Array([...first, 0]) }, "proofs.damaged"],
    ["that is empty", 1, { bytes: new Uint8Array(0) }, "proofs.damaged"],
    ["of other lines", 1, { bytes: campaign.maker.make(1) }, "link.other-line"],
    ["with another leaf in it", 1, { bytes: flipped(5 * 84) }, "proofs.not-of-campaign"],
    ["with another neighbour above", 1, { bytes: flipped(256 * 84) }, "proofs.not-of-campaign"],
    ["with another gift", 1, { bytes: flipped(84 + 40) }, "link.other-line"],
    ["of a campaign with another root", 1, { root: hexlify(seedOf(1)) }, "proofs.not-of-campaign"],
    ["of a campaign with fewer lines", 599, { meta: { ...campaign.meta, count: 599 } }, "link.other-line"],
    ["of a campaign with more lines", 1, { meta: { ...campaign.meta, count: 2_000 } }, "proofs.damaged"],
    ["that has no such line", 600, {}, "link.other-line"],
  ] as const) {
    it(`are refused ${what}`, () => {
      expect(thrownBy(() => opened(campaign, index, change)).code).to.equal(code);
    });
  }

  it("aren't opened by the seed of another line, nor in another campaign", () => {
    const { digest, linkOf, meta, root } = campaign;
    const shard = { meta, bytes: first, root, place: "0.bin" };
    expect(thrownBy(() => openShard(linkOf(1, seedOf(2)), digest, shard)).code).to.equal("link.other-line");
    const other = campaignDigest({ ...DOMAIN, chainId: 1n });
    expect(thrownBy(() => openShard(linkOf(1), other, shard)).code).to.equal("link.other-line");
  });

  it(`are never opened wrong: ${INPUTS.toLocaleString("en")} changed shards`, () => {
    const small = campaignOf(6);
    const whole = small.maker.make(0);
    const right = JSON.stringify(opened(small, 1), replacer);
    let state = 11;
    const random = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    // Gifts only now and then: what it takes to see that one was changed takes longest.
    const placeIn = (below: typeof random) => below(6) * 84 + below(below(4) === 0 ? 84 : 32);
    const codes = new Map<string, number>();
    for (let i = 0; i < INPUTS; i++) {
      const bytes = Uint8Array.from(whole);
      for (let changes = random(3); changes >= 0; changes--) bytes[placeIn(random)] = random(256);
      const given = random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
      let outcome: string;
      try {
        outcome = JSON.stringify(opened(small, 1, { bytes: given }), replacer) === right ? "right" : "wrong";
      } catch (error) {
        outcome = thrownBy(() => {
          throw error;
        }).code;
      }
      codes.set(outcome, (codes.get(outcome) ?? 0) + 1);
    }
    // Another line's gift isn't this one's: that may be changed unseen.
    expect([...codes.keys()].sort()).to.deep.equal([
      "link.other-line",
      "proofs.damaged",
      "proofs.not-of-campaign",
      "right",
    ]);
  });

  it("say of what campaign they are, or nothing", () => {
    const { meta } = campaign;
    expect(parseMeta(JSON.stringify(meta))).to.deep.equal(meta);
    for (const text of [
      "",
      "{",
      "null",
      "<!doctype html>",
      JSON.stringify({ ...meta, count: 0 }),
      JSON.stringify({ ...meta, count: 2 ** 32 }),
      JSON.stringify({ ...meta, chainId: 1 }),
      JSON.stringify({ ...meta, drop: meta.drop.toLowerCase().replace("0x", "") }),
      JSON.stringify({ ...meta, campaign: "0x00" }),
      "[".repeat(2_000),
    ]) {
      expect(parseMeta(text), text).to.equal(undefined);
    }
  });
});

function replacer(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
