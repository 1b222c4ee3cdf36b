import { expect } from "chai";
import { ZeroHash } from "ethers";
import { parseSeason, readBoard } from "../../../../sdk/badges/members/board.js";
import { seasonAt } from "../../../../sdk/badges/reads.js";
import { load, problemOf } from "../../support.js";
import { badgeWorld, KIND, openAs, SEASON, withoutEnds } from "../support.js";

describe("readBoard", () => {
  /** Three seasons: alice and bob the same in the first, carol in the second, bob again in the third. */
  async function world() {
    const found = await load(badgeWorld);
    const { badge, dao, holders, connection, stranger } = found;
    const [alice, bob, carol] = holders;
    const { time } = connection.networkHelpers;
    await badge.awardBatch(KIND.REVIEW, [alice, bob, carol, stranger], Array<string>(4).fill(ZeroHash), "");
    await badge.awardBatch(KIND.REVIEW, [alice, bob], [ZeroHash, ZeroHash], "");
    await dao.badge.connect(stranger).renounce(4);
    await time.increase(SEASON);
    await badge.awardBatch(KIND.AMBASSADOR, [carol, bob], [ZeroHash, ZeroHash], "");
    await time.increase(SEASON);
    await badge.award(KIND.REVIEW, bob, ZeroHash);
    const live = await openAs(found);
    const board = async (season: string | undefined) => readBoard(live, parseSeason(live, season));
    const names = new Map(
      [alice, bob, carol].map(({ address }, i) => [address, ["alice", "bob", "carol"][i] ?? ""]),
    );
    const lines = ({ entries }: Awaited<ReturnType<typeof board>>) =>
      entries.map(({ rank, account, points, totalPoints, badges }) => [
        rank,
        names.get(account),
        points,
        totalPoints,
        badges,
      ]);
    return { ...found, live, board, lines, alice, bob };
  }

  it("ranks the members of all time and of each season; the same points are the same rank", async () => {
    const { board, lines, dao, alice, bob } = await world();
    const all = await board("all");
    expect([all.season, all.points]).to.deep.equal([null, 120]);
    expect(lines(all)).to.deep.equal([
      [1, "bob", 60, 60, 4],
      [2, "carol", 40, 40, 2],
      [3, "alice", 20, 20, 2],
    ]);
    const first = await board("1");
    const [one, two] = [alice, bob].sort((a, b) => (a.address < b.address ? -1 : 1));
    expect(first.entries.map(({ rank, account, points }) => [rank, account, points])).to.deep.include.members(
      [
        [1, one?.address, 20],
        [1, two?.address, 20],
      ],
    );
    expect(first.entries.slice(0, 2).map(({ account }) => account)).to.deep.equal([
      one?.address,
      two?.address,
    ]);
    expect(lines(first)[2]).to.deep.equal([3, "carol", 10, 40, 2]);
    // The contract keeps only the last two seasons of each.
    expect(await dao.badge.seasonPointsOf(bob, 1)).to.equal(0n);
    // What was given up counts in the season's reward, and for nobody.
    expect(first).to.deep.include({ points: 50, taken: 10, pointsLimit: null });

    expect(lines(await board("2")).map(([rank, name, points]) => [rank, name, points])).to.have.deep.members([
      [1, "carol", 30],
      [1, "bob", 30],
    ]);
    const current = await board(undefined);
    expect(current.season?.number).to.equal(3);
    expect(current).to.deep.include({ points: 10, taken: 0, pointsLimit: 100_000 });
    expect(lines(current)).to.deep.equal([[1, "bob", 10, 60, 4]]);
  });

  it("agrees with the contract", async () => {
    const { board, dao } = await world();
    for (const season of [2, 3]) {
      const { entries, points, taken } = await board(season.toString());
      for (const entry of entries) {
        expect(BigInt(entry.points)).to.equal(await dao.badge.seasonPointsOf(entry.account, season));
        expect(BigInt(entry.totalPoints)).to.equal(await dao.badge.pointsOf(entry.account));
      }
      expect(BigInt(points + taken)).to.equal(await dao.badge.totalSeasonPoints(season));
    }
  });

  it("is empty where there is nothing yet", async () => {
    const live = await openAs(await load(badgeWorld));
    expect(await readBoard(live, seasonAt(live))).to.deep.include({ points: 0, entries: [] });
    const nothing = { season: null, points: 0, taken: 0, pointsLimit: null, entries: [] };
    expect(await readBoard(live, null)).to.deep.equal(nothing);
  });

  it("refuses a season that isn't there", async () => {
    const { live } = await world();
    expect(parseSeason(live, " 2 ")?.number).to.equal(2);
    expect(parseSeason(live, "ALL")).to.equal(null);
    for (const text of ["4", "0", "", "x", "1.5", "99999999"]) {
      const { place, remedy } = await problemOf(parsed(live, text));
      expect(place).to.equal("--season");
      expect(remedy).to.include("1 to 3");
    }
    const fresh = await openAs(await load(badgeWorld));
    const { message, remedy } = await problemOf(parsed(fresh, "2"));
    expect(message).to.include("has not begun");
    expect(remedy).to.include("Write 1, the current one");
  });

  it("notices that a node has left transfers out", async () => {
    const found = await load(badgeWorld);
    await found.badge.award(KIND.REVIEW, found.stranger, ZeroHash);
    await found.dao.badge.connect(found.stranger).renounce(1);
    await found.badge.award(KIND.REVIEW, found.stranger, ZeroHash);
    const { message } = await problemOf(readBoard(await withoutEnds(found), null));
    expect(message).to.include(found.stranger.address);
  });
});

async function parsed(...args: Parameters<typeof parseSeason>) {
  return Promise.resolve(parseSeason(...args));
}
