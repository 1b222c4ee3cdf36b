import { expect } from "chai";
import { deploySafeContracts } from "../../../../sdk/node/safe/canonical.js";
import { creationOf, parseNewSafe, planSafe } from "../../../../sdk/node/safe/create.js";
import type { Eip1193Provider } from "../../../../sdk/chain/eip1193.js";
import { readSafe } from "../../../../sdk/safe/safe.js";
import { emptyWorld, kyosoError, launchedWorld, load, preparedWorld, problemOf } from "../../support.js";

const ONE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const TWO = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";

/** What `parseNewSafe` says is wrong. */
const wrong = (...args: Parameters<typeof parseNewSafe>) =>
  kyosoError(
    new Promise((resolve) => {
      resolve(parseNewSafe(...args));
    }),
  ).then(({ problems }) => problems);

describe("parseNewSafe", () => {
  it("reads owners with commas or spaces between them, and a threshold", () => {
    expect(parseNewSafe(`${ONE},${TWO}`, "1", 31337n)).to.deep.equal({ owners: [ONE, TWO], threshold: 1 });
    expect(parseNewSafe(` ${ONE} , ${TWO},`, undefined, 31337n)).to.deep.equal({
      owners: [ONE, TWO],
      threshold: 2,
    });
  });

  it("names all that is wrong at once", async () => {
    const sentinel = "0x0000000000000000000000000000000000000001";
    const problems = await wrong(`${ONE.toLowerCase()},${TWO},${TWO},0x12,${sentinel}`, "9", 31337n);
    expect(problems.map(({ place }) => place)).to.deep.equal([
      "--owners",
      "--owners",
      "--owners",
      "--owners",
    ]);
    expect(problems[0]?.remedy).to.include(ONE);
    expect(problems[1]?.message).to.include(TWO).and.to.include("twice");
    expect(problems[3]?.message).to.include(sentinel);
  });

  it("asks for owners", async () => {
    const [problem] = await wrong(" , ", undefined, 31337n);
    expect(problem?.message).to.include("no owners");
  });

  for (const threshold of ["0", "3", "1.5", "two", "-1", "", "0x1"]) {
    it(`refuses ${JSON.stringify(threshold)} of two`, async () => {
      const [problem] = await wrong(`${ONE},${TWO}`, threshold, 31337n);
      expect(problem?.place).to.equal("--threshold");
      expect(problem?.remedy).to.include("1 to 2");
    });
  }

  it("refuses accounts whose keys everybody knows, but on a local chain", async () => {
    const [problem] = await wrong(ONE, undefined, 1n);
    expect(problem?.message).to.include(ONE).and.to.include("known to everybody");
  });
});

describe("planSafe", () => {
  it("says where a Safe will be, also before the chain has the Safe contracts", async () => {
    const { context, launcher, owners } = await load(emptyWorld);
    const wanted = { owners: owners.map(({ address }) => address), threshold: 2 };
    const before = await planSafe(context.provider, context.eip1193, wanted, "team");
    expect(before.exists).to.equal(false);
    expect(before.createsContracts).to.equal(true);
    await deploySafeContracts(launcher);
    const after = await planSafe(context.provider, context.eip1193, wanted, "team");
    expect(after).to.deep.equal({ ...before, createsContracts: false });
  });

  it("gives each name an address of its own", async () => {
    const { context, owners } = await load(preparedWorld);
    const wanted = { owners: owners.map(({ address }) => address), threshold: 2 };
    const at = async (name: string) =>
      (await planSafe(context.provider, context.eip1193, wanted, name)).safe.address;
    expect(await at("one"))
      .to.equal(await at("one"))
      .and.not.to.equal(await at("two"));
  });

  it("finds the Safe that a launch made, by the DAO's slug", async () => {
    const { context, owners, record } = await load(launchedWorld);
    const wanted = { owners: owners.map(({ address }) => address), threshold: 2 };
    const plan = await planSafe(context.provider, context.eip1193, wanted, "blue");
    expect(plan.exists).to.equal(true);
    expect(plan.safe).to.deep.equal(await readSafe(context.provider, record.safe));
  });

  it("says so where protocol-kit knows no Safe contracts", async () => {
    const { context } = await load(preparedWorld);
    // The contracts' chain under another number, as a chain of one's own has.
    const eip1193 = {
      request: (args: Parameters<Eip1193Provider["request"]>[0]) =>
        args.method === "eth_chainId" ? Promise.resolve("0x5ba0") : context.eip1193.request(args),
    };
    const provider = new Proxy(context.provider, {
      get: (target, key) => {
        if (key === "getNetwork") return () => Promise.resolve({ chainId: 0x5ba0n });
        const value: unknown = Reflect.get(target, key);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    const { place, message } = await problemOf(
      planSafe(provider, eip1193, { owners: [ONE], threshold: 1 }, "x"),
    );
    expect(place).to.equal("chain 23456");
    expect(message).to.include("No Safe can be created here");
  });
});

describe("creationOf", () => {
  it("creates it in one call, from whatever account", async () => {
    const { context, owners, stranger } = await load(preparedWorld);
    const wanted = { owners: owners.map(({ address }) => address), threshold: 3 };
    const plan = await planSafe(context.provider, context.eip1193, wanted, "team");
    const { calls } = await creationOf(context.eip1193, plan);
    expect(calls).to.have.length(1);
    for (const { to, data, value } of calls) await stranger.sendTransaction({ to, data, value });
    expect(await readSafe(context.provider, plan.safe.address)).to.deep.equal(plan.safe);
    expect((await planSafe(context.provider, context.eip1193, wanted, "team")).exists).to.equal(true);
  });
});
