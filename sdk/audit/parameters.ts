import { ZeroAddress } from "ethers";
import { formatAmount, formatDuration, formatPercent } from "../units.js";
import type { Dao } from "../dao.js";
import { DAO_MODULES } from "../daoRecord.js";
import { MembershipPass } from "../../typechain-types/abi/index.js";
import { PASS_LANGUAGES } from "../launch/config.js";
import { stewardSelectors } from "../modules/access.js";
import { ROLES } from "../roles.js";
import { readSafe } from "../safe/safe.js";
import type { Audited, Check } from "./check.js";
import { check } from "./check.js";

/** That the chain has what the brand file says. */
export async function auditParameters(context: Audited, dao: Dao): Promise<Check[]> {
  return [
    ...(await auditToken(context, dao)),
    ...(await auditGovernance(context, dao)),
    ...(await auditHandover(context, dao)),
    ...(await auditBadges(context, dao)),
    ...(await auditMembers(context, dao)),
    ...(await auditSatellites(context, dao)),
    ...(await auditModules(context, dao)),
  ];
}

async function auditToken({ brand, record }: Audited, { token }: Dao): Promise<Check[]> {
  const [name, symbol, cap, minting, votes, treasury, authority] = await Promise.all([
    token.name(),
    token.symbol(),
    token.cap(),
    token.mintLimit(),
    token.contributionLimit(),
    token.treasury(),
    token.authority(),
  ]);
  const amount = (value: bigint) => formatAmount(value, brand.token.symbol);
  const limit = (value: { amount: bigint; window: bigint | number }) =>
    `${amount(value.amount)} per ${formatDuration(Number(value.window))}`;
  const compare = (path: string, expected: unknown, actual: unknown) =>
    check("parameters", path, expected, actual);
  return [
    compare("brand.name", brand.brand.name, name),
    compare("token.symbol", brand.token.symbol, symbol),
    compare("token.cap", amount(brand.token.capTokens * 10n ** 18n), amount(cap)),
    compare("token.minting", limit(brand.token.minting), limit(minting.limit)),
    compare(
      "contributionVotes.share",
      formatPercent(brand.contributionVotes.shareBps),
      formatPercent(Number(votes.shareBps)),
    ),
    compare("contributionVotes.limit", limit(brand.contributionVotes.limit), limit(votes.limit)),
    compare("token's treasury", record.contracts.timelock, treasury),
    compare("token's authority", record.contracts.manager, authority),
  ];
}

async function auditGovernance({ brand, record }: Audited, { governor, timelock }: Dao): Promise<Check[]> {
  const { governance } = brand;
  const amount = (value: bigint) => formatAmount(value, brand.token.symbol);
  const compare = (path: string, expected: unknown, actual: unknown) =>
    check("parameters", path, expected, actual);
  const duration = (path: string, expected: number, actual: bigint) =>
    compare(path, formatDuration(expected), formatDuration(Number(actual)));
  return [
    duration("governance.votingDelay", governance.votingDelay, await governor.votingDelay()),
    duration("governance.votingPeriod", governance.votingPeriod, await governor.votingPeriod()),
    duration(
      "governance.lateQuorumExtension",
      governance.lateQuorumExtension,
      await governor.lateQuorumVoteExtension(),
    ),
    duration("governance.gracePeriod", governance.gracePeriod, await governor.gracePeriod()),
    duration("governance.timelockDelay", governance.timelockDelay, await timelock.getMinDelay()),
    compare(
      "governance.proposalThreshold",
      amount(governance.proposalThreshold),
      amount(await governor.proposalThreshold()),
    ),
    compare(
      "governance.quorum",
      formatPercent(governance.quorumBps),
      formatPercent(Number(await governor["quorumNumerator()"]())),
    ),
    compare("governance.quorumFloor", amount(governance.quorumFloor), amount(await governor.quorumFloor())),
    compare("governor's token", record.contracts.token, await governor.token()),
    compare("governor's timelock", record.contracts.timelock, await governor.timelock()),
    compare("governor's clock", "mode=timestamp", await governor.CLOCK_MODE()),
    compare("timelock's governor", record.contracts.governor, await timelock.governor()),
  ];
}

async function auditHandover(
  { provider, brand, record }: Audited,
  { governor, handover }: Dao,
): Promise<Check[]> {
  const date = (timestamp: number | bigint) =>
    Number(timestamp) === 0 ? "none" : new Date(Number(timestamp) * 1000).toISOString();
  const safe = await readSafe(provider, await handover.safe());
  const checks = [
    check(
      "parameters",
      "handover.veto",
      date(record.terms.guardianExpiry),
      date(await governor.guardianExpiry()),
    ),
    check(
      "parameters",
      "handover.community",
      date(record.terms.communityDate),
      date(await handover.communityDate()),
    ),
    check("parameters", "handover's Safe", record.safe, safe.address),
    check("parameters", "handover's governor", record.contracts.governor, await handover.governor()),
    check("parameters", "handover's badge", record.contracts.badge, await handover.badge()),
  ];
  if (brand.safe.kind === "new") {
    const sorted = (owners: readonly string[]) => [...owners].sort().join(", ");
    checks.push(check("parameters", "safe.owners", sorted(brand.safe.owners), sorted(safe.owners)));
    checks.push(check("parameters", "safe.threshold", brand.safe.threshold, safe.threshold));
  }
  return checks;
}

