import { checkAcross } from "./checks.js";
import type { Language, PageLink } from "../page/document.js";
import { LANGUAGES } from "../page/document.js";
import { contributionLimitOf, disputeWindowOf, extensionOf, vetoOf } from "./derived.js";
import { brandShape, type RawBrand, type RawKind } from "./shape.js";
import type { Moment } from "./values.js";

export type { Moment } from "./values.js";

/** At most `amount`, in the smallest unit, within `window` seconds. */
export interface RateLimit {
  readonly amount: bigint;
  readonly window: number;
}

/** Tokens minted at launch: `amount` in the smallest unit, `to` a checksummed address or the treasury. */
export interface Allocation {
  readonly to: string;
  readonly amount: bigint;
  readonly note?: string;
}

/** A kind of contribution: `votes` in the smallest unit, limits 0 for none. See IContributionBadge. */
export interface BadgeKindConfig {
  readonly name: string;
  readonly description: string;
  readonly image: string;
  readonly points: number;
  readonly votes: bigint;
  readonly issuerRole: bigint;
  readonly supplyLimit: number;
  readonly dailyPointsLimit: number;
}

/** A title, and the points from which on a member has it. */
export interface Title {
  readonly name: string;
  readonly points: number;
}

/** The brand's Safe: one that exists, or the owners of one to be made. */
export type SafeConfig =
  | { readonly kind: "existing"; readonly address: string }
  | { readonly kind: "new"; readonly owners: readonly string[]; readonly threshold: number };

/** A brand file, checked and with its defaults. Times are in seconds, amounts in the smallest unit. */
export interface BrandConfig {
  /** Where it was read from. */
  readonly file: string;
  readonly brand: {
    readonly name: string;
    readonly slug: string;
    /** The only chain that it may be launched on; without it, any. */
    readonly chainId?: bigint;
    /** ERC-4824 URI; empty for the document that the contracts derive. */
    readonly daoURI: string;
  };
  readonly token: {
    readonly symbol: string;
    /** Whole tokens. */
    readonly capTokens: bigint;
    readonly minting: RateLimit;
    readonly allocations: readonly Allocation[];
  };
  readonly governance: {
    readonly votingDelay: number;
    readonly votingPeriod: number;
    readonly lateQuorumExtension: number;
    readonly timelockDelay: number;
    readonly gracePeriod: number;
    readonly proposalThreshold: bigint;
    readonly quorumBps: number;
    readonly quorumFloor: bigint;
  };
  readonly contributionVotes: { readonly shareBps: number; readonly limit: RateLimit };
  readonly safe: SafeConfig;
  /** Seconds that the Safe waits, in public, before what it does as steward takes effect; 0 for none. */
  readonly stewardDelay: number;
  /** Until when the Safe may veto, and from when on anyone may end its other powers. */
  readonly handover: { readonly veto: Moment | "none"; readonly community: Moment };
  /** The ladder of titles, lowest first; empty for none. */
  readonly titles: readonly Title[];
  /** Seconds after a season until its reward can be claimed. */
  readonly disputeWindow: number;
  /** How many referrals of a member earn a badge in a season, and how many accounts can be recovered in one. */
  readonly referralsPerSeason: number;
  readonly recoveriesPerSeason: number;
  readonly badges: {
    readonly seasonLength: number;
    /** How many points can be awarded in a season, by everybody together. */
    readonly pointsPerSeason: number;
    readonly kinds: readonly BadgeKindConfig[];
  };
  /** Whether the DAO begins with an idea board. */
  readonly ideas: { readonly enabled: boolean };
  readonly pass: PassConfig;
  readonly page: PageConfig;
}

/** The membership pass, as the brand wants it. */
export interface PassConfig {
  /** Whether the DAO begins with it. */
  readonly enabled: boolean;
  /** Number of the kind of badge that entitles to one; 0 for none yet. */
  readonly kind: number;
  readonly royaltyBps: number;
  readonly colour: string;
  readonly language: Language;
}

/** The community page, as the brand wants it. */
export interface PageConfig {
  /** Where it is to be; its path says where it lies on its host. */
  readonly url?: string;
  readonly colour: string;
  /** A file beside the brand file. */
  readonly logo?: string;
  readonly words?: string;
  /** Nodes that browsers ask, the preferred one first. */
  readonly rpc: readonly string[];
  readonly relay?: string;
  readonly explorer?: string;
  readonly languages: readonly Language[];
  readonly links: readonly PageLink[];
  /** Whether the notes of the allocations are shown to everybody, as the names of those who got them. */
  readonly publishesNames: boolean;
}

