import { expect } from "chai";
import { HDNodeWallet, ZeroAddress, parseEther } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import hre from "hardhat";
import { deployImplementations } from "../../../../deploy/implementations.js";
import { audit } from "../../../../sdk/audit/audit.js";
import { executeAsSigner } from "../../../../sdk/execute/signer.js";
import { IMPLEMENTATION_NAMES } from "../../../../sdk/implementations.js";
import type { LaunchContext } from "../../../../sdk/node/launch/context.js";
import { checkLauncher, createSafe, launch, launchCall } from "../../../../sdk/node/launch/launch.js";
import { planLaunch } from "../../../../sdk/node/launch/plan.js";
import type { RecordStore } from "../../../../sdk/node/record.js";
import type { DaoRecord } from "../../../../sdk/daoRecord.js";
import { SAFE_VERSION } from "../../../../sdk/node/safe/canonical.js";
import { BrandDAOFactory__factory } from "../../../../typechain-types/index.js";
import {
  breakingSigner,
  impatient,
  brandTree,
  emptyWorld,
  kyosoError,
  launchedWorld,
  launchOnce,
  load,
  preparedWorld,
  problemOf,
  readBrand,
  withStore,
  type World,
} from "../../support.js";

const addressesOf = (accounts: readonly { readonly address: string }[]) =>
  accounts.map(({ address }) => address);

/** All launches on the chain. */
async function launches({ implementations, provider }: LaunchContext) {
  const factory = BrandDAOFactory__factory.connect(implementations.BrandDAOFactory, provider);
  return factory.queryFilter(factory.filters.DAOLaunched());
}

/** Expects that the DAO is live, once, as its file says, and recorded. */
async function expectLive(context: LaunchContext, record: DaoRecord, store: RecordStore): Promise<void> {
  const [event, ...more] = await launches(context);
  expect(more).to.deep.equal([]);
  expect(record.status).to.equal("live");
  expect(record.transactions.launch).to.equal(event?.transactionHash);
  expect(record.launchBlock).to.equal(event?.blockNumber);
  expect(await store.read(31337n, record.slug)).to.deep.equal(record);
  const checks = await audit({ ...context, record });
  expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
}

/** A world and another brand file for it. */
function withBrand(world: World, change: (tree: ReturnType<typeof brandTree>) => unknown): LaunchContext {
  const tree = brandTree(addressesOf(world.owners), addressesOf(world.holders));
  change(tree);
  return { ...world.context, brand: readBrand(tree, tree.brand.slug) };
}

