import type { NumberUnit } from "../calls/known.js";
import { KyosoError } from "../errors.js";
import type { Asset } from "../token/asset.js";
import { parseMoment } from "../token/moment.js";
import { parseAmount, parseDuration, parsePercent, quote } from "../units.js";

/** What numbers are read with. */
export interface NumberContext {
  /** The brand's token. */
  readonly token: Asset;
  /** What an amount may be in where nothing says what a number stands for. */
  readonly assets: readonly Asset[];
}

export function inBounds(type: string, value: bigint, text: string): bigint {
  const [, unsigned = "", size = "256"] = /^(u?)int(\d*)$/u.exec(type) ?? [];
  const bits = BigInt(size) - (unsigned === "" ? 1n : 0n);
  const highest = 2n ** bits - 1n;
  const lowest = unsigned === "" ? -highest - 1n : 0n;
  if (value >= lowest && value <= highest) return value;
  throw KyosoError.of("argument.out-of-range", {
    data: { text, type, lowest, highest },
    message: `${quote(text)} doesn't fit into ${type}`,
    remedy: `write at most ${highest.toLocaleString("en")}`,
  });
}

export function readInteger(
  text: string,
  type: string,
  unit: NumberUnit | Asset | undefined,
  context: NumberContext,
): bigint {
  switch (unit) {
    case undefined:
      return readAnyNumber(text, type, context);
    case "tokens":
      return readAmount(text.replace(/\s+tokens?$/u, ` ${context.token.symbol}`), context.token);
    case "seconds":
      return wholeIn("seconds?", text) ?? BigInt(parseDuration(text));
    case "basis points":
      return wholeIn("basis points?", text) ?? BigInt(parsePercent(text));
    case "timestamp":
      return readTimestamp(text);
    default:
      return readAmount(text, unit);
  }
}

/** A number that nothing is known of: its own unit says what it is. */
function readAnyNumber(text: string, type: string, { assets }: NumberContext): bigint {
  if (text.startsWith("-") && type.startsWith("int")) return -parseAmount(text.slice(1), 0);
  if (/^[\d,_]+$/u.test(text)) return parseAmount(text, 0);
  const units = wholeIn("units?", text);
  if (units !== undefined) return units;
  if (text.endsWith("%")) return BigInt(parsePercent(text));
  if (/^\d{4}-\d\d-/u.test(text)) return readTimestamp(text);
  const [, symbol] = /^[\d.,_]+\s+(\S+)$/u.exec(text) ?? [];
  const asset = assets.find((known) => known.symbol === symbol);
  if (asset !== undefined) return parseAmount(text, asset.decimals, asset.symbol);
  try {
    return BigInt(parseDuration(text));
  } catch (cause) {
    const symbols = assets.map((known) => `"100 ${known.symbol}"`).join(", ");
    throw KyosoError.of("argument.not-number", {
      data: { text, symbols: assets.map((known) => known.symbol) },
      message: `${quote(text)} isn't a number with a unit that is known here`,
      remedy: `write an integer ("1,000"), an amount (${symbols}), a duration ("5 days"), a percentage ("10%") or a date ("2027-04-01")`,
      cause,
    });
  }
}

/** An amount, whose unit has to be there: without it, nobody can say whether the smallest unit is meant. */
function readAmount(text: string, { symbol, decimals }: Asset, smallest = "units"): bigint {
  const units = wholeIn(smallest === "units" ? "units?" : smallest, text);
  if (units !== undefined) return units;
  const value = parseAmount(text, decimals, symbol);
  if (/\s/u.test(text.trim())) return value;
  throw KyosoError.of("amount.unit-missing", {
    data: { text, symbol, smallest },
    message: `${quote(text)} has no unit`,
    remedy: `write "${text} ${symbol}", or "${text} ${smallest}" if the smallest unit is meant`,
  });
}

function readTimestamp(text: string): bigint {
  if (text === "none") return 0n;
  // Before 2001 nothing was on a chain: a smaller number is something else.
  if (/^\d{10,}$/u.test(text)) return BigInt(text);
  return BigInt(parseMoment(text, ""));
}

/** The whole number in front of a word, as large as it may be. */
function wholeIn(word: string, text: string): bigint | undefined {
  const [, digits] = new RegExp(`^([\\d,_]+)\\s+${word}$`, "u").exec(text) ?? [];
  return digits === undefined ? undefined : parseAmount(digits, 0);
}

/** ETH, in wei. The unit is needed. */
export function readEther(text: string): bigint {
  if (/^\s*0\s*$/u.test(text)) return 0n;
  return readAmount(text, { symbol: "ETH", decimals: 18 }, "wei");
}
