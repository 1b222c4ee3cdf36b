import type { Interface, ParamType, Result } from "ethers";
import { FunctionFragment, getAddress, ZeroAddress } from "ethers";
import { Document, Scalar } from "yaml";
import type { Names } from "../calls/decode.js";
import type { NumberUnit, Unit } from "../calls/known.js";
import { FOREIGN, INTERFACES, knownFunction, unitsOf } from "../calls/known.js";
import type { Call } from "../calls/plan.js";
import { campaignName } from "../drop/campaign.js";
import { NAMED_CONTRACTS } from "../namedContracts.js";
import { formatAmount, formatDuration, formatPercent } from "../units.js";
import { amountOf, interfaceOf } from "./functions.js";

/** The last second that is written with four digits for the year. */
const LAST_DATE = 253_402_300_799n;

/** Up to this, basis points are written as a percentage without loss. */
const LARGEST_PERCENTAGE = 10n ** 12n;

/** A function, and what it is called with. */
interface Decoded {
  readonly fragment: FunctionFragment;
  readonly args: Result;
  readonly units: Readonly<Record<string, Unit>>;
  /** Path of an argument that may be an amount of a token whose decimals aren't known here. */
  readonly amount: string | undefined;
}

/**
 * Writes the Markdown file of a proposal that makes calls: what `proposal create` reads back to the same calls. What it
 * says of them comes from their data.
 *
 * @param title One line.
 * @param body Markdown; may be empty.
 * @param names Of the DAO, where they are at hand: amounts then have its symbol, and addresses their names beside them.
 */
export function draftProposal(calls: readonly Call[], title: string, body: string, names?: Names): string {
  const front = new Document({ actions: calls.map((made) => writeAction(made, names)) });
  const heading = `# ${title.replaceAll(/\s+/gu, " ").trim()}`;
  const text = [`---\n${front.toString({ lineWidth: 0 })}---`, heading, body.trim()].join("\n\n");
  return `${text.trim()}\n`;
}

function writeAction(made: Call, names: Names | undefined): Readonly<Record<string, unknown>> {
  const value = formatAmount(made.value, "ETH");
  if (made.data === "0x") return { to: writeAddress(made.to, names), value };
  const decoded = decode(made, names);
  const contract =
    names?.book.contractAt(made.to) === undefined
      ? writeAddress(made.to, names)
      : commented(names.book.nameOf(made.to) ?? made.to, made.to);
  const sent = made.value === 0n ? {} : { value };
  if (decoded === undefined) return { contract, data: made.data, ...sent };
  const { fragment, args } = decoded;
  const written = fragment.inputs.map((input, i) =>
    writeValue(input, args[i], input.name === "" ? i.toString() : input.name, decoded, names),
  );
  return {
    contract,
    function: fragment.format("sighash"),
    ...(written.length === 0 ? {} : { args: written }),
    ...sent,
  };
}

/** Reads a call's data; undefined where it isn't just a function and its arguments. */
function decode(made: Call, names: Names | undefined): Decoded | undefined {
  const contract =
    names === undefined
      ? NAMED_CONTRACTS.find((name) => name === made.contract)
      : names.book.contractAt(made.to);
  for (const candidate of interfacesOf(made, contract === undefined ? undefined : INTERFACES[contract])) {
    try {
      const parsed = candidate.parseTransaction({ data: made.data });
      if (parsed === null || candidate.encodeFunctionData(parsed.fragment, parsed.args) !== made.data)
        continue;
      const { fragment, args } = parsed;
      if (contract === undefined) return { fragment, args, units: {}, amount: amountOf(fragment) };
      const known = knownFunction(contract, fragment.name);
      const units = unitsOf(known, args, (address) => names?.book.contractAt(address) === "token");
      return { fragment, args, units, amount: undefined };
    } catch {
      // The same selector with other arguments.
    }
  }
  return undefined;
}

function interfacesOf(made: Call, own: Interface | undefined): Interface[] {
  if (own !== undefined) return [own];
  const known = [FOREIGN.safe, FOREIGN.asset];
  if (made.signature === "") return known;
  return [...known, interfaceOf(FunctionFragment.from(`function ${made.signature}`))];
}

function writeValue(
  type: ParamType,
  value: unknown,
  name: string,
  decoded: Decoded,
  names: Names | undefined,
): unknown {
  const { arrayChildren, components } = type;
  if (arrayChildren !== null) {
    const items = Array.from(value as Result);
    return items.map((item, i) => writeValue(arrayChildren, item, `${name}[${i}]`, decoded, names));
  }
  if (components !== null) {
    const fields = components.map((field, i) => [
      field.name,
      writeValue(field, (value as Result)[i], `${name}.${field.name}`, decoded, names),
    ]);
    const named = components.every((field) => field.name !== "");
    return named ? Object.fromEntries(fields) : fields.map(([, field]) => field);
  }
  if (type.type === "address") return writeAddress(String(value), names);
  const unit = decoded.units[name];
  if (unit === "campaign") return writeCampaign(String(value));
  if (typeof value !== "bigint") return String(value);
  if (unit !== undefined) return writeNumber(value, unit, names?.symbol);
  return name === decoded.amount ? `${value} units` : value.toString();
}

function writeAddress(address: string, names: Names | undefined): unknown {
  if (address === ZeroAddress) return "nobody";
  const name = names?.book.nameOf(address);
  return name === undefined ? getAddress(address) : commented(getAddress(address), name);
}

/** The id, with the name that it is, if it is one. */
function writeCampaign(id: string): unknown {
  const name = campaignName(id);
  return name === id ? id : commented(id, name);
}

/** A number in its unit, without loss. */
function writeNumber(value: bigint, unit: NumberUnit, symbol = "tokens"): string {
  switch (unit) {
    case "tokens":
      return formatAmount(value, symbol);
    case "seconds":
      return value > BigInt(Number.MAX_SAFE_INTEGER) ? `${value} seconds` : formatDuration(Number(value));
    case "basis points":
      return value > LARGEST_PERCENTAGE ? `${value} basis points` : formatPercent(Number(value));
    case "timestamp": {
      if (value === 0n) return "none";
      if (value > LAST_DATE) return value.toString();
      return new Date(Number(value) * 1000).toISOString().replace("T", " ").replace(".000Z", " UTC");
    }
  }
}

function commented(text: string, comment: string): Scalar<string> {
  const scalar = new Scalar(text);
  scalar.comment = ` ${comment}`;
  return scalar;
}
