import * as z from "../../sdk/zod.js";
import type { FileKind } from "../../sdk/signed/form.js";
import { fields, header } from "../../sdk/signed/form.js";

const schema = z.strictObject({
  kind: z.literal("reward"),
  ...header,
  rewards: fields.address,
  season: z.int().positive().max(0xffff),
  /** The token that it is paid in. */
  token: fields.address,
  /** Who is paid. */
  account: fields.address,
});

/** That somebody is to be paid what it is due of a season. Nobody has to sign it: it goes to no one else. */
export type Reward = Readonly<z.infer<typeof schema>>;

export const REWARD_FILE: FileKind<Reward> = {
  kind: "reward",
  schema,
  writtenBy: "season claim <season>",
};
