import type { BadgeKind } from "../badges/kinds/kinds.js";
import { readKinds } from "../badges/kinds/kinds.js";
import { checkAwards } from "../badges/awards/readiness.js";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { foreignTo } from "../signed/foreign.js";
import { checkSignature, findSafe, ownersWhoSigned, safeMessageHash } from "../signed/wallets.js";
import { formatMoment } from "../time.js";
import type { Attempt } from "./attempt.js";
import { claimProblems, collect, referralProblems, unrecordedProblems } from "./attempt.js";
import type { VoucherUse } from "./use.js";
import { readUse, usedProblem } from "./use.js";
import type { VoucherBody } from "./voucher.js";
import { voucherDomain, voucherHash } from "./voucher.js";

export interface VoucherCheckOptions {
  /** Leaves out whether its issuer has signed: of a Safe, owners may still be to come. */
  readonly unsigned?: boolean;
  /** Whether the claimant can't leave the referrer out any more: that it won't be recorded is a warning then. */
  readonly relayed?: boolean;
  /** What the chain says of it, where it was asked of many at once. */
  readonly seen?: SeenVoucher;
}

/** See {@link VoucherCheckOptions.seen}. */
export interface SeenVoucher {
  readonly kinds: readonly BadgeKind[];
  readonly use: VoucherUse | undefined;
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
  { unsigned = false, relayed = false, seen }: VoucherCheckOptions = {},
): Promise<VoucherCheck> {
  const foreign = foreignProblem(live, place, voucher);
  if (foreign !== undefined) return { status: "refused", problems: [foreign] };
  const used = seen === undefined ? await readUse(live, voucher.issuer, BigInt(voucher.nonce)) : seen.use;
  if (used?.account !== undefined && (attempt === undefined || used.account === attempt.account)) {
    return { status: "redeemed before", account: used.account, badge: used.badge };
  }
  if (used !== undefined) {
    return { status: "refused", problems: [usedProblem(place, voucher, used)] };
  }
  const kinds = seen?.kinds ?? (await readKinds(live));
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
    problems.push(kindUnknown(place, badgeKind));
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

/** That there is no such kind of badges. */
export function kindUnknown(place: string, kind: number): Problem {
  return problem("voucher.kind-unknown", {
    data: { kind },
    place,
    message: `It is for badge kind ${kind}, which there isn't`,
    remedy: "Ask its issuer for another one.",
  });
}

/** That a voucher is of another chain or another DAO. */
export function foreignProblem(
  live: LiveDao,
  place: string,
  { chainId, badge, dao }: VoucherBody,
): Problem | undefined {
  const known = dao === "link" ? undefined : dao;
  return foreignTo(live, place, { chainId, contract: "badge", address: badge, dao: known });
}

/** Why a voucher isn't its issuer's. */
export async function signatureProblems(
  live: LiveDao,
  place: string,
  voucher: VoucherBody,
): Promise<Problem[]> {
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
