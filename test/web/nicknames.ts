// cspell:ignore ＡＯＫＩ
import { expect } from "chai";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { DAO_CONTRACTS } from "../../sdk/daoRecord.js";
import { inWords, Names } from "../../web/src/people/names.js";
import type { Chosen } from "../../web/src/reader/answers.js";
import { fitOf } from "../../web/src/views/settings/fit.js";

const addressOf = (number: number) => `0x${number.toString(16).padStart(40, "0")}`;
const ALICE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const BOB = addressOf(77);

describe("nicknames on the page", () => {
  const contracts = Object.fromEntries(
    DAO_CONTRACTS.map((name, i) => [name, addressOf(i + 1)]),
  ) as DaoRecord["contracts"];
  const record = { contracts, safe: addressOf(90), factory: addressOf(91) } as DaoRecord;
  const chosen = (text: string, more: Partial<Chosen> = {}): Chosen => ({
    ...{ text, title: "常連", imitates: false },
    ...more,
  });
  const namesOf = (
    account: string,
    said: Chosen,
    { own = {}, given = {} }: { own?: Record<string, string>; given?: Record<string, string> } = {},
  ) => {
    const called = new Map(Object.entries(own).map(([address, name]) => [address.toLowerCase(), name]));
    const names = new Names({ names: given, record }, called, new Map([[account.toLowerCase(), said]]));
    return names.of(account, "ja");
  };

  it("are names, with the seal and the pseudonym of the address, which nobody chooses", () => {
    const name = namesOf(ALICE, chosen("はな"));
    expect(name).to.deep.equal({
      ...{ name: "はな", seal: "泉馬", given: true },
      chosen: { text: "はな", title: "常連", isShown: true, isTaken: false, pseudonym: "泉の馬さん" },
    });
    expect(inWords(name)).to.equal("はな (泉の馬さん)");
  });

  it("come after what this device calls somebody, and before what the brand does", () => {
    const own = namesOf(ALICE, chosen("はな"), { own: { [ALICE]: "姉" } });
    expect(own).to.deep.include({ name: "姉", seal: "姉" });
    expect(own.chosen).to.deep.include({ isShown: false, isTaken: false });
    expect(inWords(own)).to.equal("姉");
    expect(namesOf(ALICE, chosen("はな"), { given: { [ALICE]: "青木さん" } }).name).to.equal("はな");
  });

  it("are nobody's name where they are somebody else's: the shop's, a friend's, a pseudonym, an address's", () => {
    for (const [said, more] of [
      [chosen("金庫", { imitates: true }), {}],
      [chosen("青木さん"), { given: { [BOB]: "青木さん" } }],
      [chosen("ＡＯＫＩ"), { own: { [BOB]: "aoki" } }],
      [chosen("雪の鶴さん"), {}],
      [chosen("雪の鶴"), {}],
      [chosen("Snow Crane"), {}],
      [chosen("snow  crane"), {}],
    ] as const) {
      const name = namesOf(ALICE, said, more);
      expect(name.name, said.text).to.equal("泉の馬さん");
      expect(name.chosen, said.text).to.deep.include({ isShown: false, isTaken: true });
      expect(inWords(name), said.text).to.equal("泉の馬さん");
    }
    expect(namesOf(ALICE, chosen("雪の夜")).name).to.equal("雪の夜");
    expect(namesOf(contracts.timelock, chosen("はな")).name).to.equal("金庫");
  });
});

describe("the room for a nickname", () => {
  it("is counted as the contract does, and told in characters", () => {
    expect(fitOf("")).to.deep.equal({ is: "room", letters: 32, japanese: 10 });
    expect(fitOf("  はな ")).to.deep.equal({ is: "room", letters: 26, japanese: 8 });
    expect(fitOf("あ".repeat(10))).to.deep.equal({ is: "room", letters: 2, japanese: 0 });
    expect(fitOf("あ".repeat(11))).to.deep.equal({ is: "over", letters: 1, japanese: 1 });
    expect(fitOf("🌸".repeat(8))).to.deep.equal({ is: "room", letters: 0, japanese: 0 });
    // Composed before it is counted, as it goes on the chain.
    expect(fitOf("か\u3099".repeat(10)).is).to.equal("room");
    for (const text of ["a\u202eb", "a\u200bb", "a\nb"]) expect(fitOf(text).is, text).to.equal("unseen");
  });
});
