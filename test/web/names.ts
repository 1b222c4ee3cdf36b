// cspell:ignore مريم العبدالله
import { expect } from "chai";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { DAO_CONTRACTS } from "../../sdk/daoRecord.js";
import { Names } from "../../web/src/people/names.js";
import { FIRST_WORDS, SECOND_WORDS } from "../../web/src/people/words.js";

const addressOf = (number: number) => `0x${number.toString(16).padStart(40, "0")}`;
const ALICE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

describe("names on the page", () => {
  const contracts = Object.fromEntries(
    DAO_CONTRACTS.map((name, i) => [name, addressOf(i + 1)]),
  ) as DaoRecord["contracts"];
  const record = { contracts, safe: addressOf(90), factory: addressOf(91) } as DaoRecord;
  const names = (given: Record<string, string> = {}) => new Names({ names: given, record });

  it("are the same everywhere and for ever, where nobody gave one", () => {
    expect(names().of(ALICE, "ja")).to.deep.equal({ name: "泉の馬さん", seal: "泉馬", given: false });
    expect(names().of(ALICE.toLowerCase(), "en")).to.deep.equal({
      name: "Fountain Horse",
      seal: "泉馬",
      given: false,
    });
  });

  it("are of 64 words each, all of them others, with one character for the seal", () => {
    for (const words of [FIRST_WORDS, SECOND_WORDS]) {
      expect(words).to.have.length(64);
      expect(new Set(words.map((word) => word.split(" ")[0])).size).to.equal(64);
      expect(new Set(words.map((word) => word.split(" ")[1])).size).to.equal(64);
      for (const word of words) expect(word).to.match(/^\p{Script=Han} [A-Z][a-z]+$/u);
    }
    const shared = FIRST_WORDS.map((word) => word.split(" ")[1]).filter((word) =>
      SECOND_WORDS.some((other) => other.endsWith(` ${word}`)),
    );
    expect(shared).to.deep.equal([]);
  });

  it("spread over the words", () => {
    const found = new Set(
      Array.from({ length: 1_000 }, (_, i) => names().of(addressOf(i + 1_000), "en").name),
    );
    expect(found.size).to.be.above(800);
  });

  it("say what is of the DAO itself, which nobody can be called", () => {
    const { of } = { of: (address: string) => names({ [record.safe]: "Mallory" }).of(address, "en").name };
    expect(of(contracts.timelock)).to.equal("The treasury");
    expect(of(record.safe)).to.equal("The shop");
  });

  for (const [given, seal] of [
    ["常連 山本さん", "山本"],
    ["佐々木さん", "佐々木"],
    ["寿限無寿限無五劫の擦り切れ", "寿限無"],
    ["Alexandria", "Al"],
    ["مريم العبدالله", "ال"],
    ["👩‍👩‍👧‍👧はな", "👩‍👩‍👧‍👧は"],
    ["さん", "さん"],
  ] as const) {
    it(`has the seal ${seal} for ${given}`, () => {
      expect(names({ [ALICE]: given }).of(ALICE, "ja")).to.deep.equal({ name: given, seal, given: true });
    });
  }
});
