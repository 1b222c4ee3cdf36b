import type { Provider, Signer, TransactionReceipt } from "ethers";
import type { BrandConfig } from "../config/schema.js";
import { KyosoError } from "../errors.js";
import { executeAsSigner, reasonOf } from "../execute/signer.js";
import type { Addresses, ImplementationName } from "../implementations.js";
import { missingImplementations } from "../implementations.js";
import { readLogs } from "../logs.js";
import type { Plan } from "../plan.js";
import { call } from "../plan.js";
import type { DaoContract, DaoRecord, LaunchTerms, RecordStore } from "../record.js";
import {
  deploySafeContracts,
  hasSafeContracts,
  LOCAL_CHAIN_ID,
  predictCanonicalSafe,
  SAFE_VERSION,
} from "../safe/canonical.js";
import type { Eip1193Provider, NewSafe, SafeInfo } from "../safe/safe.js";
import { predictSafe, readSafe, safeSaltNonce } from "../safe/safe.js";
import { BrandDAOFactory__factory } from "../../typechain-types/index.js";
import { launchConfig, launchSalt, launchTerms } from "./config.js";
import type { Cost } from "./cost.js";
import { estimateCost } from "./cost.js";
import type { Findings } from "./preflight.js";
import { checkAccounts, checkBrand, checkTerms } from "./preflight.js";
import { predictDeployment } from "./predict.js";

/** What a launch works with. */
export interface LaunchContext {
  readonly provider: Provider;
  readonly eip1193: Eip1193Provider;
  readonly signer: Signer;
  readonly brand: BrandConfig;
  readonly implementations: Addresses<ImplementationName>;
  /** Where records are kept; undefined for a chain that ends with the command. */
  readonly store: RecordStore | undefined;
}

/** What a launch would do: found out without sending anything. */
export interface LaunchPlan {
  readonly chainId: bigint;
  readonly launcher: string;
  readonly safe: SafeInfo;
  /** Whether the Safe is still to be created. */
  readonly createsSafe: boolean;
  /** Whether the chain lacks the Safe contracts themselves; only on a local one. */
  readonly createsSafeContracts: boolean;
  readonly missing: readonly ImplementationName[];
  readonly terms: LaunchTerms;
  readonly contracts: Addresses<DaoContract>;
  /** Whether the launch itself was done before, and only its record is missing. */
  readonly launched: boolean;
  readonly record: DaoRecord;
  readonly cost: Cost;
  readonly warnings: Findings["warnings"];
}

/**
 * Looks at the brand file and the chain, and plans what is missing between the two.
 *
 * @throws KyosoError with everything that stands in the way.
 */
export async function planLaunch(context: LaunchContext): Promise<LaunchPlan> {
  const { brand, provider, signer, store } = context;
  const { problems, warnings } = checkBrand(brand);
  const [{ chainId }, launcher, block] = await Promise.all([
    provider.getNetwork(),
    signer.getAddress(),
    provider.getBlock("latest"),
  ]);
  if (brand.brand.chainId !== undefined && brand.brand.chainId !== chainId) {
    problems.push({
      place: "brand.chainId",
      message: `The file is for chain ${brand.brand.chainId}, but the network is chain ${chainId}`,
      remedy: "Choose the network with --network.",
    });
  }
  if (block === null) throw new KyosoError({ message: "The node has no blocks", remedy: "Check its state." });
  const before = await recordOf(context, chainId, launcher);
  const terms = before?.terms ?? launchTerms(brand, block.timestamp);
  problems.push(...checkAccounts(brand, launcher, chainId));
  if (before === undefined) problems.push(...checkTerms(terms, block.timestamp));
  if (problems.length > 0) throw new KyosoError(problems);
  if (before !== undefined && (await provider.getCode(before.contracts.token)) !== "0x") {
    // It is live with what it was launched with, whatever the file or the checkout say by now.
    const done = {
      chainId,
      launcher,
      safe: await readSafe(provider, before.safe),
      createsSafe: false,
      createsSafeContracts: false,
      missing: [],
      terms,
      contracts: before.contracts,
      launched: true,
    };
    return { ...done, record: before, cost: await estimateCost(context, done), warnings };
  }
  const missing = await missingImplementations(provider, context.implementations);
  const { safe, createsSafe, createsSafeContracts } = await findSafe(context, chainId);
  const contracts = predictDeployment({
    factory: context.implementations.BrandDAOFactory,
    implementations: context.implementations,
    launcher,
    salt: launchSalt(brand.brand.slug),
    safe: safe.address,
    communityDate: terms.communityDate,
  });
  if ((await provider.getCode(contracts.token)) !== "0x") {
    throw new KyosoError({
      place: "brand.slug",
      message: `${launcher} launched "${brand.brand.slug}" on chain ${chainId} before: its token is ${contracts.token}`,
      remedy: `Restore its record ${store?.file(chainId, brand.brand.slug) ?? ""}, or choose another slug for another DAO.`,
    });
  }

  const record: DaoRecord = {
    version: 1,
    status: "launching",
    slug: brand.brand.slug,
    name: brand.brand.name,
    chainId: chainId.toString(),
    launcher,
    safe: safe.address,
    factory: context.implementations.BrandDAOFactory,
    terms,
    startBlock: before?.startBlock ?? block.number,
    contracts,
    implementations: context.implementations,
    transactions: before?.transactions ?? {},
  };
  const plan = {
    chainId,
    launcher,
    safe,
    createsSafe,
    createsSafeContracts,
    missing,
    terms,
    contracts,
    launched: false,
  };
  const cost = await estimateCost(context, plan);
  return { ...plan, record, cost, warnings };
}