describe("launch", () => {
  describe("planLaunch", () => {
    it("sends nothing", async () => {
      const { connection, context, launcher } = await load(emptyWorld);
      const before = [await connection.networkHelpers.time.latestBlock(), await launcher.getNonce()];
      await withStore(async (store) => {
        await planLaunch({ ...context, store });
        expect(await store.list(31337n)).to.deep.equal([]);
      });
      expect([await connection.networkHelpers.time.latestBlock(), await launcher.getNonce()]).to.deep.equal(
        before,
      );
    });

    it("finds all missing on an empty chain", async () => {
      const { context, launcher, owners } = await load(emptyWorld);
      const plan = await planLaunch(context);
      expect(plan).to.deep.include({
        chainId: 31337n,
        launcher: launcher.address,
        missing: [...IMPLEMENTATION_NAMES],
        createsSafe: true,
        createsSafeContracts: true,
        launched: false,
        warnings: [],
      });
      expect(plan.safe).to.deep.include({ version: SAFE_VERSION, owners: addressesOf(owners), threshold: 2 });
    });

    it("finds only the Safe missing where others launched before", async () => {
      const { context } = await load(preparedWorld);
      expect(await planLaunch(context)).to.deep.include({
        missing: [],
        createsSafe: true,
        createsSafeContracts: false,
        launched: false,
      });
    });

    it("predicts the same addresses whatever is on the chain already", async () => {
      const empty = await load(emptyWorld);
      const early = await planLaunch(empty.context);
      const { context } = await load(preparedWorld);
      const late = await planLaunch(context);
      expect(late.safe).to.deep.equal(early.safe);
      const { handover: earlyHandover, ...earlyContracts } = early.contracts;
      const { handover: lateHandover, ...lateContracts } = late.contracts;
      expect(lateContracts).to.deep.equal(earlyContracts);
      // The Handover's address depends on its date, and that on the clock.
      expect(lateHandover).not.to.equal(earlyHandover);
      const { record } = await launchOnce(context);
      expect(record.contracts).to.deep.include(earlyContracts);
    });

    it("takes dates from the chain's clock", async () => {
      const { connection, context } = await load(preparedWorld);
      const now = await connection.networkHelpers.time.latest();
      expect((await planLaunch(context)).terms).to.deep.equal({
        guardianExpiry: now + 365 * 86_400,
        communityDate: now + 2 * 365 * 86_400,
      });
      const dated = withBrand(await load(preparedWorld), (tree) => {
        tree.handover = { veto: "none", community: new Date((now + 5e7) * 1000).toISOString().slice(0, 10) };
      });
      const { guardianExpiry, communityDate } = (await planLaunch(dated)).terms;
      expect(guardianExpiry).to.equal(0);
      expect(communityDate % 86_400).to.equal(0);
    });

    it("takes a Safe that exists", async () => {
      const world = await load(launchedWorld);
      const context = withBrand(world, (tree) => {
        tree.brand.slug = "red";
        Object.assign(tree, { safe: { address: world.record.safe } });
      });
      const { plan, record } = await launchOnce(context);
      expect(plan).to.deep.include({ createsSafe: false, safe: world.plan.safe });
      expect(record.safe).to.equal(world.record.safe);
      const checks = await audit({ ...context, record });
      expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
    });

    it("uses the Safe again that it would create", async () => {
      const world = await load(preparedWorld);
      const first = await planLaunch(world.context);
      await createSafe(world.context, first);
      const nonce = await world.launcher.getNonce();
      const second = await planLaunch(world.context);
      expect(second).to.deep.include({ createsSafe: false, safe: first.safe });
      await createSafe(world.context, second);
      expect(await world.launcher.getNonce()).to.equal(nonce);
    });

    it("refuses what isn't a Safe", async () => {
      const world = await load(launchedWorld);
      for (const address of [world.stranger.address, world.record.contracts.token]) {
        const context = withBrand(world, (tree) => {
          tree.brand.slug = "red";
          Object.assign(tree, { safe: { address } });
        });
        const { place, message } = await problemOf(planLaunch(context));
        expect(place).to.equal("safe.address");
        expect(message).to.include(address);
      }
    });

    it("refuses another chain than the file is for", async () => {
      const context = withBrand(await load(preparedWorld), (tree) =>
        Object.assign(tree.brand, { chainId: "1" }),
      );
      const { place, message } = await problemOf(planLaunch(context));
      expect(place).to.equal("brand.chainId");
      expect(message).to.include("chain 1,").and.to.include("chain 31337");
      const fitting = withBrand(await load(preparedWorld), (tree) =>
        Object.assign(tree.brand, { chainId: "31337" }),
      );
      expect((await planLaunch(fitting)).chainId).to.equal(31337n);
    });

    it("says everything at once that stands in the way", async () => {
      const context = withBrand(await load(preparedWorld), (tree) => {
        Object.assign(tree.brand, { chainId: "1" });
        tree.handover = { veto: "2020-01-01", community: "2020-01-02" };
      });
      const { problems } = await kyosoError(planLaunch(context));
      expect(problems.map(({ place }) => place)).to.deep.equal([
        "brand.chainId",
        "handover.veto",
        "handover.community",
      ]);
    });

    it("refuses a slug of the same launcher that is on the chain, where its record is lost", async () => {
      const { context, record } = await load(launchedWorld);
      await withStore(async (store) => {
        const { place, message, remedy } = await problemOf(planLaunch({ ...context, store }));
        expect(place).to.equal("brand.slug");
        expect(message).to.include(record.contracts.token);
        expect(remedy).to.include(store.file(31337n, "blue"));
      });
    });

    it("lets another launcher use the same slug", async () => {
      const { context, record, stranger } = await load(launchedWorld);
      const plan = await planLaunch({ ...context, signer: stranger });
      expect(plan.contracts.token).not.to.equal(record.contracts.token);
    });

    it("refuses a DAO that is live", async () => {
      const { context, record } = await load(launchedWorld);
      await withStore(async (store) => {
        await store.write(record);
        const { place, message, remedy } = await problemOf(planLaunch({ ...context, store }));
        expect(place).to.equal(store.file(31337n, "blue"));
        expect(message).to.include(record.contracts.token).and.to.include("live");
        expect(remedy).to.include("another slug");
      });
    });

    it("takes no notice of a record from before a local chain began anew", async () => {
      const { record } = await load(launchedWorld);
      const { context } = await load(preparedWorld);
      await withStore(async (store) => {
        for (const stale of [record, { ...record, status: "launching", startBlock: 1_000_000 } as const]) {
          await store.write(stale);
          const plan = await planLaunch({ ...context, store });
          expect(plan).to.deep.include({ launched: false, createsSafe: true });
          expect(plan.record.status).to.equal("launching");
          expect(plan.record.transactions).to.deep.equal({});
        }
      });
    });
  });

  describe("on a chain that isn't local", () => {
    const CHAIN_ID = 5_318_008n;
    let connection: NetworkConnection;
    let context: LaunchContext;

    before(async () => {
      connection = await hre.network.create({
        network: "hardhat",
        override: { chainId: Number(CHAIN_ID) },
      });
      const world = await emptyWorld(connection);
      // Nobody else knows these keys.
      const own = (index: number) =>
        HDNodeWallet.fromPhrase(
          "legal winner thank year wave sausage worth useful legal winner thank yellow",
          "",
          `m/44'/60'/0'/0/${index}`,
        ).address;
      const tree = brandTree([1, 2, 3].map(own), [4, 5, 6].map(own));
      const launcher = own(7);
      await connection.networkHelpers.impersonateAccount(launcher);
      await connection.networkHelpers.setBalance(launcher, parseEther("10"));
      context = {
        ...world.context,
        signer: await connection.ethers.getSigner(launcher),
        brand: readBrand(tree),
      };
    });

    after(() => connection.close());

    it("refuses test accounts", async () => {
      const { context: testing } = await emptyWorld(connection);
      const { problems } = await kyosoError(planLaunch(testing));
      expect(problems.map(({ place }) => place)).to.deep.equal([
        ...[1, 2, 3].map((i) => `token.allocations[${i}].to`),
        ...[0, 1, 2].map((i) => `safe.owners[${i}]`),
        "launcher",
      ]);
    });

    it("says that it can't create a Safe where Safe has no contracts", async () => {
      const { place, message, remedy } = await problemOf(planLaunch(context));
      expect(place).to.equal("safe.owners");
      expect(message).to.include(CHAIN_ID.toString());
      expect(remedy).to.include("safe.address");
    });

    it("refuses a record of a DAO that the chain doesn't have: it may be another chain", async () => {
      const { record } = await load(launchedWorld);
      await withStore(async (store) => {
        await store.write({ ...record, chainId: CHAIN_ID.toString() });
        const { place, message, remedy } = await problemOf(planLaunch({ ...context, store }));
        expect(place).to.equal(store.file(CHAIN_ID, "blue"));
        expect(message).to.include("recorded as live").and.to.include(record.contracts.token);
        expect(remedy).to.include("URL");
      });
    });
  });

  describe("checkLauncher", () => {
    it("lets a launcher with enough to pay go on", async () => {
      const { context } = await load(preparedWorld);
      await checkLauncher(context, await planLaunch(context));
    });

    it("refuses too little to pay with", async () => {
      const { connection, context, launcher } = await load(preparedWorld);
      const plan = await planLaunch(context);
      await connection.networkHelpers.setBalance(launcher.address, plan.cost.wei);
      await checkLauncher(context, plan);
      await connection.networkHelpers.setBalance(launcher.address, plan.cost.wei - 1n);
      const { place, message } = await problemOf(checkLauncher(context, plan));
      expect(place).to.include(launcher.address);
      expect(message).to.match(/holds [\d.]+ ETH, and the launch may cost up to [\d.]+ ETH/);
    });

    it("refuses while transactions of the launcher are under way", async () => {
      const { connection, context, launcher } = await load(preparedWorld);
      const plan = await planLaunch(context);
      await connection.provider.request({ method: "evm_setAutomine", params: [false] });
      try {
        await launcher.sendTransaction({ to: ZeroAddress });
        await launcher.sendTransaction({ to: ZeroAddress });
        const { place, message } = await problemOf(checkLauncher(context, plan));
        expect(place).to.include(launcher.address);
        expect(message).to.include("2 of its transactions");
        await connection.networkHelpers.mine();
        await checkLauncher(context, plan);
      } finally {
        await connection.provider.request({ method: "evm_setAutomine", params: [true] });
      }
    });
  });

  describe("from nothing to a live DAO", () => {
    it("takes an empty chain as it comes", () =>
      withStore(async (store) => {
        const world = await load(emptyWorld);
        const context = { ...world.context, store };
        const plan = await planLaunch(context);
        await deployImplementations(hre, world.connection, context.implementations);
        await createSafe(context, plan);
        await expectLive(context, await launch(context, plan), store);
      }));

    it("creates exactly what was planned", () =>
      withStore(async (store) => {
        const world = await load(preparedWorld);
        const context = { ...world.context, store };
        const { plan, record } = await launchOnce(context);
        expect(record).to.deep.include({
          slug: "blue",
          launcher: world.launcher.address,
          safe: plan.safe.address,
          contracts: plan.contracts,
          terms: plan.terms,
          chainId: "31337",
        });
        await expectLive(context, record, store);
      }));

    it("needs no store on a chain that ends with the command", async () => {
      const { context } = await load(preparedWorld);
      expect((await launchOnce(context)).record.status).to.equal("live");
    });
  });

  describe("continues where it was interrupted", () => {
    it("before the Safe was created", () =>
      withStore(async (store) => {
        const world = await load(emptyWorld);
        const { connection, launcher } = world;
        const context = { ...world.context, store };
        await deployImplementations(hre, connection, context.implementations);
        const first = await planLaunch(context);
        // Half of the Safe contracts, and then nothing.
        const breaking = { ...context, signer: await impatient(breakingSigner(launcher, 5)) };
        expect(await createSafe(breaking, first).catch((error: unknown) => error)).to.be.an("error");
        const { record } = await launchOnce(context);
        await expectLive(context, record, store);
      }));

    it("before the launch was sent", () =>
      withStore(async (store) => {
        const world = await load(preparedWorld);
        const context = { ...world.context, store };
        const first = await planLaunch(context);
        await createSafe(context, first);
        const breaking = { ...context, signer: await impatient(breakingSigner(world.launcher, 0)) };
        const { message } = await problemOf(launch(breaking, first));
        expect(message).to.include("the connection broke");
        expect(await store.read(31337n, "blue")).to.deep.equal(first.record);

        await world.connection.networkHelpers.time.increase(86_400);
        const { plan, record } = await launchOnce(context);
        // Also with the dates that it began with, and so with the addresses.
        expect(plan.terms).to.deep.equal(first.terms);
        expect(record.contracts).to.deep.equal(first.contracts);
        await expectLive(context, record, store);
      }));

    it("after the launch was sent, with its hash written down", () =>
      withStore(async (store) => {
        const world = await load(preparedWorld);
        const context = { ...world.context, store };
        const { plan, record } = await launchOnce(context);
        const interrupted = { ...plan.record, transactions: { launch: record.transactions.launch ?? "" } };
        await store.write(interrupted);
        const nonce = await world.launcher.getNonce();
        const again = await launchOnce(context);
        expect(again.plan).to.deep.include({ launched: true, createsSafe: false, missing: [] });
        expect(again.plan.cost).to.deep.include({ steps: [], gas: 0n, wei: 0n });
        expect(again.record).to.deep.equal(record);
        expect(await world.launcher.getNonce()).to.equal(nonce);
        await expectLive(context, again.record, store);
      }));

    it("after the launch was sent, without its hash: the factory's event tells", () =>
      withStore(async (store) => {
        const world = await load(preparedWorld);
        const context = { ...world.context, store };
        const first = await planLaunch(context);
        await createSafe(context, first);
        await store.write(first.record);
        await executeAsSigner(launchCall(context.brand, first), world.launcher);
        expect((await store.read(31337n, "blue"))?.transactions).to.deep.equal({});

        const nonce = await world.launcher.getNonce();
        const { record } = await launchOnce(context);
        expect(await world.launcher.getNonce()).to.equal(nonce);
        await expectLive(context, record, store);
      }));

    it("with a hash written down that the chain never took", () =>
      withStore(async (store) => {
        const world = await load(preparedWorld);
        const context = { ...world.context, store };
        const plan = await planLaunch(context);
        await store.write({ ...plan.record, transactions: { launch: `0x${"12".repeat(32)}` } });
        const { record } = await launchOnce(context);
        await expectLive(context, record, store);
      }));

    it("after a launch that reverted", () =>
      withStore(async (store) => {
        const world = await load(preparedWorld);
        const context = { ...world.context, store };
        const first = await planLaunch(context);
        await createSafe(context, first);
        // It runs out of gas, as estimates sometimes have it.
        const [call] = launchCall(context.brand, first).calls;
        const sent = await world.launcher
          .sendTransaction({ to: call?.to ?? null, data: call?.data ?? "", gasLimit: 500_000n })
          .catch(() => undefined);
        expect(sent).to.equal(undefined);
        const block = await world.connection.ethers.provider.getBlock("latest");
        const [reverted = ""] = block?.transactions ?? [];
        expect((await context.provider.getTransactionReceipt(reverted))?.status).to.equal(0);
        await store.write({ ...first.record, transactions: { launch: reverted } });
        const { record } = await launchOnce(context);
        await expectLive(context, record, store);
      }));

    it("while the launch is still on its way", () =>
      withStore(async (store) => {
        const world = await load(preparedWorld);
        const { provider } = world.connection;
        const context = { ...world.context, store };
        const first = await planLaunch(context);
        await createSafe(context, first);
        await provider.request({ method: "evm_setAutomine", params: [false] });
        try {
          const [call] = launchCall(context.brand, first).calls;
          const sent = await world.launcher.sendTransaction({ to: call?.to ?? null, data: call?.data ?? "" });
          const { hash } = sent;
          await store.write({ ...first.record, transactions: { launch: hash } });
          const plan = await planLaunch(context);
          expect(plan.launched).to.equal(false);
          const continued = launch(context, plan);
          await world.connection.networkHelpers.mine();
          expect((await continued).transactions.launch).to.equal(hash);
        } finally {
          await provider.request({ method: "evm_setAutomine", params: [true] });
        }
        expect(await launches(context)).to.have.length(1);
      }));

    it("with the file mended in between, as long as nothing was launched", () =>
      withStore(async (store) => {
        const world = await load(preparedWorld);
        const context = { ...world.context, store };
        const first = await planLaunch(context);
        await store.write(first.record);
        const mended = {
          ...withBrand(world, (tree) => {
            tree.safe.threshold = "3";
            tree.brand.name = "ブルー自転車店";
          }),
          store,
        };
        const { record } = await launchOnce(mended);
        expect(record.safe).not.to.equal(first.record.safe);
        expect(record.name).to.equal("ブルー自転車店");
        await expectLive(mended, record, store);
      }));

    it("but not with another account, once it was launched", () =>
      withStore(async (store) => {
        const world = await load(preparedWorld);
        const context = { ...world.context, store };
        const { plan } = await launchOnce(context);
        await store.write(plan.record);
        const { place, message, remedy } = await problemOf(
          planLaunch({ ...context, signer: world.stranger }),
        );
        expect(place).to.equal(store.file(31337n, "blue"));
        expect(message).to.include(world.launcher.address);
        expect(remedy).to.include(world.launcher.address);
        expect(await launches(context)).to.have.length(1);
      }));
  });

  it("says where a launch fails on the chain, and that it can be run again", async () => {
    const { context } = await load(preparedWorld);
    const plan = await planLaunch(context);
    // Without its Safe.
    const { place, message, remedy } = await problemOf(launch(context, plan));
    expect(place).to.include("Launching ブルー自転車").and.to.include("BrandDAOFactory.launch(");
    expect(message).to.include("Create and wire all contracts");
    expect(remedy).to.include("run the same command again");
    await createSafe(context, plan);
    await executeAsSigner(launchCall(context.brand, plan), context.signer);
  });
});
