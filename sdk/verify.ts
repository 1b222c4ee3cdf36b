import type { Provider } from "ethers";
import { dataLength, dataSlice, getAddress, isHexString, keccak256 } from "ethers";
import { BrandDAOFactory } from "../typechain-types/abi/index.js";
import { IMPLEMENTATIONS } from "../typechain-types/abi/implementations.js";
import { PROXIES } from "./audit/code.js";
import { INTERFACES } from "./calls/known.js";
import { UnreadableAnswer } from "./chain/answer.js";
import { codeHashesOf, NO_CODE } from "./chain/codeHashes.js";
import type { Eip1193Provider } from "./chain/eip1193.js";
import type { Read } from "./chain/reads.js";
import { readMany } from "./chain/reads.js";
import type { DaoContract, DaoModule, DaoRecord } from "./daoRecord.js";
import { DAO_CONTRACTS, DAO_MODULES } from "./daoRecord.js";
import type { Problem } from "./errors.js";
import { KyosoError, problem } from "./errors.js";
import type { Addresses, ImplementationName } from "./implementationNames.js";
import { madeAsTold, wrongAddresses } from "./launch/made.js";
import {
  cloneCode,
  handoverArguments,
  IMPLEMENTATION_SLOT,
  moduleCodeOf,
  predictModules,
  proxyCodeOf,
} from "./launch/predict.js";
import { MODULE_WORDS } from "./modules/module.js";
import { oneLine } from "./text.js";

/** Characters of a symbol that are shown. */
const LONGEST_SYMBOL = 32;

/** What a DAO's names are earned with. */
export interface Trust {
  /**
   * Factories of other versions that whoever asks knows and trusts. That of this version needs no trust: its address is made
   * of its code.
   */
  readonly factories?: readonly string[];
}

/** What was read of a DAO while it was verified. */
export interface Verified {
  /** What the Handover names as the Safe. */
  readonly safe: string;
  /** Whether that is the record's. If not, nothing says that it is the brand's: it has no name. */
  readonly isRecordsSafe: boolean;
  /** The token's. */
  readonly symbol: string;
  readonly seasons: SeasonTerms;
  /** The modules that the DAO has on the chain, also those that its record doesn't know of yet. */
  readonly modules: Readonly<Partial<Record<DaoModule, string>>>;
  /** Where the modules are, or will be. */
  readonly places: Addresses<DaoModule>;
  /** Modules of the record that aren't the DAO's, or aren't there: they have no name. */
  readonly strangeModules: readonly Problem[];
}

/** When the first season began, and how many seconds each has. A launch fixes both. */
export interface SeasonTerms {
  readonly start: number;
  readonly length: number;
}

/** Views of the contracts that name another one of them. */
const POINTERS: readonly (readonly [from: DaoContract, name: string, to: DaoContract])[] = [
  ["token", "treasury", "timelock"],
  ["token", "authority", "manager"],
  ["governor", "token", "token"],
  ["governor", "timelock", "timelock"],
  ["badge", "token", "token"],
  ["badge", "drop", "drop"],
  ["badge", "authority", "manager"],
  ["drop", "badge", "badge"],
  ["drop", "authority", "manager"],
  ["rewards", "badge", "badge"],
  ["rewards", "authority", "manager"],
  ["handover", "governor", "governor"],
  ["handover", "badge", "badge"],
];

/**
 * Verifies that the contracts of a record are what they are called: that a known factory made them, for this launcher, name and
 * Safe, which their addresses say; that they run what the record says, and that each points at the others. Few requests.
 *
 * @param block As of which it is read.
 * @throws KyosoError naming what is another.
 */
