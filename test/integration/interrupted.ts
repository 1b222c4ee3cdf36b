import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { parseEther } from "ethers";
import { IMPLEMENTATION_NAMES } from "../../sdk/implementations.js";
import { launchSalt } from "../../sdk/launch/config.js";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { BrandDAOFactory__factory, BrandToken__factory } from "../../typechain-types/index.js";
import {
  Brands,
  expectFailure,
  expectSuccess,
  Gate,
  launcher,
  type LocalNode,
  run,
  describeCommandLine,
  start,
  startHardhatNode,
  transactionsOf,
} from "./support.js";

type Brand = Awaited<ReturnType<Brands["write"]>>;

/** How often a launch is killed at a moment that nobody chose. Each takes some 10 seconds. */
const KILLS = 1;

/** Where a run's connection breaks: at its n-th transaction, with the node having got it or not. */
interface Break {
  readonly transaction: number;
  readonly forwarded: boolean;
}

describeCommandLine("a launch that is interrupted", function () {
  let brands: Brands;
  let node: LocalNode;
  let gate: Gate;

  before(async () => {
    brands = await Brands.create();
    node = await startHardhatNode();
    gate = await Gate.before(node);
  });

  after(async () => {
    await gate.close();
    await node.stop();
    brands.remove();
  });

  /** In a process of its own: what one knew that was interrupted, the next one doesn't. */
  const launch = (brand: Brand) => start(["dao", "launch", brand.file], gate).ended;
  const killed = (brand: Brand, killAfter: number) =>
    run(["dao", "launch", brand.file], { url: gate.url, killAfter });

  async function breakAt(brand: Brand, { transaction, forwarded }: Break): Promise<void> {
    gate.breakAt(transaction, { forwarded });
    expectFailure(await launch(brand));
    gate.mend();
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

  it("finishes, wherever the connection broke, on a chain with nothing on it", async () => {
    const brand = await brands.write();
    // Each run gets a little further: within the implementations, at the last of them, at the money for the account
    // that deploys Safe's factory, and within the Safe contracts.
    const implementations = 1 + IMPLEMENTATION_NAMES.length; // CreateX comes first.
    const breaks: Break[] = [
      { transaction: 4, forwarded: false },
      { transaction: implementations - 3, forwarded: true },
      { transaction: 1, forwarded: true },
      { transaction: 5, forwarded: false },
    ];
    for (const one of breaks) await breakAt(brand, one);
    await expectFinish(brand);
  });

  it("finishes, wherever the connection broke, on a chain with all but the Safe and the DAO", async () => {
    const brand = await brands.write();
    // The Safe, then the DAO.
    await breakAt(brand, { transaction: 1, forwarded: true });
    await breakAt(brand, { transaction: 1, forwarded: false });
    await breakAt(brand, { transaction: 1, forwarded: true });
    await expectFinish(brand);
  });

  for (let i = 0; i < KILLS; i++) {
    it("finishes, whenever the process was killed", async () => {
      const brand = await brands.write();
      const { code } = await killed(brand, 1_500 + Math.random() * 4_000);
      expect(code).to.be.oneOf([null, 0]);
      if (code === null) await expectFinish(brand);
    });
  }
});
