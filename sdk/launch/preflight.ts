import { TRANSACTION_GAS_CAP } from "../chain/limits.js";
import { isTestAccount } from "../chain/testAccounts.js";
import type { BrandConfig } from "../config/schema.js";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { LaunchTerms } from "../daoRecord.js";
import { LOCAL_CHAIN_ID } from "../chain/local.js";
import { ROLES } from "../roles.js";
import { sameNames } from "../sameName.js";
import { formatAmount, formatDuration, formatPercent, quote } from "../units.js";
import { treasuryPrice } from "./price.js";

/** What is wrong with a launch, and what its owner should know before it. */
export interface Findings {
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

export { TRANSACTION_GAS_CAP };

// Upper estimates, in gas, of what `npm run gas` measures; the difference between chains and texts is in them.
const LAUNCH_GAS = 2_190_000n;
const BOARD_GAS = 230_000n;
const PASS_GAS = 230_000n;
const TITLE_GAS = 110_000n;
const KIND_GAS = 260_000n;
const ALLOCATION_GAS = 35_000n;
const FIRST_ALLOCATION_GAS = 25_000n;

const ONE_DAY = 86_400;

/** An upper estimate of the gas of a launch. */
export function estimateLaunchGas(brand: BrandConfig): bigint {
  return (
    LAUNCH_GAS +
    FIRST_ALLOCATION_GAS +
    (brand.ideas.enabled ? BOARD_GAS : 0n) +
    (brand.pass.enabled ? PASS_GAS : 0n) +
    TITLE_GAS * BigInt(brand.titles.length) +
    KIND_GAS * BigInt(brand.badges.kinds.length) +
    ALLOCATION_GAS * BigInt(brand.token.allocations.length)
  );
}

// The longest that the contracts take; the same for the veto and for the handover.
const MAX_AHEAD = (4 * 365 + 1) * ONE_DAY;

/** Finds dates that are over, or out of order, once a launch fixes them. */
export function checkTerms(terms: LaunchTerms, now: number): Problem[] {
  const problems: Problem[] = [];
  const date = (timestamp: number) => new Date(timestamp * 1000).toISOString().slice(0, 10);
  const remedy = `Choose a date from today (${date(now)}) to ${date(now + MAX_AHEAD)}, or a duration such as "1 year".`;
  const { guardianExpiry, communityDate } = terms;
  if (guardianExpiry !== 0 && (guardianExpiry <= now || guardianExpiry > now + MAX_AHEAD)) {
    problems.push(
      problem("handover.veto-out-of-range", {
        data: { veto: guardianExpiry, earliest: now, latest: now + MAX_AHEAD },
        place: "handover.veto",
        message: `The veto would end on ${date(guardianExpiry)}`,
        remedy,
      }),
    );
  }
  if (communityDate <= now || communityDate > now + MAX_AHEAD) {
    problems.push(
      problem("handover.community-out-of-range", {
        data: { community: communityDate, earliest: now, latest: now + MAX_AHEAD },
        place: "handover.community",
        message: `The community would take over on ${date(communityDate)}`,
        remedy,
      }),
    );
  }
  if (guardianExpiry > communityDate) {
    problems.push(
      problem("handover.veto-after-community", {
        data: { veto: { at: guardianExpiry }, community: { at: communityDate } },
        place: "handover.veto",
        message: `The veto would last until ${date(guardianExpiry)}, but the community takes over on ${date(communityDate)}`,
        remedy: "End the veto first, or on the same day: powers are handed over in order.",
      }),
    );
  }
  return problems;
}

/**
 * Finds accounts whose keys are known to everybody: Hardhat's test accounts, which the example file has. Fine on a local
 * chain, and the end of a DAO on any other.
 */
export function checkAccounts(brand: BrandConfig, launcher: string, chainId: bigint): Problem[] {
  if (chainId === LOCAL_CHAIN_ID) return [];
  const { safe, token } = brand;
  const named: [place: string, account: string][] = [
    ...token.allocations.map(({ to }, i): [string, string] => [`token.allocations[${i}].to`, to]),
    ...(safe.kind === "new"
      ? safe.owners.map((owner, i): [string, string] => [`safe.owners[${i}]`, owner])
      : []),
    ["launcher", launcher],
  ];
  return named
    .filter(([, account]) => isTestAccount(account))
    .map(([place, account]) =>
      problem("account.test-account", {
        data: { account },
        place,
        message: `${account} is one of Hardhat's test accounts: its key is known to everybody`,
        remedy: "Write the address of somebody of yours.",
      }),
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
    problems.push(
      problem("brand.nobody-can-propose", {
        data: { threshold: governance.proposalThreshold, held: toPeople, symbol: token.symbol },
        place: "governance.proposalThreshold",
        message: `A proposal takes ${amount(governance.proposalThreshold)}, but all holders together get ${amount(toPeople)}`,
        remedy: "Lower it, or allocate more to people: the treasury's tokens don't vote.",
      }),
    );
  } else if (largest < governance.proposalThreshold) {
    warnings.push(
      problem("brand.nobody-alone-can-propose", {
        data: { threshold: governance.proposalThreshold, largest, symbol: token.symbol },
        place: "governance.proposalThreshold",
        message: `A proposal takes ${amount(governance.proposalThreshold)}, but the largest holder gets ${amount(largest)}`,
        remedy: "Holders will have to delegate to one another before anyone can propose.",
      }),
    );
  }
  const { quorum, earned, price, treasury, mintable } = treasuryPrice(brand);
  if (price < treasury + mintable) {
    warnings.push(
      problem("brand.quorum-under-treasury", {
        data: { quorum, earned, treasury, mintable, symbol: token.symbol },
        place: "governance.quorumFloor",
        message:
          `Buying ${amount(price)} would be enough to decide over the ${amount(treasury)} of the treasury and ` +
          `${amount(mintable)} that can be minted: the quorum is ${amount(quorum)}, and friends of whoever awards ` +
          `badges can earn ${amount(earned)} of it`,
        remedy:
          "Raise quorumFloor, or lower contributionVotes.share, minting.limit or what the treasury gets at the launch.",
      }),
    );
  }
  const { shareBps } = brand.contributionVotes;
  if (shareBps * 2 > governance.quorumBps) {
    warnings.push(
      problem("brand.share-over-half-quorum", {
        data: { shareBps, quorumBps: governance.quorumBps },
        place: "contributionVotes.share",
        message: `With ${formatPercent(shareBps)}, more than half of the quorum of ${formatPercent(governance.quorumBps)} can be earned, for nothing`,
        remedy:
          "Lower it to at most half of governance.quorum, so that most of a quorum are votes that cost something.",
      }),
    );
  }
  if (governance.votingPeriod < ONE_DAY) {
    warnings.push(
      problem("brand.voting-short", {
        data: { votingPeriod: governance.votingPeriod },
        place: "governance.votingPeriod",
        message: `Voting takes only ${formatDuration(governance.votingPeriod)}`,
        remedy: "Give people in every time zone at least a day.",
      }),
    );
  }
  if (governance.timelockDelay < ONE_DAY) {
    warnings.push(
      problem("brand.timelock-short", {
        data: { timelockDelay: governance.timelockDelay },
        place: "governance.timelockDelay",
        message: `What has passed can be carried out after ${formatDuration(governance.timelockDelay)}`,
        remedy: "Give those who disagree at least a day to act.",
      }),
    );
  }
  const { votingDelay, votingPeriod, lateQuorumExtension, timelockDelay } = governance;
  const decision = votingDelay + votingPeriod + lateQuorumExtension + timelockDelay;
  if (brand.disputeWindow < decision) {
    warnings.push(
      problem("brand.window-under-decision", {
        data: { window: brand.disputeWindow, decision },
        place: "rewards.disputeWindow",
        message: `It is ${formatDuration(brand.disputeWindow)}, but a decision of the DAO can take ${formatDuration(decision)}: too late to take a badge back before it is paid for`,
        remedy:
          "Make it longer, or decisions quicker. Badges with votes, and after the handover all, are revoked by proposals.",
      }),
    );
  }
  if (governance.quorumBps < 100) {
    warnings.push(
      problem("brand.quorum-small", {
        data: { quorumBps: governance.quorumBps },
        place: "governance.quorum",
        message: `A quorum of ${formatPercent(governance.quorumBps)} is reached by very few`,
        remedy: "Most DAOs ask for 4% to 20%.",
      }),
    );
  }
  warnings.push(...nameWarnings(brand), ...boardWarnings(brand));
  if (brand.safe.kind === "new" && brand.safe.threshold === 1) {
    warnings.push(
      problem("safe.one-owner-decides", {
        data: {},
        place: "safe.threshold",
        message: "One owner alone can do everything that the Safe may do",
        remedy: "Have two owners sign, of three.",
      }),
    );
  }

  const gas = estimateLaunchGas(brand);
  if (gas > TRANSACTION_GAS_CAP) {
    const room = TRANSACTION_GAS_CAP - (gas - ALLOCATION_GAS * BigInt(token.allocations.length));
    problems.push(
      problem("launch.too-many-allocations", {
        data: { count: token.allocations.length, gas, cap: TRANSACTION_GAS_CAP, most: room / ALLOCATION_GAS },
        place: "token.allocations",
        message: `${token.allocations.length} allocations need about ${gas.toLocaleString("en")} gas, and one transaction may use ${TRANSACTION_GAS_CAP.toLocaleString("en")}`,
        remedy: `Leave at most ${room / ALLOCATION_GAS}, give the rest to the treasury, and distribute it afterwards.`,
      }),
    );
  }
  return { problems, warnings };
}

/** Names that people can't tell apart. After the launch they are refused: then nobody has written them on a page yet. */
function* nameWarnings({ badges, titles }: BrandConfig): Generator<Problem> {
  const kinds = badges.kinds.map(({ name }) => name);
  const [first, second] = sameNames(kinds) ?? [];
  if (first !== undefined && second !== undefined) {
    const name = kinds[second] ?? "";
    yield problem("brand.kind-name-twice", {
      data: { name, first: first + 1, second: second + 1 },
      place: `badges.kinds[${second}].name`,
      message: `The kinds ${first + 1} and ${second + 1} are both called ${quote(name)}, for whoever reads it: their badges look the same, and a table can only name them by number`,
      remedy: "Give one of them another name: it can't be changed after the launch.",
    });
  }
  const [, twice] = sameNames(titles.map(({ name }) => name)) ?? [];
  if (twice === undefined) return;
  const name = titles[twice]?.name ?? "";
  yield problem("titles.name-twice", {
    data: { name },
    place: `titles[${twice}].name`,
    message: `There is another title called ${quote(name)}, for whoever reads it`,
    remedy: "Give one of them another name.",
  });
}

/** Kinds that only an idea board awards, without one. */
function* boardWarnings({ badges, ideas }: BrandConfig): Generator<Problem> {
  if (ideas.enabled) return;
  for (const [i, { name, issuerRole }] of badges.kinds.entries()) {
    if (issuerRole !== ROLES.BOARD) continue;
    yield problem("brand.kind-without-board", {
      data: { name, number: i + 1 },
      place: `badges.kinds[${i}].issuer`,
      message: `Only an idea board awards ${quote(name)}, and the DAO begins without one`,
      remedy:
        "Leave ideas.enabled out, or have a proposal give the DAO its board later: until then nobody earns it.",
    });
  }
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
