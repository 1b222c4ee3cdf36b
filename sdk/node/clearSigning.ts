import type { TypedDataDomain, TypedDataField } from "ethers";
import { getAddress, TypedDataEncoder } from "ethers";
import { readKinds } from "../badges/kinds/kinds.js";
import { REFUSAL } from "../badges/recovery/refusals.js";
import type { DaoContract } from "../daoRecord.js";
import { CLAIM } from "../drop/claims.js";
import { BALLOTS } from "../governance/ballots.js";
import type { LiveDao } from "../live.js";
import { domainOf } from "../signed/domain.js";
import { DELEGATION } from "../token/delegations.js";
import { REDEMPTION, VOUCHER, voucherDomain } from "../vouchers/voucher.js";

/** How a wallet shows a field; what isn't shown by default is there for whoever wants to see it. */
interface Shown {
  readonly label: string;
  readonly format?: "addressName" | "date" | "enum";
  /** Which list of words says what a number means. */
  readonly words?: "kinds" | "support";
  readonly optional?: true;
}

const ACCOUNT: Shown = { label: "Goes to", format: "addressName" };
const REFERRER: Shown = { label: "Brought by", format: "addressName" };
const ISSUER: Shown = { label: "Issuer", format: "addressName" };
const NONCE: Shown = { label: "Number", optional: true };

/** What is said of each message that people sign, and of its fields. */
const MESSAGES: Readonly<Record<string, readonly [intent: string, fields: Readonly<Record<string, Shown>>]>> =
  {
    Claim: [
      "Claim from a campaign",
      { campaign: { label: "Campaign" }, index: { label: "Line" }, account: ACCOUNT, referrer: REFERRER },
    ],
    Voucher: [
      "Promise a badge",
      {
        issuer: ISSUER,
        kind: { label: "Kind of badge", format: "enum", words: "kinds" },
        claimant: { label: "For", format: "addressName" },
        byKey: { label: "For whoever has its key" },
        evidence: { label: "Evidence (hash)", optional: true },
        referralKind: { label: "For who brought them", format: "enum", words: "kinds" },
        expiry: { label: "Until", format: "date" },
        nonce: NONCE,
      },
    ],
    Redemption: [
      "Redeem a voucher",
      { issuer: ISSUER, nonce: { label: "Voucher" }, account: ACCOUNT, referrer: REFERRER },
    ],
    RecoveryRefusal: [
      "Refuse a recovery",
      {
        recovery: { label: "Recovery" },
        oldAccount: { label: "From", format: "addressName" },
        newAccount: { label: "To", format: "addressName" },
      },
    ],
    Ballot: ["Vote", ballot({})],
    ExtendedBallot: [
      "Vote, and say why",
      ballot({ reason: { label: "Reason" }, params: { label: "More", optional: true } }),
    ],
    Delegation: [
      "Have somebody vote for you",
      {
        delegatee: { label: "Who votes", format: "addressName" },
        nonce: NONCE,
        expiry: { label: "Until", format: "date" },
      },
    ],
  };

/** What people sign for each contract. */
const SIGNED: Partial<Record<DaoContract, readonly Readonly<Record<string, TypedDataField[]>>[]>> = {
  drop: [CLAIM],
  badge: [VOUCHER, REDEMPTION, REFUSAL],
  governor: BALLOTS,
  token: [DELEGATION],
};

/** A descriptor of what people sign for a contract of a DAO. */
export interface Descriptor {
  readonly contract: DaoContract;
  readonly content: object;
}

/**
 * What wallets need to say in words what is signed (ERC-7730, version 2 of its schema): a descriptor for each contract that
 * takes signatures, with the kinds of badges as they are now.
 *
 * @param owner The DAO's name.
 */
export async function clearSigning(live: LiveDao, owner: string): Promise<Descriptor[]> {
  const [kinds, drop, governor, token] = await Promise.all([
    readKinds(live),
    domainOf(live, "drop"),
    domainOf(live, "governor"),
    domainOf(live, "token"),
  ]);
  const words = {
    kinds: { "0": "None", ...Object.fromEntries(kinds.map(({ number, name }) => [number.toString(), name])) },
    support: { "0": "Against", "1": "For", "2": "Abstain" },
  };
  const domains = { drop, badge: voucherDomain(live), governor, token };
  return (["drop", "badge", "governor", "token"] as const).map((contract) => {
    const messages = SIGNED[contract] ?? [];
    return {
      contract,
      content: {
        $schema:
          "https://github.com/LedgerHQ/clear-signing-erc7730-registry/blob/master/specs/erc7730-v2.schema.json",
        context: { $id: contract, eip712: binding(domains[contract]) },
        metadata: { owner, enums: words },
        display: { formats: Object.fromEntries(messages.map(formatOf)) },
      },
    };
  });
}

/** Which messages a descriptor is for. */
function binding({ name, version, chainId, verifyingContract }: TypedDataDomain) {
  const id = Number(chainId);
  const address = getAddress(verifyingContract ?? "");
  return {
    domain: { name, version, chainId: id, verifyingContract: address },
    deployments: [{ chainId: id, address }],
  };
}

/** A message by its type, written as it is signed, with all of its fields in their order. */
function formatOf(types: Readonly<Record<string, TypedDataField[]>>): [string, object] {
  const encoder = TypedDataEncoder.from({ ...types });
  const [intent = "", shown = {}] = MESSAGES[encoder.primaryType] ?? [];
  const fields = (types[encoder.primaryType] ?? []).map(({ name }) => {
    const { label, format = "raw", words, optional } = shown[name] ?? { label: name };
    return {
      path: name,
      label,
      format,
      ...(words === undefined ? {} : { params: { $ref: `$.metadata.enums.${words}` } }),
      ...(format === "date" ? { params: { encoding: "timestamp" } } : {}),
      ...(optional === undefined ? {} : { visible: "optional" }),
    };
  });
  return [encoder.encodeType(encoder.primaryType), { intent, fields }];
}

function ballot(more: Readonly<Record<string, Shown>>): Readonly<Record<string, Shown>> {
  return {
    proposalId: { label: "Proposal" },
    support: { label: "Vote", format: "enum", words: "support" },
    voter: { label: "Voter", format: "addressName" },
    nonce: NONCE,
    ...more,
  };
}
