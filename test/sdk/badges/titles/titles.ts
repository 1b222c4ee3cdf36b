import { expect } from "chai";
import { ZeroHash } from "ethers";
import { readBoard } from "../../../../sdk/badges/members/board.js";
import { EvidenceJournal } from "../../../../sdk/node/badges/journal.js";
import { readMember } from "../../../../sdk/badges/members/members.js";
import { parseTitles, planSetTitles, readLadder, titleAt } from "../../../../sdk/badges/titles/titles.js";
import { reviewCalls } from "../../../../sdk/calls/review.js";
import { KyosoError } from "../../../../sdk/errors.js";
import { load, problemOf } from "../../support.js";
import { asSafe, badgeWorld, KIND, openAs, withFolder } from "../support.js";

const LADDER = ["ゲスト:0", "常連:20", "A: B：1,000"];

describe("titles", () => {
  it("reads a ladder as people write it, with colons of any width", () => {
    expect(parseTitles(LADDER)).to.deep.equal([
      { name: "ゲスト", points: 0 },
      { name: "常連", points: 20 },
      { name: "A: B", points: 1000 },
    ]);
    expect(parseTitles(["None"])).to.deep.equal([]);
  });

  it("names everything that is wrong with a ladder", () => {
    const problems = (...texts: string[]) => {
      try {
        parseTitles(texts);
      } catch (error) {
        if (error instanceof KyosoError)
          return error.problems.map(({ place, message }) => `${place}: ${message}`);
        throw error;
      }
      return expect.fail("nothing was thrown");
    };
    expect(problems("Guest", "x:16,777,216", `${"常".repeat(22)}:0`)).to.have.length(3);
    expect(problems("Guest:5")[0]).to.include("is the first and has 5 points");
    expect(problems("A:0", "B:10", "C:10")[0]).to.include(
      'title "C": It has 10 points, not more than the 10',
    );
    for (const other of ["A", "a", "Ａ", "A\u200b"]) {
      expect(problems("A:0", `${other}:10`)[0]).to.include("two of this name");
    }
    expect(problems("A:0", "B:1", "C:2", "D:3", "E:4", "F:5")[0]).to.include("There are 6");
  });

  it("finds the title of any points", () => {
    const titles = parseTitles(LADDER);
    const ranks = [0, 19, 20, 999, 1000].map((points) => titleAt(titles, points)?.rank);
    expect(ranks).to.deep.equal([1, 1, 2, 2, 3]);
    expect(titleAt([], 5)).to.equal(null);
  });

  it("sets a ladder, shows it before it is signed, and counts who has which title", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const { badge, holders, stranger, dao } = found;
      const [alice, bob] = holders;
      await badge.awardBatch(KIND.REVIEW, [alice, alice, bob, stranger], Array(4).fill(ZeroHash), "");
      const live = await openAs(found);
      const { plan, guarded } = await planSetTitles(live, parseTitles(LADDER));
      expect(guarded).to.equal("setTitles");
      const [review] = await reviewCalls(live, plan.calls, live.safe);
      expect(review?.changes).to.deep.equal([
        { name: "newTitles", from: "[]", to: '[("ゲスト", 0), ("常連", 20), ("A: B", 1,000)]' },
      ]);
      await asSafe(found, plan.calls);

      const after = await openAs(found);
      const ladder = await readLadder(after);
      expect(ladder.map(({ name, members }) => [name, members])).to.deep.equal([
        ["ゲスト", 2],
        ["常連", 1],
        ["A: B", 0],
      ]);
      const { entries } = await readBoard(after, null);
      const journal = await EvidenceJournal.open(folder);
      for (const { account, title } of entries) {
        const { rank, name } = await dao.badge.titleOf(account);
        expect(title).to.deep.equal({ rank: Number(rank), name });
        expect((await readMember(after, account, journal)).title).to.deep.equal(title);
      }
      const { message } = await problemOf(planSetTitles(after, parseTitles(LADDER)));
      expect(message).to.include("the same already");
    }));
});
