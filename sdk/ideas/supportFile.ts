import * as z from "../zod.js";
import type { FileKind } from "../signed/form.js";
import { fields, header } from "../signed/form.js";
import { MOST_SUPPORTED } from "./choices.js";

const schema = z.strictObject({
  kind: z.literal("support"),
  ...header,
  board: fields.address,
  supporter: fields.address,
  /** Their numbers on the chain, all of one call. */
  ideas: z.array(fields.decimal).check(z.minLength(1), z.maxLength(MOST_SUPPORTED)),
  signature: fields.signature,
});

/** Signed support, as its file has it. */
export type IdeaSupport = Readonly<z.infer<typeof schema>>;

export const SUPPORT_FILE: FileKind<IdeaSupport> = {
  kind: "support",
  schema,
  writtenBy: "idea sign <ideas…>",
};
