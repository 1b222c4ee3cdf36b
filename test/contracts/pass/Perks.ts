import { expect } from "chai";
import { toBeHex } from "ethers";
import { connect, type Connection, DAY, now, tokens } from "../../helpers/chain.js";
import {
  launchWithModules,
  launchWithStewardedModules,
  makeMembers,
  MODULE_KIND,
  type ModularDAO,
} from "../../helpers/modules.js";
import { enact, travelTo } from "../../helpers/proposal.js";
import { award, enterSeason } from "../../helpers/recovery.js";

const { networkHelpers } = await connect();

const SUBJECT = {
  passes: 0n,
  badges: 1n,
  badgesOfKind: 2n,
  points: 3n,
  pointsThisSeason: 4n,
  pointsLastSeason: 5n,
  rank: 6n,
  memberDays: 7n,
  tokens: 8n,
} as const;

interface Condition {
  subject: bigint;
  group: bigint;
  argument: bigint;
  amount: bigint;
}

const asks = (
  subject: keyof typeof SUBJECT,
  amount: bigint,
  changes: Partial<Condition> = {},
): Condition => ({
  subject: SUBJECT[subject],
  group: 0n,
  argument: 0n,
  amount,
  ...changes,
});

const asTuple = ({ subject, group, argument, amount }: Condition) => [subject, group, argument, amount];

const config = (conditions: Condition[], changes: object = {}) => ({
  name: "月いちの試飲会",
  uri: "https://example.org/tasting",
  once: false,
  conditions,
  ...changes,
});

async function launchWithPass(connection: Connection): Promise<ModularDAO> {
  const dao = await launchWithStewardedModules(connection);
  const terms = { kind: MODULE_KIND.CUSTOMER, royaltyBps: 0n, colour: 0n, language: 0n };
  await dao.asSafe(await dao.pass.setTerms.populateTransaction(terms));
  return dao;
}