/**
 * The schema of a brand file, fields and what has to fit across them.
 *
 * @param symbol The token's, if it is known: amounts may be written with it, and with no other.
 * @param baseName Name of the file, without directory and extension.
 */
export function brandSchema(symbol: string | undefined, baseName: string) {
  return brandShape(symbol)
    .superRefine(
      (raw, ctx) => {
        for (const { path, problem } of checkAcross(raw, baseName)) {
          ctx.addIssue({ code: "custom", path, message: problem.message, params: { problem } });
        }
      },
      // Also where fields are wrong: everything that can be said is said at once.
      { when: () => true },
    )
    .transform((raw) => toBrandConfig(raw));
}

function toBrandConfig(raw: RawBrand): Omit<BrandConfig, "file"> {
  const { brand, token, governance, contributionVotes, safe, badges } = raw;
  return {
    brand: {
      name: brand.name,
      slug: brand.slug,
      ...(brand.chainId === undefined ? {} : { chainId: brand.chainId }),
      daoURI: brand.daoURI,
    },
    token: {
      symbol: token.symbol,
      capTokens: token.cap,
      minting: { amount: token.minting.limit, window: token.minting.per },
      allocations: token.allocations.map(({ to, amount, note }) =>
        note === undefined ? { to, amount } : { to, amount, note },
      ),
    },
    governance: {
      votingDelay: governance.votingDelay,
      votingPeriod: governance.votingPeriod,
      lateQuorumExtension: extensionOf(governance.lateQuorumExtension, governance.votingPeriod),
      timelockDelay: governance.timelockDelay,
      gracePeriod: governance.gracePeriod,
      proposalThreshold: governance.proposalThreshold,
      quorumBps: governance.quorum,
      quorumFloor: governance.quorumFloor,
    },
    contributionVotes: {
      shareBps: contributionVotes.share,
      limit: {
        amount: contributionLimitOf(contributionVotes.limit, token.cap),
        window: contributionVotes.per,
      },
    },
    safe:
      safe.address === undefined
        ? { kind: "new", owners: safe.owners, threshold: safe.threshold ?? safe.owners.length }
        : { kind: "existing", address: safe.address },
    stewardDelay: safe.stewardDelay,
    handover: {
      veto: vetoOf(raw.handover.veto, raw.handover.community),
      community: raw.handover.community,
    },
    titles: raw.titles,
    disputeWindow: disputeWindowOf(raw.rewards.disputeWindow, badges.season),
    referralsPerSeason: raw.referrals.perSeason,
    recoveriesPerSeason: raw.recoveries.perSeason,
    badges: {
      seasonLength: badges.season,
      pointsPerSeason: badges.pointsPerSeason,
      kinds: badges.kinds.map(toKindConfig),
    },
    ideas: raw.ideas,
    ...brandLook(raw),
  };
}

/** The pass, and the page that it takes after. */
function brandLook({ pass, page: raw, badges }: RawBrand): Pick<BrandConfig, "pass" | "page"> {
  const page = toPageConfig(raw);
  const [first = LANGUAGES[0]] = page.languages;
  return {
    pass: {
      enabled: pass.enabled,
      // Where there is no kind of this name, that was reported.
      kind: badges.kinds.findIndex(({ name }) => name === pass.kind) + 1,
      royaltyBps: pass.royalty,
      colour: pass.colour?.toLowerCase() ?? page.colour,
      language: LANGUAGES.find((each) => each === pass.language) ?? first,
    },
    page,
  };
}

function toPageConfig({ url, logo, words, relay, explorer, ...page }: RawBrand["page"]): PageConfig {
  return {
    colour: page.colour.toLowerCase(),
    rpc: page.rpc,
    languages:
      page.languages.length === 0
        ? LANGUAGES
        : LANGUAGES.toSorted(byPlaceIn(page.languages)).filter((each) => page.languages.includes(each)),
    links: page.links,
    publishesNames: page.names === "public",
    ...(url === undefined ? {} : { url }),
    ...(logo === undefined ? {} : { logo }),
    ...(words === undefined ? {} : { words }),
    ...(relay === undefined ? {} : { relay }),
    ...(explorer === undefined ? {} : { explorer }),
  };
}

function byPlaceIn(order: readonly string[]): (one: string, other: string) => number {
  return (one, other) => order.indexOf(one) - order.indexOf(other);
}

/** A kind of badge as the contract takes it. */
export function toKindConfig(kind: RawKind): BadgeKindConfig {
  return {
    name: kind.name,
    description: kind.description,
    image: kind.image,
    points: kind.points,
    votes: kind.votes,
    issuerRole: kind.issuer,
    supplyLimit: kind.supply,
    dailyPointsLimit: kind.dailyPoints,
  };
}
