import { expect } from "chai";
import { beginOf } from "../../../sdk/ideas/voices.js";

describe("where something begins", () => {
  /** Looks for `begin` among `count` places, and says how often it was asked, and of how many at most. */
  async function look(count: number, begin: number) {
    let [questions, most] = [0, 0];
    const found = await beginOf(count, (places) => {
      questions += 1;
      most = Math.max(most, places.length);
      return Promise.resolve(places.map((place) => place >= begin));
    });
    return { found, questions, most };
  }

  it("is found among few, wherever it is", async () => {
    for (let count = 0; count <= 12; count++) {
      for (let begin = 0; begin <= count; begin++) expect((await look(count, begin)).found).to.equal(begin);
    }
  });

  it("is found among ten thousand with two questions of a hundred, and among a million with three", async () => {
    for (const begin of [0, 1, 99, 100, 101, 4_999, 9_898, 9_899, 9_900, 9_999, 10_000]) {
      const { found, questions, most } = await look(10_000, begin);
      expect([found, questions <= 2, most <= 100], begin.toString()).to.deep.equal([begin, true, true]);
    }
    for (const begin of [0, 123_456, 999_999, 1_000_000]) {
      const { found, questions, most } = await look(1_000_000, begin);
      expect([found, questions <= 3, most <= 100], begin.toString()).to.deep.equal([begin, true, true]);
    }
  });
});
