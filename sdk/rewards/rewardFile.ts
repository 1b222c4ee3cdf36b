import * as z from "../zod.js";
import type { FileKind } from "../signed/form.js";
import { fields, header } from "../signed/form.js";

const schema = z.strictObject({
  kind: z.literal("reward"),
  ...header,
  rewards: fields.address,
  season: z.int().positive().max(0xffff),
  /** The token that it is paid in. */
  token: fields.address,
  /** Who is paid. */
  account: fields.address,
  /** How often it was paid before for this season in this token: tells this payment from those. */
  earlier: z.int().nonnegative().max(0xffff_ffff),
});

/** That somebody is to be paid what it is due of a season. Nobody has to sign it: it goes to no one else. */
export type Reward = Readonly<z.infer<typeof schema>>;

export const REWARD_FILE: FileKind<Reward> = {
  kind: "reward",
  schema,
  writtenBy: "season claim <season>",
};
