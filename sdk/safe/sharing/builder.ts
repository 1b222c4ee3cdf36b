import { Fragment, getAddress, Interface, isHexString, keccak256, ParamType, toUtf8Bytes } from "ethers";
import * as z from "../../zod.js";
import type { RawCall } from "../../calls/decode.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import { quote } from "../../units.js";
import { oneLine } from "../../text.js";
import { parseJson } from "../../json.js";

/** Which batch is made, and of whom. */
export interface BatchOptions {
  readonly chainId: bigint;
  readonly safe: string;
  readonly title: string;
  /** Milliseconds. */
  readonly createdAt: number;
}

/** Calls as a file of the Transaction Builder has them. */
export interface Batch {
  readonly title: string;
  readonly calls: readonly RawCall[];
  /** The Safe that it was made for; undefined where the file doesn't say. */
  readonly safe?: string;
}

const FORMAT = "Ask for a file as the Transaction Builder of Safe{Wallet} saves it.";

const input: z.ZodType<Input> = z.object({
  name: z.string(),
  type: z.string(),
  internalType: z.string().optional(),
  components: z.lazy(() => z.array(input)).optional(),
});

interface Input {
  readonly name: string;
  readonly type: string;
  readonly internalType?: string | undefined;
  readonly components?: Input[] | undefined;
}

const batchSchema = z.object({
  version: z.literal("1.0"),
  chainId: z.coerce.string(),
  meta: z.object({
    name: z.string().default(""),
    checksum: z.string().optional(),
    createdFromSafeAddress: z.string().nullish(),
  }),
  transactions: z
    .array(
      z.object({
        to: z.string(),
        value: z.string(),
        data: z.string().nullish(),
        contractMethod: z.object({ name: z.string(), inputs: z.array(input).default([]) }).nullish(),
        contractInputsValues: z.record(z.string(), z.string()).nullish(),
      }),
    )
    .min(1),
});

/** Calls as the Transaction Builder of Safe{Wallet} opens them: version 1.0, each with its data. */
export function writeBatch(calls: readonly RawCall[], { chainId, safe, title, createdAt }: BatchOptions) {
  const batch = {
    version: "1.0",
    chainId: chainId.toString(),
    createdAt,
    meta: {
      name: title,
      description: "",
      txBuilderVersion: "1.18.2",
      createdFromSafeAddress: safe,
      createdFromOwnerAddress: "",
    },
    transactions: calls.map(({ to, value, data }) => ({
      to: getAddress(to),
      value: value.toString(),
      data,
      contractMethod: null,
      contractInputsValues: null,
    })),
  };
  return { ...batch, meta: { ...batch.meta, checksum: batchChecksum(batch) } };
}

/** The checksum that the Transaction Builder gives a file, and looks for when it opens one. A batch may be renamed. */
export function batchChecksum(batch: unknown): string {
  const unnamed =
    isObject(batch) && isObject(batch.meta) ? { ...batch, meta: { ...batch.meta, name: null } } : batch;
  return keccak256(toUtf8Bytes(serialize(unnamed)));
}

/**
 * Reads a file of the Transaction Builder.
 *
 * @param place Where it was read from.
 * @throws KyosoError with everything that is wrong: another format, another chain, a file that was changed, calls that
 * can't be read.
 */
