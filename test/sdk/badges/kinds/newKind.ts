// cspell:ignore ＡＭＢＡＳＳＡＤＯＲ Ambas sador
import { expect } from "chai";
import { parseEther } from "ethers";
import { readKinds } from "../../../../sdk/badges/kinds/kinds.js";
import type { KindTexts } from "../../../../sdk/badges/kinds/newKind.js";
import { readNewKind } from "../../../../sdk/badges/kinds/newKind.js";
import { kyosoError, load, problemOf } from "../../support.js";
import { badgeWorld, openAs } from "../support.js";

const TEXTS: KindTexts = {
  name: "写真",
  description: undefined,
  image: undefined,
  points: "1,000",
  votes: undefined,
  issuer: undefined,
  supply: undefined,
  dailyPoints: undefined,
};

async function world() {
  const found = await load(badgeWorld);
  const live = await openAs(found);
  const kinds = await readKinds(live);
  const read = (texts: Partial<KindTexts>, among = kinds) => readNewKind(live, { ...TEXTS, ...texts }, among);
  return { ...found, kinds, read };
}

describe("readNewKind", () => {
  it("fills in what a brand file would", async () => {
    const { read } = await world();
    expect(await read({})).to.deep.equal({
      name: "写真",
      description: "",
      image: "",
      points: 1000,
      votes: 0n,
      issuerRole: 3n,
      supplyLimit: 0,
      dailyPointsLimit: 0,
    });
  });

  it("refuses a name that people can't tell from another kind's, unless that one is closed", async () => {
    const { read, kinds } = await world();
    const [first = expect.fail("there is no kind")] = kinds;
    const among = [{ ...first, name: "Ambassador" }];
    for (const name of [
      "Ambassador",
      "ambassador",
      "ＡＭＢＡＳＳＡＤＯＲ",
      "Ambas\u200bsador",
      "Ambassador\ufe0f",
    ]) {
      const { problems } = await kyosoError(read({ name }, among));
      expect(
        problems.map(({ code }) => code),
        name,
      ).to.deep.equal(["kind.name-taken"]);
    }
    await read({ name: "Ambassadors" }, among);
    await read({ name: "Ambassador" }, [{ ...first, name: "Ambassador", closed: true }]);
  });

  it("reads everything that can be said", async () => {
    const { read } = await world();
    const texts = {
      description: "きれいな写真へ。",
      image: "ipfs://photo",
      votes: "12.5 BLUE",
      issuer: "100",
      supply: "50",
      dailyPoints: "2,000",
    };
    expect(await read(texts)).to.deep.include({
      description: "きれいな写真へ。",
      image: "ipfs://photo",
      votes: parseEther("12.5"),
      issuerRole: 100n,
      supplyLimit: 50,
      dailyPointsLimit: 2000,
    });
  });

  it("names everything that is wrong, by its option, with an example that can be typed", async () => {
    const { read } = await world();
    const { problems } = await kyosoError(
      read({
        name: "あ".repeat(22),
        description: "あ".repeat(334),
        image: "photo",
        points: undefined,
        votes: "5 SKR",
        issuer: "99",
        supply: "0",
        dailyPoints: "-5",
      }),
    );
    expect(problems.map(({ place }) => place)).to.have.members([
      "name",
      "--description",
      "--image",
      "--points",
      "--votes",
      "--issuer",
      "--supply",
      "--daily-points",
    ]);
    const of = (option: string) => problems.find(({ place }) => place === option);
    expect(of("--points")).to.deep.include({
      message: "is missing",
      remedy: 'write, for instance, --points "10"',
    });
    expect(of("--supply")?.remedy).to.include('--supply "500"');
    for (const { remedy } of problems) expect(remedy).not.to.be.oneOf([undefined, ""]);
  });

  it("refuses fewer points a day than one badge has", async () => {
    const { read } = await world();
    expect((await problemOf(read({ dailyPoints: "999" }))).place).to.equal("--daily-points");
    expect(await read({ dailyPoints: "1,000" })).to.deep.include({ dailyPointsLimit: 1000 });
  });

  it("refuses votes that would never come with it", async () => {
    const { read, dao, context } = await world();
    const { limit } = context.brand.contributionVotes;
    const { limit: onChain } = await dao.token.contributionLimit();
    expect(onChain.amount).to.equal(limit.amount);
    const whole = limit.amount / parseEther("1");
    expect((await read({ votes: whole.toString() })).votes).to.equal(limit.amount);
    const { place, message } = await problemOf(read({ votes: (whole + 1n).toString() }));
    expect(place).to.equal("--votes");
    expect(message).to.include(`${whole.toLocaleString("en")} BLUE`);
  });

  it("refuses the name of a kind that is open", async () => {
    const { read, kinds } = await world();
    const { place, message, remedy } = await problemOf(read({ name: "レシピ".normalize("NFD") }));
    expect(place).to.equal("name");
    expect(message).to.include("number 3");
    expect(remedy).to.include("badge kind close 3");
    const closed = kinds.map((kind) => ({ ...kind, closed: true }));
    expect((await read({ name: "レシピ" }, closed)).name).to.equal("レシピ");
  });
});
