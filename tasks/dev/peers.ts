import ERC1967Proxy from "@openzeppelin/contracts/build/contracts/ERC1967Proxy.json" with { type: "json" };
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { BaseContract, TransactionResponse } from "ethers";
import { dataSlice, getAddress, getCreateAddress, id, parseEther, ZeroAddress } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { BrandDAOFactory__factory } from "../../typechain-types/index.js";
import { DAY, exampleConfig, openChain } from "./fixture.js";
import type { Comparison, Measurement } from "./measurement.js";
import { gasOf } from "./measurement.js";

type Person = HardhatEthersSigner;

/** What a DAO is measured by: its governor, and the token that is voted with and paid out. */
interface Measured {
  readonly governor: Called;
  readonly token: Called;
}

/** What is asked of a contract here, whatever its kind. */
type Called = Pick<BaseContract, "getAddress" | "getFunction" | "interface">;

/** Gas of the steps of a proposal. */
interface Life {
  readonly propose: number;
  readonly votes: readonly number[];
  readonly queue: number;
  readonly execute: number;
}

const VOTERS = 10;
/** Somebody who has nothing. */
const NOBODY = getAddress(dataSlice(id("nobody"), 12));

/** Measures a proposal's life and transfers on a DAO of ours, and on two of OpenZeppelin's. */
export async function compare(hre: HardhatRuntimeEnvironment): Promise<Comparison[]> {
  const { connection, launcher, people, safe, factory } = await openChain(hre, 3 + 2 * VOTERS);
  const allocations = [
    { account: ZeroAddress, amount: parseEther("50000") },
    ...people.map(({ address }) => ({ account: address, amount: parseEther("10000") })),
  ];
  const config = exampleConfig(safe, id("beside others"), { allocations });
  const launching = BrandDAOFactory__factory.connect(factory, launcher);
  const launched = await launching.launch.staticCall(config);
  await gasOf(launching.launch(config));
  const ours = {
    governor: await connection.ethers.getContractAt("BrandGovernor", launched.governor, launcher),
    token: await connection.ethers.getContractAt("BrandToken", launched.token, launcher),
  };
  const { plain, upgradeable } = await deployPeers(connection, launcher, people);
  for (const peer of [plain, upgradeable]) await delegateToThemselves(peer.token, people);

  const measured = await figuresOf(connection, ours, people);
  const plains = await figuresOf(connection, plain, people);
  const proxied = await figuresOf(connection, upgradeable, people);
  return measured.map(({ name, value, limit }, i) => ({
    name,
    value,
    ...(limit === undefined ? {} : { limit }),
    plain: plains[i]?.value ?? NaN,
    upgradeable: proxied[i]?.value ?? NaN,
  }));
}

/** What is compared, with the limits of ours. */
async function figuresOf(
  connection: NetworkConnection,
  measured: Measured,
  people: readonly Person[],
): Promise<Measurement[]> {
  const { returning, newcomers } = await measureLives(connection, measured, people);
  const { token } = measured;
  const [one, two] = people;
  if (one === undefined || two === undefined) throw new RangeError("Nobody has tokens");
  const average = (votes: readonly number[]) => Math.round(sum(votes.slice(2)) / votes.slice(2).length);
  const whole = ({ propose, votes, queue, execute }: Life) => propose + sum(votes) + queue + execute;
  return [
    { name: "proposing", value: returning.propose },
    { name: "a vote, of somebody who voted before", value: average(returning.votes), limit: 60_500 },
    { name: "a vote, of somebody who never did", value: average(newcomers.votes), limit: 77_500 },
    { name: "queueing", value: returning.queue, limit: 110_000 },
    { name: "executing the payment", value: returning.execute, limit: 145_000 },
    { name: "all of it, with ten who voted before", value: whole(returning), limit: 1_000_000 },
    { name: "all of it, with ten who never did", value: whole(newcomers), limit: 1_172_000 },
    {
      name: "a transfer between holders",
      value: await send(token, "transfer", [two.address, 1n], one),
      limit: 91_500,
    },
    {
      name: "a transfer to somebody new",
      value: await send(token, "transfer", [NOBODY, 1n], one),
      limit: 86_500,
    },
  ];
}

