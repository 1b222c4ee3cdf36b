import * as z from "../zod.js";
import { formatAmount, formatDuration, formatPercent, quote } from "../units.js";
import { capUnits, contributionLimitOf } from "./derived.js";
import { checkHandover } from "./handoverChecks.js";
import { checkSeasons, checkTitles } from "./memberChecks.js";
import type { PlacedProblem } from "./placed.js";
import { at, given } from "./placed.js";
import type { RawBrand } from "./shape.js";

const MAX_KINDS = 40;
const ONE_TOKEN = 10n ** 18n;

/** In basis points: contracts/governance/EarnedShare.sol. */
const MOST_SHARE_AND_QUORUM = 5_000;

/**
 * What has to fit across fields. `raw` may have fields that are wrong and were reported: what needs those is left out.
 * A field that is wrong is `z.NEVER`; a section or a list that is something else came as it was written.
 */
export function* checkAcross(raw: RawBrand, baseName: string): Generator<PlacedProblem> {
  const slug = given(raw.brand.slug);
  if (slug !== undefined && slug !== baseName) {
    yield at(["brand", "slug"], "brand.slug-not-file-name", {
      data: { slug, file: baseName },
      message: `"${slug}" isn't the name of the file, "${baseName}"`,
      remedy: `write "slug: ${baseName}", or rename the file to ${slug}.yaml`,
    });
  }
  yield* checkAllocations(raw);
  yield* checkLimits(raw);
  yield* checkGovernance(raw);
  yield* checkQuorumFloor(raw);
  yield* checkSafe(raw.safe);
  yield* checkHandover(raw.handover);
  yield* checkTitles(raw);
  yield* checkSeasons(raw);
  yield* checkKinds(raw);
  yield* checkPass(raw);
}

function* checkAllocations({ token }: RawBrand): Generator<PlacedProblem> {
  if (!Array.isArray(token.allocations)) return;
  if (token.allocations.length === 0) {
    yield at(["token", "allocations"], "brand.allocations-missing", {
      data: {},
      message: "is missing",
      remedy: 'say who gets tokens at launch, one per line: - { to: treasury, amount: "600,000" }',
    });
  }
  yield* checkUnique(
    token.allocations.map(({ to }) => to),
    (index) => ["token", "allocations", index, "to"],
    "allocations",
  );
  const cap = given(token.cap);
  const sum = token.allocations.reduce((total, { amount }) => total + (given(amount) ?? 0n), 0n);
  if (cap !== undefined && sum > capUnits(cap)) {
    yield at(["token", "allocations"], "brand.allocations-over-cap", {
      data: { sum, cap: capUnits(cap), symbol: given(token.symbol) },
      message: `add up to ${say(sum, token)}, more than the cap of ${say(capUnits(cap), token)}`,
      remedy: "allocate less, or raise token.cap",
    });
  }
}

/** Nothing can be more than the cap; the contract keeps these in few bits, too. */
function* checkLimits({ token, contributionVotes, governance }: RawBrand): Generator<PlacedProblem> {
  const cap = given(token.cap);
  if (cap === undefined) return;
  const amounts: [path: string[], amount: bigint | undefined][] = [
    [["token", "minting", "limit"], token.minting.limit],
    [["contributionVotes", "limit"], contributionVotes.limit],
    [["governance", "quorumFloor"], governance.quorumFloor],
    [["governance", "proposalThreshold"], governance.proposalThreshold],
  ];
  for (const [path, amount] of amounts) {
    const value = given(amount);
    if (value !== undefined && value > capUnits(cap)) {
      yield at(path, "brand.amount-over-cap", {
        data: { amount: value, cap: capUnits(cap), symbol: given(token.symbol) },
        message: `${say(value, token)} is more than the cap of ${say(capUnits(cap), token)}`,
        remedy: "lower it, or raise token.cap",
      });
    }
  }
}

