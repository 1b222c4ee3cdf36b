/** What there is to know about one key of a brand file. All texts are as people write them in the file. */
export interface Field {
  /** A good value, shown where one is missing or wrong. */
  readonly example: string;
  /** The value of a key that is left out; without it, the key is required. */
  readonly default?: string;
  /** How the default depends on another key. */
  readonly defaultNote?: string;
  /** The lowest and the highest value, or the most bytes of a text. */
  readonly least?: string;
  readonly most?: string;
}

/**
 * Every key of a brand file with its default and bounds: what the code applies, and what docs/brand-file.md lists.
 * Bounds are those of the contracts, or stricter where theirs would allow what nobody can mean.
 */
export const FIELDS = {
  "brand.name": { example: "さくら珈琲", most: "64" },
  "brand.slug": { example: "sakura-coffee" },
  "brand.chainId": { example: "11155111", default: "any", least: "1", most: "9,007,199,254,740,991" },
  "brand.daoURI": { example: "https://example.com/dao.json", default: "none", most: "1,000" },

  "token.symbol": { example: "SKR" },
  // All votes together, with a quarter as many that can be earned, fit into 96 bits.
  "token.cap": { example: "10,000,000", least: "1", most: "63,382,530,011" },
  "token.minting.limit": { example: "200,000", default: "0" },
  "token.minting.per": { example: "365 days", default: "365 days", least: "1 hour", most: "5 years" },
  "token.allocations.to": { example: "treasury" },
  "token.allocations.amount": { example: "600_000" },
  "token.allocations.note": { example: "店長 田中", default: "none", most: "200" },

  "governance.votingDelay": { example: "1 day", default: "1 day", least: "1 minute", most: "30 days" },
  "governance.votingPeriod": { example: "5 days", default: "5 days", least: "10 minutes", most: "60 days" },
  "governance.lateQuorumExtension": {
    example: "2 days",
    default: "2 days",
    defaultNote: "or the voting period, where that is shorter",
    least: "0 days",
    most: "60 days",
  },
  "governance.timelockDelay": { example: "2 days", default: "2 days", least: "1 minute", most: "30 days" },
  "governance.gracePeriod": { example: "14 days", default: "14 days", least: "1 day", most: "90 days" },
  "governance.proposalThreshold": { example: "500" },
  "governance.quorum": { example: "10%", default: "10%", least: "0.01%", most: "50%" },
  "governance.quorumFloor": { example: "15,000" },

  "contributionVotes.share": { example: "5%", default: "5%", least: "0%", most: "25%" },
  "contributionVotes.limit": { example: "20,000", default: "0.2%", defaultNote: "of the cap" },
  "contributionVotes.per": { example: "30 days", default: "30 days", least: "1 hour", most: "5 years" },

  "safe.address": { example: "the address of your Safe, 0x and 40 letters and digits" },
  "safe.owners": { example: "one address per line" },
  "safe.threshold": { example: "2", least: "1", most: "100" },
  "safe.stewardDelay": { example: "1 day", default: "0 days", least: "0 days", most: "30 days" },

  "handover.veto": {
    example: "1 year",
    default: "1 year",
    defaultNote: "or when the community takes over, where that is sooner",
    least: "1 hour",
    most: "4 years 1 day",
  },
  "handover.community": { example: "2 years", default: "2 years", least: "1 hour", most: "4 years 1 day" },

  "titles.name": { example: "常連", most: "64" },
  // The contract keeps the points of a title in 24 bits.
  "titles.points": { example: "10", least: "0", most: "16,777,215" },

  "rewards.disputeWindow": {
    example: "14 days",
    default: "14 days",
    defaultNote: "or half of a season, where that is shorter",
    least: "1 hour",
    most: "365 days",
  },

  "referrals.perSeason": { example: "5", default: "5", least: "0", most: "65,535" },

  "recoveries.perSeason": { example: "10", default: "10", least: "0", most: "255" },

  "badges.season": { example: "90 days", default: "90 days", least: "7 days", most: "366 days" },
  // The contract keeps the points of a season in 32 bits.
  "badges.pointsPerSeason": { example: "20,000", default: "100,000", least: "1", most: "4,294,967,295" },
  "badges.kinds.name": { example: "はじめてのレビュー", most: "64" },
  "badges.kinds.description": {
    example: "商品のレビューを書いてくれた方へ。",
    default: "none",
    most: "1,000",
  },
  "badges.kinds.image": { example: "ipfs://…/review.png", default: "none", most: "256" },
  // Points have 24 bits in the contract, counts 32, votes 96 with 18 decimals.
  "badges.kinds.points": { example: "10", least: "1", most: "16,777,215" },
  "badges.kinds.votes": { example: "200", default: "0", most: "79,228,162,514" },
  "badges.kinds.issuer": { example: "safe", default: "safe", least: "100", most: "4,294,967,295" },
  "badges.kinds.supply": { example: "500", default: "no limit", least: "1", most: "4,294,967,295" },
  "badges.kinds.dailyPoints": { example: "2,000", default: "no limit", least: "1", most: "4,294,967,295" },

  "ideas.enabled": { example: "no", default: "yes" },

  "pass.enabled": { example: "no", default: "yes" },
  "pass.kind": { example: "常連のお客さま", default: "none", most: "64" },
  "pass.royalty": { example: "5%", default: "5%", least: "0%", most: "10%" },
  "pass.colour": { example: '"#8e4b4a"', default: "that of the page" },
  "pass.language": { example: "ja", default: "the first of the page" },

  "page.url": { example: "https://community.example.com/", default: "none", most: "200" },
  "page.colour": { example: '"#8e4b4a"', default: "#4a5a6b" },
  "page.logo": { example: "logo.svg", default: "none", most: "200" },
  "page.words": { example: "次の一杯を、いっしょに。", default: "none", most: "200" },
  "page.rpc": { example: "https://rpc.example.com", most: "500" },
  "page.relay": { example: "https://relay.example.com", default: "none", most: "200" },
  "page.explorer": { example: "https://explorer.example.com", default: "none", most: "200" },
  "page.languages": { example: "ja" },
  "page.links.name": { example: "お店のサイト", most: "64" },
  "page.links.url": { example: "https://example.com", most: "500" },
  "page.names": { example: "public", default: "private" },
} as const satisfies Record<string, Field>;

export type FieldKey = keyof typeof FIELDS;

/** The entry of a key, with what its type leaves open. */
export function fieldOf(key: FieldKey): Field {
  return FIELDS[key];
}

/** `votingPeriod: 5 days`, as it could stand in the file. */
export function exampleOf(key: FieldKey): string {
  return `${key.slice(key.lastIndexOf(".") + 1)}: ${FIELDS[key].example}`;
}
