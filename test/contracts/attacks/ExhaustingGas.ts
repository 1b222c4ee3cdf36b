import { expect } from "chai";
import { ZeroHash } from "ethers";
import { Nicknames__factory } from "../../../typechain-types/index.js";
import { connect, type Connection, DAY, gasOf, now, tokens } from "../../helpers/chain.js";
import { kindConfig } from "../../helpers/dao.js";
import { loopsOfContracts } from "../../helpers/loops.js";
import {
  launchWithStewardedModules,
  makeMembers,
  MODULE_KIND,
  openSupport,
  pollTerms,
} from "../../helpers/modules.js";
import { award, requestAndWait } from "../../helpers/recovery.js";

const { ethers, networkHelpers } = await connect();

/** What a transaction may use at most, on any chain with EIP-7825. It is what the tests' chain gives each. */
const MOST = 16_777_216n;

const CALLER = "what the caller hands in, and pays for; several calls do what one can't";
const WINNERS = "6 places of leaders, CallChecks";
const CONDITIONS = "4 conditions, PackedPerks";
const TITLES = "5 titles, BadgeCatalog";
const TEXT =
  "a text whose length was checked when it was written: 64 characters of a name, 1,000 of a description";
const LAUNCH = "what the launcher hands in; a launch that doesn't fit fails as a whole";

/** Every loop of the contracts, and what bounds it. A loop that isn't here, or isn't any more, fails the test. */
const BOUNDS: Record<string, string> = {
  "badge/Awards.sol _awardMany: i < count": CALLER,
  "badge/BadgeCatalog.sol setTitles: i < newTitles.length": TITLES,
  "badge/BadgeCatalog.sol grantVotes: i < ids.length": CALLER,
  "badge/BadgeCatalog.sol encodedTitles: i < names.length": TITLES,
  "badge/BadgeCatalog.sol titlesReached: uint24(thresholds) != 0 && points >= uint24(thresholds)":
    "4 thresholds, the bits that there are",
  "badge/BadgeCatalog.sol _titleNames: at < data.length": TITLES,
  "badge/ContributionBadge.sol initialize: i < init.kinds.length": LAUNCH,
  "badge/Recoveries.sol _moveAll: i < ids.length": CALLER,
  "community/Nicknames.sol nicknameOf: length < MAX_NICKNAME && stored[length] != 0": "32 bytes",
  "governance/BallotRelay.sol relay: i < ballots.length": CALLER,
  "governance/ProposerSuffix.sol _hex: shift != 2": "5 halvings of 64",
  "ideas/CallChecks.sol check: i < count": "32 options, CallChecks",
  "ideas/IdeaBoard.sol relay: i < signed.length": CALLER,
  "ideas/IdeaBoard.sol open: i < count": "32 options, CallChecks",
  "ideas/IdeaBoard.sol winnersOf: count < entries.length && entries[count] != 0": WINNERS,
  "ideas/IdeaBoard.sol voiceOf: i < voice.ideas.length": "10 ideas, PackedVoices",
  "ideas/IdeaBoard.sol _support: i < ideas.length": "10 ideas, PackedVoices",
  "ideas/Leaderboard.sol prepare: i * PER_WORD < places": WINNERS,
  "ideas/Leaderboard.sol load: i < places": WINNERS,
  "ideas/Leaderboard.sol store: first < entries.length": WINNERS,
  "ideas/Leaderboard.sol store: i < first + PER_WORD && i < entries.length": WINNERS,
  "ideas/Leaderboard.sol rise: i < place": WINNERS,
  "ideas/Leaderboard.sol rise: place != 0 && entries[place - 1] < entry": WINNERS,
  "ideas/Leaderboard.sol has: i < entries.length && entries[i] != 0": WINNERS,
  "ideas/PackedVoice.sol contains: i < count": "10 ideas, PackedVoices",
  "pass/Cloth.sol dye: dark && luminance > LIGHT_INK_UNTIL":
    "21 shades: each has 0.99 of the light of the one before",
  "pass/PackedPerk.sol pack: i < conditions_.length": CONDITIONS,
  "pass/PackedPerk.sol conditions: count < MAX_CONDITIONS": CONDITIONS,
  "pass/PassRenderer.sol _rings: i < (rank == 0 ? 1 : rank)": TITLES,
  "pass/PassRenderer.sol _standing: i < pass.ranks && i < MAX_RANKS": TITLES,
  "pass/Perks.sol isEligible: i < conditions.length": CONDITIONS,
  "pass/Perks.sol conditionsMet: i < conditions.length": CONDITIONS,
  "pass/Perks.sol _checkConditions: i < count": CONDITIONS,
  "pass/Perks.sol _countOfKind: i < badgeIds.length": CALLER,
  "pass/Perks.sol _groups: i < conditions.length": CONDITIONS,
  "rewards/ContributionRewards.sol returnUnclaimed: season <= running + SEASONS_AHEAD": "6 seasons",
  "text/FittedText.sol fit: i < raw.length": TEXT,
  "text/Utf8.sol read: i < size": "4 bytes of a character",
  "text/Utf8.sol isPlain: i < text.length": "32 bytes of a nickname",
  "text/Written.sol grouped: value >= 1_000": "26 groups of digits",
  "text/Xml.sol escape: i < raw.length": TEXT,
  "text/Xml.sol escape: i < end": "4 bytes of a character",
  "text/Xml.sol escape: j < part.length": "6 bytes of an entity",
  "token/BrandToken.sol initialize: i < init.allocations.length": LAUNCH,
  "token/PackedVotes.sol _votesAt: index == later": "30 doublings: checkpoints have 29 bits",
  "token/PackedVotes.sol _votesAt: later - index > 1": "29 halvings",
};

