import type { TypedDataDomain } from "ethers";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { foreignTo } from "../signed/foreign.js";
import { notSignedProblem } from "../signed/notSigned.js";
import { checkSignature } from "../signed/wallets.js";
import { boardAddress, boardRead } from "./board.js";
import type { RawRules } from "./choices.js";
import { CHOICES, COUNTINGS, IDEA_STATUSES } from "./choices.js";
import { callOfIdea, ideaName } from "./names.js";
import type { IdeaSupport } from "./signing.js";
import { supportHash } from "./signing.js";
import type { SupportedCall, SupportedIdea } from "./supportReadiness.js";
import { supportReadinessOf } from "./supportReadiness.js";
import type { CallMember, SupporterStanding } from "./voices.js";
import { readSupporterStandings } from "./voices.js";

/**
 * Gas for support of one idea: the dearest, an account's first in a call that six ideas win, needs some 75,000 in all
 * (docs/gas.md). Votes are looked up, which takes some 110,000 at most where they changed in each second since the snapshot.
 * What isn't used isn't paid.
 */
const GAS_PER_SUPPORT = 120_000n;
const GAS_FOR_VOTES = 110_000n;
const GAS_PER_MORE = 45_000n;

/** What signed support is worth at this moment. */
export type SupportCheck =
  | { readonly status: "refused"; readonly problem: Problem }
  /** Its supporter supports all of it already. */
  | { readonly status: "supported before" }
  /** It can be taken, with so much gas at most. */
  | { readonly status: "valid"; readonly weight: bigint; readonly gas: bigint };

/** What the board says that signed support is checked against. */
export interface SupportContext {
  readonly live: LiveDao;
  readonly domain: TypedDataDomain;
  /** Those that are spoken of, by their numbers. */
  readonly calls: ReadonlyMap<number, SupportedCall>;
  /** Those that are named, by their numbers. */
  readonly ideas: ReadonlyMap<number, SupportedIdea>;
  /** How supporters stand; see {@link supporterStandingOf}. */
  readonly standings: ReadonlyMap<string, SupporterStanding>;
}

/**
 * Reads all that signed support is checked against, as of the block at which the DAO was opened. The board itself is asked, in two
 * requests, and no logs are looked through: anybody can sign any number.
 */
export async function readSupportContext(
  live: LiveDao,
  domain: TypedDataDomain,
  all: readonly IdeaSupport[],
): Promise<SupportContext> {
  const ours = all.filter((support) => foreignSupport(live, "", support) === undefined);
  const ids = [...new Set(ours.flatMap(({ ideas }) => ideas.map(Number)))].filter(Number.isSafeInteger);
  if (ids.length === 0) return { live, domain, calls: new Map(), ideas: new Map(), standings: new Map() };
  const [count = 0n, ...states] = await live.readMany<bigint | RawIdeaStatus>([
    boardRead(live, "callCount", []),
    ...ids.map((id) => boardRead(live, "ideaOf", [id])),
  ]);
  const ideas = new Map<number, SupportedIdea>();
  for (const [i, id] of ids.entries()) {
    const status = IDEA_STATUSES[(states[i] as RawIdeaStatus).status];
    if (status !== undefined && status !== "none") ideas.set(id, { id, name: ideaName(id), status });
  }
  const numbers = [...new Set([...ideas.keys()].map(callOfIdea))].filter((number) => number <= Number(count));
  const members = new Map(
    ours.flatMap((support) => {
      const member = { call: callOfIdea(Number(support.ideas[0])), account: support.supporter };
      return numbers.includes(member.call) ? [[memberKey(member), member] as const] : [];
    }),
  );
  const [read, standings] = await Promise.all([
    live.readMany<RawSupportedCall>(numbers.map((number) => boardRead(live, "callOf", [number]))),
    readSupporterStandings(live, [...members.values()]),
  ]);
  const calls = new Map(
    numbers.flatMap((number, i) => {
      const raw = read[i];
      if (raw === undefined) return [];
      const { memberDays, snapshot, end } = raw;
      const counting = COUNTINGS[raw.counting] ?? "weight";
      const choice = CHOICES[raw.choice] ?? "pick one";
      return [[number, { number, counting, choice, memberDays, snapshot, end }] as const];
    }),
  );
  const keys = [...members.keys()];
  return {
    live,
    domain,
    calls,
    ideas,
    standings: new Map(standings.map((each, i) => [keys[i] ?? "", each])),
  };
}

/** As `callOf` returns it. */
interface RawSupportedCall extends Pick<RawRules, "counting" | "choice" | "memberDays"> {
  readonly snapshot: number;
  readonly end: number;
}

/** As `ideaOf` returns it. */
interface RawIdeaStatus {
  readonly status: number;
}

function memberKey({ call, account }: CallMember): string {
  return `${call} ${account}`;
}

/** Whether what was signed is so as of the block at which the DAO was opened. */
export async function isSupported(live: LiveDao, support: IdeaSupport): Promise<boolean> {
  const [supported] = await areSupported(live, [support]);
  return supported === true;
}

/** {@link isSupported}, of many in one request. */
export async function areSupported(live: LiveDao, all: readonly IdeaSupport[]): Promise<boolean[]> {
  const voices = await live.readMany<{ readonly ideas: readonly bigint[] }>(
    all.map(({ supporter, ideas }) => boardRead(live, "voiceOf", [callOfIdea(Number(ideas[0])), supporter])),
  );
  return all.map(({ ideas }, i) => ideas.every((idea) => voices[i]?.ideas.includes(BigInt(idea)) === true));
}