export async function verifyDao(
  record: DaoRecord,
  provider: Provider,
  eip1193: Eip1193Provider,
  block: number,
  { factories = [] }: Trust = {},
): Promise<Verified> {
  const made = await madeBy(record, eip1193, block, factories);
  requireAddresses(record, made);
  const places = predictModules(made, record.contracts);
  const reading = readMany<unknown>(eip1193, block, [
    { ...view(record, "badge", "seasonBounds"), args: [1] },
    view(record, "handover", "safe"),
    view(record, "token", "symbol"),
    ...POINTERS.map(([from, name]) => view(record, from, name)),
  ]);
  // Where nothing is there, that is what is wrong, and not that it doesn't answer.
  reading.catch(() => undefined);
  const [hashes, slots] = await Promise.all([
    codeHashesOf(eip1193, block, [
      ...DAO_CONTRACTS.map((name) => record.contracts[name]),
      record.factory,
      ...PROXIES.map(([, name]) => record.implementations[name]),
      ...DAO_MODULES.map((name) => places[name]),
    ]),
    Promise.all(
      PROXIES.map(([name]) => provider.getStorage(record.contracts[name], IMPLEMENTATION_SLOT, block)),
    ),
  ]);
  requireCode(record, made, hashes);
  requireImplementations(record, slots);
  const [bounds, ...named] = await reading;
  const [safe = "", symbol = "", ...pointers] = named as string[];
  requirePointers(record, pointers);
  const modules = modulesOf(record, made, places, hashes.slice(-DAO_MODULES.length));
  const [start, end] = bounds as readonly [number, number];
  return {
    safe,
    // Of the chain, but told by a node: it can't make lines of its own.
    symbol: oneLine(symbol).slice(0, LONGEST_SYMBOL),
    seasons: { start, length: end - start },
    places,
    modules,
    strangeModules: DAO_MODULES.flatMap((name) => strangeModule(record, name, places[name], modules)),
    isRecordsSafe: safe === (record.presentSafe ?? record.safe),
  };
}

/** The modules that are where the factory of modules puts them, each the code that it gives them. */
function modulesOf(
  record: DaoRecord,
  made: Addresses<ImplementationName>,
  places: Addresses<DaoModule>,
  hashes: readonly string[],
): Verified["modules"] {
  const present = DAO_MODULES.filter((name, i) => {
    const hash = hashes[i] ?? "";
    if (NO_CODE.includes(hash)) return false;
    if (hash !== keccak256(moduleCodeOf(name, made, record.contracts))) throw otherCode(name, places[name]);
    return true;
  });
  return Object.fromEntries(present.map((name) => [name, places[name]]));
}

/** That a record names a module which nobody but the record calls the DAO's. */
function strangeModule(
  { slug, modules }: DaoRecord,
  module: DaoModule,
  expected: string,
  present: Verified["modules"],
): Problem[] {
  const found = modules?.[module];
  if (found === undefined || found === present[module]) return [];
  if (found === expected) return noContract(`${module} ${found}`).problems.slice();
  const words = MODULE_WORDS[module];
  return [
    problem("dao.other-module", {
      data: { slug, module, found, expected },
      place: `${module} ${found}`,
      message: `The record of "${slug}" calls it the DAO's ${words}, which can only be at ${expected}: it has no name in what follows`,
      remedy: `Remove modules.${module} from the record: what the DAO has is found without it. Sign nothing for that address.`,
    }),
  ];
}

/**
 * What the factory of a record makes DAOs of. Of these eight, a node's word shows to be false by the addresses that follow from it.
 */
async function madeBy(
  { factory, slug }: DaoRecord,
  eip1193: Eip1193Provider,
  block: number,
  trusted: readonly string[],
): Promise<Addresses<ImplementationName>> {
  if (factory === IMPLEMENTATIONS.BrandDAOFactory) return IMPLEMENTATIONS;
  if (!trusted.includes(factory)) {
    throw KyosoError.of("dao.unknown-factory", {
      data: { slug, factory, known: IMPLEMENTATIONS.BrandDAOFactory },
      place: `record of "${slug}"`,
      message: `It was launched by the factory ${factory}, which this version of Kyoso doesn't know: its contracts can be anything`,
      remedy:
        "Check that the record is yours. Work with it in a checkout of the version that launched it; or, where you know that this is an earlier version's factory, set KYOSO_FACTORY to its address.",
    });
  }
  const [told = {}] = await readMany<Readonly<Partial<Record<DaoContract, string>>>>(eip1193, block, [
    { address: factory, interface: BrandDAOFactory.createInterface(), name: "implementations" },
  ]);
  return madeAsTold({ ...IMPLEMENTATIONS, BrandDAOFactory: factory }, told);
}

function requireAddresses(record: DaoRecord, made: Addresses<ImplementationName>): void {
  const [wrong] = wrongAddresses(record, made);
  if (wrong === undefined) return;
  const { factory, slug, launcher, safe } = record;
  const found = record.contracts[wrong.name];
  throw KyosoError.of("dao.not-of-factory", {
    data: { slug, contract: wrong.name, found, expected: wrong.expected, factory, launcher, safe },
    place: `${wrong.name} ${found}`,
    message: `The record of "${slug}" was changed: for its launcher, its Safe (${safe}) and its date, the factory made this contract at ${wrong.expected}`,
    remedy: "Restore the record from a copy. Sign nothing with this one.",
  });
}

