import { KyosoError } from "../errors.js";
import { quote } from "../text.js";

/** Ideas that a call can have: contracts/ideas/IdeaBoard.sol keeps an idea's index in as many bits. */
const INDEXES = 2 ** 16;
/** The largest call whose ideas have numbers that are exact here. */
const MOST_CALLS = 2 ** 36;

/** The call that an idea is of. */
export function callOfIdea(idea: number): number {
  return Math.floor(idea / INDEXES);
}

/** The number of an idea: `place` is 1 for the first of its call. */
export function ideaOf(call: number, place: number): number {
  return call * INDEXES + place - 1;
}

/** What people call an idea: `3-12` is the twelfth idea of call 3. */
export function ideaName(idea: number | bigint): string {
  const number = BigInt(idea);
  const indexes = BigInt(INDEXES);
  return `${number / indexes}-${(number % indexes) + 1n}`;
}

/**
 * The idea that is meant: `3-12`, or its number on the chain.
 *
 * @param place Where the text comes from, for messages.
 * @throws KyosoError where it is neither. Whether there is such an idea isn't looked at.
 */
export function parseIdea(text: string, place = "idea"): number {
  const written = text.trim().normalize("NFKC");
  const [, call = "", index = ""] = /^#?(\d{1,11})-(\d{1,5})$/u.exec(written) ?? [];
  const [one, other] = [Number(call), Number(index)];
  if (one >= 1 && one < MOST_CALLS && other >= 1 && other <= INDEXES) return ideaOf(one, other);
  const number = /^#?\d{1,16}$/u.test(written) ? Number(written.replace("#", "")) : 0;
  if (number >= INDEXES && number < MOST_CALLS * INDEXES) return number;
  throw KyosoError.of("idea.unreadable", {
    data: { text },
    place,
    message: `${quote(text)} names no idea`,
    remedy: 'Write the number of its call and its own, such as "3-12": `npx hardhat idea list` shows them.',
  });
}

/**
 * The call that is meant, by its number.
 *
 * @throws KyosoError where it is none. Whether there is such a call isn't looked at.
 */
export function parseCall(text: string, place = "call"): number {
  const written = text.trim().normalize("NFKC").replace(/^#/u, "");
  const number = /^\d{1,11}$/u.test(written) ? Number(written) : 0;
  if (number >= 1 && number < MOST_CALLS) return number;
  throw KyosoError.of("idea-call.unreadable", {
    data: { text },
    place,
    message: `${quote(text)} isn't the number of a call`,
    remedy: "Write one of those that `npx hardhat idea list` shows.",
  });
}
