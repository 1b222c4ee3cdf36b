import type { CarriedCalls, DecodedCall } from "./decode.js";
import { formatCall } from "./decode.js";

/** A call's place among others and in them: `2.1` is the first one that the second one carries. */
export interface PlacedCall {
  readonly place: string;
  readonly call: DecodedCall;
  /** Whether it is only there to be kept from being made. */
  readonly stopped: boolean;
}

/** Calls, each followed by those that it carries. */
export function* callsWithin(
  calls: readonly DecodedCall[],
  before = "",
  stopped = false,
): Generator<PlacedCall> {
  for (const [i, call] of calls.entries()) {
    const place = `${before}${i + 1}`;
    yield { place, call, stopped };
    const { carried } = call;
    if (carried !== undefined) {
      yield* callsWithin(carried.calls, `${place}.`, stopped || carried.fate === "stopped");
    }
  }
}

/** The call that a call only announces, to be made later: what `schedule` of the AccessManager takes. */
export function announcedCall(call: DecodedCall): DecodedCall | undefined {
  if (call.contract !== "manager" || call.name !== "schedule") return undefined;
  return call.carried?.calls[0];
}

/** What becomes of the calls that a call carries: `It announces, to be made by timelock 2 days later or after that`. */
export function describeFate({ fate, by, when, mayFail }: Omit<CarriedCalls, "calls">): string {
  const maker = by === undefined ? "" : ` by ${by}`;
  const passedOver = mayFail ? ", passing over what fails" : "";
  switch (fate) {
    case "made":
      return `It has made${maker}${passedOver}`;
    case "announced":
      return `It announces, to be made${maker} ${when === undefined ? "later" : notBefore(when)}`;
    case "proposed":
      return `It proposes, to be made${maker} if the vote passes`;
    case "upgraded":
      return "With its new code, it then makes";
    case "stopped":
      return "It keeps from being made";
  }
}

function notBefore(when: string): string {
  return /^\d{4}-/u.test(when) ? `not before ${when}` : `${when} later, or after that`;
}

/** A call on one line, with those that it carries; of one that announces another, that one. */
export function describeCall(call: DecodedCall): string {
  const announced = announcedCall(call);
  const { carried } = call;
  if (carried === undefined) return formatCall(call);
  if (announced !== undefined) {
    const earliest = carried.when === undefined ? "" : `, not before ${carried.when}`;
    return `schedule ${describeCall(announced)}${earliest}`;
  }
  const inner = carried.calls.map(describeCall).join("; ");
  const fate = carried.fate === "stopped" ? "keeps from being made" : carried.fate;
  return `${formatCall(call)} [${fate}${carried.when === undefined ? "" : ` ${carried.when}`}: ${inner}]`;
}
