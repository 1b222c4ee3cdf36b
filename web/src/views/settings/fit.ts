import { LONGEST_NICKNAME, nicknameProblem, utf8Length } from "@kyoso/sdk";

/** Bytes of a character of Japanese writing, in UTF-8. */
const JAPANESE = 3;

/** Whether a nickname fits, in what people count: characters, and not bytes. */
export interface Fit {
  readonly is: "unseen" | "over" | "room";
  /** Letters for which there is room, or that are too many. */
  readonly letters: number;
  /** The same in characters of Japanese writing. */
  readonly japanese: number;
}

/** As the contract counts it. */
export function fitOf(text: string): Fit {
  const nickname = text.trim().normalize("NFC");
  const left = LONGEST_NICKNAME - utf8Length(nickname);
  if (left < 0) return { is: "over", letters: -left, japanese: Math.ceil(-left / JAPANESE) };
  const is = nicknameProblem(nickname) === undefined ? "room" : "unseen";
  return { is, letters: left, japanese: Math.floor(left / JAPANESE) };
}