/** Deploys OpenZeppelin's Governor with the same terms, plain, and upgradeable behind proxies. */
async function deployPeers(connection: NetworkConnection, deployer: Person, holders: readonly Person[]) {
  const { ethers } = connection;
  const accounts = holders.map(({ address }) => address);
  const amount = parseEther("10000");
  const terms = [DAY, 5 * DAY, parseEther("1000")];

  // The timelock is to know the governor's address, which is made right after it.
  const nonce = await deployer.getNonce();
  const token = await ethers.deployContract(
    "PlainPeerToken",
    [[getCreateAddress({ from: deployer.address, nonce: nonce + 1 }), ...accounts], amount],
    deployer,
  );
  const foreseen = getCreateAddress({ from: deployer.address, nonce: nonce + 2 });
  const timelock = await ethers.deployContract("PlainPeerTimelock", [2 * DAY, [foreseen]], deployer);
  const governor = await ethers.deployContract("PlainPeerGovernor", [token, timelock, ...terms], deployer);

  const proxies = await ethers.getContractFactory(ERC1967Proxy.abi, ERC1967Proxy.bytecode, deployer);
  const implementations: string[] = [];
  for (const name of ["UpgradeablePeerToken", "UpgradeablePeerTimelock", "UpgradeablePeerGovernor"]) {
    implementations.push(await (await ethers.deployContract(name, deployer)).getAddress());
  }
  // Each is told of the others when it is made, also of those that come after it.
  const from = await deployer.getNonce();
  const [tokenAt, timelockAt, governorAt] = [0, 1, 2].map((i) =>
    getCreateAddress({ from: deployer.address, nonce: from + i }),
  ) as [string, string, string];
  const calls: [string, unknown[]][] = [
    ["UpgradeablePeerToken", [[timelockAt, ...accounts], amount]],
    ["UpgradeablePeerTimelock", [2 * DAY, [governorAt], [governorAt], ZeroAddress]],
    ["UpgradeablePeerGovernor", [tokenAt, timelockAt, ...terms]],
  ];
  for (const [i, [name, args]] of calls.entries()) {
    const { interface: known } = await ethers.getContractFactory(name);
    await proxies.deploy(implementations[i], known.encodeFunctionData("initialize", args));
  }
  const upgradeable = {
    token: await ethers.getContractAt("UpgradeablePeerToken", tokenAt, deployer),
    governor: await ethers.getContractAt("UpgradeablePeerGovernor", governorAt, deployer),
  };
  return { plain: { token, governor }, upgradeable };
}

/**
 * Measures the life of proposals with ten voters, that pay to somebody who has nothing: the first one warms up, in the second
 * the same people vote, in the third ten others.
 */
async function measureLives(
  connection: NetworkConnection,
  { governor, token }: Measured,
  people: readonly Person[],
): Promise<{ returning: Life; newcomers: Life }> {
  const [proposer] = people;
  if (proposer === undefined) throw new RangeError("Nobody proposes");
  const live = (title: string, voters: readonly Person[]) =>
    lifeOf(connection, { governor, token }, proposer, voters, title);
  await live("First", people.slice(0, 10));
  const returning = await live("Second", people.slice(0, 10));
  return { returning, newcomers: await live("Third", people.slice(10, 20)) };
}

async function lifeOf(
  { networkHelpers }: NetworkConnection,
  { governor, token }: Measured,
  proposer: Person,
  voters: readonly Person[],
  title: string,
): Promise<Life> {
  const somebody = getAddress(dataSlice(id(title), 12));
  const data = token.interface.encodeFunctionData("transfer", [somebody, parseEther("1000")]);
  const description = `# ${title}: 夏の限定ブレンド試飲会\n\n八月の試飲会の費用です。\n\n#proposer=${proposer.address}`;
  const calls = [[await token.getAddress()], [0n], [data]];
  const args = [...calls, id(description)];
  const propose = await send(governor, "propose", [...calls, description], proposer);
  const proposalId: unknown = await governor.getFunction("hashProposal").staticCall(...args);
  await networkHelpers.time.increase(DAY + 1);
  const votes: number[] = [];
  for (const voter of voters) votes.push(await send(governor, "castVote", [proposalId, 1], voter));
  await networkHelpers.time.increase(5 * DAY);
  const queue = await send(governor, "queue", args);
  await networkHelpers.time.increase(2 * DAY + 1);
  const execute = await send(governor, "execute", args);
  return { propose, votes, queue, execute };
}

/** Has each of the holders vote for themselves, as OpenZeppelin's token wants it. */
async function delegateToThemselves(token: Called, holders: readonly Person[]): Promise<void> {
  for (const holder of holders) await send(token, "delegate", [holder.address], holder);
}

async function send(contract: Called, name: string, args: readonly unknown[], by?: Person): Promise<number> {
  const called = contract.getFunction(name);
  const transaction: Promise<TransactionResponse> =
    by === undefined ? called.send(...args) : by.sendTransaction(await called.populateTransaction(...args));
  return gasOf(transaction);
}

function sum(gas: readonly number[]): number {
  return gas.reduce((all, one) => all + one, 0);
}
