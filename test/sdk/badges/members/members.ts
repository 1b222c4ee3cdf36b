import { expect } from "chai";
import { id as hashOf, parseEther, ZeroHash } from "ethers";
import { EvidenceJournal } from "../../../../sdk/node/badges/journal.js";
import { readMember } from "../../../../sdk/badges/members/members.js";
import { call, named } from "../../../../sdk/calls/plan.js";
import { load, problemOf } from "../../support.js";
import { asSafe, awardOf, badgeWorld, KIND, openAs, SEASON, withFolder, withoutEnds } from "../support.js";

describe("readMember", () => {
  it("reads a member's page, the newest badge first", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const { badge, dao, holders, stranger, connection } = found;
      const [alice, bob] = holders;
      const award = awardOf(KIND.REVIEW, alice.address, "春の深煎り");
      const journal = await EvidenceJournal.open(folder);
      await journal.add([award]);
      const { hash } = award.evidence;
      await badge.awardBatch(KIND.REVIEW, [bob, alice], [hashOf("b"), hash], "https://example.com");
      await connection.networkHelpers.time.increase(SEASON);
      await badge.award(KIND.AMBASSADOR, alice, hashOf("unknown"));
      const at = await connection.networkHelpers.time.latest();
      await badge.award(KIND.REVIEW, alice, ZeroHash);
      await badge.award(KIND.REVIEW, alice, hashOf("revoked"));
      await badge.award(KIND.REVIEW, alice, hashOf("renounced"));
      await asSafe(found, [call(await named("badge", dao.badge), "revoke", [5, "Twice"], "Revoke")]);
      await dao.badge.connect(alice).renounce(6);

      const live = await openAs(found);
      const member = await readMember(live, alice.address, journal);
      const { start, end } = await dao.badge.seasonBounds(2);
      expect(member).to.deep.include({
        account: alice.address,
        points: 50,
        season: { number: 2, start: Number(start), end: Number(end), points: 40 },
        votes: parseEther("100"),
      });
      expect(
        member.badges.map(({ id, kind, name, points, votes, season }) => [
          id,
          kind,
          name,
          points,
          votes,
          season,
        ]),
      ).to.deep.equal([
        [4, 1, "レビュー", 10, 0n, 2],
        [3, 2, "Ambassador", 30, parseEther("100"), 2],
        [2, 1, "レビュー", 10, 0n, 1],
      ]);
      expect(member.badges[1]?.awardedAt).to.equal(at);
      expect(member.badges.map(({ evidence }) => evidence)).to.deep.equal([
        { hash: null, text: null, uri: null },
        { hash: hashOf("unknown"), text: null, uri: null },
        { hash, text: "春の深煎り", uri: "https://example.com" },
      ]);

      const none = await readMember(live, stranger.address, journal);
      expect(none).to.deep.include({ points: 0, votes: 0n, withheld: 0n, badges: [] });
    }));

  it("says which votes were withheld", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const { badge, dao, holders, stranger } = found;
      const { available } = await dao.token.contributionLimit();
      const accounts = Array.from(
        { length: Number(available / parseEther("100")) },
        () => holders[0].address,
      );
      const hashes = accounts.map(() => ZeroHash);
      await badge.awardBatch(KIND.AMBASSADOR, accounts, hashes, "");
      await badge.awardBatch(KIND.AMBASSADOR, [stranger, stranger], [ZeroHash, ZeroHash], "");
      await badge.award(KIND.REVIEW, stranger, ZeroHash);
      const journal = await EvidenceJournal.open(folder);
      const member = await readMember(await openAs(found), stranger.address, journal);
      expect(member).to.deep.include({ votes: 0n, withheld: parseEther("200") });
      expect(member.badges.map(({ votes, withheld }) => [votes, withheld])).to.deep.equal([
        [0n, 0n],
        [0n, parseEther("100")],
        [0n, parseEther("100")],
      ]);
    }));

  it("notices that a node has left transfers out", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      await found.badge.award(KIND.REVIEW, found.stranger, ZeroHash);
      await found.dao.badge.connect(found.stranger).renounce(1);
      const leaky = await withoutEnds(found);
      const journal = await EvidenceJournal.open(folder);
      const { message } = await problemOf(readMember(leaky, found.stranger.address, journal));
      expect(message).to.include(found.stranger.address);
    }));
});
