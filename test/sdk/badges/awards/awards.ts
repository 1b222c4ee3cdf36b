import { expect } from "chai";
import { getAddress, parseEther, toBeHex } from "ethers";
import { planAwards } from "../../../../sdk/badges/awards/awards.js";
import type { Award } from "../../../../sdk/badges/awards/contribution.js";
import { decodeCall, formatCall } from "../../../../sdk/calls/decode.js";
import { launchedWorld, load } from "../../support.js";
import { openAs } from "../support.js";

const BADGE = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const KINDS = [
  { number: 1, name: "レビュー", votes: 0n },
  { number: 2, name: "Ambassador", votes: parseEther("100") },
];

describe("awards", () => {
  describe("planAwards", () => {
    const many = (kind: number, count: number): Award[] =>
      Array.from({ length: count }, (_, i) => ({
        kind,
        account: getAddress(toBeHex(0x1000 + i, 20)),
        text: "",
        source: null,
        evidence: { text: "", salt: "", hash: toBeHex(i + 1, 32) },
      }));

    it("is nothing for nobody", () => {
      expect(planAwards(BADGE, [], KINDS)).to.deep.equal([]);
    });

    it("makes one call a kind, in one plan", () => {
      const [plan, ...more] = planAwards(
        BADGE,
        [...many(2, 1), ...many(1, 2), ...many(2, 2).slice(1)],
        KINDS,
      );
      expect(more).to.deep.equal([]);
      expect(plan?.calls.map(({ purpose }) => purpose)).to.deep.equal([
        'Award "レビュー" to 2 people',
        'Award "Ambassador" to 2 people',
      ]);
      for (const { to, contract, signature } of plan?.calls ?? []) {
        expect([to, contract]).to.deep.equal([BADGE, "badge"]);
        expect(signature).to.equal("awardBatch(uint32,address[],bytes32[],string)");
      }
      expect(plan?.title).to.equal("Awarding badges");
    });

    it("counts a person who gets several once", () => {
      const [award] = many(1, 1);
      if (award === undefined) throw new Error("there is no award");
      const [plan] = planAwards(BADGE, [award, award], KINDS);
      expect(plan?.calls[0]?.purpose).to.equal('Award "レビュー" to 1 person');
    });

    it("awards a single one by the function for it, and where its evidence can be asked for by the other", () => {
      const callOf = (uri?: string) => planAwards(BADGE, many(1, 1), KINDS, uri)[0]?.calls[0];
      expect(callOf()?.signature).to.equal("award(uint32,address,bytes32)");
      expect(callOf()?.purpose).to.equal('Award "レビュー" to 1 person');
      const asked = callOf("https://example.com/evidence");
      expect(asked?.signature).to.equal("awardBatch(uint32,address[],bytes32[],string)");
      expect(asked?.args[3]).to.equal("https://example.com/evidence");
    });

    it("cuts what doesn't fit one transaction, and loses nobody", () => {
      const contributions = [...many(1, 700), ...many(2, 120)];
      const plans = planAwards(BADGE, contributions, KINDS);
      expect(plans.length).to.be.greaterThan(2);
      expect(plans[1]?.title).to.equal(`Awarding badges, 2 of ${plans.length}`);
      const awarded = plans.flatMap(({ calls }) =>
        calls.flatMap(({ args }) => {
          const [kind, accounts, hashes] = args as [number, string[], string[]];
          return accounts.map((account, i) => `${kind} ${account} ${hashes[i] ?? ""}`);
        }),
      );
      expect(awarded).to.have.members(
        contributions.map(({ kind, account, evidence }) => `${kind} ${account} ${evidence.hash}`),
      );
      expect(new Set(awarded).size).to.equal(contributions.length);
    });

    it("is read as the people it names, or for whoever made it as how many they are", async () => {
      const live = await openAs(await load(launchedWorld));
      const [plan] = planAwards(live.record.contracts.badge, many(1, 6), KINDS);
      const [first] = plan?.calls ?? [];
      if (first === undefined) throw new Error("there is no call");
      const decoded = decodeCall(first, live);
      expect(formatCall(decoded)).to.include(many(1, 6)[5]?.account);
      expect(formatCall(decoded, 6)).to.equal(formatCall(decoded));
      expect(formatCall(decoded, 5)).to.equal(
        'badge.awardBatch(kind: 1, accounts: 6 × address, evidence: 6 × bytes32, evidenceURI: "")',
      );
    });
  });
});
