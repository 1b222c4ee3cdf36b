import { expect } from "chai";
import { parseEther, ZeroHash } from "ethers";
import { endOfDay, kindAddedBy, readKinds, requireKind } from "../../../../sdk/badges/kinds/kinds.js";
import { call, named } from "../../../../sdk/calls/plan.js";
import { load } from "../../support.js";
import { asSafe, badgeWorld, KIND, LIMITED, openAs, thrownBy } from "../support.js";

const DAY = 86_400;

describe("badge kinds", () => {
  describe("readKinds", () => {
    it("reads each kind, and what is left of its limits", async () => {
      const world = await load(badgeWorld);
      const [review, ambassador, recipe, own, ...more] = await readKinds(await openAs(world));
      expect(more).to.deep.equal([]);
      expect(review).to.deep.equal({
        number: KIND.REVIEW,
        name: "レビュー",
        description: "",
        image: "",
        points: 10,
        votes: 0n,
        issuerRole: 3n,
        awarded: 0,
        supply: null,
        today: null,
        closed: false,
      });
      expect(ambassador).to.deep.include({ number: KIND.AMBASSADOR, points: 30, votes: parseEther("100") });
      expect(recipe).to.deep.include({
        number: KIND.RECIPE,
        name: "レシピ",
        supply: { limit: 5, left: 5 },
        today: { limit: 60, left: 60 },
      });
      expect(own?.issuerRole).to.equal(100n);
    });

    it("counts what was awarded: in all, and within the day", async () => {
      const world = await load(badgeWorld);
      const { badge, stranger, connection } = world;
      const recipe = async () => (await readKinds(await openAs(world)))[KIND.RECIPE - 1];
      const start = endOfDay(await connection.networkHelpers.time.latest()) + 100;
      await connection.networkHelpers.time.setNextBlockTimestamp(start);
      await badge.award(KIND.RECIPE, stranger, ZeroHash);
      await badge.award(KIND.RECIPE, stranger, ZeroHash);
      expect(await recipe()).to.deep.include({
        awarded: 2,
        supply: { limit: 5, left: 3 },
        today: { limit: 60, left: 20 },
      });
      // What the contract itself says is left.
      await expect(badge.awardBatch(KIND.RECIPE, [stranger, stranger], [ZeroHash, ZeroHash], ""))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeDailyPointsLimited")
        .withArgs(KIND.RECIPE, 40, 20);

      await connection.networkHelpers.time.increaseTo(endOfDay(start) - 1);
      expect((await recipe())?.today).to.deep.equal({ limit: 60, left: 20 });
      await connection.networkHelpers.time.increaseTo(endOfDay(start));
      expect(await recipe()).to.deep.include({
        supply: { limit: 5, left: 3 },
        today: { limit: 60, left: 60 },
      });
    });

    it("doesn't count back what was given up", async () => {
      const world = await load(badgeWorld);
      await world.badge.award(KIND.RECIPE, world.stranger, ZeroHash);
      await world.dao.badge.connect(world.stranger).renounce(1);
      const recipe = (await readKinds(await openAs(world)))[KIND.RECIPE - 1];
      expect(recipe).to.deep.include({ awarded: 1, supply: { limit: 5, left: 4 } });
    });

    it("reads many kinds with the longest texts", async () => {
      const world = await load(badgeWorld);
      const badge = await named("badge", world.dao.badge);
      const kind = { ...LIMITED, description: "あ".repeat(333), image: `ipfs://${"x".repeat(249)}` };
      const names = Array.from({ length: 22 }, (_, i) => `${"い".repeat(20)}${i}`);
      const calls = names.map((name) => call(badge, "addKind", [{ ...kind, name }], "Add"));
      await asSafe(world, calls.slice(0, 11));
      await asSafe(world, calls.slice(11));
      const kinds = await readKinds(await openAs(world));
      expect(kinds.slice(4).map(({ name }) => name)).to.deep.equal(names);
      expect(kinds.map(({ number }) => number)).to.deep.equal(kinds.map((_, i) => i + 1));
      expect(kinds.at(-1)).to.deep.include({ description: kind.description, image: kind.image });
    });

    it("knows what is closed", async () => {
      const world = await load(badgeWorld);
      const badge = await named("badge", world.dao.badge);
      await asSafe(world, [call(badge, "closeKind", [KIND.RECIPE], "Close")]);
      const kinds = await readKinds(await openAs(world));
      expect(kinds.map(({ closed }) => closed)).to.deep.equal([false, false, true, false]);
    });
  });

  describe("kindAddedBy", () => {
    it("is the number of the kind that a transaction added", async () => {
      const world = await load(badgeWorld);
      const badge = await named("badge", world.dao.badge);
      await asSafe(world, [call(badge, "addKind", [{ ...LIMITED, name: "Fifth" }], "Add")]);
      const block = await world.context.provider.getBlock("latest");
      expect(await kindAddedBy(await openAs(world), block?.transactions[0] ?? "")).to.equal(5);
    });

    it("is none for another transaction", async () => {
      const world = await load(badgeWorld);
      const { hash } = await world.badge.award(KIND.RECIPE, world.stranger, ZeroHash);
      const live = await openAs(world);
      expect(await kindAddedBy(live, hash)).to.equal(undefined);
      expect(await kindAddedBy(live, ZeroHash)).to.equal(undefined);
    });
  });

  describe("endOfDay", () => {
    it("is the next midnight in UTC", () => {
      const midnight = Date.UTC(2027, 3, 1) / 1000;
      expect(endOfDay(midnight)).to.equal(midnight + DAY);
      expect(endOfDay(midnight - 1)).to.equal(midnight);
    });
  });

  describe("requireKind", () => {
    const kinds = [
      { number: 1, name: "Review", closed: true },
      { number: 2, name: "がんばる人", closed: false },
      { number: 3, name: "Review", closed: false },
      { number: 4, name: "Old", closed: true },
      { number: 5, name: "Twice", closed: false },
      { number: 6, name: "Twice", closed: false },
      { number: 7, name: "4", closed: false },
    ];
    const find = (text: string) => requireKind(text, kinds).number;
    const problem = (text: string, of = kinds) => thrownBy(() => requireKind(text, of));

    it("finds a kind by name or number", () => {
      expect(find("がんばる人")).to.equal(2);
      expect(find("がんばる人".normalize("NFD"))).to.equal(2);
      expect(find(" 2 ")).to.equal(2);
      expect(find("6")).to.equal(6);
    });

    it("prefers the one that is open, and one that is called like a number", () => {
      expect(find("Review")).to.equal(3);
      expect(find("1")).to.equal(1);
      expect(find("Old")).to.equal(4);
      expect(find("4")).to.equal(7);
    });

    it("doesn't choose between two", () => {
      const { message, remedy } = problem("Twice");
      expect(message).to.include('"Twice"');
      expect(remedy).to.include("5 or 6");
    });

    it("names the kinds there are", () => {
      for (const text of ["review", "", "0", "8", "1.5", "-1", "1e0"]) {
        const { message, remedy } = problem(text);
        expect(message).to.include(`"${text}"`);
        expect(remedy).to.include("がんばる人");
      }
      expect(problem("x", []).remedy).to.include("badge kind add");
    });
  });
});
