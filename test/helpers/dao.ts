import { concat, encodeBytes32String, type TransactionResponse, ZeroAddress } from "ethers";
import {
  type BrandAccessManager,
  BrandAccessManager__factory,
  type BrandDAOFactory,
  type BrandGovernor,
  BrandGovernor__factory,
  type BrandTimelock,
  BrandTimelock__factory,
  type BrandToken,
  BrandToken__factory,
  type ContributionBadge,
  ContributionBadge__factory,
  type ContributionRewards,
  ContributionRewards__factory,
  type Handover,
  Handover__factory,
  type LoyaltyDrop,
  LoyaltyDrop__factory,
} from "../../typechain-types/index.js";
import { type Call, type Connection, DAY, HOUR, now, type Signer, tokens } from "./chain.js";
import { proxyInitCode } from "../../sdk/launch/predict.js";
import { deployFactory } from "./factory.js";
import { createSafe, execAsSafe, type Safe } from "./safe.js";

export { badgeFactory, deployFactory, deployImplementations } from "./factory.js";

export const ROLE = {
  ADMIN: 0n,
  MINTER: 1n,
  STEWARD: 2n,
  ISSUER: 3n,
  SENTINEL: 4n,
  HANDOVER: 5n,
  VOTES_GRANTER: 6n,
  FIRST_CUSTOM: 100n,
  BOARD: 1_000_000n,
} as const;

/** The kinds that {@link defaultKinds} makes. */
export const KIND = { BUG: 1n, AMBASSADOR: 2n, RECIPE: 3n } as const;

export interface KindConfig {
  name: string;
  description: string;
  image: string;
  points: bigint;
  votes: bigint;
  issuerRole: bigint;
  supplyLimit: bigint;
  dailyPointsLimit: bigint;
}

export interface People {
  deployer: Signer;
  launcher: Signer;
  owners: [Signer, Signer, Signer];
  holders: [Signer, Signer, Signer];
  stranger: Signer;
  member: Signer;
  other: Signer;
}

export type Config = ReturnType<typeof defaultConfig>;

/** What a test wants to be different. */
export interface Overrides {
  salt?: string;
  token?: Partial<Config["token"]>;
  governance?: Partial<Config["governance"]>;
  handover?: Partial<Config["handover"]>;
  members?: Partial<Config["members"]>;
  titles?: Config["titles"];
  kinds?: KindConfig[];
  modules?: Partial<Config["modules"]>;
}

export interface DAO extends People {
  connection: Connection;
  manager: BrandAccessManager;
  token: BrandToken;
  timelock: BrandTimelock;
  governor: BrandGovernor;
  badge: ContributionBadge;
  drop: LoyaltyDrop;
  rewards: ContributionRewards;
  handover: Handover;
  factory: BrandDAOFactory;
  safe: Safe;
  config: Config;
  /** Addresses of the eight contracts. */
  at: Record<
    "manager" | "token" | "timelock" | "governor" | "badge" | "drop" | "rewards" | "handover",
    string
  >;
  /** Sends a call from the Safe. */
  asSafe: (call: Call) => Promise<TransactionResponse>;
}

export function kindConfig(overrides: Partial<KindConfig> = {}): KindConfig {
  return {
    name: "Bug report",
    description: "Found a defect before others did.",
    image: "",
    points: 10n,
    votes: 0n,
    issuerRole: ROLE.ISSUER,
    supplyLimit: 0n,
    dailyPointsLimit: 0n,
    ...overrides,
  };
}

function defaultKinds(): KindConfig[] {
  return [
    kindConfig(),
    kindConfig({ name: "Ambassador", description: "Spoke for us.", points: 50n, votes: tokens(1_000) }),
    kindConfig({ name: "レシピ", description: "", points: 20n, supplyLimit: 5n, dailyPointsLimit: 60n }),
  ];
}