export function readBatch(content: string, chainId: bigint, place: string): Batch {
  let json: unknown;
  try {
    json = parseJson(content);
  } catch {
    throw KyosoError.of("file.not-json", {
      data: { file: place },
      place,
      message: "It isn't whole JSON",
      remedy: FORMAT,
    });
  }
  const parsed = batchSchema.safeParse(json);
  if (!parsed.success) {
    throw new KyosoError(
      parsed.error.issues.map(({ path, message }) =>
        problem("builder.not-batch", {
          data: { file: place, field: path.join("."), reason: message },
          place: path.length === 0 ? place : `${place}, ${path.join(".")}`,
          message: `It isn't a file of the Transaction Builder: ${message}`,
          remedy: FORMAT,
        }),
      ),
    );
  }
  const { meta, transactions } = parsed.data;
  if (parsed.data.chainId !== chainId.toString()) {
    throw KyosoError.of("signed.other-chain", {
      data: { file: place, chainId: parsed.data.chainId, here: chainId },
      place: `${place}, chainId`,
      message: `It is for chain ${quote(parsed.data.chainId)}, and this is chain ${chainId}`,
      remedy: "Choose the network with --network. Addresses of one chain mean nothing on another.",
    });
  }
  if (meta.checksum !== undefined && meta.checksum !== batchChecksum(withoutChecksum(json))) {
    throw KyosoError.of("builder.changed", {
      data: { file: place },
      place: `${place}, meta.checksum`,
      message: "It was changed after it was saved: its checksum is of other contents",
      remedy: "Ask for the file as it was; if the change is right, take meta.checksum out of the file.",
    });
  }
  const problems: Problem[] = [];
  const calls = transactions.flatMap((transaction, i): RawCall[] => {
    try {
      return [toCall(transaction)];
    } catch (error) {
      const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
      problems.push(
        problem("builder.call-unreadable", {
          data: { file: place, index: i, reason: message },
          place: `${place}, transactions[${i}]`,
          message: message.replace(/ \(argument=.*$/u, ""),
          remedy: FORMAT,
        }),
      );
      return [];
    }
  });
  if (problems.length > 0) throw new KyosoError(problems);
  const safe = meta.createdFromSafeAddress ?? "";
  return {
    title: meta.name === "" ? "A batch of the Transaction Builder" : oneLine(meta.name),
    calls,
    ...(safe === "" ? {} : { safe }),
  };
}

function toCall({
  to,
  value,
  data,
  contractMethod,
  contractInputsValues,
}: z.infer<typeof batchSchema>["transactions"][number]): RawCall {
  const target = getAddress(to);
  if (!/^\d{1,78}$/u.test(value)) throw new Error(`the value ${quote(value)} isn't a number of wei`);
  const base = { to: target, value: BigInt(value) };
  if (typeof data === "string" && data !== "") {
    if (!isHexString(data, true)) throw new Error("the data isn't bytes");
    return { ...base, data: data.toLowerCase() };
  }
  // "fallback" and "receive" have no selector.
  if (contractMethod === null || contractMethod === undefined || contractMethod.name === "fallback") {
    return { ...base, data: "0x" };
  }
  const { name, inputs } = contractMethod;
  if (name === "receive") return { ...base, data: "0x" };
  const contract = new Interface([Fragment.from({ type: "function", name, inputs })]);
  const args = inputs.map((each) => {
    const text = contractInputsValues?.[each.name];
    if (text === undefined) throw new Error(`there is no value for ${quote(each.name)}`);
    return parseValue(ParamType.from(each), text);
  });
  return { ...base, data: contract.encodeFunctionData(name, args) };
}

/** A value as people type it into the Transaction Builder: lists and structs as JSON, in which numbers may be large. */
function parseValue(type: ParamType, text: string): unknown {
  const trimmed = text.trim();
  if (type.baseType === "array" || type.baseType === "tuple") {
    // JSON's own numbers lose digits.
    const quoted = trimmed.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d+(?![\w.])/gu, (token) =>
      token.startsWith('"') ? token : `"${token}"`,
    );
    return fromJson(type, JSON.parse(quoted));
  }
  return fromJson(type, type.baseType === "string" ? text : trimmed);
}

function fromJson(type: ParamType, value: unknown): unknown {
  if (type.baseType === "array" && Array.isArray(value)) {
    const { arrayChildren } = type;
    return arrayChildren === null ? value : value.map((each) => fromJson(arrayChildren, each));
  }
  if (type.baseType === "tuple" && type.components !== null) {
    const { components } = type;
    const fields: unknown[] = Array.isArray(value)
      ? value
      : components.map(({ name }) => (value as Readonly<Record<string, unknown>>)[name]);
    return components.map((component, i) => fromJson(component, fields[i]));
  }
  if (type.baseType !== "bool" || typeof value === "boolean") return value;
  const truth = String(value).toLowerCase();
  if (truth !== "true" && truth !== "false") throw new Error(`${quote(truth)} is neither true nor false`);
  return truth === "true";
}

function withoutChecksum(batch: unknown): unknown {
  if (!isObject(batch) || !isObject(batch.meta)) return batch;
  return {
    ...batch,
    meta: Object.fromEntries(Object.entries(batch.meta).filter(([key]) => key !== "checksum")),
  };
}

/**
 * A value as text that doesn't depend on the order of its keys: of an object the list of its keys in order, and then the
 * values, each followed by a comma. What is missing counts as null.
 */
function serialize(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(serialize).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const keys = Object.keys(value).sort();
  return `{${JSON.stringify(keys)}${keys.map((key) => `${serialize(value[key])},`).join("")}}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