describe("Perks", function () {
  let dao: ModularDAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithPass);
  });

  async function add(conditions: Condition[], changes: object = {}): Promise<bigint> {
    await dao.asSafe(await dao.pass.addPerk.populateTransaction(config(conditions, changes)));
    return dao.pass.perkCount();
  }

  const eligible = (perk: bigint, account = dao.member.address, badges: bigint[] = []) =>
    dao.pass.isEligible(account, perk, badges);

  describe("addPerk", function () {
    it("keeps the rule, and tells all", async function () {
      const { pass } = dao;
      const conditions = [
        asks("badgesOfKind", 2n ** 24n - 1n, { group: 3n, argument: 4n }),
        asks("rank", 5n, { group: 1n }),
        asks("points", 1n),
        asks("tokens", 12_345n, { group: 2n }),
      ];
      const sent = dao.asSafe(await pass.addPerk.populateTransaction(config(conditions, { once: true })));
      await expect(sent)
        .to.emit(pass, "PerkAdded")
        .withArgs(1, ["月いちの試飲会", "https://example.org/tasting", true, conditions.map(asTuple)]);
      expect(await pass.perkOf(1)).to.deep.equal([conditions.map(asTuple), true, false, false]);
      expect(await pass.perkCount()).to.equal(1);
    });

    const refused: [string, Condition[], string, unknown[], object?][] = [
      ["no condition", [], "InvalidConditions", [0]],
      ["five conditions", Array<Condition>(5).fill(asks("points", 1n)), "InvalidConditions", [5]],
      ["a fifth group", [asks("points", 1n, { group: 4n })], "InvalidCondition", [0]],
      ["an amount of nothing", [asks("points", 1n), asks("points", 0n)], "InvalidCondition", [1]],
      ["an argument that means nothing", [asks("badges", 1n, { argument: 1n })], "InvalidCondition", [0]],
      ["no kind", [asks("badgesOfKind", 1n)], "InvalidCondition", [0]],
      ["a kind that there isn't", [asks("badgesOfKind", 1n, { argument: 5n })], "InvalidCondition", [0]],
      ["a sixth title", [asks("rank", 6n)], "InvalidCondition", [0]],
      ["no name", [asks("points", 1n)], "InvalidText", [0, 1, 64], { name: "" }],
      ["a name of 65 bytes", [asks("points", 1n)], "InvalidText", [65, 1, 64], { name: "x".repeat(65) }],
      ["a URI of 257 bytes", [asks("points", 1n)], "InvalidText", [257, 0, 256], { uri: "x".repeat(257) }],
      [
        "a pass or something else, once",
        [asks("passes", 1n), asks("points", 1n, { group: 1n })],
        "MixedOnce",
        [],
        { once: true },
      ],
    ];
    for (const [what, conditions, error, args, changes] of refused) {
      it(`refuses ${what}`, async function () {
        await expect(add(conditions, changes))
          .to.be.revertedWithCustomError(dao.pass, `Perks${error}`)
          .withArgs(...args);
      });
    }

    it("refuses a subject that there isn't", async function () {
      const { pass } = dao;
      const { data, to } = await pass.addPerk.populateTransaction(
        config([asks("tokens", 1n, { group: 3n })]),
      );
      const word = (value: bigint) => toBeHex(value, 32).slice(2);
      const changed = data.replace(word(8n) + word(3n), word(9n) + word(3n));
      expect(changed).not.to.equal(data);
      const { ethers } = await connect();
      await expect(dao.asSafe({ to, data: changed })).to.be.revert(ethers);
    });

    it("marks by pass what is given once and asks for a pass in any case, else by account", async function () {
      const { pass } = dao;
      const byPass = async (conditions: Condition[], once: boolean) =>
        (await pass.perkOf(await add(conditions, { once }))).byPass;
      const withPass = [asks("passes", 1n), asks("points", 1n), asks("passes", 2n, { group: 3n })];
      expect(await byPass(withPass, true)).to.equal(true);
      expect(await byPass(withPass, false)).to.equal(false);
      expect(await byPass([asks("points", 1n)], true)).to.equal(false);
    });

    it("is a passed proposal's, unless stewards were given it", async function () {
      const { pass, stranger } = dao;
      await add([asks("points", 1n)]);
      for (const sent of [
        pass.connect(stranger).addPerk(config([asks("points", 1n)])),
        pass.connect(stranger).closePerk(1),
      ]) {
        await expect(sent)
          .to.be.revertedWithCustomError(pass, "AccessManagedUnauthorized")
          .withArgs(stranger);
      }
      const fresh = await networkHelpers.loadFixture(launchWithModules);
      await enact(fresh, [await fresh.pass.addPerk.populateTransaction(config([asks("points", 1n)]))]);
      expect(await fresh.pass.perkCount()).to.equal(1);
    });
  });

  describe("closePerk", function () {
    it("ends a perk, for ever", async function () {
      const { pass, asSafe, member } = dao;
      const perk = await add([asks("badges", 1n)]);
      await makeMembers(dao, member);
      expect(await eligible(perk)).to.equal(true);
      const close = async () => asSafe(await pass.closePerk.populateTransaction(perk));
      await expect(close()).to.emit(pass, "PerkClosed").withArgs(perk);
      expect(await eligible(perk)).to.equal(false);
      expect(await pass.conditionsMet(member, perk, [])).to.deep.equal([true]);
      expect((await pass.perkOf(perk)).closed).to.equal(true);
      await expect(close()).to.be.revertedWithCustomError(pass, "PerksAlreadyClosed").withArgs(perk);
    });

    it("finds none where there is none", async function () {
      const { pass, member, asSafe } = dao;
      for (const perk of [0n, 1n]) {
        for (const asked of [
          pass.perkOf(perk),
          pass.isEligible(member, perk, []),
          pass.conditionsMet(member, perk, []),
          asSafe(await pass.closePerk.populateTransaction(perk)),
        ]) {
          await expect(asked).to.be.revertedWithCustomError(pass, "PerksNonexistentPerk").withArgs(perk);
        }
      }
    });
  });

  describe("isEligible", function () {
    it("asks for passes, which can be sold", async function () {
      const { pass, member, other } = dao;
      const one = await add([asks("passes", 1n)]);
      const two = await add([asks("passes", 2n)]);
      await makeMembers(dao, member, member);
      expect(await eligible(one)).to.equal(false);
      await pass.mint(1);
      expect([await eligible(one), await eligible(two)]).to.deep.equal([true, false]);
      await pass.mint(2);
      expect(await eligible(two)).to.equal(true);
      await pass.connect(member).transferFrom(member, other, 1);
      expect([await eligible(one), await eligible(two)]).to.deep.equal([true, false]);
      expect(await eligible(one, other.address)).to.equal(true);
    });

    it("asks for badges, points and titles", async function () {
      const { member } = dao;
      const badges = await add([asks("badges", 2n)]);
      const points = await add([asks("points", 20n)]);
      const rank = await add([asks("rank", 2n)]);
      const all = async () => Promise.all([badges, points, rank].map((perk) => eligible(perk)));
      expect(await all()).to.deep.equal([false, false, false]);
      await makeMembers(dao, member);
      expect(await all()).to.deep.equal([false, false, true]);
      await makeMembers(dao, member);
      expect(await all()).to.deep.equal([true, true, true]);
    });

    it("asks for badges of a kind, of those that are named", async function () {
      const { pass, badge, member, other } = dao;
      const perk = await add([asks("badgesOfKind", 2n, { argument: MODULE_KIND.CUSTOMER })]);
      await makeMembers(dao, member, member, other, member);
      await award(dao, MODULE_KIND.VOTER, member);
      expect(await eligible(perk)).to.equal(false);
      expect(await eligible(perk, member.address, [1n, 2n])).to.equal(true);
      // Another's, one of another kind, one that there isn't.
      expect(await eligible(perk, member.address, [1n, 3n])).to.equal(false);
      expect(await eligible(perk, member.address, [1n, 5n])).to.equal(false);
      expect(await eligible(perk, member.address, [1n, 99n])).to.equal(false);
      await badge.connect(member).renounce(2);
      expect(await eligible(perk, member.address, [1n, 2n])).to.equal(false);
      expect(await eligible(perk, member.address, [1n, 2n, 4n])).to.equal(true);
      for (const ids of [
        [1n, 1n],
        [4n, 1n],
      ]) {
        await expect(pass.isEligible(member, perk, ids))
          .to.be.revertedWithCustomError(pass, "PerksUnorderedBadges")
          .withArgs(1);
      }
    });

    it("asks for points of this season and of the last one", async function () {
      const { member } = dao;
      const current = await add([asks("pointsThisSeason", 10n)]);
      const last = await add([asks("pointsLastSeason", 10n)]);
      const both = async () => [await eligible(current), await eligible(last)];
      await makeMembers(dao, member);
      expect(await both()).to.deep.equal([true, false]);
      await enterSeason(dao, 2n);
      expect(await both()).to.deep.equal([false, true]);
      await enterSeason(dao, 3n);
      expect(await both()).to.deep.equal([false, false]);
      await makeMembers(dao, member);
      expect(await both()).to.deep.equal([true, false]);
    });

    it("asks for days of membership, with a badge now", async function () {
      const { badge, connection, member } = dao;
      const perk = await add([asks("memberDays", 30n)]);
      expect(await eligible(perk)).to.equal(false);
      await makeMembers(dao, member);
      const today = await now(connection);
      const due = today - (today % DAY) + 30n * DAY;
      await travelTo(due - 1n);
      expect(await eligible(perk)).to.equal(false);
      await travelTo(due);
      expect(await eligible(perk)).to.equal(true);
      await badge.connect(member).renounce(1);
      expect(await eligible(perk)).to.equal(false);
    });

    it("asks for tokens, in whole ones", async function () {
      const { token, holders, member } = dao;
      const perk = await add([asks("tokens", 5n)]);
      await token.connect(holders[0]).transfer(member, tokens(5) - 1n);
      expect(await eligible(perk)).to.equal(false);
      await token.connect(holders[0]).transfer(member, 1n);
      expect(await eligible(perk)).to.equal(true);
    });

    it("takes all conditions of a group, and one group", async function () {
      const { pass, token, holders, member, other } = dao;
      const perk = await add([
        asks("badges", 1n),
        asks("tokens", 1n),
        asks("badges", 3n, { group: 2n }),
        asks("points", 1_000n, { group: 3n }),
      ]);
      const met = async (account = member) => [...(await pass.conditionsMet(account, perk, []))];
      await makeMembers(dao, member);
      expect([await eligible(perk), await met()]).to.deep.equal([false, [true, false, false, false]]);
      await token.connect(holders[0]).transfer(other, tokens(1));
      expect([await eligible(perk, other.address), await met(other)]).to.deep.equal([
        false,
        [false, true, false, false],
      ]);
      await token.connect(other).transfer(member, tokens(1));
      expect([await eligible(perk), await met()]).to.deep.equal([true, [true, true, false, false]]);
      await token.connect(member).transfer(other, tokens(1));
      await makeMembers(dao, member, member);
      expect([await eligible(perk), await met()]).to.deep.equal([true, [true, false, true, false]]);
    });
  });
});
