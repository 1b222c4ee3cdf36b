import { parseEther } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { deployImplementations, implementationAddresses } from "../../deploy/implementations.js";
import { connectDao } from "../../sdk/dao.js";
import type { LaunchConfig } from "../../sdk/launch/config.js";
import { predictModules } from "../../sdk/launch/predict.js";
import type { DaoContract } from "../../sdk/daoRecord.js";
import { deploySafeContracts } from "../../sdk/node/safe/canonical.js";
import { LOCAL_CHAIN_ID } from "../../sdk/chain/local.js";
import { predictSafe } from "../../sdk/node/safe/kit.js";

export const DAY = 86_400;
/** When the chain begins: fixed, so that what is measured is the same on every machine. */
export const START = Date.UTC(2030, 0, 1) / 1000;

/** What of a launch differs from one to the other. */
export interface LaunchOverrides {
  readonly titles?: LaunchConfig["titles"];
  readonly kinds?: LaunchConfig["kinds"];
  readonly allocations?: LaunchConfig["token"]["allocations"];
  readonly modules?: LaunchConfig["modules"];
}

/** A launch without modules, and one with both. */
export const NO_MODULES: LaunchConfig["modules"] = {
  board: false,
  pass: false,
  passTerms: { kind: 0, royaltyBps: 0, colour: 0, language: 0 },
};
export const BOTH_MODULES: LaunchConfig["modules"] = {
  board: true,
  pass: true,
  passTerms: { kind: 0, royaltyBps: 500, colour: 0x8e4b4a, language: 1 },
};

/**
 * A chain in process with the implementations, the factory, and a Safe of two owners of whom one has to sign.
 *
 * @param count How many accounts there are, people and these three.
 */
export async function openChain(hre: HardhatRuntimeEnvironment, count = 20) {
  const connection = await hre.network.create({
    network: "hardhat",
    override: { initialDate: new Date(START * 1000), accounts: { count } },
  });
  const [launcher, ownerA, ownerB, ...people] = await connection.ethers.getSigners();
  if (launcher === undefined || ownerA === undefined || ownerB === undefined)
    throw new RangeError("Too few accounts");

  const implementations = await implementationAddresses(hre);
  await deployImplementations(hre, connection, implementations);
  await deploySafeContracts(launcher);
  const owners = [ownerA.address, ownerB.address];
  const kit = await predictSafe(connection.provider, LOCAL_CHAIN_ID, { owners, threshold: 1 }, "measured");
  const creation = await kit.createSafeDeploymentTransaction();
  await (await launcher.sendTransaction({ to: creation.to, data: creation.data })).wait();
  const safe = await kit.getAddress();

  const connect = (contracts: Record<DaoContract, string>) =>
    connectDao(
      {
        contracts,
        modules: predictModules(implementations, contracts),
        factory: implementations.BrandDAOFactory,
      },
      launcher,
    );
  return {
    connection,
    launcher,
    safeOwner: ownerA,
    people,
    safe,
    factory: implementations.BrandDAOFactory,
    relay: implementations.BallotRelay,
    connect,
  };
}

export function exampleTitles() {
  return [
    { name: "お客さま", points: 0 },
    { name: "常連", points: 10 },
    { name: "アンバサダー", points: 100 },
    { name: "共創メンバー", points: 500 },
  ];
}

export function exampleKind(votes: bigint) {
  return {
    name: "はじめてのレビュー",
    description: "商品のレビューを書いてくれた方へ。あなたの声が、次の一杯をつくります。",
    image: "",
    points: 10,
    votes,
    issuerRole: 3,
    supplyLimit: 0,
    dailyPointsLimit: 100_000,
  };
}

export function exampleConfig(safe: string, salt: string, overrides: LaunchOverrides = {}): LaunchConfig {
  return {
    salt,
    token: {
      name: "ブランド共創コミュニティ日本東京珈琲店", // 57 bytes
      symbol: "SKR",
      capTokens: 10_000_000,
      mintLimit: { amount: parseEther("200000"), window: 365 * DAY },
      contributionShareBps: 500,
      contributionLimit: { amount: parseEther("20000"), window: 30 * DAY },
      allocations: overrides.allocations ?? [],
    },
    governance: {
      votingDelay: DAY,
      votingPeriod: 5 * DAY,
      lateQuorumExtension: 2 * DAY,
      gracePeriod: 14 * DAY,
      proposalThreshold: parseEther("1000"),
      quorumBps: 1_000,
      quorumFloor: parseEther("50000"),
      timelockDelay: 2 * DAY,
      daoURI: "",
    },
    handover: {
      safe,
      stewardDelay: 0,
      guardianExpiry: START + 365 * DAY,
      communityDate: START + 2 * 365 * DAY,
    },
    members: {
      seasonLength: 90 * DAY,
      disputeWindow: 14 * DAY,
      seasonPointsLimit: 1_000_000,
      referralLimit: 5,
      recoveryLimit: 10,
    },
    titles: overrides.titles ?? exampleTitles(),
    kinds: overrides.kinds ?? [],
    modules: overrides.modules ?? NO_MODULES,
  };
}
