import * as z from "../zod.js";
import { ROLES } from "../roles.js";
import {
  address,
  amount,
  count,
  duration,
  field,
  label,
  lines,
  link,
  maybe,
  moment,
  orWord,
  pattern,
  percent,
  positiveAmount,
  webAddress,
  wholeNumber,
  wholeTokens,
  yesOrNo,
} from "./values.js";

/** A brand file whose fields are read, and that are not yet checked against one another. */
export type RawBrand = z.output<ReturnType<typeof brandShape>>;

/** A kind of badge whose fields are read. */
export type RawKind = z.output<ReturnType<typeof kindShape>>;

/** The sections and fields of a brand file whose token has `symbol`, if that is known. */
export function brandShape(symbol: string | undefined) {
  return strict({
    brand: section({
      name: field("brand.name", label),
      slug: field(
        "brand.slug",
        pattern(/^[a-z0-9-]{2,40}$/u, "2 to 40 small letters a-z, digits and hyphens"),
      ),
      chainId: field("brand.chainId", orWord("any", undefined, wholeNumber)),
      daoURI: field("brand.daoURI", orWord("none", "", link)),
    }),
    token: section({
      symbol: field("token.symbol", pattern(/^[A-Z0-9]{2,11}$/u, "2 to 11 capital letters A-Z and digits")),
      cap: field("token.cap", wholeTokens(symbol)),
      minting: section({
        limit: field("token.minting.limit", amount(symbol)),
        per: field("token.minting.per", duration),
      }),
      allocations: list(
        section({
          to: field("token.allocations.to", orWord("treasury", "treasury", address)),
          amount: field("token.allocations.amount", positiveAmount(symbol)),
          note: field("token.allocations.note", orWord("none", undefined, label)),
        }),
      ),
    }),
    governance: section({
      votingDelay: field("governance.votingDelay", duration),
      votingPeriod: field("governance.votingPeriod", duration),
      lateQuorumExtension: maybe("governance.lateQuorumExtension", duration),
      timelockDelay: field("governance.timelockDelay", duration),
      gracePeriod: field("governance.gracePeriod", duration),
      proposalThreshold: field("governance.proposalThreshold", positiveAmount(symbol)),
      quorum: field("governance.quorum", percent),
      quorumFloor: field("governance.quorumFloor", positiveAmount(symbol)),
    }),
    contributionVotes: section({
      share: field("contributionVotes.share", percent),
      limit: maybe("contributionVotes.limit", amount(symbol)),
      per: field("contributionVotes.per", duration),
    }),
    safe: section({
      address: maybe("safe.address", address),
      owners: list(field("safe.owners", address)),
      threshold: maybe("safe.threshold", count),
      stewardDelay: field("safe.stewardDelay", duration),
    }),
    handover: section({
      veto: maybe("handover.veto", orWord("none", "none" as const, moment)),
      community: field("handover.community", moment),
    }),
    titles: list(
      section({
        name: field("titles.name", label),
        points: field("titles.points", count),
      }),
    ),
    rewards: section({ disputeWindow: maybe("rewards.disputeWindow", duration) }),
    referrals: section({ perSeason: field("referrals.perSeason", count) }),
    recoveries: section({ perSeason: field("recoveries.perSeason", count) }),
    badges: section({
      season: field("badges.season", duration),
      pointsPerSeason: field("badges.pointsPerSeason", count),
      kinds: list(kindShape(symbol)),
    }),
    ideas: section({ enabled: field("ideas.enabled", yesOrNo) }),
    pass: section({
      enabled: field("pass.enabled", yesOrNo),
      kind: field("pass.kind", orWord("none", undefined, label)),
      royalty: field("pass.royalty", percent),
      colour: maybe("pass.colour", colour),
      language: maybe("pass.language", language),
    }),
    page: pageShape(),
  });
}

const colour = pattern(/^#[0-9a-f]{6}$/iu, 'a colour as "#" and six digits 0-9, a-f');
const language = pattern(/^(?:ja|en)$/u, '"ja" or "en"');

/** The community page: nothing of it is on the chain, and it can be changed at any time. */
function pageShape() {
  return section({
    url: field("page.url", orWord("none", undefined, webAddress)),
    colour: field("page.colour", colour),
    logo: field(
      "page.logo",
      orWord("none", undefined, pattern(LOGO, "a file .svg, .png, .webp or .jpg beside this one")),
    ),
    words: field("page.words", orWord("none", undefined, lines)),
    rpc: list(field("page.rpc", webAddress)),
    relay: field("page.relay", orWord("none", undefined, webAddress)),
    explorer: field("page.explorer", orWord("none", undefined, webAddress)),
    languages: list(field("page.languages", language)),
    links: list(section({ name: field("page.links.name", label), url: field("page.links.url", webAddress) })),
    names: field("page.names", pattern(/^(?:public|private)$/u, '"public" or "private"')),
  });
}

/** A name without folders: it is copied to beside the page. */
const LOGO = /^[\p{L}\p{N}_-]+\.(?:svg|png|webp|jpe?g)$/iu;

/** A kind of badge: in a brand file, and wherever else one is described. */
export function kindShape(symbol: string | undefined) {
  return section({
    name: field("badges.kinds.name", label),
    description: field("badges.kinds.description", orWord("none", "", lines)),
    image: field("badges.kinds.image", orWord("none", "", link)),
    points: field("badges.kinds.points", count),
    votes: field("badges.kinds.votes", amount(symbol)),
    issuer: field(
      "badges.kinds.issuer",
      orWord("safe", ROLES.ISSUER, orWord("board", ROLES.BOARD, wholeNumber)),
    ),
    supply: field("badges.kinds.supply", orWord("no limit", 0, count)),
    dailyPoints: field("badges.kinds.dailyPoints", orWord("no limit", 0, count)),
  });
}

/** Zod hands only a message on: the known keys travel in it to problemsOf, which finds the nearest. */
function strict<T extends z.core.$ZodShape>(shape: T) {
  return z.strictObject(shape, { error: () => Object.keys(shape).join(" ") });
}

/** A section. One that is left out is an empty one, so that what is missing in it is said key by key. */
function section<T extends z.core.$ZodShape>(shape: T) {
  return z.preprocess((input) => (isAbsent(input) ? {} : input), strict(shape));
}

/** A list of sections or fields; one that is left out is an empty one. */
function list<T extends z.core.SomeType>(element: T) {
  return z.preprocess((input) => (isAbsent(input) ? [] : input), z.array(element));
}

function isAbsent(input: unknown): boolean {
  return input === undefined || input === "";
}