/** A sensible brand: 4,000,000 tokens in the treasury, 600,000 in the hands of three holders. */
export function defaultConfig(safe: string, holders: Signer[], launchedAt: bigint) {
  const amounts = [300_000, 200_000, 100_000];
  return {
    salt: encodeBytes32String("brand"),
    token: {
      name: "ブランド共創コミュニティ",
      symbol: "KYO",
      capTokens: 10_000_000n,
      mintLimit: { amount: tokens(100_000), window: 30n * DAY },
      contributionShareBps: 2_000n,
      contributionLimit: { amount: tokens(10_000), window: 7n * DAY },
      allocations: [
        { account: ZeroAddress, amount: tokens(4_000_000) },
        ...holders.map(({ address }, index) => ({ account: address, amount: tokens(amounts[index] ?? 0) })),
      ],
    },
    governance: {
      votingDelay: HOUR,
      votingPeriod: 3n * DAY,
      lateQuorumExtension: DAY,
      gracePeriod: 14n * DAY,
      proposalThreshold: tokens(1_000),
      quorumBps: 2_000n,
      quorumFloor: tokens(20_000),
      timelockDelay: 2n * DAY,
      daoURI: "",
    },
    handover: {
      safe,
      stewardDelay: 0n,
      guardianExpiry: launchedAt + 180n * DAY,
      communityDate: launchedAt + 365n * DAY,
    },
    members: {
      seasonLength: 90n * DAY,
      disputeWindow: 14n * DAY,
      seasonPointsLimit: 2n ** 32n - 1n,
      referralLimit: 3n,
      recoveryLimit: 2n,
    },
    titles: [
      { name: "Guest", points: 0n },
      { name: "常連", points: 10n },
      { name: "Ambassador", points: 100n },
      { name: "Co-creator", points: 500n },
    ],
    kinds: defaultKinds(),
    modules: { board: false, pass: false, passTerms: { kind: 0n, royaltyBps: 0n, colour: 0n, language: 0n } },
  };
}

export async function people({ ethers }: Connection): Promise<People> {
  const [deployer, launcher, a, b, c, alice, bob, carol, stranger, member, other] = await ethers.getSigners();
  if (
    !deployer ||
    !launcher ||
    !a ||
    !b ||
    !c ||
    !alice ||
    !bob ||
    !carol ||
    !stranger ||
    !member ||
    !other
  ) {
    throw new Error("the chain has too few accounts");
  }
  return { deployer, launcher, owners: [a, b, c], holders: [alice, bob, carol], stranger, member, other };
}

/** Everything up to the launch: people, the factory, a Safe of three owners of whom two must sign, a config. */
export async function prepareLaunch(connection: Connection, overrides: Overrides = {}) {
  const who = await people(connection);
  const factory = await deployFactory(connection);
  const safe = await createSafe(connection, who.deployer, who.owners, 2);
  const sensible = defaultConfig(safe.address, who.holders, await now(connection));
  const config: Config = {
    salt: overrides.salt ?? sensible.salt,
    token: { ...sensible.token, ...overrides.token },
    governance: { ...sensible.governance, ...overrides.governance },
    handover: { ...sensible.handover, ...overrides.handover },
    members: { ...sensible.members, ...overrides.members },
    titles: overrides.titles ?? sensible.titles,
    kinds: overrides.kinds ?? sensible.kinds,
    modules: { ...sensible.modules, ...overrides.modules },
  };
  return { ...who, connection, factory, safe, config };
}

/** Launches a DAO through the factory. Can be given to `loadFixture`, as it is or within a function of a test file. */
export async function launchDAO(connection: Connection, overrides: Overrides = {}): Promise<DAO> {
  const prepared = await prepareLaunch(connection, overrides);
  const { factory, launcher, config, safe, owners } = prepared;
  const [manager, token, timelock, governor, badge, drop, rewards, handover] = await factory.predict(
    launcher,
    config.salt,
    config.handover,
  );
  await factory.connect(launcher).launch(config);
  return {
    ...prepared,
    manager: BrandAccessManager__factory.connect(manager, launcher),
    token: BrandToken__factory.connect(token, launcher),
    timelock: BrandTimelock__factory.connect(timelock, launcher),
    governor: BrandGovernor__factory.connect(governor, launcher),
    badge: ContributionBadge__factory.connect(badge, launcher),
    drop: LoyaltyDrop__factory.connect(drop, launcher),
    rewards: ContributionRewards__factory.connect(rewards, launcher),
    handover: Handover__factory.connect(handover, launcher),
    at: { manager, token, timelock, governor, badge, drop, rewards, handover },
    asSafe: (call) => execAsSafe(safe, owners, call),
  };
}

/** A proxy as the factory makes them, with addresses behind its code, and not initialized. */
export async function proxyOf(implementation: string, links: string[], deployer: Signer): Promise<string> {
  return deployed(proxyInitCode(implementation, concat(links)), deployer);
}

/** An ERC-1167 clone of an implementation, with storage of its own and not initialized. */
export async function cloneOf(implementation: string, deployer: Signer): Promise<string> {
  const data = concat([
    "0x3d602d80600a3d3981f3363d3d373d3d3d363d73",
    implementation,
    "0x5af43d82803e903d91602b57fd5bf3",
  ]);
  return deployed(data, deployer);
}

async function deployed(data: string, deployer: Signer): Promise<string> {
  const receipt = await (await deployer.sendTransaction({ data })).wait();
  if (!receipt?.contractAddress) throw new Error("the contract was not created");
  return receipt.contractAddress;
}