async function auditBadges({ brand, record }: Audited, { badge }: Dao): Promise<Check[]> {
  const compare = (path: string, expected: unknown, actual: unknown) =>
    check("parameters", path, expected, actual);
  const { start, end } = await badge.seasonBounds(1);
  const checks = [
    compare("badges.season", formatDuration(brand.badges.seasonLength), formatDuration(Number(end - start))),
    compare("badge's token", record.contracts.token, await badge.token()),
    compare("badge's authority", record.contracts.manager, await badge.authority()),
    compare("awards are halted", false, await badge.halted()),
  ];
  // Stewards may have added kinds since: those of the file come first, and never change.
  for (const [i, kind] of brand.badges.kinds.entries()) {
    const path = `badges.kinds[${i}]`;
    if (BigInt(i) >= (await badge.kindCount())) {
      checks.push(compare(path, kind.name, "none"));
      continue;
    }
    const { config } = await badge.kindOf(i + 1);
    checks.push(
      compare(`${path}.name`, kind.name, config.name),
      compare(`${path}.description`, kind.description, config.description),
      compare(`${path}.image`, kind.image, config.image),
      compare(`${path}.points`, kind.points, config.points),
      compare(`${path}.votes`, formatAmount(kind.votes), formatAmount(config.votes)),
      compare(`${path}.issuer`, kind.issuerRole, config.issuerRole),
      compare(`${path}.supply`, kind.supplyLimit, config.supplyLimit),
      compare(`${path}.dailyPoints`, kind.dailyPointsLimit, config.dailyPointsLimit),
    );
  }
  return checks;
}

/** What holds for all members: the ladder of titles, and the limits. */
async function auditMembers({ brand }: Audited, { badge }: Dao): Promise<Check[]> {
  const compare = (path: string, expected: unknown, actual: unknown) =>
    check("parameters", path, expected, actual);
  const [titles, window, points, referrals, recoveries] = await Promise.all([
    badge.titles(),
    badge.disputeWindow(),
    badge.seasonPointsLimit(),
    badge.referralsOf(ZeroAddress),
    badge.recoveries(),
  ]);
  const ladder = (all: readonly { name: string; points: bigint | number }[]) =>
    all.length === 0 ? "none" : all.map(({ name, points }) => `${name} from ${points}`).join(", ");
  return [
    compare("titles", ladder(brand.titles), ladder(titles)),
    compare("rewards.disputeWindow", formatDuration(brand.disputeWindow), formatDuration(Number(window))),
    compare("badges.pointsPerSeason", brand.badges.pointsPerSeason, points),
    compare("referrals.perSeason", brand.referralsPerSeason, referrals.limit),
    compare("recoveries.perSeason", brand.recoveriesPerSeason, recoveries.limit),
  ];
}

/** That drop and rewards belong to this DAO, and that what they hold doesn't vote. */
async function auditSatellites(
  { record: { contracts } }: Audited,
  { badge, drop, rewards, token }: Dao,
): Promise<Check[]> {
  const checks = [check("parameters", "badge's drop", contracts.drop, await badge.drop())];
  for (const [name, contract] of Object.entries({ drop, rewards })) {
    checks.push(
      check("parameters", `${name}'s badge`, contracts.badge, await contract.badge()),
      check("parameters", `${name}'s authority`, contracts.manager, await contract.authority()),
      check("parameters", `${name}'s votes are with`, contracts.timelock, await token.delegates(contract)),
    );
  }
  return checks;
}

/** That the DAO has the modules of the file, run by stewards. One that is only deployed, as anybody can, isn't the DAO's yet. */
async function auditModules({ brand, provider, places }: Audited, { manager }: Dao): Promise<Check[]> {
  const compare = (path: string, expected: unknown, actual: unknown) =>
    check("parameters", path, expected, actual);
  const enabled = await Promise.all(
    DAO_MODULES.map(async (name) => {
      const selectors = stewardSelectors(name);
      const roles = selectors.map((selector) => manager.getTargetFunctionRole(places[name], selector));
      return (await Promise.all(roles)).includes(ROLES.STEWARD);
    }),
  );
  const [board = false, pass = false] = enabled;
  const word = (value: boolean) => (value ? "yes" : "no");
  const checks = [
    compare("ideas.enabled", word(brand.ideas.enabled), word(board)),
    compare("pass.enabled", word(brand.pass.enabled), word(pass)),
  ];
  if (!brand.pass.enabled || (await provider.getCode(places.pass)) === "0x") return checks;
  const terms = await MembershipPass.connect(places.pass, provider).terms();
  const { kind, royaltyBps, colour, language } = brand.pass;
  return [
    ...checks,
    compare("pass.kind", kind, terms.kind),
    compare("pass.royalty", formatPercent(royaltyBps), formatPercent(Number(terms.royaltyBps))),
    compare("pass.colour", colour, `#${terms.colour.toString(16).padStart(6, "0")}`),
    compare("pass.language", PASS_LANGUAGES[language], terms.language),
  ];
}