function* checkGovernance({ token, governance, contributionVotes }: RawBrand): Generator<PlacedProblem> {
  const share = given(contributionVotes.share);
  const quorum = given(governance.quorum);
  if (share !== undefined && quorum !== undefined && share > quorum) {
    yield at(["contributionVotes", "share"], "brand.share-over-quorum", {
      data: { shareBps: share, quorumBps: quorum },
      message: `${formatPercent(share)} is more than governance.quorum, ${formatPercent(quorum)}`,
      remedy:
        "lower it: whoever awards badges could otherwise pass a proposal with the votes that come with them",
    });
  }
  if (share !== undefined && quorum !== undefined && share + quorum > MOST_SHARE_AND_QUORUM) {
    yield at(["governance", "quorum"], "brand.share-and-quorum-over-half", {
      data: { shareBps: share, quorumBps: quorum, mostBps: MOST_SHARE_AND_QUORUM },
      message: `${formatPercent(quorum)} and contributionVotes.share, ${formatPercent(share)}, are together more than ${formatPercent(MOST_SHARE_AND_QUORUM)}`,
      remedy:
        "lower one of them: earned votes that nobody casts raise the quorum, and half of the tokens that people hold should always reach it",
    });
  }
  const lowFloor = given(governance.quorumFloor);
  if (lowFloor !== undefined && lowFloor < ONE_TOKEN) {
    yield at(["governance", "quorumFloor"], "brand.floor-under-token", {
      data: { floor: lowFloor, symbol: given(token.symbol) },
      message: `${say(lowFloor, token)} is less than one token`,
      remedy: "raise it: it is what stops a handful of votes from taking the treasury",
    });
  }
  const cap = given(token.cap);
  const highFloor = given(governance.quorumFloor);
  if (
    cap !== undefined &&
    highFloor !== undefined &&
    highFloor > capUnits(cap) / 2n &&
    highFloor <= capUnits(cap)
  ) {
    yield at(["governance", "quorumFloor"], "brand.floor-over-half", {
      data: { floor: highFloor, cap: capUnits(cap), symbol: given(token.symbol) },
      message: `${say(highFloor, token)} is more than half of the cap, ${say(capUnits(cap), token)}`,
      remedy: "lower it: hardly any vote would reach it",
    });
  }
  const threshold = given(governance.proposalThreshold);
  const floor = given(governance.quorumFloor);
  if (threshold !== undefined && floor !== undefined && threshold > floor) {
    yield at(["governance", "proposalThreshold"], "brand.threshold-over-floor", {
      data: { threshold, floor, symbol: given(token.symbol) },
      message: `${say(threshold, token)} is more than governance.quorumFloor, ${say(floor, token)}`,
      remedy: "lower it: proposing mustn't take more votes than passing",
    });
  }
  const extension = given(governance.lateQuorumExtension);
  const period = given(governance.votingPeriod);
  if (extension !== undefined && period !== undefined && extension > period) {
    yield at(["governance", "lateQuorumExtension"], "brand.extension-over-period", {
      data: { extension, period },
      message: `${formatDuration(extension)} is longer than governance.votingPeriod, ${formatDuration(period)}`,
      remedy: "shorten it",
    });
  }
}

/** A floor that no vote can reach is a DAO that can never decide anything, nor ever be mended. */
function* checkQuorumFloor({ token, governance, contributionVotes }: RawBrand): Generator<PlacedProblem> {
  const floor = given(governance.quorumFloor);
  const share = given(contributionVotes.share);
  if (floor === undefined || share === undefined || !Array.isArray(token.allocations)) return;
  let held = 0n;
  for (const allocation of token.allocations) {
    const to = given(allocation.to);
    const amount = given(allocation.amount);
    if (to === undefined || amount === undefined) return;
    if (to !== "treasury") held += amount;
  }
  const earned = (held * BigInt(share)) / 10_000n;
  if (token.allocations.length !== 0 && floor > held + earned) {
    yield at(["governance", "quorumFloor"], "brand.floor-unreachable", {
      data: { floor, held, earned, symbol: given(token.symbol) },
      message:
        `${say(floor, token)} can never be reached: people are allocated ${say(held, token)}, contribution votes ` +
        `add at most ${say(earned, token)}, and the treasury doesn't vote`,
      remedy: "lower it, or allocate more to people: such a DAO could never decide anything",
    });
  }
}

function* checkSafe(safe: RawBrand["safe"]): Generator<PlacedProblem> {
  // A list that isn't one was reported.
  const owners = Array.isArray(safe.owners) ? safe.owners : [];
  const isNew = owners.length !== 0 || !Array.isArray(safe.owners);
  if (safe.address !== undefined && isNew) {
    yield at(["safe"], "brand.safe-twice", {
      data: {},
      message: "has both an address and owners",
      remedy: "keep the address of a Safe that exists, or the owners and the threshold of a new one",
    });
  } else if (safe.address === undefined && !isNew) {
    yield at(["safe"], "brand.safe-missing", {
      data: {},
      message: "has neither an address nor owners",
      remedy: 'write the "address" of a Safe that exists, or the "owners" and the "threshold" of a new one',
    });
  }
  yield* checkUnique(owners, (index) => ["safe", "owners", index], "owners");
  yield* checkThreshold(safe, owners.length);
}

