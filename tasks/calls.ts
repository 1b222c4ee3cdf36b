import type { DecodedCall } from "../sdk/calls/decode.js";
import { formatArgument, formatCall } from "../sdk/calls/decode.js";
import type { ReviewedCall } from "../sdk/calls/review.js";
import type { Simulation } from "../sdk/calls/simulate.js";
import type { Problem } from "../sdk/errors.js";
import { KyosoError, problem } from "../sdk/errors.js";
import { formatAmount } from "../sdk/units.js";
import { print, styled } from "./output.js";

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
    const { call, changes, simulation } = each.announced ?? each;
    const before = each.announced === undefined ? "" : "schedule ";
    const words = inWords(call);
    if (words === undefined) printCall(call, i, longest, before);
    else {
      print(`  ${i + 1}. ${before}${styled("bold", words)}`);
      for (const line of formatted(call, longest)) print(styled("dim", `       ${line}`));
    }
    for (const { name, from, to } of changes) print(`     ${name}: ${from} → ${styled("bold", to)}`);
    if (call.known.irreversible !== undefined) {
      print(`     ${styled("yellow", `! Can't be undone. ${call.known.irreversible}`)}`);
    }
    const result = each.simulation.ok ? simulation : each.simulation;
    print(
      result.ok
        ? styled("dim", `     ✓ ${result.note ?? "would succeed now"}`)
        : styled("red", `     ✗ would fail now: ${result.reason}`),
    );
  }
}

/** Shows calls that were made already, or never will be: there is nothing to try and to compare. */
export function printPastCalls(calls: readonly DecodedCall[]): void {
  for (const [i, call] of calls.entries()) printCall(call, i);
}

function printCall(call: DecodedCall, i: number, longest?: number, before = ""): void {
  const [first = "", ...others] = formatted(call, longest);
  print(`  ${i + 1}. ${before}${first}`);
  for (const line of others) print(`       ${line}`);
}

/** A call on one line, or with its arguments below each other where that would be a long one. */
function formatted(call: DecodedCall, longest: number | undefined): string[] {
  const line = formatCall(call, longest);
  if (line.length <= LONGEST_LINE || call.args.length < 2) return [line];
  const { contract, name, args, value } = call;
  return [
    `${contract}.${name}${value === 0n ? "" : ` with ${formatAmount(value, "ETH")}`}`,
    ...args.map((argument) => formatArgument(argument, longest)),
  ];
}

/** A call, with nothing to try where it was made already or never will be. */
type CallForJson = Omit<ReviewedCall, "simulation"> & { readonly simulation: Simulation | null };

/** The same as JSON. */
export function callsAsJson(reviewed: readonly CallForJson[]): object[] {
  return reviewed.map(
    ({ call: { contract, to, signature, args, value, data, known }, changes, simulation, announced }) => ({
      contract,
      to,
      signature,
      args: args.map(({ name, type, value: argument, text }) => ({ name, type, value: argument, text })),
      value,
      data,
      changes,
      irreversible: known.irreversible ?? null,
      simulation,
      ...(announced === undefined ? {} : { announced: callsAsJson([announced])[0] }),
    }),
  );
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
