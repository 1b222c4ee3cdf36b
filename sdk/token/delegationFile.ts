import * as z from "../zod.js";
import type { FileKind } from "../signed/form.js";
import { fields, header } from "../signed/form.js";

const schema = z.strictObject({
  kind: z.literal("delegation"),
  ...header,
  token: fields.address,
  delegator: fields.address,
  delegatee: fields.address,
  nonce: fields.decimal,
  /** Last second in which it can be used. */
  expiry: z.int().nonnegative(),
  signature: fields.signature,
});

/** A signed delegation, as its file has it. */
export type Delegation = Readonly<z.infer<typeof schema>>;

export const DELEGATION_FILE: FileKind<Delegation> = {
  kind: "delegation",
  schema,
  writtenBy: "token sign <to>",
};
