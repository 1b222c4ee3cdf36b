import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { ownVersions } from "../../deploy/versions.js";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { readReleases } from "../../sdk/node/releases.js";
import { knownFactories } from "../context.js";

/** What a checkout knows beside what it compiles for a launch: its releases, and contracts of its own that the DAO was upgraded to. */
export async function knownVersions(hre: HardhatRuntimeEnvironment, record: DaoRecord) {
  const [releases, own] = await Promise.all([readReleases(hre.config.paths.root), ownVersions(hre, record)]);
  const hashes = new Map(
    releases
      .flatMap(({ contracts }) => Object.values(contracts))
      .map(({ address, runtimeCode }) => [address, runtimeCode] as const),
  );
  return {
    ...{ own, hashes, factories: knownFactories(releases) },
    known: [...hashes.keys(), ...own.map(({ address }) => address)],
  };
}
