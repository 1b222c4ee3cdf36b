import { dataLength, isHexString, MaxUint256 } from "ethers";
import * as z from "../zod.js";
import type { Problem, ProblemCode, Telling } from "../errors.js";
import { problem } from "../errors.js";
import { parseJson } from "../json.js";
import { parseAddress } from "../units.js";
import { ecdsaForm } from "./ecdsa.js";

/** More than wallets of any kind need, in bytes: a relayer pays for each. */
const LONGEST_SIGNATURE = 8 * 1024;

/** What was read from a file, or why it wasn't. */
export type SignedFile<Value> =
  | { readonly file: string; readonly value: Value }
  | { readonly file: string; readonly value?: undefined; readonly problem: Problem };

/** Written in one way only: what says the same is the same text. */
const decimal = z
  .string()
  .refine((text) => /^(?:0|[1-9]\d{0,77})$/u.test(text) && BigInt(text) <= MaxUint256);

/** Fields that signed files are made of. */
export const fields = {
  address: z.string().refine(isAddress),
  /** An integer of up to 256 bits. */
  decimal,
  /** As contracts take it, whatever a wallet ends it with. */
  signature: z
    .string()
    .refine((text) => isHexString(text, true) && dataLength(text) <= LONGEST_SIGNATURE)
    .transform(ecdsaForm),
} as const;

/** What every signed file begins with. */
export const header = {
  version: z.literal(1),
  /** The DAO's slug: only for people, and not relied on. */
  dao: z.string().regex(/^[\w-]{1,100}$/u),
  chainId: decimal,
} as const;

/** What a kind of file is called, and how it looks. */
export interface FileKind<Value> {
  /** The value of its key `kind`. */
  readonly kind: string;
  readonly schema: z.ZodType<Value>;
  /** Which task writes it. */
  readonly writtenBy: string;
}

/**
 * Reads the text of a signed file. It comes from somebody else: nothing in it is taken for granted.
 *
 * @param file Where the text is from.
 */
export function parseSigned<Value>(text: string, file: string, kind: FileKind<Value>): SignedFile<Value> {
  const remedy = `Ask for a file as \`npx hardhat ${kind.writtenBy}\` writes it.`;
  const refuse = <Code extends ProblemCode>(code: Code, told: Telling<Code>) => ({
    file,
    problem: problem(code, { place: file, remedy, ...told }),
  });
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    return refuse("file.not-json", { data: { file }, message: "It isn't JSON" });
  }
  const found: unknown = typeof json === "object" && json !== null && "kind" in json ? json.kind : undefined;
  if (found !== kind.kind) {
    // Only words of ours are repeated: what comes from others could hold what a terminal obeys.
    const other = typeof found === "string" && /^[a-z]{1,20}$/u.test(found) ? found : undefined;
    const what = other === undefined ? "not " : `a ${other}, and not `;
    return refuse("signed.other-kind", {
      data: { file, kind: kind.kind, found: other },
      message: `It is ${what}a ${kind.kind}`,
    });
  }
  const parsed = kind.schema.safeParse(json);
  if (parsed.success) return { file, value: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `: "${issue.path.join(".")}" is wrong`;
  return refuse("signed.not-whole", {
    data: { file, kind: kind.kind, field: issue?.path.join(".") ?? "" },
    message: `It isn't a whole ${kind.kind}${where}`,
  });
}

function isAddress(text: string): boolean {
  try {
    return parseAddress(text) === text;
  } catch {
    return false;
  }
}
