import * as z from "../zod.js";
import type { FileKind } from "../signed/form.js";
import { fields, header } from "../signed/form.js";
import { nicknameProblem } from "./nicknames.js";

const schema = z.strictObject({
  kind: z.literal("nickname"),
  ...header,
  nicknames: fields.address,
  account: fields.address,
  /** Empty for nothing. */
  nickname: z.string().refine((text) => nicknameProblem(text) === undefined),
  nonce: fields.decimal,
  /** From then on it can't be used any more. */
  deadline: z.int().nonnegative(),
  signature: fields.signature,
});

/** A signed nickname, as its file has it. */
export type SignedNickname = Readonly<z.infer<typeof schema>>;

export const NICKNAME_FILE: FileKind<SignedNickname> = {
  kind: "nickname",
  schema,
  writtenBy: "nickname sign <nickname>",
};
