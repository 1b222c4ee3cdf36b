import { keccak_256 } from "@noble/hashes/sha3.js";
import { concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { SignedData } from "../account.js";

/** The DAO whose typed data is signed, and nobody else's. */
export interface SignerDao {
  readonly chainId: string;
  readonly drop: string;
  readonly badge: string;
  readonly governor: string;
  readonly token: string;
  /** Shared by the DAOs of a chain: what it has signed says nothing but what somebody is called. */
  readonly nicknames: string;
  /** Of ideas; empty where the DAO has none. */
  readonly board: string;
}

type FieldType = "address" | "bytes" | "bytes32" | "string" | "uint8" | "uint48" | "uint256" | "uint256[]";
type Field = readonly [name: string, type: FieldType];

interface Kind {
  readonly contract: Exclude<keyof SignerDao, "chainId">;
  readonly fields: readonly Field[];
  /** The field that has to be whoever signs; undefined where a signature says nothing of that. */
  readonly own?: string;
}

const BALLOT: readonly Field[] = [
  ["proposalId", "uint256"],
  ["support", "uint8"],
  ["voter", "address"],
  ["nonce", "uint256"],
];

/** All that is ever signed here: no transaction, no transfer, no permit. */
const KINDS: Readonly<Record<string, Kind>> = {
  Claim: {
    contract: "drop",
    fields: [
      ["campaign", "bytes32"],
      ["index", "uint256"],
      ["account", "address"],
      ["referrer", "address"],
    ],
    own: "account",
  },
  Redemption: {
    contract: "badge",
    fields: [
      ["issuer", "address"],
      ["nonce", "uint256"],
      ["account", "address"],
      ["referrer", "address"],
    ],
    own: "account",
  },
  Ballot: { contract: "governor", fields: BALLOT, own: "voter" },
  ExtendedBallot: {
    contract: "governor",
    fields: [...BALLOT, ["reason", "string"], ["params", "bytes"]],
    own: "voter",
  },
  Delegation: {
    contract: "token",
    fields: [
      ["delegatee", "address"],
      ["nonce", "uint256"],
      ["expiry", "uint256"],
    ],
  },
  Nickname: {
    contract: "nicknames",
    fields: [
      ["account", "address"],
      ["nickname", "string"],
      ["nonce", "uint256"],
      ["deadline", "uint48"],
    ],
    own: "account",
  },
  Support: {
    contract: "board",
    fields: [
      ["supporter", "address"],
      ["ideas", "uint256[]"],
    ],
    own: "supporter",
  },
};

/** That something isn't what may be signed here. */
export class Foreign extends Error {
  constructor(why: string) {
    super(why);
    this.name = "Foreign";
  }
}

/**
 * The hash that is signed of typed data (EIP-712), where it is this DAO's own.
 *
 * @param signer Whose signature it will be; undefined for a claim key, which names who receives something.
 * @throws Foreign where it is anything else.
 */
export function digestOf(dao: SignerDao, data: SignedData, signer: string | undefined): Uint8Array {
  const { domain, types, primaryType, message } = data;
  const kind = Object.hasOwn(KINDS, primaryType) ? KINDS[primaryType] : undefined;
  if (kind === undefined) throw new Foreign("It is of a kind that isn't signed here");
  requireDomain(dao, kind, domain);
  requireTypes(kind, primaryType, types);
  const given = Object.keys(message);
  if (given.length !== kind.fields.length || !kind.fields.every(([name]) => Object.hasOwn(message, name))) {
    throw new Foreign("It has other fields than its kind");
  }
  if (signer !== undefined && kind.own !== undefined && !isSame(message[kind.own], signer)) {
    throw new Foreign("It is for another account");
  }
  const separator = hashOf("EIP712Domain", DOMAIN, { ...domain });
  return keccak_256(concatBytes(PREFIX, separator, hashOf(primaryType, kind.fields, message)));
}

const PREFIX = Uint8Array.of(0x19, 0x01);

const DOMAIN: readonly Field[] = [
  ["name", "string"],
  ["version", "string"],
  ["chainId", "uint256"],
  ["verifyingContract", "address"],
];

function requireDomain(dao: SignerDao, { contract }: Kind, domain: SignedData["domain"]): void {
  const { name, version, chainId, verifyingContract } = domain;
  if (Object.keys(domain).length !== DOMAIN.length || typeof name !== "string" || typeof version !== "string")
    throw new Foreign("Its domain has another form");
  if (String(chainId) !== dao.chainId) throw new Foreign("It is for another chain");
  if (!isSame(verifyingContract, dao[contract])) throw new Foreign("It is for another contract");
}

function requireTypes({ fields }: Kind, primaryType: string, types: SignedData["types"]): void {
  const given = types[primaryType] ?? [];
  const same =
    Object.keys(types).length === 1 &&
    given.length === fields.length &&
    fields.every(([name, type], i) => given[i]?.name === name && given[i].type === type);
  if (!same) throw new Foreign("Its types are others than its kind's");
}

function hashOf(
  name: string,
  fields: readonly Field[],
  values: Readonly<Record<string, unknown>>,
): Uint8Array {
  const type = `${name}(${fields.map(([field, of]) => `${of} ${field}`).join(",")})`;
  const words = fields.map(([field, of]) => word(of, values[field]));
  return keccak_256(concatBytes(keccak_256(utf8ToBytes(type)), ...words));
}

function word(type: FieldType, value: unknown): Uint8Array {
  switch (type) {
    case "string":
      if (typeof value !== "string") throw new Foreign("A text isn't one");
      return keccak_256(utf8ToBytes(value));
    case "bytes":
      return keccak_256(bytesOf(value));
    case "bytes32":
      return bytesOf(value, 32);
    case "address":
      return padded(bytesOf(value, 20));
    case "uint256[]":
      if (!Array.isArray(value)) throw new Foreign("A list isn't one");
      return keccak_256(concatBytes(...value.map((each) => numberWord(each, 256))));
    default:
      return numberWord(value, Number(type.slice(4)));
  }
}

function bytesOf(value: unknown, length?: number): Uint8Array {
  if (typeof value !== "string" || !/^0x(?:[0-9a-f]{2})*$/iu.test(value))
    throw new Foreign("Bytes aren't bytes");
  const bytes = hexToBytes(value.slice(2));
  if (length !== undefined && bytes.length !== length) throw new Foreign("Bytes are of another length");
  return bytes;
}

function numberWord(value: unknown, bits: number): Uint8Array {
  const isNumber =
    typeof value === "bigint" ||
    (typeof value === "number" && Number.isSafeInteger(value)) ||
    (typeof value === "string" && /^\d{1,78}$/u.test(value));
  const number = isNumber ? BigInt(value) : -1n;
  if (number < 0n || number >> BigInt(bits) !== 0n) throw new Foreign("A number is none, or too large");
  return hexToBytes(number.toString(16).padStart(64, "0"));
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(32);
  whole.set(bytes, 32 - bytes.length);
  return whole;
}

function isSame(value: unknown, address: string): boolean {
  return typeof value === "string" && value.toLowerCase() === address.toLowerCase();
}
