import { expect } from "chai";
import { parseEther } from "ethers";
import { call, named } from "../../../sdk/calls/plan.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { openDao } from "../../../sdk/live.js";
import { planClaims } from "../../../sdk/rewards/plans.js";
import { parseRewardSeason, readRewardSeason, readRewardSeasons } from "../../../sdk/rewards/seasons.js";
import { asSafe, SEASON } from "../badges/support.js";
import { problemOf } from "../support.js";
import { DAY, fund, opened } from "./support.js";

describe("seasons and their rewards", () => {
  it("are one that runs and has no budget, after a launch", async () => {
    const { live, dao } = await opened();
    const { start, end } = await dao.badge.seasonBounds(1);
    expect(end - start).to.equal(BigInt(SEASON));
    expect(await readRewardSeasons(live)).to.deep.equal([
      {
        number: 1,
        start: Number(start),
        end: Number(end),
        opens: Number(end) + 14 * DAY,
        closes: Number(end) + SEASON,
        state: "running",
        points: 40,
        taken: 0,
        pointsLimit: 100_000,
        budgets: [],
      },
    ]);
  });

  it("have budgets in each token that anybody added, also those ahead", async () => {
    const { live, open, holders, plain } = await opened();
    const token = await plain.getAddress();
    await fund(live, holders[0], parseEther("100"));
    await fund(live, holders[1], parseEther("20"));
    await fund(live, holders[2], 7n, { token });
    await fund(live, holders[2], 8n, { season: "3", token });
    const seasons = await readRewardSeasons(await open());
    expect(seasons.map(({ number, state }) => [number, state])).to.deep.equal([
      [1, "running"],
      [2, "ahead"],
      [3, "ahead"],
    ]);
    const budgets = seasons.map((season) =>
      season.budgets.map(({ token: { symbol, address }, budget, paid }) => [symbol, address, budget, paid]),
    );
    const brand = live.record.contracts.token;
    expect(budgets).to.deep.equal([
      [
        ["BLUE", brand, parseEther("120"), 0n],
        ["PLAIN", token, 7n, 0n],
      ],
      [],
      [["PLAIN", token, 8n, 0n]],
    ]);
    expect(seasons[2]?.start).to.equal((seasons[0]?.start ?? 0) + 2 * SEASON);
  });

  it("can be read without the tokens of strangers, none of which is asked for anything", async () => {
    const { live, holders, plain, record, context, dao, owners } = await opened();
    const token = await plain.getAddress();
    const asked: string[] = [];
    const provider = new Proxy(context.provider, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function") return value;
        return (...args: readonly unknown[]): unknown => {
          if (key === "call") asked.push(String((args[0] as { readonly to?: unknown }).to));
          return value.apply(target, args) as unknown;
        };
      },
    });
    const read = async () => {
      asked.length = 0;
      const now = await openDao(record, provider, context.eip1193);
      const seasons = await readRewardSeasons(now, "shown");
      const running = await readRewardSeason(now, undefined, "shown");
      expect(running).to.deep.equal(seasons[0]);
      return running.budgets.map(({ token: { symbol }, budget }) => [symbol, budget]);
    };
    await fund(live, holders[0], parseEther("100"));
    await fund(live, holders[2], 7n, { token });
    expect(await read()).to.deep.equal([["BLUE", parseEther("100")]]);
    expect(asked).not.to.include(token);

    // What the Safe puts in is the brand's own doing.
    await (await plain.connect(holders[0]).transfer(record.safe, 5n)).wait();
    const [coin, rewards] = [await named("token", plain), await named("rewards", dao.rewards)];
    await asSafe({ record, context, owners }, [
      call(coin, "approve", [record.contracts.rewards, 5n], "Let it"),
      call(rewards, "fund", [1, token, 5n], "Share it"),
    ]);
    expect(await read()).to.deep.equal([
      ["BLUE", parseEther("100")],
      ["PLAIN", 12n],
    ]);
    expect(asked).to.include(token);
  });

  it("can be disputed, then claimed, and are over in the end", async () => {
    const { live, open, holders, afterEnd } = await opened();
    await fund(live, holders[0], parseEther("100"));
    const stateAfter = async (seconds: number) => {
      await afterEnd(1, seconds);
      return (await readRewardSeason(await open(), 1)).state;
    };
    expect(await stateAfter(-1)).to.equal("running");
    expect(await stateAfter(0)).to.equal("disputed");
    expect(await stateAfter(14 * DAY - 1)).to.equal("disputed");
    expect(await stateAfter(14 * DAY)).to.equal("claimable");
    const now = await open();
    const { plan } = await planClaims(
      now,
      await readRewardSeason(now, 1),
      holders[0].address,
      holders[2].address,
    );
    await executeAsSigner(plan, holders[2]);
    expect(await stateAfter(SEASON - 1)).to.equal("claimable");
    expect(await stateAfter(SEASON)).to.equal("over");
    const [first, second, third] = await readRewardSeasons(await open());
    expect([first, second, third].map((season) => season?.pointsLimit)).to.deep.equal([null, null, 100_000]);
    expect(first?.budgets[0]).to.deep.include({ budget: parseEther("100"), paid: parseEther("75") });
    expect([second?.state, third?.state]).to.deep.equal(["disputed", "running"]);
  });

  describe("are called", () => {
    it("by number, or current", async () => {
      const { live } = await opened();
      expect((await parseRewardSeason(live, "Current")).number).to.equal(1);
      for (const number of [1, 2, 5]) {
        expect((await parseRewardSeason(live, number.toString())).number).to.equal(number);
      }
    });

    for (const [text, message] of [
      ["6", "Season 6 is too far ahead: season 1 is running"],
      ["0", `"0" isn't the number of a season`],
      ["first", `"first" isn't the number of a season`],
      ["-1", `"-1" isn't the number of a season`],
    ] as const) {
      it(`and not ${text}`, async () => {
        const { live } = await opened();
        const problem = await problemOf(parseRewardSeason(live, text));
        expect(problem).to.deep.equal({
          place: "season",
          message,
          remedy: 'Write 1 to 5, or "current" for season 1.',
        });
      });
    }
  });
});
