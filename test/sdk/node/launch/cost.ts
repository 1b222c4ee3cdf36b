import { expect } from "chai";
import { IMPLEMENTATION_NAMES } from "../../../../sdk/implementations.js";
import { estimateCost } from "../../../../sdk/node/launch/cost.js";
import { createSafe, launch } from "../../../../sdk/node/launch/launch.js";
import { planLaunch } from "../../../../sdk/node/launch/plan.js";
import { deployImplementations } from "../../../../deploy/implementations.js";
import hre from "hardhat";
import { emptyWorld, load, preparedWorld, problemOf } from "../../support.js";

const namesOf = (steps: readonly { readonly name: string; readonly exact: boolean }[]) =>
  steps.map(({ name, exact }) => `${name}${exact ? "" : ", at most"}`);

describe("estimateCost", () => {
  it("names what is missing, and adds it up", async () => {
    const { context } = await load(emptyWorld);
    const plan = await planLaunch(context);
    expect(namesOf(plan.cost.steps)).to.deep.equal([
      `${IMPLEMENTATION_NAMES.length} shared implementations, at most`,
      "the Safe, at most",
      "the launch, at most",
    ]);
    expect(plan.cost.gas).to.equal(plan.cost.steps.reduce((sum, { gas }) => sum + gas, 0n));
    expect(plan.cost.wei).to.equal(plan.cost.gas * plan.cost.gasPrice);
  });

  it("counts the gas of each step as no less than was used", async function () {
    // Code that counts its coverage is larger than what will be deployed.
    if (hre.globalOptions.coverage) this.skip();
    const { connection, context } = await load(emptyWorld);
    const plan = await planLaunch(context);
    const { provider } = connection.ethers;
    const gasSince = async (block: number) => {
      let gas = 0n;
      for (let i = block + 1; i <= (await provider.getBlockNumber()); i++) {
        gas += (await provider.getBlock(i))?.gasUsed ?? 0n;
      }
      return gas;
    };
    const start = await provider.getBlockNumber();
    await deployImplementations(hre, connection, context.implementations);
    const [implementations, safe, launching] = plan.cost.steps;
    const used = await gasSince(start);
    expect(used <= (implementations?.gas ?? 0n), "implementations").to.equal(true);
    expect((implementations?.gas ?? 0n) <= (used * 5n) / 4n, "not by much more").to.equal(true);
    const ready = await planLaunch(context);
    expect(namesOf(ready.cost.steps)).to.deep.equal(["the Safe, at most", "the launch, at most"]);
    // The Safe contracts are a local chain's only, and nobody pays for them there.
    await createSafe(context, ready);
    const created = await provider.getBlock("latest");
    expect((created?.gasUsed ?? 0n) <= (safe?.gas ?? 0n), "the Safe").to.equal(true);
    const last = await planLaunch(context);
    expect(namesOf(last.cost.steps)).to.deep.equal(["the launch"]);
    await launch(context, last);
    const launched = await provider.getBlock("latest");
    expect((launched?.gasUsed ?? 0n) <= (launching?.gas ?? 0n), "the launch").to.equal(true);
    expect((launched?.gasUsed ?? 0n) <= last.cost.gas, "the launch, estimated by the node").to.equal(true);
  });

  it("counts each implementation by itself", async () => {
    const { context } = await load(preparedWorld);
    const plan = await planLaunch(context);
    const gasOf = async (missing: typeof plan.missing) =>
      (await estimateCost(context, { ...plan, missing })).steps[0]?.gas ?? 0n;
    const [badge, relay] = [await gasOf(["ContributionBadge"]), await gasOf(["BallotRelay"])];
    expect(badge > relay).to.equal(true);
    expect(await gasOf(["ContributionBadge", "BallotRelay"])).to.equal(badge + relay);
  });

  it("is nothing where all is done", async () => {
    const { context } = await load(preparedWorld);
    const plan = await planLaunch(context);
    const cost = await estimateCost(context, { ...plan, createsSafe: false, launched: true });
    expect(cost).to.deep.include({ steps: [], gas: 0n, wei: 0n });
  });

  it("says what the chain would refuse", async () => {
    const { context } = await load(preparedWorld);
    const plan = await planLaunch(context);
    // Without its Safe the factory reverts.
    const { place, message } = await problemOf(estimateCost(context, { ...plan, createsSafe: false }));
    expect(place).to.equal("brands/blue.yaml");
    expect(message).to.include("would refuse");
  });

  it("is an upper estimate while transactions of the launcher are under way", async () => {
    const { connection, context, launcher } = await load(preparedWorld);
    const plan = await planLaunch(context);
    await connection.provider.request({ method: "evm_setAutomine", params: [false] });
    try {
      await launcher.sendTransaction({ to: launcher.address });
      const { steps } = await estimateCost(context, { ...plan, createsSafe: false });
      expect(namesOf(steps)).to.deep.equal(["the launch, at most"]);
    } finally {
      await connection.provider.request({ method: "evm_setAutomine", params: [true] });
    }
  });
});
