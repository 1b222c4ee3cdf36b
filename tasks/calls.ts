import type { CarriedCalls, DecodedCall } from "../sdk/calls/decode.js";
import { formatArgument, formatCall, ownArguments } from "../sdk/calls/decode.js";
import { describeFate } from "../sdk/calls/nested.js";
import type { ReadCall } from "../sdk/calls/reading.js";
import { asPast } from "../sdk/calls/reading.js";
import type { ReviewedCall } from "../sdk/calls/review.js";
import type { Simulation } from "../sdk/calls/simulate.js";
import { describeUnread, unreadOf, unreadProblems } from "../sdk/calls/unread.js";
import type { Problem } from "../sdk/errors.js";
import { KyosoError, problem } from "../sdk/errors.js";
import { formatAmount } from "../sdk/units.js";
import { print, styled, warn } from "./output.js";

/** Of what is shown of a call, in characters. */
const LONGEST_LINE = 110;

/** Of longer lists, those who have made them are shown only how many items they have. */
export const LONGEST_LIST = 5;

/** What a call does in words, where there are some beside its name and numbers. */
export type InWords = (call: DecodedCall) => string | undefined;

/**
 * Shows calls as they should be read before anybody signs them.
 *
 * @param longest Of lists with more items only the number of items is shown; without it, all of them.
 * @param inWords Shown above the call itself.
 */
export function printCalls(
  reviewed: readonly ReviewedCall[],
  longest?: number,
  inWords: InWords = () => undefined,
): void {
  for (const [i, each] of reviewed.entries()) {
    const { announced, simulation } = each;
    const number = (i + 1).toString();
    if (announced === undefined) {
      printCall(each, number, { longest, inWords });
    } else {
      const when = each.call.carried?.when;
      const before = when === undefined ? "schedule " : `schedule, not before ${when}: `;
      printCall(announced, number, { longest, inWords, before });
    }
    const result = announced === undefined || !simulation.ok ? simulation : announced.simulation;
    print(
      result.ok
        ? styled("dim", `     ✓ ${result.note ?? "would succeed now"}`)
        : styled("red", `     ✗ would fail now: ${result.reason}`),
    );
  }
}

/** Shows calls that were made already, or never will be: there is nothing to try and to compare. */
export function printPastCalls(calls: readonly DecodedCall[]): void {
  for (const [i, call] of calls.entries()) {
    printCall(asPast(call), (i + 1).toString(), { inWords: () => undefined, past: true });
  }
}

interface Printing {
  readonly longest?: number | undefined;
  readonly inWords: InWords;
  /** Said before the call itself. */
  readonly before?: string;
  /** Columns from the left. */
  readonly indent?: number;
  /** Whether it is over, and nothing about it has to be warned of. */
  readonly past?: boolean;
}

/** Shows a call, and below it what it changes, what has to be known of it, and the calls that it carries. */
function printCall({ call, changes, inner }: ReadCall, number: string, printing: Printing): void {
  const { longest, inWords, before = "", indent = 2, past = false } = printing;
  const margin = " ".repeat(indent);
  const below = " ".repeat(indent + number.length + 2);
  const words = inWords(call);
  const [first = "", ...others] = formatted(call, longest);
  print(`${margin}${number}. ${before}${words === undefined ? first : styled("bold", words)}`);
  for (const line of words === undefined ? others : [first, ...others]) {
    print(words === undefined ? `${below}  ${line}` : styled("dim", `${below}  ${line}`));
  }
  for (const { name, from, to } of changes) print(`${below}${name}: ${from} → ${styled("bold", to)}`);
  if (call.known.irreversible !== undefined && !past) {
    print(`${below}${styled("yellow", `! Can't be undone. ${call.known.irreversible}`)}`);
  }
  const unread = unreadOf(call);
  if (unread !== undefined) {
    print(`${below}${styled("red", `! NOBODY CAN SAY WHAT THIS DOES: ${describeUnread(unread)}`)}`);
  }
  if (inner === undefined || call.carried === undefined) return;
  const { fate, calls } = call.carried;
  const over = past || fate === "stopped";
  print(`${below}${calls.length === 0 ? "It carries no call." : `${describeFate(call.carried)}:`}`);
  for (const [i, each] of inner.entries()) {
    printCall(each, `${number}.${i + 1}`, { longest, inWords, indent: below.length, past: over });
  }
}

/** A call on one line, or with its arguments below each other where that would be a long one. */
function formatted(call: DecodedCall, longest: number | undefined): string[] {
  const line = formatCall(call, longest);
  if (line.length <= LONGEST_LINE || call.args.length < 2) return [line];
  const { contract, name, value } = call;
  return [
    `${contract}.${name}${value === 0n ? "" : ` with ${formatAmount(value, "ETH")}`}`,
    ...ownArguments(call).map((argument) => formatArgument(argument, longest)),
  ];
}

/** A call, with nothing to try where it was made already or never will be, or is made by another one. */
type CallForJson = Omit<ReviewedCall, "simulation"> & { readonly simulation: Simulation | null };

/** The same as JSON. */
export function callsAsJson(reviewed: readonly CallForJson[]): object[] {
  return reviewed.map(({ call, changes, simulation, announced, inner }) => {
    const { contract, to, signature, args, value, data, known, carried } = call;
    return {
      contract,
      to,
      signature,
      args: args.map(({ name, type, value: argument, text }) => ({ name, type, value: argument, text })),
      value,
      data,
      changes,
      irreversible: known.irreversible ?? null,
      simulation,
      unread: unreadOf(call) ?? null,
      ...(announced === undefined ? {} : { announced: callsAsJson([announced])[0] }),
      ...(carried === undefined
        ? {}
        : { carried: carriedAsJson(carried, inner ?? carried.calls.map(asPast)) }),
    };
  });
}

function carriedAsJson({ fate, by, when, mayFail }: CarriedCalls, inner: readonly ReadCall[]): object {
  const calls = callsAsJson(inner.map((each) => ({ ...each, simulation: null })));
  return { fate, by: by ?? null, when: when ?? null, mayFail, calls };
}

/**
 * Refuses calls of which one would fail.
 *
 * @param remedy What to do about it, and what was not done.
 * @throws KyosoError naming each that would fail, and why.
 */
export function requireSuccess(reviewed: readonly ReviewedCall[], remedy: string): void {
  const problems = reviewed.flatMap((each): Problem[] => {
    const failing = each.simulation.ok ? each.announced : each;
    if (failing === undefined || failing.simulation.ok) return [];
    const { contract, name } = failing.call;
    return [
      problem("call.would-fail", {
        data: { contract, function: name, reason: failing.simulation.reason },
        place: name === "" ? contract : `${contract}.${name}`,
        message: failing.simulation.reason,
        remedy,
      }),
    ];
  });
  if (problems.length > 0) throw new KyosoError(problems);
}

/**
 * Refuses calls of which one can't be read whole, unless whoever goes on wants it nevertheless: then it is said loudly.
 *
 * @param file That has them.
 * @throws KyosoError naming each.
 */
export function requireReadable(
  reviewed: readonly Pick<ReviewedCall, "call">[],
  { allowUnknownCalls, json }: { readonly allowUnknownCalls: boolean; readonly json: boolean },
  file?: string,
): void {
  const calls = reviewed.map(({ call }) => call);
  const problems = unreadProblems(calls, file);
  if (problems.length === 0) return;
  if (!allowUnknownCalls) throw new KyosoError(problems);
  if (json) return;
  for (const told of problems) warn({ ...told, remedy: "You go on all the same." });
}