/** The call that signed support is for; undefined where there is none. */
export function callOfSupport({ calls }: SupportContext, { ideas }: IdeaSupport): SupportedCall | undefined {
  return calls.get(callOfIdea(Number(ideas[0])));
}

/** How whoever signed support stands in its call; undefined where there is none, or it is another DAO's. */
export function supporterStandingOf(
  { standings }: SupportContext,
  support: IdeaSupport,
): SupporterStanding | undefined {
  return standings.get(memberKey({ call: callOfIdea(Number(support.ideas[0])), account: support.supporter }));
}

/** Checks signed support as the board would, and that it is this DAO's. */
export async function checkSupport(
  context: SupportContext,
  file: string,
  support: IdeaSupport,
): Promise<SupportCheck> {
  const { live } = context;
  const refuse = (told: Problem): SupportCheck => ({ status: "refused", problem: { ...told, place: file } });
  const found = findFor(context, file, support);
  if ("refused" in found) return refuse(found.refused);
  const { call, ideas, standing } = found;
  const readiness = supportReadinessOf(live, call, ideas, standing);
  if (readiness.left.length === 0) return { status: "supported before" };
  const before = ideas.find(({ id }) => !readiness.left.includes(id));
  if (before !== undefined) {
    return refuse(
      problem("idea.supported-already", {
        data: { idea: before.name, account: support.supporter },
        message: `${support.supporter} supports ${before.name} already, and what is signed is taken as a whole or not at all`,
        remedy: `Ask for one of the others alone: npx hardhat idea sign ${readiness.left.map(ideaName).join(" ")}.`,
      }),
    );
  }
  if (readiness.problem !== undefined) return refuse(readiness.problem);
  const signed = await checkSignedSupport(context, file, support);
  if (signed.status === "refused") return signed;
  const more = BigInt(ideas.length - 1) * GAS_PER_MORE;
  const votes = call.counting === "weight" ? GAS_FOR_VOTES : 0n;
  const gas = GAS_PER_SUPPORT + votes + more + signed.gas;
  return { status: "valid", weight: readiness.weight, gas };
}

/**
 * Checks that support is signed by its supporter for ideas of this DAO. Nothing is asked of whether it can be taken now: it may come
 * before support is.
 *
 * @returns How much gas its supporter's wallet takes, at most.
 */
export async function checkSignedSupport(
  context: SupportContext,
  file: string,
  support: IdeaSupport,
): Promise<
  | { readonly status: "refused"; readonly problem: Problem }
  | { readonly status: "signed"; readonly gas: bigint }
> {
  const { live, domain } = context;
  const found = findFor(context, file, support);
  if ("refused" in found) return { status: "refused", problem: { ...found.refused, place: file } };
  const { supporter: signer, signature } = support;
  const hash = supportHash(domain, support);
  const { valid, contract, gas } = await checkSignature(live.provider, signer, hash, signature);
  if (valid) return { status: "signed", gas };
  const renewal = {
    command: `npx hardhat idea sign ${found.ideas.map(({ name }) => name).join(" ")}`,
    option: "--supporter",
  };
  const signed = { signer, hash, signature, contract };
  return { status: "refused", problem: await notSignedProblem(live, file, signed, renewal) };
}

/** What signed support is checked against, or why there is nothing. */
function findFor(
  context: SupportContext,
  file: string,
  support: IdeaSupport,
):
  | {
      readonly call: SupportedCall;
      readonly ideas: readonly SupportedIdea[];
      readonly standing: SupporterStanding;
    }
  | { readonly refused: Problem } {
  const foreign = foreignSupport(context.live, file, support);
  if (foreign !== undefined) return { refused: foreign };
  const [call, standing] = [callOfSupport(context, support), supporterStandingOf(context, support)];
  const ideas: SupportedIdea[] = [];
  for (const id of support.ideas) {
    const idea = context.ideas.get(Number(id));
    if (
      call === undefined ||
      standing === undefined ||
      idea === undefined ||
      callOfIdea(idea.id) !== call.number
    ) {
      return { refused: unknownProblem(file, BigInt(id)) };
    }
    if (ideas.includes(idea)) {
      return {
        refused: problem("idea.named-twice", {
          data: { idea: idea.name },
          message: `${idea.name} is named twice`,
          remedy: `Ask for a new one: npx hardhat idea sign ${idea.name}.`,
        }),
      };
    }
    ideas.push(idea);
  }
  if (call === undefined || standing === undefined) return { refused: unknownProblem(file, 0n) };
  return { call, ideas, standing };
}

function unknownProblem(file: string, idea: bigint): Problem {
  return problem("support.idea-unknown", {
    data: { file, idea: ideaName(idea) },
    message: `It is for idea ${ideaName(idea)}, which there isn't`,
    remedy: "Check that the node is up to date.",
  });
}

/** Why signed support is another DAO's; undefined if it is this one's. */
function foreignSupport(
  live: LiveDao,
  file: string,
  { chainId, board: address, dao }: IdeaSupport,
): Problem | undefined {
  return foreignTo(live, file, { chainId, contract: "board", address, dao, own: boardAddress(live) });
}
