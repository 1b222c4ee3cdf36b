import type { Signer } from "ethers";
import { Wallet } from "ethers";
import { EvidenceJournal } from "../badges/journal.js";
import type { Award } from "../../badges/awards/contribution.js";
import type { BadgeKind } from "../../badges/kinds/kinds.js";
import { requireIssuer } from "../../badges/powers.js";
import { readStandings } from "../badges/prepare.js";
import type { Standing } from "../../badges/awards/standing.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import type { SafeInfo } from "../../safe/safe.js";
import { findSafe, joinSignatures, ownersWhoSigned } from "../../signed/wallets.js";
import { checkSignature, SAFE_MESSAGE, safeDomain, safeMessageHash } from "../../signed/wallets.js";
import { VoucherJournal } from "./journal.js";
import type { Voucher } from "../../vouchers/voucher.js";
import { typedVoucher, voucherDomain, voucherHash } from "../../vouchers/voucher.js";
import { signTyped } from "../../signed/ecdsa.js";

/** As many as one run makes: each is a file. */
export const MOST_VOUCHERS = 1_000;

/** What vouchers are to be. */
export interface VoucherOptions {
  readonly kind: BadgeKind;
  /** For whom; each gets one. */
  readonly accounts: readonly string[];
  /** How many with a claim key of their own. */
  readonly keys: number;
  /** What the badges are for. */
  readonly text: string;
  /** What the member earns who brought a newcomer; undefined where nobody may be named. */
  readonly referralKind: BadgeKind | undefined;
  /** Timestamp from which on they can't be redeemed. */
  readonly expiry: number;
  /** Who awards the badges. */
  readonly issuer: string;
  /** Folder of the journals. */
  readonly folder: string;
  /** Folder of the files that wait for somebody. */
  readonly outbox: string;
}

/** Vouchers that can be signed: nothing is written or signed yet. */
export interface PreparedVouchers {
  readonly evidence: EvidenceJournal;
  readonly journal: VoucherJournal;
  /** Without signature. */
  readonly vouchers: readonly Voucher[];
  /** What the evidence journal has to have before they are signed. */
  readonly unwritten: readonly Award[];
}

/** A voucher, and whether it is signed by as many as it takes: 1 of 1 for anybody but a Safe. */
export interface SignedVoucher {
  readonly voucher: Voucher;
  readonly signatures: number;
  readonly threshold: number;
}

/**
 * Makes sure that vouchers could be redeemed, and makes them.
 *
 * @throws KyosoError with everything that stands in the way.
 */
export async function prepareVouchers(live: LiveDao, options: VoucherOptions): Promise<PreparedVouchers> {
  const { kind, accounts, keys, text, referralKind, expiry, issuer, folder, outbox } = options;
  const problems = limitProblems(options);
  if (problems.length > 0) throw new KyosoError(problems);
  await requireIssuer(live, issuer, referralKind === undefined ? [kind] : [kind, referralKind]);
  const [evidence, journal] = await Promise.all([EvidenceJournal.open(folder), VoucherJournal.open(folder)]);
  evidence.requireWhole();
  const claimants = [
    ...accounts.map((account) => ({ account, key: undefined })),
    ...Array.from({ length: keys }, () => {
      const { address, privateKey } = Wallet.createRandom();
      return { account: address, key: privateKey };
    }),
  ];
  const { standings } = await readStandings(
    live,
    claimants.map(({ account }) => ({ kind: kind.number, account, text, source: null })),
    evidence,
    outbox,
  );
  const doubles = standings.flatMap((standing) => doubleProblem(standing, kind.name) ?? []);
  if (doubles.length > 0) throw new KyosoError(doubles);
  const nonces = await journal.nextNonces(live, issuer, claimants.length);
  const vouchers = claimants.map(({ account, key }, i): Voucher => ({
    kind: "voucher",
    version: 1,
    dao: live.record.slug,
    chainId: live.chainId.toString(),
    badge: live.record.contracts.badge,
    issuer,
    badgeKind: kind.number,
    claimant: account,
    byKey: key !== undefined,
    evidence: standings[i]?.award.evidence.hash ?? "",
    referralKind: referralKind?.number ?? 0,
    expiry,
    nonce: (nonces[i] ?? 0n).toString(),
    signature: "0x",
    ...(key === undefined ? {} : { key }),
  }));
  const unwritten = standings.flatMap((standing) =>
    standing.state === "open" && !standing.written ? [standing.award] : [],
  );
  return { evidence, journal, vouchers, unwritten };
}

/**
 * Writes down what must not be lost, and signs vouchers. Sends nothing.
 *
 * @param signer The issuer, or an owner of the Safe that is the issuer.
 * @throws KyosoError where the signer can't sign for the issuer.
 */
export async function signVouchers(
  live: LiveDao,
  signer: Signer,
  { evidence, journal, vouchers, unwritten }: PreparedVouchers,
): Promise<SignedVoucher[]> {
  const address = await signer.getAddress();
  for (const issuer of new Set(vouchers.map((voucher) => voucher.issuer))) {
    if (issuer !== address) await requireOwnerOf(live, address, issuer);
  }
  await evidence.add(unwritten);
  await journal.add(
    vouchers.map(({ issuer, nonce, badgeKind, claimant, evidence: hash, expiry }) => ({
      issuer,
      nonce,
      badgeKind,
      claimant,
      evidence: hash,
      expiry,
    })),
  );
  const signed: SignedVoucher[] = [];
  for (const voucher of vouchers) signed.push(await signVoucher(live, signer, voucher));
  return signed;
}

/**
 * Adds a signature to a voucher: the issuer's, or, where that is a Safe, an owner's to those that there are. The other
 * owners add theirs to the same file, until as many have signed as the Safe asks for (ERC-1271).
 */
