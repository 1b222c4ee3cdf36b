import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { PROXIES } from "../sdk/audit/code.js";
import type { DaoRecord } from "../sdk/daoRecord.js";
import type { Addresses, Creation, ImplementationName } from "../sdk/implementations.js";
import { creationOf, initCodeOf } from "../sdk/implementations.js";
import { implementationAddresses } from "./implementations.js";

/**
 * What would take the place of an implementation: a contract of this checkout, made with what that one's constructor takes, and
 * linked with the same libraries.
 *
 * @param contract Its name, or its sources' file and its name.
 */
export async function versionCreation(
  hre: HardhatRuntimeEnvironment,
  implementation: ImplementationName,
  contract: string,
  addresses: Addresses<ImplementationName>,
): Promise<Creation> {
  const { bytecode } = await hre.artifacts.readArtifact(contract);
  return creationOf(contract, initCodeOf(implementation, bytecode, addresses));
}

/** The contracts of this checkout that are an implementation, or by their names a version of one: `BrandToken`, `BrandTokenV2`. */
export async function versionsOf(
  hre: HardhatRuntimeEnvironment,
  implementation: ImplementationName,
  addresses: Addresses<ImplementationName>,
): Promise<Creation[]> {
  const names = [...(await hre.artifacts.getAllFullyQualifiedNames())].filter((name) =>
    name.split(":")[1]?.startsWith(implementation),
  );
  const versions = await Promise.all(
    names.map(async (name) => {
      const { abi, bytecode } = await hre.artifacts.readArtifact(name);
      const upgradeable = abi.some((each: { name?: string }) => each.name === "proxiableUUID");
      return upgradeable && bytecode !== "0x"
        ? [await versionCreation(hre, implementation, name, addresses)]
        : [];
    }),
  );
  return versions.flat();
}

/** Those that a DAO runs, beside what this checkout deploys at a launch. */
export async function ownVersions(hre: HardhatRuntimeEnvironment, record: DaoRecord): Promise<Creation[]> {
  const addresses = await implementationAddresses(hre);
  const others = PROXIES.filter(([, name]) => record.implementations[name] !== addresses[name]);
  const found = await Promise.all(others.map(([, name]) => versionsOf(hre, name, addresses)));
  const running = others.map(([, name]) => record.implementations[name]);
  return found.flat().filter(({ address }) => running.includes(address));
}
