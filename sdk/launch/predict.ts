import {
  AbiCoder,
  concat,
  dataLength,
  getCreate2Address,
  id,
  keccak256,
  solidityPacked,
  toBeHex,
  ZeroHash,
  zeroPadValue,
} from "ethers";
import type { Addresses, ImplementationName } from "../implementations.js";
import type { DaoContract, DaoModule } from "../daoRecord.js";

/** Where a proxy keeps its implementation. */
export const IMPLEMENTATION_SLOT = toBeHex(BigInt(id("eip1967.proxy.implementation")) - 1n, 32); // EIP-1967
const UPGRADED_TOPIC = id("Upgraded(address)");

/** What a launch's addresses depend on. */
export interface PredictionInput {
  readonly factory: string;
  readonly implementations: Addresses<ImplementationName>;
  readonly launcher: string;
  readonly salt: string;
  readonly safe: string;
  readonly communityDate: number;
}

/** The runtime code of an ERC-1167 clone, with the immutable arguments that OpenZeppelin's Clones append. */
export function cloneCode(implementation: string, args = "0x"): string {
  return concat(["0x363d3d373d3d3d363d73", implementation, "0x5af43d82803e903d91602b57fd5bf3", args]);
}

/** The runtime code of OpenZeppelin's ERC1967Clones, with the immutable arguments that ProxiesWithArguments puts behind it. */
export function proxyCode(args = "0x"): string {
  return concat(["0x365f5f375f5f365f7f", IMPLEMENTATION_SLOT, "0x545af43d5f5f3e6036573d5ffd5b3d5ff3", args]);
}

/** The other contracts that the code of a DAO's proxies names. */
type Linked = Pick<Addresses<DaoContract>, "token" | "timelock" | "badge">;

/** The code of each proxy of a DAO, by the contracts that it names. */
export function proxyCodeOf(name: DaoContract, linked: Linked): string {
  return proxyCode(linksOf(name, linked));
}

/** The immutable arguments of a proxy, as GovernorLinks, TokenLinks and SatelliteLinks pack them. */
function linksOf(name: DaoContract, linked: Partial<Linked>): string {
  const names = LINKS[name] ?? [];
  return solidityPacked(
    names.map(() => "address"),
    names.map((each) => linked[each]),
  );
}

const LINKS: Readonly<Partial<Record<DaoContract, readonly (keyof Linked)[]>>> = {
  token: ["timelock"],
  governor: ["token", "timelock"],
  drop: ["badge", "token"],
  rewards: ["badge", "token"],
};

/** What each module is a clone of. */
export const MODULE_IMPLEMENTATIONS = {
  board: "IdeaBoard",
  pass: "MembershipPass",
} as const satisfies Readonly<Record<DaoModule, ImplementationName>>;

/** What modules are made of, and by what. */
type ModuleMakers = Pick<Addresses<ImplementationName>, "IdeaBoard" | "MembershipPass" | "ModuleFactory">;

/** The immutable arguments of a module, as ModuleArguments packs them. */
function moduleArguments({ badge, token, timelock }: Linked): string {
  return solidityPacked(["address", "address", "address"], [badge, token, timelock]);
}

/** The code of a module of a DAO. */
export function moduleCodeOf(name: DaoModule, made: ModuleMakers, linked: Linked): string {
  return cloneCode(made[MODULE_IMPLEMENTATIONS[name]], moduleArguments(linked));
}

/** Where the modules of a DAO are, or will be: the ModuleFactory's `predict`. It makes each of them once, whoever asks. */
export function predictModules(made: ModuleMakers, linked: Linked): Addresses<DaoModule> {
  const at = (name: DaoModule) => {
    const code = cloneInitCodeWithArguments(made[MODULE_IMPLEMENTATIONS[name]], moduleArguments(linked));
    return getCreate2Address(made.ModuleFactory, ZeroHash, keccak256(code));
  };
  return { board: at("board"), pass: at("pass") };
}

/** The immutable arguments of a Handover, as HandoverTerms packs them. */
export function handoverArguments(
  governor: string,
  badge: string,
  safe: string,
  communityDate: number,
): string {
  return solidityPacked(["address", "address", "address", "uint48"], [governor, badge, safe, communityDate]);
}

/**
 * The addresses that a DAO will have. The factory's `predict` says the same, once there is a factory: this is what a
 * dry run on a chain without one shows.
 */
export function predictDeployment(input: PredictionInput): Addresses<DaoContract> {
  const salt = keccak256(
    AbiCoder.defaultAbiCoder().encode(["address", "bytes32"], [input.launcher, input.salt]),
  );
  const at = (initCode: string) => getCreate2Address(input.factory, salt, keccak256(initCode));
  const { implementations } = input;

  const timelock = at(proxyInitCode(implementations.BrandTimelock));
  const token = at(proxyInitCode(implementations.BrandToken, linksOf("token", { timelock })));
  const governor = at(proxyInitCode(implementations.BrandGovernor, linksOf("governor", { token, timelock })));
  const badge = at(proxyInitCode(implementations.ContributionBadge));
  const linked = { badge, token };
  const args = handoverArguments(governor, badge, input.safe, input.communityDate);
  return {
    manager: at(concat(["0x3d602d80600a3d3981f3", cloneCode(implementations.BrandAccessManager)])),
    token,
    timelock,
    governor,
    badge,
    drop: at(proxyInitCode(implementations.LoyaltyDrop, linksOf("drop", linked))),
    rewards: at(proxyInitCode(implementations.ContributionRewards, linksOf("rewards", linked))),
    handover: at(cloneInitCodeWithArguments(implementations.Handover, args)),
  };
}

/** ERC1967Clones: returns the proxy's code, whose length it begins with, logs Upgraded, and writes the implementation's slot. */
export function proxyInitCode(implementation: string, args = "0x"): string {
  const code = proxyCode(args);
  return concat([
    "0x60",
    toBeHex(dataLength(code)),
    "0x5f8160475f3973",
    implementation,
    "0x807f",
    UPGRADED_TOPIC,
    "0x5f5fa260095155f3",
    code,
  ]);
}

/** Clones with immutable arguments: returns the code of which it gives the length. */
function cloneInitCodeWithArguments(implementation: string, args: string): string {
  const code = cloneCode(implementation, args);
  const length = (code.length - 2) / 2;
  return concat(["0x61", zeroPadValue(toBeHex(length), 2), "0x3d81600a3d39f3", code]);
}
