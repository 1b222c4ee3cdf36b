import { KyosoError, problem } from "../../errors.js";
import { reasonOf } from "../../calls/revert.js";
import type { Addresses, ImplementationName } from "../../implementations.js";
import { missingImplementations } from "../../implementations.js";
import type { DaoContract, DaoRecord, LaunchTerms } from "../../daoRecord.js";
import { toJson } from "../../json.js";
import { hasSafeContracts, predictCanonicalSafe, SAFE_VERSION } from "../safe/canonical.js";
import { LOCAL_CHAIN_ID } from "../../chain/local.js";
import type { NewSafe, SafeInfo } from "../../safe/safe.js";
import { readSafe } from "../../safe/safe.js";
import { predictSafe, safeSaltNonce } from "../safe/kit.js";
import { launchConfig, launchSalt, launchTerms } from "../../launch/config.js";
import type { LaunchContext } from "./context.js";
import type { Cost } from "./cost.js";
import { estimateCost } from "./cost.js";
import type { Findings } from "../../launch/preflight.js";
import { checkAccounts, checkBrand, checkTerms } from "../../launch/preflight.js";
import { predictDeployment, predictModules } from "../../launch/predict.js";

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
  /** The modules that the DAO begins with. */
  readonly modules: NonNullable<DaoRecord["modules"]>;
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
    problems.push(
      problem("brand.other-chain", {
        data: { chainId: brand.brand.chainId, here: chainId },
        place: "brand.chainId",
        message: `The file is for chain ${brand.brand.chainId}, but the network is chain ${chainId}`,
        remedy: "Choose the network with --network.",
      }),
    );
  }
  if (block === null)
    throw KyosoError.of("node.no-blocks", {
      data: {},
      message: "The node has no blocks",
      remedy: "Check its state.",
    });
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
      modules: before.modules ?? {},
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
    throw KyosoError.of("launch.slug-used", {
      data: {
        launcher,
        slug: brand.brand.slug,
        chainId,
        token: contracts.token,
        file: store?.file(chainId, brand.brand.slug),
      },
      place: "brand.slug",
      message: `${launcher} launched "${brand.brand.slug}" on chain ${chainId} before: its token is ${contracts.token}`,
      remedy: `Restore its record ${store?.file(chainId, brand.brand.slug) ?? ""}, or choose another slug for another DAO.`,
    });
  }

  const places = predictModules(context.implementations, contracts);
  const modules = {
    ...(brand.ideas.enabled ? { board: places.board } : {}),
    ...(brand.pass.enabled ? { pass: places.pass } : {}),
  };
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
    modules,
    implementations: context.implementations,
    ...(context.release === undefined ? {} : { release: context.release }),
    parameters: toJson(launchConfig(brand, safe.address, terms)),
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
    modules,
    launched: false,
  };
  const cost = await estimateCost(context, plan);
  return { ...plan, record, cost, warnings };
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
    const { slug } = brand.brand;
    const { token } = record.contracts;
    const place = store?.file(chainId, slug) ?? "brand.slug";
    if (alive) {
      throw KyosoError.of("launch.live-already", {
        data: { slug, chainId, token },
        place,
        message: `"${slug}" is live on chain ${chainId} already: its token is ${token}`,
        remedy: "See it with `npx hardhat dao status`. Another DAO needs a brand file with another slug.",
      });
    }
    throw KyosoError.of("record.no-token", {
      data: { slug, chainId, token },
      place,
      message: `"${slug}" is recorded as live, but chain ${chainId} has no token at ${token}`,
      remedy: "Check the network's URL: this is another chain, or a node that is behind.",
    });
  }
  if (record.launcher !== launcher) {
    throw KyosoError.of("launch.begun-by-other", {
      data: {
        slug: brand.brand.slug,
        launcher: record.launcher,
        account: launcher,
        file: store?.file(chainId, brand.brand.slug),
      },
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
    throw KyosoError.of("safe.cannot-be-created", {
      data: { chainId, reason: reasonOf(cause) },
      place: "safe.owners",
      message: `No Safe can be created on chain ${chainId}: ${reasonOf(cause)}`,
      remedy: "Create one by other means, and write its address as safe.address.",
      cause,
    });
  }
}
