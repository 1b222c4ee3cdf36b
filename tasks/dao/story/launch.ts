import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { deployImplementations, implementationAddresses } from "../../../deploy/implementations.js";
import { connectDao } from "../../../sdk/dao.js";
import { KyosoError } from "../../../sdk/errors.js";
import { createSafe, launch } from "../../../sdk/node/launch/launch.js";
import { planLaunch } from "../../../sdk/node/launch/plan.js";
import { type RecordStore } from "../../../sdk/node/record.js";
import { DAO_CONTRACTS } from "../../../sdk/daoRecord.js";
import { loadBrand } from "../../context.js";
import { done, heading, print, table, warn } from "../../output.js";
import { amountOf, BRAND, type Story } from "./story.js";

/** The brand launches its DAO. */
export async function tellLaunch(
  hre: HardhatRuntimeEnvironment,
  connection: NetworkConnection,
  store: RecordStore | undefined,
): Promise<Story> {
  const { provider } = connection.ethers;
  const [launcher] = await connection.ethers.getSigners();
  if (launcher === undefined)
    throw KyosoError.of("demo.broken", {
      data: { detail: "The chain has no accounts" },
      message: "The chain has no accounts",
    });
  const brand = await loadBrand(hre, BRAND);
  const { allocations } = brand.token;
  heading(`1. ${brand.brand.name} launches its DAO`);

  const implementations = await implementationAddresses(hre);
  await deployImplementations(hre, connection, implementations);
  const context = { provider, eip1193: connection.provider, signer: launcher, brand, implementations, store };
  const plan = await planLaunch(context);
  plan.warnings.forEach(warn);
  const record = await launch(context, await createSafe(context, plan));
  const { owners, threshold } = plan.safe;
  const story: Story = {
    hre,
    connection,
    launcher,
    brand,
    implementations,
    record,
    dao: connectDao(record, launcher),
    signers: owners.slice(0, threshold),
    names: new Map(allocations.map(({ to, note }) => [to, note ?? to])),
    wallets: new Map(),
  };

  done(`A Safe of ${owners.length} people at the brand; ${threshold} of them have to agree`);
  done(
    `${DAO_CONTRACTS.length + Object.keys(plan.modules).length} contracts, wired, in one transaction. The launcher has no power over them any more`,
  );
  const { token } = story.dao;
  const supply = amountOf(story, await token.totalSupply());
  const treasury = amountOf(story, await token.balanceOf(record.contracts.timelock));
  print(`  ${supply} exist; ${treasury} of them are the treasury's:`);
  table(allocations.map(({ to, amount, note }) => [amountOf(story, amount), note ?? to]));
  return story;
}
