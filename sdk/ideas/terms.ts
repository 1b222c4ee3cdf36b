import { isHexString, ZeroHash } from "ethers";
import { issuerRoleOf } from "../badges/powers.js";
import type { BadgeKind } from "../badges/kinds/kinds.js";
import { requireKind } from "../badges/kinds/kinds.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { Via } from "../execute/via.js";
import type { LiveDao } from "../live.js";
import { nameKey } from "../sameName.js";
import { quote } from "../text.js";
import { formatDuration, parseAmount, parseDuration } from "../units.js";
import { boardAddress } from "./board.js";
import type { RawRules } from "./choices.js";
import { CHOICES, COUNTINGS } from "./choices.js";
import { titleProblem, uriProblem } from "./texts.js";

const MINUTE = 60;
const DAY = 86_400;

/** The board's bounds, as contracts/ideas/CallChecks.sol has them. */
export const CALL_BOUNDS = {
  duration: [10 * MINUTE, 365 * DAY],
  ideasPerMember: [1, 10],
  winners: [1, 6],
  memberDays: [0, 3_650],
  options: [2, 32],
} as const;

/** The first role that a DAO can give away for a purpose of its own: contracts/access/Roles.sol. */
const FIRST_CUSTOM_ROLE = 100n;

/** A call as people describe it; what is undefined has a default. */
export interface CallTexts {
  readonly question: string;
  /** Of a poll; else none. */
  readonly options: readonly string[];
  readonly rules: string | undefined;
  /** 32 bytes. */
  readonly rulesHash: string | undefined;
  readonly ideasFor: string | undefined;
  readonly supportFor: string | undefined;
  readonly ideasPerMember: string | undefined;
  readonly winners: string | undefined;
  readonly counting: string | undefined;
  readonly choice: string | undefined;
  readonly memberDays: string | undefined;
  /** Name or number of a kind. */
  readonly badge: string | undefined;
}

/** A call as the board takes it. */
export interface CallTerms extends RawRules {
  readonly question: string;
  readonly rulesURI: string;
  readonly rulesHash: string;
  readonly ideasFor: number;
  readonly supportFor: number;
  readonly options: readonly string[];
}

/** What a call has that nothing else was said of: ideas for two weeks, support for one, one voice for each member. */
const DEFAULTS = {
  ideasFor: "14 days",
  supportFor: "7 days",
  ideasPerMember: "3",
  winners: "3",
  pollWinners: "1",
  counting: "voice",
  choice: "approve",
  memberDays: "0",
} as const;

/**
 * Reads a new call, within the board's bounds. With options it is a poll, and takes no ideas.
 *
 * @param kinds The DAO's.
 * @param via Who opens it: badges with votes take a passed proposal.
 * @throws KyosoError naming everything that is wrong, each by its option of `idea call`.
 */
export async function readNewCall(
  live: LiveDao,
  texts: CallTexts,
  kinds: readonly BadgeKind[],
  via: Via,
): Promise<CallTerms> {
  const problems: Problem[] = [];
  const kept = <Value>(place: string, read: () => Value, otherwise: Value): Value => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      problems.push(...error.problems.map((told) => ({ ...told, place })));
      return otherwise;
    }
  };
  const isPoll = texts.options.length > 0;
  const question = texts.question.trim();
  const options = texts.options.map((option) => option.trim());
  const rulesURI = (texts.rules ?? "").trim();
  add(problems, titleProblem(question, "question"), uriProblem(rulesURI, "--rules"));
  if (isPoll) problems.push(...optionProblems(options), ...pollProblems(texts));

  const duration = (place: string, text: string) => kept(place, () => durationIn(text), 0);
  const whole = (place: string, text: string, bounds: readonly [number, number]) =>
    kept(place, () => wholeIn(text, bounds), bounds[0]);
  const choiceOf = (place: string, text: string, known: readonly string[]) =>
    kept(place, () => placeOf(text, known), 0);
  const winners = whole(
    "--winners",
    texts.winners ?? (isPoll ? DEFAULTS.pollWinners : DEFAULTS.winners),
    CALL_BOUNDS.winners,
  );
  if (isPoll && winners > options.length) {
    problems.push(
      problem("idea-call.winners-over-options", {
        data: { winners, options: options.length },
        place: "--winners",
        message: `${winners} would win of ${options.length} options`,
        remedy: `Write at most ${options.length}.`,
      }),
    );
  }
  const counting = choiceOf("--counting", texts.counting ?? DEFAULTS.counting, COUNTINGS);
  const memberDays = whole("--member-days", texts.memberDays ?? DEFAULTS.memberDays, CALL_BOUNDS.memberDays);
  if (memberDays !== 0 && COUNTINGS[counting] === "weight") {
    problems.push(
      problem("idea-call.days-without-voices", {
        data: { days: memberDays },
        place: "--member-days",
        message: "Where votes count, it doesn't matter for how long somebody is a member",
        remedy: "Leave it out, or count voices: --counting voice.",
      }),
    );
  }
  const kind = kept(
    "--badge",
    () => (texts.badge === undefined || isPoll ? undefined : requireKind(texts.badge, kinds)),
    undefined,
  );
  if (kind !== undefined) add(problems, await kindProblem(live, kind, via));
  const terms: CallTerms = {
    question,
    rulesURI,
    rulesHash: kept("--rules-hash", () => hashIn(texts.rulesHash), ZeroHash),
    ideasFor: isPoll ? 0 : duration("--ideas-for", texts.ideasFor ?? DEFAULTS.ideasFor),
    supportFor: duration("--support-for", texts.supportFor ?? DEFAULTS.supportFor),
    ideasPerMember: isPoll
      ? 0
      : whole(
          "--ideas-per-member",
          texts.ideasPerMember ?? DEFAULTS.ideasPerMember,
          CALL_BOUNDS.ideasPerMember,
        ),
    winners,
    counting,
    choice: choiceOf("--choice", texts.choice ?? DEFAULTS.choice, CHOICES),
    memberDays,
    badgeKind: kind?.number ?? 0,
    options,
  };
  if (problems.length > 0) throw new KyosoError(problems);
  return terms;
}