async function launch(connection: Connection) {
  const dao = await launchWithStewardedModules(connection);
  await makeMembers(dao, ...dao.holders, dao.member);
  const terms = { kind: MODULE_KIND.CUSTOMER, royaltyBps: 0n, colour: 0x7a7a7an, language: 1n };
  await dao.asSafe(await dao.pass.setTerms.populateTransaction(terms));
  await dao.pass.mint(4);
  return dao;
}

describe("Attack: a loop is made to need more gas than a transaction can have", function () {
  it("finds each loop of the contracts bounded", async function () {
    const loops = (await loopsOfContracts()).map(
      ({ file, where, condition }) => `${file} ${where}: ${condition}`,
    );
    expect(loops).to.deep.equal(Object.keys(BOUNDS));
  });

  describe("at its bound", function () {
    let dao: Awaited<ReturnType<typeof launch>>;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launch);
    });

    it("a poll of 32 options, as long as they can be, is opened, and voted on for the last ones", async function () {
      const { asSafe, board, holders } = dao;
      const options = Array.from({ length: 32 }, (_, index) =>
        `${index.toString().padStart(3, "0")} `.repeat(50),
      );
      const terms = pollTerms(options, { winners: 6n });
      const opening = gasOf(asSafe(await board.open.populateTransaction(terms)));
      expect(await opening).to.be.lessThan(MOST / 4n);
      await openSupport(dao, 1n);
      const ideas = Array.from({ length: 10 }, (_, index) => (1n << 16n) + 31n - BigInt(index));
      for (const holder of holders) {
        expect(await gasOf(board.connect(holder).support(ideas))).to.be.lessThan(MOST / 16n);
      }
      expect(await board.winnersOf(1)).to.have.length(6);
    });

    it("titles, kinds and perks with all that they can have are set, and drawn", async function () {
      const { asSafe, badge, member, pass } = dao;
      const name = "&".repeat(64);
      const titles = [0, 10, 20, 30, 40].map((points) => ({ name, points }));
      await asSafe(await badge.setTitles.populateTransaction(titles));
      const texts = { name, description: "<".repeat(1_000), image: "x".repeat(256) };
      await asSafe(await badge.addKind.populateTransaction(kindConfig({ ...texts, points: 40n })));
      await award(dao, await badge.kindCount(), member);
      const conditions = [0, 1, 2, 3].map((group) => ({
        subject: 2n, // badges of a kind
        group,
        argument: 1n,
        amount: 1n,
      }));
      const perk = { name, uri: "", once: true, conditions };
      await asSafe(await pass.addPerk.populateTransaction({ ...perk, uri: "x".repeat(256) }));
      for (const read of [badge.tokenURI.populateTransaction(5), pass.tokenURI.populateTransaction(4)]) {
        expect(await ethers.provider.estimateGas(await read)).to.be.lessThan(MOST);
      }
      expect(await pass.isEligible(member, 1, [4])).to.equal(true);
    });

    it("a recovery of many badges is carried out in as many steps as it takes", async function () {
      const { asSafe, badge, member, other } = dao;
      const many = 120;
      const first = (await badge.totalAwarded()) + 1n;
      const accounts = Array<string>(many).fill(member.address);
      const hashes = accounts.map(() => ZeroHash);
      const batch = await badge.awardBatch.populateTransaction(MODULE_KIND.CUSTOMER, accounts, hashes, "");
      expect(await gasOf(asSafe(batch))).to.be.lessThan(MOST);
      const ids = Array.from({ length: many }, (_, index) => first + BigInt(index));
      await requestAndWait(dao, member, other);
      for (let at = 0; at < many; at += 40) await badge.recover(member, ids.slice(at, at + 40));
      await badge.recover(member, [4]);
      expect([await badge.balanceOf(member), await badge.balanceOf(other)]).to.deep.equal([
        0n,
        BigInt(many) + 1n,
      ]);
    });

    it("a nickname of 32 bytes is set and read", async function () {
      const { deployer, member } = dao;
      const nicknames = await new Nicknames__factory(deployer).deploy();
      await nicknames.connect(member).set("あ".repeat(10) + "xy");
      expect(await nicknames.nicknameOf(member)).to.equal("あ".repeat(10) + "xy");
    });

    it("what is unclaimed is returned with budgets in all six seasons", async function () {
      const { badge, connection, holders, rewards, stranger, token } = dao;
      const [funder] = holders;
      await token.connect(funder).approve(rewards, tokens(100));
      for (const season of [1, 2, 3, 4, 5]) await rewards.connect(funder).fund(season, token, tokens(1));
      await connection.networkHelpers.time.increaseTo((await badge.seasonBounds(1)).end + DAY);
      await rewards.connect(funder).fund(6, token, tokens(1));
      await token.connect(funder).transfer(rewards, 7);
      expect(await gasOf(rewards.connect(stranger).returnUnclaimed(token))).to.be.lessThan(MOST / 64n);
    });

    it("votes long ago are found among thousands of checkpoints", async function () {
      const { connection, holders, stranger, token } = dao;
      const send = () => token.connect(holders[0]).transfer(stranger, 1);
      await send();
      const first = await now(connection);
      for (let count = 0; count < 1_000; count++) await send();
      expect(await token.getPastVotes(stranger, first)).to.equal(1);
      const gas = await token.getPastVotes.estimateGas(stranger, first);
      // Two looks for each doubling of a thousand.
      expect(gas).to.be.lessThan(21_000n + 20n * 2_700n + 10_000n);
    });
  });
});
