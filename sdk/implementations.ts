import { AbiCoder, concat, getCreate2Address, id, keccak256 } from "ethers";
import type { Provider } from "ethers";
import type { Addresses, ImplementationName } from "./implementationNames.js";
import { IMPLEMENTATION_NAMES } from "./implementationNames.js";

export type { Addresses, ImplementationName };
export { IMPLEMENTATION_NAMES };

/** CreateX, which has the same address on every chain, deploys the implementations. */
export const CREATE_X = "0xba5Ed099633D3B313e4D5F7bdc1305d3c28ba5Ed";

/** The same salt on every chain: an address then depends on the contract's code alone. */
export const IMPLEMENTATION_SALT = id("kyoso");

/** Libraries that a contract's code calls. */
export const LIBRARIES: Readonly<Partial<Record<ImplementationName, readonly ImplementationName[]>>> = {
  ContributionBadge: ["BadgeCatalog", "RecoveryBook"],
};

/** The creation code of a contract with the addresses of its libraries where the compiler left room for them. */
function link(
  name: ImplementationName,
  bytecode: string,
  addresses: Readonly<Partial<Record<ImplementationName, string>>>,
): string {
  return (LIBRARIES[name] ?? []).reduce((code, library) => {
    const source = `project/contracts/badge/${library}.sol:${library}`;
    const room = `__$${id(source).slice(2, 36)}$__`;
    return code.replaceAll(room, (addresses[library] ?? "").slice(2).toLowerCase());
  }, bytecode);
}

/** What the constructors of the implementations take, given the addresses of the others. */
export function constructorArguments(
  name: ImplementationName,
  addresses: Readonly<Partial<Record<ImplementationName, string>>>,
): { types: string[]; values: unknown[] } {
  switch (name) {
    case "BadgeRenderer":
      return { types: ["address"], values: [addresses.ModuleFactory] };
    case "ContributionBadge":
      return { types: ["address", "address"], values: [addresses.BadgeRenderer, addresses.VoucherVerifier] };
    case "MembershipPass":
      return { types: ["address"], values: [addresses.PassRenderer] };
    case "ModuleFactory":
      return { types: ["address", "address"], values: [addresses.IdeaBoard, addresses.MembershipPass] };
    case "BrandDAOFactory":
      return {
        types: ["tuple(address,address,address,address,address,address,address,address)", "address"],
        values: [
          [
            addresses.BrandAccessManager,
            addresses.BrandToken,
            addresses.BrandTimelock,
            addresses.BrandGovernor,
            addresses.ContributionBadge,
            addresses.LoyaltyDrop,
            addresses.ContributionRewards,
            addresses.Handover,
          ],
          addresses.ModuleFactory,
        ],
      };
    default:
      return { types: [], values: [] };
  }
}

/** What puts a contract on a chain, and where. */
export interface Creation {
  readonly name: string;
  readonly address: string;
  /** Its creation code, linked, with what its constructor takes. */
  readonly initCode: string;
}

/** What CreateX makes of creation code, on any chain. */
export function creationOf(name: string, initCode: string): Creation {
  // CreateX hashes a salt that isn't bound to a caller, so that it can't be mistaken for one that is.
  const salt = keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32"], [IMPLEMENTATION_SALT]));
  return { name, address: getCreate2Address(CREATE_X, salt, keccak256(initCode)), initCode };
}

/**
 * The creation code of a contract, whole.
 *
 * @param name Of the implementation that it is, or takes the place of.
 * @param bytecode As compiled.
 * @param addresses Of what it is linked with, and of what its constructor takes.
 */
export function initCodeOf(
  name: ImplementationName,
  bytecode: string,
  addresses: Readonly<Partial<Record<ImplementationName, string>>>,
): string {
  const { types, values } = constructorArguments(name, addresses);
  return concat([link(name, bytecode, addresses), AbiCoder.defaultAbiCoder().encode(types, values)]);
}

/**
 * What puts the implementations on a chain, in the order in which each finds the others there.
 *
 * @param bytecode Creation code of a contract, without constructor arguments, as compiled.
 */
export function implementationCreations(
  bytecode: Readonly<Record<ImplementationName, string>>,
): (Creation & { readonly name: ImplementationName })[] {
  const addresses: Partial<Record<ImplementationName, string>> = {};
  return IMPLEMENTATION_NAMES.map((name) => {
    const creation = creationOf(name, initCodeOf(name, bytecode[name], addresses));
    addresses[name] = creation.address;
    return { ...creation, name };
  });
}

/** The addresses that the implementations have, or will have, on any chain; see {@link implementationCreations}. */
export function predictImplementations(
  bytecode: Readonly<Record<ImplementationName, string>>,
): Addresses<ImplementationName> {
  const creations = implementationCreations(bytecode);
  return Object.fromEntries(
    creations.map(({ name, address }) => [name, address]),
  ) as Addresses<ImplementationName>;
}

/** Those implementations that the chain doesn't have yet, in the order in which they are deployed. */
export async function missingImplementations(
  provider: Provider,
  addresses: Addresses<ImplementationName>,
): Promise<ImplementationName[]> {
  const codes = await Promise.all(IMPLEMENTATION_NAMES.map((name) => provider.getCode(addresses[name])));
  return IMPLEMENTATION_NAMES.filter((_, i) => codes[i] === "0x");
}
