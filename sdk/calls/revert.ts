import type { ErrorDescription } from "ethers";
import { AbiCoder, dataLength, dataSlice, isHexString } from "ethers";
import { oneLine } from "../text.js";
import { errorInterfaces } from "./known.js";

const ERROR_STRING = "0x08c379a0"; // Error(string)
const PANIC = "0x4e487b71"; // Panic(uint256)

/** Why a call failed, as shortly as is true: the contract's own error where it gave one. */
export function reasonOf(error: unknown): string {
  const data = revertDataOf(error);
  if (data !== undefined) return describeRevert(data);
  if (!(error instanceof Error)) return String(error);
  const short =
    "shortMessage" in error && typeof error.shortMessage === "string" ? error.shortMessage : undefined;
  return short ?? error.message.split("\n")[0] ?? error.name;
}

/** What a contract reverted with; undefined where an error has another origin. */
export function revertDataOf(error: unknown): string | undefined {
  for (let cause: unknown = error; isObject(cause); cause = cause.cause ?? cause.error ?? cause.info) {
    const { data } = cause;
    // Some nodes wrap it once more.
    const found: unknown = isObject(data) ? data.data : data;
    if (isHexString(found) && dataLength(found) >= 4) return found;
  }
  return undefined;
}

/** The custom error in what a contract reverted with; undefined if it isn't one of the DAO's contracts. */
export function customError(data: string): ErrorDescription | undefined {
  for (const contract of errorInterfaces()) {
    try {
      const parsed = contract.parseError(data);
      if (parsed !== null) return parsed;
    } catch {
      // The same selector with other arguments: another interface may fit.
    }
  }
  return undefined;
}

/** What a contract reverted with, in words or as `ErrorName(argument: value)`. */
export function describeRevert(data: string): string {
  const coder = AbiCoder.defaultAbiCoder();
  const selector = dataSlice(data, 0, 4);
  try {
    if (selector === ERROR_STRING) return oneLine(String(coder.decode(["string"], dataSlice(data, 4))[0]));
    if (selector === PANIC) return `Panic(${String(coder.decode(["uint256"], dataSlice(data, 4))[0])})`;
  } catch {
    return `an error that can't be read: ${data}`;
  }
  const known = customError(data);
  if (known === undefined) return `an unknown error: ${data}`;
  const args = known.fragment.inputs.map(({ name }, i) => `${name}: ${String(known.args[i])}`);
  return `${known.name}(${args.join(", ")})`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
