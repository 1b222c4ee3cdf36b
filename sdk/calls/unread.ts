import { dataLength, getAddress, keccak256 } from "ethers";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { DecodedCall } from "./decode.js";
import { MOST_LEVELS } from "./decode.js";
import { callsWithin } from "./nested.js";
import type { UnreadReason } from "./raw.js";

/** A call of which nobody can say whole what it does, by what can be said of it. */
export interface UnreadCall {
  /** `2.1` is the first call that the second one carries. */
  readonly place: string;
  readonly to: string;
  /** Of the function; empty where there are fewer bytes. */
  readonly selector: string;
  /** Bytes. */
  readonly length: number;
  readonly hash: string;
  readonly reason: UnreadReason;
}

/** What can't be read whole, among calls and those that they carry. What is only kept from being made may be anything. */
export function unreadAmong(calls: readonly DecodedCall[]): UnreadCall[] {
  return [...callsWithin(calls)].flatMap(({ place, call, stopped }) => {
    const unread = unreadOf(call);
    return unread === undefined || stopped ? [] : [{ place, ...unread }];
  });
}

/** What can be said of a call that can't be read whole; undefined for one that can. */
export function unreadOf({ to, data, unread }: DecodedCall): Omit<UnreadCall, "place"> | undefined {
  if (unread === undefined) return undefined;
  const length = dataLength(data);
  const selector = length < 4 ? "" : data.slice(0, 10);
  return { to: getAddress(to), selector, length, hash: keccak256(data), reason: unread };
}

const REASONS: Readonly<Record<UnreadReason, string>> = {
  function: "no function that is known here",
  likeness:
    "a function of a contract that isn't the DAO's, and may do something else there than its name says",
  encoding: "data that aren't exactly what the function takes",
  delegatecall: "foreign code that is run in the name of whoever calls it, and may do anything",
  "too deep": `calls in calls that are more than ${MOST_LEVELS} deep`,
  "too many": "more calls in calls than any transaction can make",
};

/** `no function that is known here: to 0x…, function 0x12345678, 1,234 bytes, hash 0x…` */
export function describeUnread({ to, selector, length, hash, reason }: Omit<UnreadCall, "place">): string {
  const called = selector === "" ? "" : `, function ${selector}`;
  return `${REASONS[reason]}: to ${to}${called}, ${length.toLocaleString("en")} bytes, hash ${hash}`;
}

/** That calls can't be read whole, one by one. */
export function unreadProblems(calls: readonly DecodedCall[], file?: string): Problem[] {
  return unreadAmong(calls).map(({ place: number, ...unread }) =>
    problem("call.unread", {
      data: { number, ...unread },
      place: file === undefined ? `call ${number}` : `${file}, call ${number}`,
      message: `Nobody can say what it does: ${describeUnread(unread)}`,
      remedy:
        "Find out what it does from somebody you trust, and compare the hash. To go on all the same, add --allow-unknown-calls.",
    }),
  );
}