function add(problems: Problem[], ...found: readonly (Problem | undefined)[]): void {
  for (const each of found) if (each !== undefined) problems.push(each);
}

function optionProblems(options: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const [lowest, highest] = CALL_BOUNDS.options;
  if (options.length < lowest || options.length > highest) {
    problems.push(
      problem("idea-call.options", {
        data: { count: options.length, lowest, highest },
        place: "options",
        message: `There ${options.length === 1 ? "is 1" : `are ${options.length}`}, and a poll has ${lowest} to ${highest}`,
        remedy: "Write each in quotes, one after the other; or none, for a call that takes ideas.",
      }),
    );
  }
  for (const [i, option] of options.entries()) {
    add(problems, titleProblem(option, `option ${i + 1}`));
    if (options.findIndex((other) => nameKey(other) === nameKey(option)) < i) {
      problems.push(
        problem("idea-call.options-same", {
          data: { option },
          place: `option ${i + 1}`,
          message: `There are two ${quote(option)}, or people can't tell the two apart`,
          remedy: "Leave one of them out.",
        }),
      );
    }
  }
  return problems;
}

/** What a poll hasn't. */
function pollProblems({ ideasFor, ideasPerMember, badge }: CallTexts): Problem[] {
  const given = { "--ideas-for": ideasFor, "--ideas-per-member": ideasPerMember, "--badge": badge };
  return Object.entries(given).flatMap(([option, text]) =>
    text === undefined
      ? []
      : [
          problem("idea-call.not-of-poll", {
            data: { option },
            place: option,
            message: "With options it is a poll: it takes no ideas, and nobody is awarded anything for them",
            remedy: "Leave it out, or leave the options out.",
          }),
        ],
  );
}

/** Why the board can't award a kind; undefined where it can. */
async function kindProblem(live: LiveDao, kind: BadgeKind, via: Via): Promise<Problem | undefined> {
  const { number, name, closed, votes, issuerRole } = kind;
  const data = { kind: number, name };
  const place = "--badge";
  if (closed) {
    return problem("idea-call.kind-closed", {
      data,
      place,
      message: `The kind ${quote(name)} is closed`,
      remedy: "Choose another one: `npx hardhat badge kind list` shows them.",
    });
  }
  const { isMember, executionDelay } = await live.contracts.manager.hasRole(issuerRole, boardAddress(live));
  if (issuerRole < FIRST_CUSTOM_ROLE || !isMember || executionDelay !== 0n) {
    return problem("idea-call.kind-not-boards", {
      data: { ...data, role: await issuerRoleOf(live, kind) },
      place,
      message: `The board can't award the kind ${quote(name)}: its role is ${issuerRole < FIRST_CUSTOM_ROLE ? "that of the DAO's issuers" : `no. ${issuerRole}`}, and the board isn't one who has it`,
      remedy:
        "Choose a kind whose role the board has; or add one that the board awards: `npx hardhat badge kind add <name> --issuer board`.",
    });
  }
  if (votes === 0n || via === "proposal") return undefined;
  return problem("idea-call.kind-with-votes", {
    data,
    place,
    message: `The kind ${quote(name)} comes with votes, and only a passed proposal opens a call for those`,
    remedy: "Use --via proposal: it writes a draft of one.",
  });
}

function durationIn(text: string): number {
  const seconds = parseDuration(text);
  const [lowest, highest] = CALL_BOUNDS.duration;
  if (seconds >= lowest && seconds <= highest) return seconds;
  throw KyosoError.of("idea-call.duration", {
    data: { seconds, lowest, highest },
    message: `${quote(text)} is too ${seconds < lowest ? "short" : "long"}`,
    remedy: `Write from ${formatDuration(lowest)} to ${formatDuration(highest)}.`,
  });
}

function wholeIn(text: string, [lowest, highest]: readonly [number, number]): number {
  const number = parseAmount(text, 0);
  if (number >= BigInt(lowest) && number <= BigInt(highest)) return Number(number);
  throw KyosoError.of("idea-call.number", {
    data: { number: number.toString(), lowest, highest },
    message: `${number.toLocaleString("en")} is outside of ${lowest} to ${highest.toLocaleString("en")}`,
    remedy: "Write another number.",
  });
}

function placeOf(text: string, known: readonly string[]): number {
  const word = text.trim().toLowerCase().replaceAll("-", " ");
  const place = known.indexOf(word);
  if (place !== -1) return place;
  throw KyosoError.of("idea-call.choice-unknown", {
    data: { text, known },
    message: `${quote(text)} is none of the choices`,
    remedy: `Write ${known.map((each) => quote(each)).join(" or ")}.`,
  });
}

function hashIn(text: string | undefined): string {
  if (text === undefined) return ZeroHash;
  if (isHexString(text.trim(), 32)) return text.trim().toLowerCase();
  throw KyosoError.of("argument.not-bytes", {
    data: { text, length: 32 },
    message: `${quote(text)} isn't 32 bytes in hexadecimal`,
    remedy: "Write 0x and 64 digits.",
  });
}
