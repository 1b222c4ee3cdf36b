import { expect } from "chai";
import { id, Wallet } from "ethers";
import type { Award } from "../../../../sdk/badges/awards/contribution.js";
import { describeInWords } from "../../../../sdk/badges/awards/words.js";
import { AddressBook } from "../../../../sdk/calls/book.js";
import { decodeCall } from "../../../../sdk/calls/decode.js";
import { INTERFACES } from "../../../../sdk/calls/known.js";
import { DAO_CONTRACTS, type DaoContract } from "../../../../sdk/daoRecord.js";

const address = (i: number) => `0x${"0".repeat(38)}${(i + 16).toString(16)}`;
const contracts = Object.fromEntries(DAO_CONTRACTS.map((name, i) => [name, address(i)])) as Record<
  DaoContract,
  string
>;
const names = { book: new AddressBook({ contracts, factory: address(21) }, address(20)), symbol: "BLUE" };
const people = Array.from({ length: 5 }, (_, i) => new Wallet(id(i.toString())).address);
const [aoki = "", other = "", ueda = ""] = people;

describe("describeInWords", () => {
  const kinds = [
    { number: 1, name: "Ambassador" },
    { number: 2, name: "レビュー" },
  ];
  const texts = new Map([
    [id("a"), "aoki@example.com"],
    [id("m"), "a".repeat(100)],
  ]);
  const journal = {
    entryOf: (hash: string): Award | undefined => {
      const text = texts.get(hash);
      const evidence = { hash, salt: "", text: text ?? "" };
      return text === undefined ? undefined : { kind: 2, account: aoki, text, source: null, evidence };
    },
  };
  const told = (name: string, args: unknown[], known = true) => {
    const data = INTERFACES.badge.encodeFunctionData(name, args);
    const award = { kind: 2, firstId: 7, issuer: aoki, evidence: [id("a")], evidenceURI: "", blockNumber: 1 };
    const ledger = {
      holderOf: (badge: number) => (badge === 7 ? other : undefined),
      awardOf: (badge: number) =>
        badge === 7 || badge === 8
          ? { award: { ...award, transactionHash: id("t") }, hash: id("a") }
          : undefined,
    };
    const call = decodeCall({ to: contracts.badge, data, value: 0n }, names);
    return describeInWords(call, { kinds, journal, ...(known ? { ledger } : {}) });
  };

  it("names the kind, and what the badge is for where the journal knows it", () => {
    expect(told("award", [2, aoki, id("a")])).to.equal(
      `award レビュー (kind 2) to 1 person: ${aoki} 「aoki@example.com」`,
    );
    expect(told("award", [1, aoki, id("unknown")])).to.equal(
      `award Ambassador (kind 1) to 1 person: ${aoki}`,
    );
    expect(told("award", [3, aoki, id("a")])).to.include("award kind 3, which there isn't to 1 person");
  });

  it("counts people and badges of a batch, and names the first", () => {
    const hashes = ["a", "m", "u", "x", "y"].map((text) => id(text));
    expect(told("awardBatch", [2, people, hashes, ""])).to.equal(
      `award レビュー (kind 2) to 5 people: ${aoki} 「aoki@example.com」, ${other} 「${"a".repeat(60)}…」, ${ueda} and 2 more`,
    );
    expect(told("awardBatch", [2, [aoki, aoki], hashes.slice(0, 2), ""])).to.include(
      "to 1 person, 2 badges: ",
    );
  });

  it("says whose badge is taken, what it was for, and why", () => {
    expect(told("revoke", [7, "copied\nfrom a book"])).to.equal(
      `take badge 7, レビュー (kind 2) 「aoki@example.com」, from ${other}, for ever: copied from a book`,
    );
    expect(told("revokeVoting", [7, ""])).to.match(/, for ever$/u);
    // One that was taken before, and one that there never was.
    for (const badge of [8, 9]) {
      expect(told("revoke", [badge, ""])).to.equal(`take badge ${badge}, which nobody has`);
    }
    expect(told("revoke", [7, ""], false)).to.equal(undefined);
  });

  it("says that a kind is closed, and nothing of other calls", () => {
    expect(told("closeKind", [2])).to.equal("close レビュー (kind 2), for ever");
    expect(told("resume", [])).to.equal(undefined);
  });
});
