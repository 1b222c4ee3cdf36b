import type { BrandConfig } from "../config/schema.js";
import type { Problem } from "../errors.js";
import { formatAmount, formatDuration, formatPercent } from "../units.js";

/** What is wrong with a launch, and what its owner should know before it. */
export interface Findings {
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

/** Most gas that one transaction may use on any chain (EIP-7825). */
export const TRANSACTION_GAS_CAP = 16_777_216n;

// Upper estimates, in gas, of what `npm run gas` measures; the difference between chains and texts is in them.
const LAUNCH_GAS = 1_700_000n;
const KIND_GAS = 260_000n;
const ALLOCATION_GAS = 85_000n;
const FIRST_ALLOCATION_GAS = 80_000n;

const ONE_DAY = 86_400;

/** An upper estimate of the gas of a launch. */
export function estimateLaunchGas(brand: BrandConfig): bigint {
  return (
    LAUNCH_GAS +
    FIRST_ALLOCATION_GAS +
    KIND_GAS * BigInt(brand.badges.kinds.length) +
    ALLOCATION_GAS * BigInt(brand.token.allocations.length)
  );
}

/** Finds what can't work, or should not, in a brand file that is valid in itself. Asks no chain. */
export function checkBrand(brand: BrandConfig): Findings {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const { governance, token } = brand;
  const amount = (value: bigint) => formatAmount(value, token.symbol);

  const toTreasury = sum(token.allocations.filter(({ to }) => to === "treasury").map((a) => a.amount));
  const toPeople = sum(token.allocations.map((a) => a.amount)) - toTreasury;
  const largest = token.allocations
    .filter(({ to }) => to !== "treasury")
    .reduce((most, a) => (a.amount > most ? a.amount : most), 0n);

  if (toPeople < governance.proposalThreshold) {
    problems.push({
      place: "governance.proposalThreshold",
      message: `A proposal takes ${amount(governance.proposalThreshold)}, but all holders together get ${amount(toPeople)}`,
      remedy: "Lower it, or allocate more to people: the treasury's tokens don't vote.",
    });
  } else if (largest < governance.proposalThreshold) {
    warnings.push({
      place: "governance.proposalThreshold",
      message: `A proposal takes ${amount(governance.proposalThreshold)}, but the largest holder gets ${amount(largest)}`,
      remedy: "Holders will have to delegate to one another before anyone can propose.",
    });
  }
  if (toPeople < governance.quorumFloor) {
    problems.push({
      place: "governance.quorumFloor",
      message: `The quorum is at least ${amount(governance.quorumFloor)}, but all holders together get ${amount(toPeople)}`,
      remedy: "Lower it, or allocate more to people: no proposal could ever pass.",
    });
  }

  const fraction = (toPeople * BigInt(governance.quorumBps) + 9_999n) / 10_000n;
  const quorum = fraction > governance.quorumFloor ? fraction : governance.quorumFloor;
  if (quorum < toTreasury) {
    warnings.push({
      place: "governance.quorumFloor",
      message: `Buying ${amount(quorum)}, the quorum, would be enough to decide over the ${amount(toTreasury)} of the treasury`,
      remedy: "Raise quorumFloor, or give the treasury less and let later proposals mint what it needs.",
    });
  }
  if (governance.votingPeriod < ONE_DAY) {
    warnings.push({
      place: "governance.votingPeriod",
      message: `Voting takes only ${formatDuration(governance.votingPeriod)}`,
      remedy: "Give people in every time zone at least a day.",
    });
  }
  if (governance.timelockDelay < ONE_DAY) {
    warnings.push({
      place: "governance.timelockDelay",
      message: `What has passed can be carried out after ${formatDuration(governance.timelockDelay)}`,
      remedy: "Give those who disagree at least a day to act.",
    });
  }
  if (governance.quorumBps < 100) {
    warnings.push({
      place: "governance.quorum",
      message: `A quorum of ${formatPercent(governance.quorumBps)} is reached by very few`,
      remedy: "Most DAOs ask for 4% to 20%.",
    });
  }
  if (brand.safe.kind === "new" && brand.safe.threshold === 1) {
    warnings.push({
      place: "safe.threshold",
      message: "One owner alone can do everything that the Safe may do",
      remedy: "Have two owners sign, of three.",
    });
  }

  const gas = estimateLaunchGas(brand);
  if (gas > TRANSACTION_GAS_CAP) {
    const room = TRANSACTION_GAS_CAP - (gas - ALLOCATION_GAS * BigInt(token.allocations.length));
    problems.push({
      place: "token.allocations",
      message: `${token.allocations.length} allocations need about ${gas.toLocaleString("en")} gas, and one transaction may use ${TRANSACTION_GAS_CAP.toLocaleString("en")}`,
      remedy: `Leave at most ${room / ALLOCATION_GAS}, give the rest to the treasury, and distribute it afterwards.`,
    });
  }
  return { problems, warnings };
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
