import { KyosoError } from "../../errors.js";
import { reasonOf } from "../../calls/revert.js";
import type { ImplementationName } from "../../implementations.js";
import { CREATE_X } from "../../implementations.js";
import type { LaunchTerms } from "../../daoRecord.js";
import type { LaunchContext } from "./context.js";
import { launchConfig } from "../../launch/config.js";
import { estimateLaunchGas } from "../../launch/preflight.js";
import { BrandDAOFactory } from "../../../typechain-types/abi/index.js";

/** What a launch costs at most, as far as can be told before it. */
export interface Cost {
  /** Gas of each step that is still to be done. */
  readonly steps: readonly { readonly name: string; readonly gas: bigint; readonly exact: boolean }[];
  readonly gas: bigint;
  /** Wei a unit of gas that the chain may ask for in the coming blocks. */
  readonly gasPrice: bigint;
  readonly wei: bigint;
}

// Upper estimates in gas.
const IMPLEMENTATION_GAS: Readonly<Record<ImplementationName, bigint>> = {
  BrandAccessManager: 2_550_000n,
  BrandToken: 3_850_000n,
  BrandTimelock: 2_850_000n,
  BrandGovernor: 5_500_000n,
  BadgeRenderer: 3_550_000n,
  BadgeCatalog: 1_150_000n,
  RecoveryBook: 650_000n,
  VoucherVerifier: 450_000n,
  ContributionBadge: 5_700_000n,
  LoyaltyDrop: 2_100_000n,
  ContributionRewards: 1_550_000n,
  Handover: 850_000n,
  IdeaBoard: 4_300_000n,
  PassRenderer: 3_600_000n,
  MembershipPass: 3_800_000n,
  ModuleFactory: 700_000n,
  BrandDAOFactory: 2_300_000n,
  BallotRelay: 350_000n,
  Nicknames: 1_100_000n,
  DecisionRecorder: 250_000n,
};
/** Of the contract that deploys them, which nearly every chain has. */
const CREATE_X_GAS = 2_650_000n;
const SAFE_GAS = 330_000n;

/** What a cost depends on. */
interface Planned {
  readonly launcher: string;
  readonly safe: { readonly address: string };
  readonly createsSafe: boolean;
  readonly missing: readonly ImplementationName[];
  readonly terms: LaunchTerms;
  readonly launched: boolean;
}

/** The cost of what is missing; exact for the launch where everything it needs is on the chain. */
export async function estimateCost(context: LaunchContext, plan: Planned): Promise<Cost> {
  const steps: { name: string; gas: bigint; exact: boolean }[] = [];
  if (plan.missing.length > 0) {
    const deployer = (await context.provider.getCode(CREATE_X)) === "0x" ? CREATE_X_GAS : 0n;
    const gas = plan.missing.reduce((sum, name) => sum + IMPLEMENTATION_GAS[name], deployer);
    steps.push({ name: `${plan.missing.length} shared implementations`, gas, exact: false });
  }
  if (plan.createsSafe) steps.push({ name: "the Safe", gas: SAFE_GAS, exact: false });
  if (!plan.launched) steps.push(await launchStep(context, plan));

  const gas = steps.reduce((total, step) => total + step.gas, 0n);
  const fees = await context.provider.getFeeData();
  const gasPrice = fees.maxFeePerGas ?? fees.gasPrice ?? 0n;
  return { steps, gas, gasPrice, wei: gas * gasPrice };
}

async function launchStep(context: LaunchContext, plan: Planned) {
  const { brand, implementations, provider } = context;
  const name = "the launch";
  if (plan.missing.length > 0 || plan.createsSafe)
    return { name, gas: estimateLaunchGas(brand), exact: false };
  const factory = BrandDAOFactory.connect(implementations.BrandDAOFactory, provider);
  const config = launchConfig(brand, plan.safe.address, plan.terms);
  try {
    const gas = await factory.launch.estimateGas(config, { from: plan.launcher });
    return { name, gas, exact: true };
  } catch (cause) {
    const [pending, latest] = await Promise.all([
      provider.getTransactionCount(plan.launcher, "pending"),
      provider.getTransactionCount(plan.launcher, "latest"),
    ]);
    // It may be this very launch that is under way.
    if (pending !== latest) return { name, gas: estimateLaunchGas(brand), exact: false };
    throw KyosoError.of("launch.refused", {
      data: { file: brand.file, reason: reasonOf(cause) },
      place: brand.file,
      message: `The chain would refuse the launch: ${reasonOf(cause)}`,
      remedy: "Change what it names in the brand file, and try again with --dry-run.",
      cause,
    });
  }
}
