import { getCreateAddress, ZeroAddress } from "ethers";
import {
  BrandGovernor__factory,
  BrandTimelock__factory,
  BrandToken__factory,
} from "../../typechain-types/index.js";
import { type Connection, tokens } from "./chain.js";
import { type DAO, launchDAO, type Overrides } from "./dao.js";

/**
 * A DAO whose token, timelock and governor are OpenZeppelin's own (test/peers), with the terms and the holdings of one of ours, from
 * which it has all else. They are called as ours are: what only ours have isn't there.
 */
export async function launchOpenZeppelins(connection: Connection, overrides: Overrides = {}): Promise<DAO> {
  // OpenZeppelin's has to fit into 31 bytes.
  const dao = await launchDAO(connection, { ...overrides, token: { ...overrides.token, name: "Kyoso" } });
  const { deployer, launcher, config } = dao;
  const { ethers } = connection;
  const token = await ethers.deployContract(
    "PeerToken",
    [config.token.name, tokens(config.token.capTokens)],
    deployer,
  );
  // The timelock is to know the governor's address, which is made right after it.
  const foreseen = getCreateAddress({ from: deployer.address, nonce: (await deployer.getNonce()) + 1 });
  const timelock = await ethers.deployContract(
    "PeerTimelock",
    [config.governance.timelockDelay, [foreseen]],
    deployer,
  );
  const governor = await ethers.deployContract("PeerGovernor", [dao.governor, token, timelock], deployer);
  for (const { account, amount } of config.token.allocations) {
    await token.getFunction("mint").send(account === ZeroAddress ? timelock : account, amount);
  }
  const at = {
    ...dao.at,
    token: await token.getAddress(),
    timelock: await timelock.getAddress(),
    governor: await governor.getAddress(),
  };
  return {
    ...dao,
    at,
    token: BrandToken__factory.connect(at.token, launcher),
    timelock: BrandTimelock__factory.connect(at.timelock, launcher),
    governor: BrandGovernor__factory.connect(at.governor, launcher),
  };
}

/** What has to behave in the same way. */
export const STACKS = [
  ["ours", launchDAO],
  ["OpenZeppelin's own", launchOpenZeppelins],
] as const;

/** The salt of a proposal's operation in the timelock: each governor makes its own of the description's hash. */
export async function operationSalt(
  { connection, governor }: DAO,
  launch: (typeof STACKS)[number][1],
  descriptionHash: string,
): Promise<string> {
  if (launch === launchDAO) return descriptionHash;
  const peer = await connection.ethers.getContractAt("PeerGovernor", await governor.getAddress());
  return peer.getFunction("saltOf").staticCall(descriptionHash) as Promise<string>;
}