function requireCode(
  record: DaoRecord,
  made: Addresses<ImplementationName>,
  hashes: readonly string[],
): void {
  const { contracts, safe, terms } = record;
  const args = handoverArguments(contracts.governor, contracts.badge, safe, terms.communityDate);
  const expected: Readonly<Partial<Record<DaoContract, string>>> = {
    ...Object.fromEntries(PROXIES.map(([name]) => [name, proxyCodeOf(name, contracts)])),
    manager: cloneCode(made.BrandAccessManager),
    handover: cloneCode(made.Handover, args),
  };
  for (const [i, name] of DAO_CONTRACTS.entries()) {
    const place = `${name} ${contracts[name]}`;
    if (NO_CODE.includes(hashes[i] ?? "")) throw noContract(place);
    if (hashes[i] !== keccak256(expected[name] ?? "0x")) throw otherCode(name, contracts[name]);
  }
  const others = [record.factory, ...PROXIES.map(([, name]) => record.implementations[name])];
  const names = ["factory", ...PROXIES.map(([, name]) => name)];
  for (const [i, address] of others.entries()) {
    if (NO_CODE.includes(hashes[DAO_CONTRACTS.length + i] ?? ""))
      throw noContract(`${names[i] ?? ""} ${address}`);
  }
}

function otherCode(contract: string, address: string): KyosoError {
  return KyosoError.of("dao.other-code", {
    data: { contract, address },
    place: `${contract} ${address}`,
    message: "It has other code than the factory gives it",
    remedy: "The node lies, or is broken: use another one. Sign nothing that it shows.",
  });
}

function noContract(place: string): KyosoError {
  return KyosoError.of("dao.no-contract", {
    data: { contract: place },
    place,
    message: "There is no contract of this DAO on the chain",
    remedy:
      "Check that the node is up to date and of the right chain. Where a local node was started anew, the DAO is gone with its chain: remove the record, and launch it again.",
  });
}

function requireImplementations(record: DaoRecord, slots: readonly string[]): void {
  for (const [i, [name, implementation]] of PROXIES.entries()) {
    const found = addressIn(slots[i] ?? "");
    const recorded = record.implementations[implementation];
    if (found === recorded) continue;
    throw KyosoError.of("dao.other-implementation", {
      data: { implementation, found, recorded },
      place: `${name} ${record.contracts[name]}`,
      message: `It runs ${found}, and the record says ${recorded}`,
      remedy: `Find out why with \`npx hardhat dao audit\`. If a passed proposal upgraded it, write the new address into the record, at implementations.${implementation}.`,
    });
  }
}

/** The address in a word of storage. */
function addressIn(slot: string): string {
  if (dataLength(isHexString(slot, true) ? slot : "0x") === WORD_BYTES)
    return getAddress(dataSlice(slot, 12));
  throw new UnreadableAnswer("The node's answer is no word of a contract's storage");
}

const WORD_BYTES = 32;

function requirePointers({ contracts }: DaoRecord, found: readonly string[]): void {
  for (const [i, [from, name, to]] of POINTERS.entries()) {
    const actual = found[i] ?? "";
    if (actual === contracts[to]) continue;
    throw KyosoError.of("dao.other-pointer", {
      data: { contract: from, function: name, found: actual, expected: contracts[to] },
      place: `${from} ${contracts[from]}`,
      message: `Its ${name} is ${actual}, and not the DAO's ${to}, ${contracts[to]}`,
      remedy:
        "A passed proposal may have changed it, or the node lies: find out with `npx hardhat dao audit` and another node, before anything is signed.",
    });
  }
}

function view({ contracts }: DaoRecord, contract: DaoContract, name: string): Read {
  return { address: contracts[contract], interface: INTERFACES[contract], name };
}

/** That the Handover names another Safe than the record. */
export function otherSafeProblem({ slug, safe, presentSafe }: DaoRecord, found: string): Problem {
  const recorded = presentSafe ?? safe;
  return problem("dao.other-safe", {
    data: { slug, found, recorded },
    place: `Safe ${found}`,
    message: `The Handover names it as the Safe, and the record says ${recorded}: it has no name in what follows`,
    remedy: `Either a passed proposal changed it (\`npx hardhat proposal list --all\`, setSafe), or the node lies. If you have seen that it was changed, write the new one into the record, as "presentSafe". Until then sign nothing for it.`,
  });
}
