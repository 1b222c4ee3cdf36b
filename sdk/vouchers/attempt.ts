import { ZeroAddress } from "ethers";
import type { BadgeKind } from "../badges/kinds/kinds.js";
import { requireIssuer } from "../badges/powers.js";
import type { RawMember } from "../badges/reads.js";
import { badgeRead } from "../badges/reads.js";
import type { Problem, ProblemCode, Telling } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { signerOf } from "../signed/domain.js";
import { checkSignature } from "../signed/wallets.js";
import type { VoucherBody } from "./voucher.js";
import { redemptionHash, voucherDomain } from "./voucher.js";

/** How a voucher is to be redeemed. */
export interface Attempt {
  /** Who sends it; undefined where that isn't known yet, and so anybody. */
  readonly caller: string | undefined;
  /** Who gets the badge. */
  readonly account: string;
  /** Who brought it; the zero address for nobody. */
  readonly referrer: string;
  /** The claimant's; empty for none. */
  readonly claimSignature: string;
}

/** Whether the claimant has to sign for an account and a referrer: see the contract `Claimant`. */
export function mustSign(
  { byKey, claimant, referralKind }: Pick<VoucherBody, "byKey" | "claimant" | "referralKind">,
  caller: string | undefined,
): boolean {
  return byKey || (referralKind !== 0 && caller !== claimant);
}

/** Why an attempt isn't the claimant's. */
export async function claimProblems(
  live: LiveDao,
  place: string,
  voucher: VoucherBody,
  { caller, account, referrer, claimSignature }: Attempt,
): Promise<Problem[]> {
  const { byKey, claimant } = voucher;
  if (!byKey && account !== claimant) {
    const remedy = "Leave --to out: only this account can have it.";
    return [
      problem("voucher.for-other", {
        data: { claimant, account },
        place,
        message: `It is for ${claimant}, and ${account} can't have it`,
        remedy,
      }),
    ];
  }
  if (!mustSign(voucher, caller)) return [];
  const hash = redemptionHash(voucherDomain(live), voucher, account, referrer);
  // Claim keys are plain keys, whatever is at their addresses: see the contract `Claimant`.
  const valid = byKey
    ? signerOf(hash, claimSignature) === claimant
    : (await checkSignature(live.provider, claimant, hash, claimSignature)).valid;
  if (valid) return [];
  const who = byKey ? `its claim key (${claimant})` : claimant;
  const data = { claimant, account, byKey };
  const remedy = byKey
    ? "Redeem it with its link, or with the file that has the key."
    : "Redeem it as that account (--from), or have it write a redemption with --out.";
  return [
    claimSignature === "0x"
      ? problem("voucher.has-to-sign", {
          data,
          place,
          message: `${who} has to sign who gets the badge and who is named as having brought it`,
          remedy,
        })
      : problem("voucher.not-signed-by-claimant", {
          data,
          place,
          message: `It isn't signed by ${who} for ${account}, or was changed after that`,
          remedy,
        }),
  ];
}

/** Why whom an attempt names can't be rewarded. */
export async function referralProblems(
  live: LiveDao,
  place: string,
  { referralKind, issuer }: VoucherBody,
  { account, referrer }: Attempt,
  kinds: readonly BadgeKind[],
): Promise<Problem[]> {
  if (referrer === ZeroAddress) return [];
  const refuse = <Code extends ProblemCode>(code: Code, told: Telling<Code>): Problem[] => [
    problem(code, { place, remedy: "Leave --referrer out.", ...told }),
  ];
  if (referralKind === 0)
    return refuse("referral.not-rewarded", {
      data: {},
      message: "It rewards no referrals, so that nobody can be named",
    });
  if (account === referrer)
    return refuse("referral.self", {
      data: { account },
      message: `${account} can't have brought itself`,
    });
  const [sponsor] = await live.readMany<RawMember>([badgeRead(live, "memberOf", [referrer])]);
  if (sponsor?.season === 0)
    return refuse("referral.no-member", {
      data: { referrer },
      message: `${referrer} never had a badge, and so can't have brought anybody`,
    });
  const kind = kinds.find(({ number }) => number === referralKind);
  if (kind === undefined || kind.votes > 0n) {
    return refuse("referral.kind", {
      data: { kind: referralKind },
      message: `Kind ${referralKind}, which it rewards referrals with, can't be earned by them`,
    });
  }
  const problems: Problem[] = [];
  await collect(problems, () => requireIssuer(live, issuer, [kind]));
  return problems;
}

/** What keeps a referral from being recorded, and the badge from nothing: time, or others, can bring it about. */
export async function unrecordedProblems(
  live: LiveDao,
  place: string,
  { account, referrer }: Attempt,
  referralKind: number,
): Promise<Problem[]> {
  if (referrer === ZeroAddress || referralKind === 0 || account === referrer) return [];
  const refuse = <Code extends ProblemCode>(code: Code, told: Telling<Code>): Problem[] => [
    problem(code, { place, remedy: "Leave --referrer out.", ...told }),
  ];
  const [member, sponsor] = await live.readMany<RawMember>([
    badgeRead(live, "memberOf", [account]),
    badgeRead(live, "memberOf", [referrer]),
  ]);
  const [before = ZeroAddress] = await live.readMany<string>([badgeRead(live, "referrerOf", [account])]);
  if (before !== ZeroAddress)
    return refuse("referral.recorded", {
      data: { account, referrer: before },
      message: `${account} was brought by ${before}, which is for ever`,
    });
  if (member?.season !== 0)
    return refuse("referral.no-newcomer", {
      data: { account },
      message: `${account} has earned badges before, and is no newcomer`,
    });
  if (sponsor?.badges === 0 && sponsor.season !== 0)
    return refuse("referral.no-member", {
      data: { referrer },
      message: `${referrer} has no badge any more, and so can't have brought anybody`,
    });
  return [];
}

/** Adds what `run` finds to problems. */
export async function collect(problems: Problem[], run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    problems.push(...error.problems);
  }
}