export async function signVoucher(live: LiveDao, signer: Signer, voucher: Voucher): Promise<SignedVoucher> {
  const address = await signer.getAddress();
  const domain = voucherDomain(live);
  const { types, message } = typedVoucher(voucher);
  if (voucher.issuer === address) {
    const signature = await signTyped(signer, domain, types, message);
    return { voucher: { ...voucher, signature }, signatures: 1, threshold: 1 };
  }
  const safe = await requireOwnerOf(live, address, voucher.issuer);
  const hash = voucherHash(domain, voucher);
  const signed = ownersWhoSigned(safe, safeMessageHash(live, safe.address, hash), voucher.signature);
  signed.set(
    address,
    await signTyped(signer, safeDomain(live, safe.address), SAFE_MESSAGE, { message: hash }),
  );
  const full = { ...voucher, signature: joinSignatures(signed) };
  if (signed.size >= safe.threshold) {
    const { valid } = await checkSignature(live.provider, safe.address, hash, full.signature);
    if (!valid) {
      throw KyosoError.of("safe.signatures-not-accepted", {
        data: { safe: safe.address },
        place: `Safe ${safe.address}`,
        message: "It doesn't accept the signatures of its owners (ERC-1271)",
        remedy: "It needs its usual fallback handler; or have a person with the issuer role sign.",
      });
    }
  }
  return { voucher: full, signatures: signed.size, threshold: safe.threshold };
}

async function requireOwnerOf(live: LiveDao, signer: string, issuer: string): Promise<SafeInfo> {
  const safe = await findSafe(live.provider, issuer);
  if (safe?.owners.includes(signer) === true) return safe;
  if (safe === undefined) {
    throw KyosoError.of("account.not-safe", {
      data: { account: issuer, signer },
      place: `account ${issuer}`,
      message: `${signer} can't sign for it: it is no Safe`,
      remedy: "Sign as the issuer itself (--from).",
    });
  }
  const { address, owners, threshold } = safe;
  throw KyosoError.of("safe.not-owner", {
    data: { account: signer, safe: address, threshold, owners },
    place: `Safe ${address}`,
    message: `${signer} is not an owner of the Safe`,
    remedy: `Sign with ${threshold} of its owners: ${owners.join(", ")}.`,
  });
}

function doubleProblem(standing: Standing, kind: string): Problem | undefined {
  if (standing.state === "open") return undefined;
  const { account } = standing.award;
  const place = `account ${account}`;
  const remedy = "Leave it out; or say in --evidence what is different, such as the date.";
  return standing.state === "awarded"
    ? problem("awards.awarded-before", {
        data: { account, badge: standing.badge, kind },
        place,
        message: `It has badge ${standing.badge} for the same: a "${kind}" with the same evidence`,
        remedy,
      })
    : problem("awards.under-way", {
        data: { account, file: standing.file, kind },
        place,
        message: `A badge for the same is under way: ${standing.file}`,
        remedy,
      });
}

function limitProblems({ kind, accounts, keys, text, referralKind }: VoucherOptions): Problem[] {
  const problems: Problem[] = [];
  const count = accounts.length + keys;
  if (count === 0) {
    problems.push(
      problem("voucher.for-nobody", {
        data: {},
        place: "vouchers",
        message: "There is nobody whom they are for",
        remedy: "Name accounts, or say with --keys how many are for whoever has the link.",
      }),
    );
  } else if (count > MOST_VOUCHERS) {
    problems.push(
      problem("voucher.too-many", {
        data: { count, most: MOST_VOUCHERS },
        place: "vouchers",
        message: `There are ${count} to be signed at once`,
        remedy: `Sign at most ${MOST_VOUCHERS} at once; for more people open a campaign.`,
      }),
    );
  }
  const twice = accounts.find((account, i) => accounts.indexOf(account) < i);
  if (twice !== undefined) {
    problems.push(
      problem("list.account-twice", {
        data: { account: twice },
        place: `account ${twice}`,
        message: "It is named twice",
        remedy: "Name it once.",
      }),
    );
  }
  if (text === "") {
    problems.push(
      problem("evidence.missing", {
        data: {},
        place: "--evidence",
        message: "There is no evidence",
        remedy:
          'Say what the badges are for, for instance --evidence "Open day, 3 April". It stays with you: only its salted hash goes on chain.',
      }),
    );
  }
  for (const each of referralKind === undefined ? [kind] : [kind, referralKind]) {
    if (!each.closed) continue;
    problems.push(
      problem("kind.closed", {
        data: { kind: each.number, name: each.name, count: undefined },
        place: `kind ${each.number} "${each.name}"`,
        message: "It is closed",
        remedy: "Use another kind.",
      }),
    );
  }
  if (kind.supply !== null && kind.supply.left < count) {
    problems.push(
      problem("voucher.supply-short", {
        data: { kind: kind.number, name: kind.name, left: kind.supply.left, limit: kind.supply.limit, count },
        place: `kind ${kind.number} "${kind.name}"`,
        message: `Only ${kind.supply.left} of ${kind.supply.limit} badges are left, and there would be ${count} vouchers`,
        remedy: "Sign fewer, or add another kind: a limit never changes.",
      }),
    );
  }
  if (referralKind !== undefined && referralKind.votes > 0n) {
    problems.push(
      problem("kind.carries-votes", {
        data: { kind: referralKind.number, name: referralKind.name },
        place: "--referral-kind",
        message: `"${referralKind.name}" comes with votes, which can't be earned by bringing people`,
        remedy: "Use a kind without votes.",
      }),
    );
  }
  return problems;
}
