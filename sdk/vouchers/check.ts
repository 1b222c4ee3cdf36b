import { ZeroAddress } from "ethers";
import type { BadgeKind } from "../badges/kinds/kinds.js";
import { readKinds } from "../badges/kinds/kinds.js";
import type { RawMember } from "../badges/reads.js";
import { badgeRead } from "../badges/reads.js";
import { requireIssuer } from "../badges/powers.js";
import { checkAwards } from "../badges/awards/readiness.js";
import type { Problem, ProblemCode, Telling } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { checkSignature, findSafe, ownersWhoSigned, safeMessageHash } from "../signed/wallets.js";
import { formatMoment } from "../time.js";
import { readUse, usedProblem } from "./use.js";
import type { VoucherBody } from "./voucher.js";
import { redemptionHash, voucherDomain, voucherHash } from "./voucher.js";

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

export interface VoucherCheckOptions {
  /** Leaves out whether its issuer has signed: of a Safe, owners may still be to come. */
  readonly unsigned?: boolean;
  /** Whether the claimant can't leave the referrer out any more: that it won't be recorded is a warning then. */
  readonly relayed?: boolean;
}

/** What would come of a voucher at this moment. */
export type VoucherCheck =
  | { readonly status: "valid"; readonly kind: BadgeKind; readonly warnings: readonly Problem[] }
  | { readonly status: "redeemed before"; readonly account: string; readonly badge: number }
  | { readonly status: "refused"; readonly problems: readonly Problem[] };

/**
 * Checks a voucher as the contract would, and that it is this DAO's: what `badge voucher check`, every dry run and every
 * redemption go by. As of the block that the DAO was opened at.
 *
 * @param place Where the voucher is from, for messages.
 * @param attempt Undefined for a voucher with a claim key as long as nobody wants to redeem it.
 */
export async function checkVoucher(
  live: LiveDao,
  place: string,
  voucher: VoucherBody,
  attempt: Attempt | undefined,
  { unsigned = false, relayed = false }: VoucherCheckOptions = {},
): Promise<VoucherCheck> {
  const foreign = foreignProblem(live, place, voucher);
  if (foreign !== undefined) return { status: "refused", problems: [foreign] };
  const used = await readUse(live, voucher.issuer, BigInt(voucher.nonce));
  if (used?.account !== undefined && (attempt === undefined || used.account === attempt.account)) {
    return { status: "redeemed before", account: used.account, badge: used.badge };
  }
  if (used !== undefined) {
    return { status: "refused", problems: [usedProblem(place, voucher, used)] };
  }
  const kinds = await readKinds(live);
  const kind = kinds.find(({ number }) => number === voucher.badgeKind);
  const { issuer, expiry, badgeKind } = voucher;
  const problems: Problem[] = [];
  if (expiry <= live.now) {
    problems.push(
      problem("voucher.expired", {
        data: { expiry },
        place,
        message: `It could be redeemed before ${formatMoment(expiry, live.now)}`,
        remedy: "Ask its issuer for another one.",
      }),
    );
  }
  if (!unsigned) problems.push(...(await signatureProblems(live, place, voucher)));
  if (kind === undefined) {
    const message = `It is for badge kind ${badgeKind}, which there isn't`;
    problems.push(
      problem("voucher.kind-unknown", {
        data: { kind: badgeKind },
        place,
        message,
        remedy: "Ask its issuer for another one.",
      }),
    );
    return { status: "refused", problems };
  }
  const account = attempt?.account ?? voucher.claimant;
  const award = { kind: badgeKind, account, text: "", source: null };
  const warnings: Problem[] = [];
  await collect(problems, async () => {
    warnings.push(...(await checkAwards(live, kinds, { awards: [award], underWay: [], actor: issuer })));
  });
  if (attempt !== undefined) {
    problems.push(...(await claimProblems(live, place, voucher, attempt)));
    const unrecorded = await unrecordedProblems(live, place, attempt, voucher.referralKind);
    (relayed ? warnings : problems).push(...unrecorded);
    problems.push(...(await referralProblems(live, place, voucher, attempt, kinds)));
  }
  return problems.length > 0 ? { status: "refused", problems } : { status: "valid", kind, warnings };
}

/** Whether the claimant has to sign for an account and a referrer: see the contract `Claimant`. */
export function mustSign(
  { byKey, claimant, referralKind }: Pick<VoucherBody, "byKey" | "claimant" | "referralKind">,
  caller: string | undefined,
): boolean {
  return byKey || (referralKind !== 0 && caller !== claimant);
}

/** That a voucher is of another chain or another DAO. */
export function foreignProblem(
  live: LiveDao,
  place: string,
  { chainId, badge, dao }: VoucherBody,
): Problem | undefined {
  if (chainId !== live.chainId.toString()) {
    const message = `It is for chain ${chainId}, and this is chain ${live.chainId}`;
    return problem("signed.other-chain", {
      data: { file: place, chainId, here: live.chainId },
      place,
      message,
      remedy: "Choose its network with --network.",
    });
  }
  if (badge === live.record.contracts.badge) return undefined;
  const which = dao === "link" ? "" : ` (${dao})`;
  const message = `It is for the badge contract ${badge}, and not this DAO's`;
  return problem("signed.other-contract", {
    data: { file: place, contract: "badge", address: badge, dao: dao === "link" ? undefined : dao },
    place,
    message,
    remedy: `Choose its DAO${which} with --dao.`,
  });
}

async function signatureProblems(live: LiveDao, place: string, voucher: VoucherBody): Promise<Problem[]> {
  const { issuer, signature } = voucher;
  const hash = voucherHash(voucherDomain(live), voucher);
  const { valid, contract } = await checkSignature(live.provider, issuer, hash, signature);
  if (valid) return [];
  const safe = contract ? await findSafe(live.provider, issuer) : undefined;
  const signed =
    safe === undefined ? 0 : ownersWhoSigned(safe, safeMessageHash(live, issuer, hash), signature).size;
  if (safe !== undefined && signed < safe.threshold) {
    return [
      problem("signed.owners-missing", {
        data: { file: place, safe: issuer, count: signed, threshold: safe.threshold },
        place,
        message: `${signed} of the ${safe.threshold} owners of the Safe ${issuer} who have to sign have signed it`,
        remedy: "Have more owners sign the same file: npx hardhat badge voucher approve <file>.",
      }),
    ];
  }
  const remedy = "Ask its issuer for a new one.";
  return [
    contract
      ? problem("signed.wallet-refuses", {
          data: { file: place, wallet: issuer },
          place,
          message: `The wallet ${issuer} doesn't accept its signature (ERC-1271)`,
          remedy,
        })
      : problem("signed.not-signed", {
          data: { file: place, signer: issuer },
          place,
          message: `It isn't signed by ${issuer}, or was changed after that`,
          remedy,
        }),
  ];
}

async function claimProblems(
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
  const { valid } = await checkSignature(live.provider, claimant, hash, claimSignature);
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

async function referralProblems(
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
async function unrecordedProblems(
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

async function collect(problems: Problem[], run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    problems.push(...error.problems);
  }
}
