import type { ErrorDescription, ParamType } from "ethers";
import { AbiCoder, dataLength, dataSlice, isHexString } from "ethers";
import { ideaName } from "../ideas/names.js";
import { oneLine } from "../text.js";
import type { Asset } from "../token/asset.js";
import { formatAmount } from "../units.js";
import { ERROR_UNITS } from "./errorUnits.js";
import { errorInterfaces, INTERFACES, isUnit, knownFunction } from "./known.js";
import type { Names } from "./values.js";
import { formatUnit, shortBytes, show } from "./values.js";

const ERROR_STRING = "0x08c379a0"; // Error(string)
/** As many characters of a reason are shown: anybody's contract may give one. */
const LONGEST_REASON = 1_000;
const PANIC = "0x4e487b71"; // Panic(uint256)

/** What an error's numbers and addresses are told with, where it is at hand. */
export interface RevertNames extends Names {
  /** The token that is spent, if there is one alone; undefined where it may be any. */
  readonly spent?: Asset | undefined;
}

/** What a node or a contract says, as a part of a line: it can't begin one of its own. */
export function quotable(said: string): string {
  const line = oneLine(said);
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}

/** Why a call failed, as shortly as is true: the contract's own error where it gave one. */
export function reasonOf(error: unknown, names?: RevertNames): string {
  const data = revertDataOf(error);
  if (data !== undefined) return describeRevert(data, names);
  if (!(error instanceof Error)) return quotable(String(error));
  const short =
    "shortMessage" in error && typeof error.shortMessage === "string" ? error.shortMessage : undefined;
  return quotable(short ?? error.message.split("\n")[0] ?? error.name);
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
export function describeRevert(data: string, names?: RevertNames): string {
  const coder = AbiCoder.defaultAbiCoder();
  const selector = dataSlice(data, 0, 4);
  try {
    if (selector === ERROR_STRING) {
      const text = String(coder.decode(["string"], dataSlice(data, 4))[0]);
      return oneLine(text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON)}…` : text);
    }
    if (selector === PANIC) return `Panic(${String(coder.decode(["uint256"], dataSlice(data, 4))[0])})`;
  } catch {
    return `an error that can't be read: ${data}`;
  }
  const known = customError(data);
  if (known === undefined) return `an unknown error: ${shortBytes(data)}`;
  const args = known.fragment.inputs.map(
    (input, i) => `${input.name}: ${shownIn(known, input, known.args[i], names)}`,
  );
  return `${known.name}(${args.join(", ")})`;
}

/** A value in an error: in its unit and with its name, as far as they are at hand. */
function shownIn(
  { name, args }: ErrorDescription,
  input: ParamType,
  value: unknown,
  names: RevertNames | undefined,
): string {
  const unit = ERROR_UNITS[name]?.[input.name];
  if (unit === "ether") return formatAmount(value as bigint, "ETH");
  if (unit === "setting") return shownAsSetting(String(args[0]), value as bigint, names);
  if (names === undefined) {
    // Without a symbol: the brand's token is called otherwise in each DAO.
    if (unit === "tokens") return formatAmount(value as bigint, "tokens");
    if (unit === "idea") return ideaName(value as bigint);
    return unit === undefined || !isUnit(unit) ? String(value) : formatUnit(value, unit, "");
  }
  if (unit === "spent") {
    const { spent } = names;
    if (spent === undefined) return `${String(value)} of the token's smallest unit`;
    return formatUnit(value, spent, names.symbol);
  }
  if (unit === "kind" && names.kinds?.has(Number(value)) !== true) return String(value);
  if (unit === undefined && typeof value === "bigint") return value.toString();
  if (input.type === "bytes4") return functionName(String(value));
  return show(input, value, unit, names);
}

/** A value that a setting of the governor can't have: the error names the setting by its function. */
function shownAsSetting(selector: string, value: bigint, names: RevertNames | undefined): string {
  const setter = INTERFACES.governor.getFunction(selector)?.name ?? "";
  const [unit] = Object.values(knownFunction("governor", setter).units ?? {});
  return unit === undefined ? value.toString() : formatUnit(value, unit, names?.symbol ?? "tokens");
}

/** `token.mint`, or the selector where none of the DAO's contracts has such a function. */
function functionName(selector: string): string {
  for (const [contract, functions] of Object.entries(INTERFACES)) {
    const found = functions.getFunction(selector);
    if (found !== null) return `${contract}.${found.name}`;
  }
  return selector;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
