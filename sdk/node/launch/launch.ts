import type { Provider, TransactionReceipt } from "ethers";
import type { BrandConfig } from "../../config/schema.js";
import { KyosoError } from "../../errors.js";
import { requireIdle } from "../../execute/idle.js";
import { executeAsSigner } from "../../execute/signer.js";
import { readLogs } from "../../chain/logs.js";
import type { Plan } from "../../calls/plan.js";
import { call } from "../../calls/plan.js";
import type { DaoRecord } from "../../daoRecord.js";
import { deploySafeContracts } from "../safe/canonical.js";
import { predictSafe } from "../safe/kit.js";
import { formatAmount, formatCost } from "../../units.js";
import { BrandDAOFactory } from "../../../typechain-types/abi/index.js";
import { launchConfig, launchSalt } from "../../launch/config.js";
import type { LaunchContext } from "./context.js";
import type { LaunchPlan } from "./plan.js";

/** Refuses where there is too little to pay with, or transactions of the launcher are still under way. */
export async function checkLauncher(context: LaunchContext, plan: LaunchPlan): Promise<void> {
  await requireIdle(plan.launcher, context.provider);
  const balance = await context.provider.getBalance(plan.launcher);
  if (balance < plan.cost.wei) {
    throw KyosoError.of("account.too-little-ether", {
      data: { account: plan.launcher, balance, cost: plan.cost.wei },
      place: `account ${plan.launcher}`,
      message: `It holds ${formatAmount(balance, "ETH")}, and the launch may cost up to ${formatCost(plan.cost.wei)}`,
      remedy: "Send it more, or wait for a lower gas price.",
    });
  }
}

/**
 * Creates the Safe of the brand file, on a local chain with all that it needs. Does nothing if it is there.
 *
 * @returns The plan to go on with: its record has the transaction.
 */
export async function createSafe(context: LaunchContext, plan: LaunchPlan): Promise<LaunchPlan> {
  if (context.brand.safe.kind !== "new" || (await context.provider.getCode(plan.safe.address)) !== "0x") {
    return plan;
  }
  if (plan.createsSafeContracts) await deploySafeContracts(context.signer);
  const kit = await predictSafe(context.eip1193, plan.chainId, context.brand.safe, context.brand.brand.slug);
  const transaction = await kit.createSafeDeploymentTransaction();
  const creation: Plan = {
    title: "Creating the Safe",
    calls: [
      {
        contract: "SafeProxyFactory",
        to: transaction.to,
        signature: "createProxyWithNonce(address,bytes,uint256)",
        args: [],
        data: transaction.data,
        value: BigInt(transaction.value),
        purpose: `Create the Safe ${plan.safe.address}`,
      },
    ],
  };
  let record = plan.record;
  await executeAsSigner(creation, context.signer, async (_, hash) => {
    record = { ...record, transactions: { ...record.transactions, safe: hash } };
    await context.store?.write(record);
  });
  return { ...plan, record };
}

/** The one call that launches a DAO. */
export function launchCall(brand: BrandConfig, plan: LaunchPlan): Plan {
  const factory = {
    name: "BrandDAOFactory",
    address: plan.record.factory,
    interface: BrandDAOFactory.createInterface(),
  };
  const config = launchConfig(brand, plan.safe.address, plan.terms);
  return {
    title: `Launching ${brand.brand.name}`,
    calls: [call(factory, "launch", [config], "Create and wire all contracts")],
  };
}

/**
 * Launches the DAO and completes its record. What was sent is written down before it is confirmed, so that a launch
 * that was interrupted is found again instead of being done twice.
 */
export async function launch(context: LaunchContext, plan: LaunchPlan): Promise<DaoRecord> {
  const { provider, store } = context;
  let record = plan.record;
  await store?.write(record);

  let receipt = await earlierLaunch(provider, plan);
  if (receipt === undefined) {
    [receipt] = await executeAsSigner(launchCall(context.brand, plan), context.signer, async (_, hash) => {
      record = { ...record, transactions: { ...record.transactions, launch: hash } };
      await store?.write(record);
    });
  }
  if (receipt === undefined || (await provider.getCode(plan.contracts.token)) === "0x") {
    throw KyosoError.of("launch.misplaced", {
      data: { chainId: plan.chainId },
      place: `chain ${plan.chainId}`,
      message: "The launch is confirmed, but its contracts are not where they were predicted",
      remedy: "Check that the node is up to date, and run the same command again.",
    });
  }
  record = {
    ...record,
    status: "live",
    transactions: { ...record.transactions, launch: receipt.hash },
    launchBlock: receipt.blockNumber,
  };
  await store?.write(record);
  return record;
}

/** The receipt of a launch that an earlier run sent, if there is one. */
async function earlierLaunch(provider: Provider, plan: LaunchPlan): Promise<TransactionReceipt | undefined> {
  const sent = plan.record.transactions.launch;
  if (sent !== undefined) {
    const known = (await provider.getTransaction(sent)) !== null;
    const receipt = known ? await provider.waitForTransaction(sent) : null;
    // One that reverted is as good as none.
    if (receipt?.status === 1) return receipt;
  }
  if (!plan.launched) return undefined;
  // Sent, but its hash was not written down any more: the factory's event tells.
  const { factory, slug, startBlock } = plan.record;
  const { filters } = BrandDAOFactory.connect(factory, provider);
  const topics = await filters.DAOLaunched(plan.launcher, launchSalt(slug)).getTopicFilter();
  const [event] = await readLogs(provider, { address: factory, topics }, startBlock);
  if (event === undefined) return undefined;
  return (await provider.getTransactionReceipt(event.transactionHash)) ?? undefined;
}
