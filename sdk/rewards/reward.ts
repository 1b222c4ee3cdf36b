import * as z from "../zod.js";
import type { LiveDao } from "../live.js";
import type { FileKind } from "../signed/form.js";
import { fields, header } from "../signed/form.js";
import type { Claim } from "./logs.js";

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

/** Who is paid of which season, and in what. */
export type Share = Pick<Reward, "season" | "token" | "account">;

/**
 * What a relay is handed for a member to be paid its share of a season, in one token.
 *
 * @param earlier How often it was paid of that before: see {@link paymentsOf}. Badges can come to it after that, by a recovery.
 */
export function makeReward({ record }: LiveDao, share: Share, earlier: number): Reward {
  const { slug: dao, chainId, contracts } = record;
  const { season, token, account } = share;
  const common = { kind: "reward", version: 1, dao, chainId, rewards: contracts.rewards } as const;
  return { ...common, season, token, account, earlier };
}

/** What somebody was paid of a season in a token, the oldest payment first. */
export function paymentsOf(claims: readonly Claim[], { season, token, account }: Share): Claim[] {
  return claims.filter(
    (claim) => claim.season === season && claim.token === token && claim.account === account,
  );
}