/** Refuses where there is too little to pay with, or transactions of the launcher are still under way. */
export async function checkLauncher(context: LaunchContext, plan: LaunchPlan): Promise<void> {
  const [balance, pending, latest] = await Promise.all([
    context.provider.getBalance(plan.launcher),
    context.provider.getTransactionCount(plan.launcher, "pending"),
    context.provider.getTransactionCount(plan.launcher, "latest"),
  ]);
  if (pending !== latest) {
    throw new KyosoError({
      place: `account ${plan.launcher}`,
      message: `${pending - latest} of its transactions are still under way`,
      remedy: "Wait until they are confirmed, and run the same command again.",
    });
  }
  if (balance < plan.cost.wei) {
    const eth = (wei: bigint) => `${(Number(wei / 10n ** 12n) / 1e6).toString()} ETH`;
    throw new KyosoError({
      place: `account ${plan.launcher}`,
      message: `It holds ${eth(balance)}, and the launch may cost up to ${eth(plan.cost.wei)}`,
      remedy: "Send it more, or wait for a lower gas price.",
    });
  }
}

/** Creates the Safe of the brand file, on a local chain with all that it needs. Does nothing if it is there. */
export async function createSafe(context: LaunchContext, plan: LaunchPlan): Promise<void> {
  if (context.brand.safe.kind !== "new" || (await context.provider.getCode(plan.safe.address)) !== "0x")
    return;
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
  await executeAsSigner(creation, context.signer);
}

/** The one call that launches a DAO. */
export function launchCall(brand: BrandConfig, plan: LaunchPlan): Plan {
  const factory = {
    name: "BrandDAOFactory",
    address: plan.record.factory,
    interface: BrandDAOFactory__factory.createInterface(),
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
    throw new KyosoError({
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
  const { filters } = BrandDAOFactory__factory.connect(factory, provider);
  const topics = await filters.DAOLaunched(plan.launcher, launchSalt(slug)).getTopicFilter();
  const [event] = await readLogs(provider, { address: factory, topics }, startBlock);
  if (event === undefined) return undefined;
  return (await provider.getTransactionReceipt(event.transactionHash)) ?? undefined;
}

/** The record of an interrupted launch; none where the DAO is new. */
async function recordOf(
  { brand, provider, store }: LaunchContext,
  chainId: bigint,
  launcher: string,
): Promise<DaoRecord | undefined> {
  const record = await store?.read(chainId, brand.brand.slug);
  if (record === undefined) return undefined;
  // A local chain begins anew at every start: what was recorded of an earlier one is void.
  const known = record.startBlock <= (await provider.getBlockNumber());
  const alive = (await provider.getCode(record.contracts.token)) !== "0x";
  if (chainId === LOCAL_CHAIN_ID && !alive && (record.status === "live" || !known)) return undefined;
  if (record.status === "live") {
    throw new KyosoError({
      place: store?.file(chainId, brand.brand.slug) ?? "brand.slug",
      message: alive
        ? `"${brand.brand.slug}" is live on chain ${chainId} already: its token is ${record.contracts.token}`
        : `"${brand.brand.slug}" is recorded as live, but chain ${chainId} has no token at ${record.contracts.token}`,
      remedy: alive
        ? "See it with `npx hardhat dao status`. Another DAO needs a brand file with another slug."
        : "Check the network's URL: this is another chain, or a node that is behind.",
    });
  }
  if (record.launcher !== launcher) {
    throw new KyosoError({
      place: store?.file(chainId, brand.brand.slug) ?? "brand.slug",
      message: `The launch of "${brand.brand.slug}" was begun by ${record.launcher}, and would now be another one by ${launcher}`,
      remedy: `Continue with the key of ${record.launcher}, or remove this file to begin anew.`,
    });
  }
  return record;
}

async function findSafe(context: LaunchContext, chainId: bigint) {
  const { brand, provider } = context;
  if (brand.safe.kind === "existing") {
    const safe = await readSafe(provider, brand.safe.address);
    return { safe, createsSafe: false, createsSafeContracts: false };
  }
  const { owners, threshold } = brand.safe;
  const createsSafeContracts = chainId === LOCAL_CHAIN_ID && !(await hasSafeContracts(provider));
  const address = createsSafeContracts
    ? predictCanonicalSafe(owners, threshold, safeSaltNonce(brand.brand.slug))
    : await predictSafeAddress(context, chainId, brand.safe);
  const exists = (await provider.getCode(address)) !== "0x";
  const safe = exists
    ? await readSafe(provider, address)
    : { address, version: SAFE_VERSION, owners, threshold };
  return { safe, createsSafe: !exists, createsSafeContracts };
}

/** @throws KyosoError where protocol-kit knows of no Safe contracts. */
async function predictSafeAddress(context: LaunchContext, chainId: bigint, safe: NewSafe): Promise<string> {
  const { brand, eip1193, provider } = context;
  try {
    return await (await predictSafe(eip1193, chainId, safe, brand.brand.slug)).getAddress();
  } catch (cause) {
    // If it is the node that doesn't answer, this says so.
    await provider.getBlockNumber();
    throw new KyosoError(
      {
        place: "safe.owners",
        message: `No Safe can be created on chain ${chainId}: ${reasonOf(cause)}`,
        remedy: "Create one by other means, and write its address as safe.address.",
      },
      { cause },
    );
  }
}
