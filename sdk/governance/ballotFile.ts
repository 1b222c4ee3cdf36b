import * as z from "../zod.js";
import type { FileKind } from "../signed/form.js";
import { fields, header } from "../signed/form.js";
import { SUPPORTS } from "./events.js";
import { reasonProblem } from "./reason.js";

const schema = z.strictObject({
  kind: z.literal("ballot"),
  ...header,
  governor: fields.address,
  proposalId: fields.decimal,
  support: z.enum(SUPPORTS),
  voter: fields.address,
  /** Empty for none. */
  reason: z.string().refine((text) => reasonProblem(text) === undefined),
  signature: fields.signature,
});

/** A signed ballot, as its file has it. */
export type Ballot = Readonly<z.infer<typeof schema>>;

export const BALLOT_FILE: FileKind<Ballot> = {
  kind: "ballot",
  schema,
  writtenBy: "proposal sign <proposal> <support>",
};
