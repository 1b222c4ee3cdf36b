import { getAddress, isHexString } from "ethers";
import * as z from "../../zod.js";
import type { RawCall } from "../../calls/decode.js";
import { KyosoError, problem } from "../../errors.js";
import type { OwnerSignature } from "../transactions/signatures.js";
import type { SafeTransactionData } from "../transactions/transaction.js";
import { oneLine } from "../../text.js";
import { parseJson } from "../../json.js";

/** What tells such a file from others. */
export const FILE_KIND = "safe-transaction";

/**
 * A Safe transaction as owners pass it from machine to machine. Whoever reads one takes nothing in it for granted: see
 * `checkSafeFile`.
 */
export interface SafeFile {
  readonly kind: typeof FILE_KIND;
  readonly version: 1;
  /** Slug of the DAO. */
  readonly dao: string;
  readonly chainId: string;
  readonly safe: string;
  /** For people. */
  readonly title: string;
  /** What the transaction does, for people who look into the file. */
  readonly calls?: readonly string[];
  readonly transaction: SafeTransactionData;
  readonly hash: string;
  readonly signatures: readonly OwnerSignature[];
  /** What is to be done once what this transaction schedules is due. */
  readonly followUp?: FollowUp;
}

/** Calls that the Safe makes in a later transaction. */
export interface FollowUp {
  readonly title: string;
  readonly calls: readonly RawCall[];
}

const MAX_UINT256 = 2n ** 256n - 1n;

const address = z
  .string()
  .refine(isAddress, "has to be an address")
  .transform((text) => getAddress(text));
const bytes = z
  .string()
  .refine((text) => isHexString(text, true), "has to be bytes, as 0x and hexadecimal digits")
  .transform((text) => text.toLowerCase());
const number = z
  .string()
  .refine(
    (text) => /^(?:0|[1-9]\d{0,77})$/u.test(text) && BigInt(text) <= MAX_UINT256,
    "has to be a number of digits, in quotes",
  );
const text = z.string().transform(oneLine);

/** As records are called; messages suggest commands with it. */
const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/u;

const transactionSchema = z.strictObject({
  to: address,
  value: number,
  data: bytes,
  operation: z.literal([0, 1]),
  safeTxGas: number,
  baseGas: number,
  gasPrice: number,
  gasToken: address,
  refundReceiver: address,
  nonce: z.int().min(0),
});

const callSchema = z
  .strictObject({ to: address, data: bytes, value: number })
  .transform((call): RawCall => ({ ...call, value: BigInt(call.value) }));

const fileSchema = z.strictObject({
  kind: z.literal(FILE_KIND),
  version: z.literal(1),
  dao: z
    .string()
    .refine(
      (name) => SLUG.test(name),
      "has to be the short name of a DAO: small letters a-z, digits and hyphens",
    ),
  chainId: number,
  safe: address,
  title: text,
  // As it is: it has to be what the transaction does, to the letter.
  calls: z.array(z.string()).optional(),
  transaction: transactionSchema,
  hash: bytes,
  signatures: z.array(z.strictObject({ signer: address, signature: bytes })),
  followUp: z.strictObject({ title: text, calls: z.array(callSchema).min(1) }).optional(),
});

/** As {@link readSafeFile}, of a text. */
export function parseSafeFile(content: string, place: string): SafeFile {
  const again = "Ask whoever sent it to send it once more, as a file: it was cut off or changed on its way.";
  let json: unknown;
  try {
    json = parseJson(content);
  } catch {
    throw KyosoError.of("file.not-json", {
      data: { file: place },
      place,
      message: "It isn't whole JSON",
      remedy: again,
    });
  }
  const found = typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
  if (found.kind !== FILE_KIND) {
    const builder = Array.isArray(found.transactions) && "meta" in found;
    throw KyosoError.of("safe.not-transaction", {
      data: { file: place, builder },
      place,
      message: builder
        ? "It is a file of the Transaction Builder"
        : "It isn't the file of a Safe transaction",
      remedy: builder
        ? "Make a Safe transaction of it first: npx hardhat safe import <file>."
        : "Name a file as `--via safe` writes it, in outbox/.",
    });
  }
  if (found.version !== 1) {
    throw KyosoError.of("safe.file-version", {
      data: { file: place, version: found.version },
      place,
      message: `It has version ${JSON.stringify(found.version)}, which this program doesn't know`,
      remedy: "Use the version of Kyoso that wrote it.",
    });
  }
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) {
    const { calls, followUp, ...rest } = parsed.data;
    return {
      ...rest,
      ...(calls === undefined ? {} : { calls }),
      ...(followUp === undefined ? {} : { followUp }),
    };
  }
  throw new KyosoError(
    parsed.error.issues.map(({ path: where, message, code }) =>
      problem("safe.file-invalid", {
        data: { file: place, field: where.join("."), reason: message },
        place: where.length === 0 ? place : `${place}, ${where.join(".")}`,
        message: code === "custom" ? `It ${message}` : message,
        remedy: again,
      }),
    ),
  );
}

function isAddress(value: string): boolean {
  try {
    return value.startsWith("0x") && getAddress(value) !== "";
  } catch {
    return false;
  }
}