function* checkThreshold(safe: RawBrand["safe"], owners: number): Generator<PlacedProblem> {
  const path = ["safe", "threshold"];
  if (safe.address !== undefined) {
    if (safe.threshold === undefined) return;
    yield at(path, "brand.threshold-of-existing-safe", {
      data: {},
      message: "is that of a new Safe",
      remedy: "leave it out: a Safe that exists has its own",
    });
    return;
  }
  if (owners === 0) return;
  const majority = Math.floor(owners / 2) + 1;
  const threshold = given(safe.threshold);
  if (safe.threshold === undefined) {
    yield at(path, "brand.safe-threshold-missing", {
      data: { owners, majority },
      message: "is missing",
      remedy: `say how many of the owners (${owners}) have to sign, for instance "threshold: ${majority}"`,
    });
  } else if (threshold !== undefined && threshold > owners) {
    yield at(path, "brand.safe-threshold-over-owners", {
      data: { threshold, owners, majority },
      message: `${threshold} signatures can't be had from ${owners} owner${owners === 1 ? "" : "s"}`,
      remedy: `write 1 to ${owners}, for instance "threshold: ${majority}"`,
    });
  }
}

function* checkKinds({ token, contributionVotes, badges }: RawBrand): Generator<PlacedProblem> {
  if (!Array.isArray(badges.kinds)) return;
  if (badges.kinds.length > MAX_KINDS) {
    yield at(["badges", "kinds"], "brand.too-many-kinds", {
      data: { count: badges.kinds.length, most: MAX_KINDS },
      message: `has ${badges.kinds.length} kinds, more than the ${MAX_KINDS} that fit into one launch`,
      remedy: "add the others after the launch",
    });
  }
  const ofSeason = given(badges.pointsPerSeason);
  const share = given(contributionVotes.share);
  const limit = knownContributionLimit(contributionVotes.limit, token.cap);
  for (const [index, kind] of badges.kinds.entries()) {
    const path = ["badges", "kinds", index];
    const points = given(kind.points);
    const daily = given(kind.dailyPoints);
    if (points !== undefined && ofSeason !== undefined && points > ofSeason) {
      yield at([...path, "points"], "brand.kind-points-over-season", {
        data: { points, pointsPerSeason: ofSeason },
        message: `${points.toLocaleString("en")} is more than badges.pointsPerSeason, ${ofSeason.toLocaleString("en")}, so that none could be awarded`,
        remedy: "lower it, or raise badges.pointsPerSeason",
      });
    }
    if (points !== undefined && daily !== undefined && daily !== 0 && daily < points) {
      yield at([...path, "dailyPoints"], "kind.daily-points-under-points", {
        data: { points, dailyPoints: daily },
        message: `${daily} points a day are less than the ${points} of one badge, so that none could be awarded`,
        remedy: "raise it, or leave it out for no limit",
      });
    }
    const votes = given(kind.votes);
    if (votes === undefined || votes === 0n || limit === undefined || share === undefined) continue;
    if (votes > limit || share === 0) {
      yield at([...path, "votes"], "brand.kind-votes-over-limit", {
        data: { votes, limit, shareBps: share, symbol: given(token.symbol) },
        message:
          votes > limit
            ? `${say(votes, token)} is more than contributionVotes.limit, ${say(limit, token)}`
            : `${say(votes, token)} is more than contributionVotes.share, 0%, lets through`,
        remedy: "lower it, or raise the limit: the badge would always come without its votes",
      });
    }
  }
}

function* checkPass({ pass, badges }: RawBrand): Generator<PlacedProblem> {
  const name = given(pass.kind);
  if (name === undefined || !Array.isArray(badges.kinds)) return;
  const known = badges.kinds.flatMap((kind) => given(kind.name) ?? []);
  if (known.includes(name)) return;
  yield at(["pass", "kind"], "brand.pass-kind-unknown", {
    data: { name, known },
    message: `there is no kind called ${quote(name)} under badges.kinds`,
    remedy:
      known.length === 0
        ? "describe it there, or leave this out: the kind can be chosen later"
        : `write one of ${known.map(quote).join(", ")}`,
  });
}

function* checkUnique(
  items: string[],
  pathOf: (index: number) => (string | number)[],
  list: "allocations" | "owners",
): Generator<PlacedProblem> {
  const remedy = list === "owners" ? "name each owner once" : "make it one allocation, of the sum";
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const value = given(item);
    if (value === undefined) continue;
    const before = seen.get(value);
    if (before !== undefined) {
      yield at(pathOf(index), "brand.entry-twice", {
        data: { value, first: before + 1, list },
        message: `${value} is there already, as number ${before + 1} of the list`,
        remedy,
      });
    } else {
      seen.set(value, index);
    }
  }
}

function knownContributionLimit(limit: bigint | undefined, cap: bigint): bigint | undefined {
  if (Object.is(limit, z.NEVER)) return undefined;
  const known = given(cap);
  return limit ?? (known === undefined ? undefined : contributionLimitOf(undefined, known));
}

function say(value: bigint, token: RawBrand["token"]): string {
  return formatAmount(value, given(token.symbol));
}
