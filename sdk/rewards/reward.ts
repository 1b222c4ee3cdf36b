import * as z from "../zod.js";
import type { LiveDao } from "../live.js";
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
});

/** That somebody is to be paid what it is due of a season. Nobody has to sign it: it goes to no one else. */
export type Reward = Readonly<z.infer<typeof schema>>;

export const REWARD_FILE: FileKind<Reward> = {
  kind: "reward",
  schema,
  writtenBy: "season claim <season>",
};

/** What a relay is handed for a member to be paid its share of a season, in one token. */
export function makeReward({ record }: LiveDao, season: number, token: string, account: string): Reward {
  const { slug: dao, chainId, contracts } = record;
  return { kind: "reward", version: 1, dao, chainId, rewards: contracts.rewards, season, token, account };
}
