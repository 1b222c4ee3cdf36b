import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { parseEther } from "ethers";
import { IMPLEMENTATION_NAMES } from "../../sdk/implementations.js";
import { launchSalt } from "../../sdk/launch/config.js";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { BrandDAOFactory__factory, BrandToken__factory } from "../../typechain-types/index.js";
import {
  Brands,
  expectSuccess,
  launcher,
  type LocalNode,
  run,
  describeCommandLine,
  startHardhatNode,
  transactionsOf,
  NodeProxy,
} from "./support.js";

type Brand = Awaited<ReturnType<Brands["write"]>>;

describeCommandLine("a launch that is interrupted", function () {
  let brands: Brands;
  let node: LocalNode;
  let proxy: NodeProxy;

  before(async () => {
    brands = await Brands.create();
    node = await startHardhatNode();
    proxy = await NodeProxy.before(node);
  });

  after(async () => {
    await proxy.close();
    await node.stop();
    brands.remove();
  });

  /** In a process of its own: what one knew that was interrupted, the next one doesn't. */
  const launch = (brand: Brand, killOn?: Promise<unknown>) =>
    run(["dao", "launch", brand.file], { url: proxy.url, killOn: killOn ?? new Promise(() => undefined) });

  /** Kills a launch at its n-th transaction, which the node gets or not, and lets nothing through after that. */
  async function killAt(brand: Brand, transaction: number, forwarded: boolean): Promise<void> {
    const killOn = proxy.stopAt(transaction, forwarded ? "sent" : "written down", "hangs");
    const { code, stdout, stderr } = await launch(brand, killOn);
    proxy.mend();
    expect(code, `${stdout}${stderr}`).to.equal(null);
  }

  async function cutEverywhere(brand: Brand, forwarded: boolean): Promise<void> {
    const cut = proxy.cutEachOnce(forwarded);
    const outcome = await launch(brand);
    proxy.mend();
    expectSuccess(outcome);
    expect(cut.length).to.be.above(30);
    await expectFinish(brand);
  }

  async function recordOf({ record }: Brand): Promise<DaoRecord | undefined> {
    const text = await readFile(record, "utf8").catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as DaoRecord);
  }

  /** Expects that the launch, run once more, finishes, and that nothing on the chain was done twice or in vain. */
  async function expectFinish(brand: Brand): Promise<void> {
    // One that was killed when all was done has nothing to finish.
    if ((await recordOf(brand))?.status !== "live") expectSuccess(await launch(brand));
    const record = await recordOf(brand);
    if (record === undefined) throw new Error("Nothing was recorded");
    expect(record.status).to.equal("live");

    const factory = BrandDAOFactory__factory.connect(record.factory, node.provider);
    const filter = factory.filters.DAOLaunched(launcher.address, launchSalt(brand.slug));
    const launches = await factory.queryFilter(filter, 0);
    expect(launches.map(({ transactionHash }) => transactionHash)).to.deep.equal([
      record.transactions.launch,
    ]);
    const token = BrandToken__factory.connect(record.contracts.token, node.provider);
    expect(await token.totalSupply()).to.equal(parseEther("150000"));

    const all = await transactionsOf(node);
    expect(all.filter(({ status }) => status !== 1)).to.deep.equal([]);
    const contents = all.map(
      ({ transaction: { from, to, data, value } }) => `${from} ${to ?? ""} ${data} ${value}`,
    );
    expect(new Set(contents).size, "different transactions").to.equal(contents.length);
  }

  it("finishes, wherever it is killed", async () => {
    const brand = await brands.write();
    // Within the implementations, two of them: among those that are sent at once. Then within the Safe's contracts, at the
    // Safe, and at the DAO.
    await killAt(brand, 4, false);
    await killAt(brand, IMPLEMENTATION_NAMES.length - 3, true);
    await killAt(brand, 6, true);
    await expectFinish(brand);
  });

  it("finishes, wherever it is killed, on a chain with all but the Safe and the DAO", async () => {
    const brand = await brands.write();
    await killAt(brand, 1, true);
    await killAt(brand, 1, false);
    await killAt(brand, 2, true);
    await expectFinish(brand);
  });

  for (const forwarded of [true, false]) {
    it(`goes on, whichever request is cut ${forwarded ? "after" : "before"} the node got it`, async () => {
      await cutEverywhere(await brands.write(), forwarded);
    });
  }
});
