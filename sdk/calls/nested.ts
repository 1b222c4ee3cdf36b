import type { DecodedCall, Names, RawCall } from "./decode.js";
import { decodeCall, formatCall } from "./decode.js";

/** The call that a call only announces, to be made later: what `schedule` of the AccessManager takes. */
export function announcedCall(call: DecodedCall, names: Names): DecodedCall | undefined {
  if (call.contract !== "manager" || call.name !== "schedule") return undefined;
  const value = (name: string) => String(call.args.find((argument) => argument.name === name)?.value);
  const raw: RawCall = { to: value("target"), data: value("data"), value: 0n };
  return decodeCall(raw, names);
}

/** A call on one line; of one that announces another, that one. */
export function describeCall(call: DecodedCall, names: Names): string {
  const announced = announcedCall(call, names);
  if (announced === undefined) return formatCall(call);
  const when = call.args.find(({ name }) => name === "when");
  const earliest = when === undefined || when.value === 0n ? "" : `, not before ${when.text}`;
  return `schedule ${describeCall(announced, names)}${earliest}`;
}
