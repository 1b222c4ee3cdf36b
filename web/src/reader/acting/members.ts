import type { Delegation, LiveDao, Reward, RewardToken } from "@kyoso/sdk";
import {
  KyosoError,
  makeReward,
  paymentsOf,
  planClaims,
  planDelegation,
  readRewardLogs,
  readRewardSeason,
  readRewardToken,
  signDelegation,
} from "@kyoso/sdk";
import type { Act, PreparedCall, Sign } from "../acts.js";
import { prepareFirst } from "./calls.js";
import { AskingSigner } from "./signer.js";

type Of<Name extends Act["act"]> = Extract<Act, { readonly act: Name }>;

/** How long a signed delegation can be carried out, in seconds. */
const TWO_WEEKS = 14 * 86_400;

/** What an account's code begins with that a key signs for all the same (EIP-7702). */
const DELEGATED = "0xef0100";

/**
 * Whom an account trusts with its votes, signed so that anybody can carry it out.
 *
 * @throws KyosoError where no signature of its would be taken: before anybody is asked for one.
 */
export async function makeDelegation(
  live: LiveDao,
  { account, to }: Of<"delegation">,
  sign: Sign,
): Promise<Delegation> {
  const code = await live.provider.getCode(account, live.block);
  if (code !== "0x" && !code.startsWith(DELEGATED)) {
    throw KyosoError.of("delegation.contract-wallet", {
      data: { file: "", wallet: account },
      message: "It is a contract wallet, and the token takes signatures of plain keys only",
    });
  }
  return signDelegation(live, new AskingSigner(account, sign), to, live.now + TWO_WEEKS);
}

/** The same as a transaction of the account's own. */
export async function prepareDelegation(
  live: LiveDao,
  { account, to }: Of<"delegate">,
): Promise<PreparedCall> {
  return prepareFirst(live, account, async () => (await planDelegation(live, account, to)).calls);
}

/** That a member is to be paid its share: nobody has to sign it. */
export async function makeShare(live: LiveDao, share: Of<"reward">): Promise<Reward> {
  const { claims } = await readRewardLogs(live);
  const { season, token, account } = share;
  await planOf(live, share, account);
  return makeReward(live, { season, token, account }, paymentsOf(claims, share).length);
}

/** The same as a transaction of whoever does it. */
export async function preparePayment(live: LiveDao, share: Of<"payment">): Promise<PreparedCall> {
  return prepareFirst(live, share.caller, async () => (await planOf(live, share, share.caller)).plan.calls);
}

/** @throws KyosoError where nothing is due. */
async function planOf(
  live: LiveDao,
  { season, token, account }: { readonly season: number; readonly token: string; readonly account: string },
  caller: string,
) {
  const only: RewardToken = await readRewardToken(live, token);
  return planClaims(live, await readRewardSeason(live, season), account, caller, only);
}
