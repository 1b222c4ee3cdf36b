import { id, type TypedDataDomain, TypedDataEncoder, ZeroAddress } from "ethers";
import { type ContributionBadge, IClaimant__factory } from "../../typechain-types/index.js";
import { type Connection, DAY, now, type Signer } from "./chain.js";
import { type DAO, KIND, launchDAO, ROLE } from "./dao.js";
import { type Safe, signAsSafe } from "./safe.js";

/** What an issuer signs. */
export const VOUCHER = {
  Voucher: [
    { name: "issuer", type: "address" },
    { name: "kind", type: "uint32" },
    { name: "claimant", type: "address" },
    { name: "byKey", type: "bool" },
    { name: "evidence", type: "bytes32" },
    { name: "referralKind", type: "uint32" },
    { name: "expiry", type: "uint48" },
    { name: "nonce", type: "uint256" },
  ],
};

/** What a claimant signs. */
export const REDEMPTION = {
  Redemption: [
    { name: "issuer", type: "address" },
    { name: "nonce", type: "uint256" },
    { name: "account", type: "address" },
    { name: "referrer", type: "address" },
  ],
};

/** The errors that a claimant's signature is refused with: the badge lets them through from its verifier. */
export const CLAIMANT = { interface: IClaimant__factory.createInterface() };

export interface Voucher {
  issuer: string;
  kind: bigint;
  claimant: string;
  byKey: boolean;
  evidence: string;
  referralKind: bigint;
  expiry: bigint;
  nonce: bigint;
}

/** Whoever signs: an account, or a claim key. */
export type Signatory = Pick<Signer, "address" | "signTypedData">;

/** Whom a claimant signs for. */
export interface Receiver {
  account: string;
  referrer?: string;
}

/** What is signed for a badge is signed in the domain that it tells: every signature of the tests proves it. */
export async function badgeDomain(badge: ContributionBadge): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await badge.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

/** A DAO with an issuer that is a plain account. */
export type IssuingDAO = DAO & { issuer: Signer };

/** Can be given to `loadFixture`. */
export async function launchWithIssuer(connection: Connection): Promise<IssuingDAO> {
  const dao = await launchDAO(connection);
  await dao.asSafe(await dao.manager.grantRole.populateTransaction(ROLE.ISSUER, dao.other, 0));
  return { ...dao, issuer: dao.other };
}

/** A voucher of the plain issuer, signed by it. */
export async function issueVoucher(
  dao: IssuingDAO,
  overrides: Partial<Voucher> = {},
): Promise<[voucher: Voucher, signature: string]> {
  const voucher = await voucherOf(dao, { issuer: dao.issuer.address, ...overrides });
  return [voucher, await signVoucher(dao.badge, dao.issuer, voucher)];
}

/** A voucher of the Safe for the member, a bug report, good for thirty days, unless told otherwise. */
export async function voucherOf(dao: DAO, overrides: Partial<Voucher> = {}): Promise<Voucher> {
  return {
    issuer: dao.safe.address,
    kind: KIND.BUG,
    claimant: dao.member.address,
    byKey: false,
    evidence: id("salt, and what it is for"),
    referralKind: 0n,
    expiry: (await now(dao.connection)) + 30n * DAY,
    nonce: 0n,
    ...overrides,
  };
}

/** The signature of an issuer that is a plain account. */
export async function signVoucher(
  badge: ContributionBadge,
  issuer: Signatory,
  voucher: Voucher,
): Promise<string> {
  return issuer.signTypedData(await badgeDomain(badge), VOUCHER, voucher);
}

/** The signature of an issuer that is a Safe, by ERC-1271. */
export async function signVoucherAsSafe(
  badge: ContributionBadge,
  safe: Safe,
  owners: Signer[],
  voucher: Voucher,
): Promise<string> {
  return signAsSafe(safe, owners, TypedDataEncoder.hash(await badgeDomain(badge), VOUCHER, voucher));
}

/** The signature of a claimant, a plain account or a claim key. */
export async function signRedemption(
  badge: ContributionBadge,
  claimant: Signatory,
  voucher: Voucher,
  receiver: Receiver,
): Promise<string> {
  return claimant.signTypedData(await badgeDomain(badge), REDEMPTION, redemption(voucher, receiver));
}

/** The signature of a claimant that is a Safe, by ERC-1271. */
export async function signRedemptionAsSafe(
  badge: ContributionBadge,
  safe: Safe,
  owners: Signer[],
  voucher: Voucher,
  receiver: Receiver,
): Promise<string> {
  const message = redemption(voucher, receiver);
  return signAsSafe(safe, owners, TypedDataEncoder.hash(await badgeDomain(badge), REDEMPTION, message));
}

function redemption({ issuer, nonce }: Voucher, { account, referrer = ZeroAddress }: Receiver) {
  return { issuer, nonce, account, referrer };
}
