import {
  BadgeCatalog__factory,
  BadgeRenderer__factory,
  BrandAccessManager__factory,
  type BrandDAOFactory,
  BrandDAOFactory__factory,
  BrandGovernor__factory,
  BrandTimelock__factory,
  BrandToken__factory,
  ContributionBadge__factory,
  ContributionRewards__factory,
  Handover__factory,
  IdeaBoard__factory,
  LoyaltyDrop__factory,
  MembershipPass__factory,
  type ModuleFactory,
  ModuleFactory__factory,
  PassRenderer__factory,
  RecoveryBook__factory,
  VoucherVerifier__factory,
} from "../../typechain-types/index.js";
import { ZeroAddress } from "ethers";
import type { Connection, Signer } from "./chain.js";

/** Addresses of the eight contracts that DAOs are proxies of, or clones. */
type Implementations = Record<
  "manager" | "token" | "timelock" | "governor" | "badge" | "drop" | "rewards" | "handover",
  string
>;

/** What factories take: those, and what makes modules. */
type Common = Readonly<{ implementations: Implementations; modules: string }>;

async function deployerOf({ ethers }: Connection): Promise<Signer> {
  const [deployer] = await ethers.getSigners();
  if (deployer === undefined) throw new Error("the chain has no accounts");
  return deployer;
}

/** What deploys the badge's implementation, with the library that its code calls. */
export async function badgeFactory(deployer: Signer): Promise<ContributionBadge__factory> {
  const catalog = await new BadgeCatalog__factory(deployer).deploy();
  const book = await new RecoveryBook__factory(deployer).deploy();
  return new ContributionBadge__factory(
    {
      "project/contracts/badge/BadgeCatalog.sol:BadgeCatalog": await catalog.getAddress(),
      "project/contracts/badge/RecoveryBook.sol:RecoveryBook": await book.getAddress(),
    },
    deployer,
  );
}

/**
 * The eight implementations, none of which anybody used before.
 *
 * @param modules Address of the factory whose passes say in which language badges speak; without it, none can be drawn.
 */
export async function deployImplementations(
  connection: Connection,
  modules: string = ZeroAddress,
): Promise<Implementations> {
  const deployer = await deployerOf(connection);
  const renderer = await new BadgeRenderer__factory(deployer).deploy(modules);
  const verifier = await new VoucherVerifier__factory(deployer).deploy();
  const contracts = {
    manager: await new BrandAccessManager__factory(deployer).deploy(),
    token: await new BrandToken__factory(deployer).deploy(),
    timelock: await new BrandTimelock__factory(deployer).deploy(),
    governor: await new BrandGovernor__factory(deployer).deploy(),
    badge: await (await badgeFactory(deployer)).deploy(renderer, verifier),
    drop: await new LoyaltyDrop__factory(deployer).deploy(),
    rewards: await new ContributionRewards__factory(deployer).deploy(),
    handover: await new Handover__factory(deployer).deploy(),
  };
  const addresses = Object.entries(contracts).map(async ([name, one]) => [name, await one.getAddress()]);
  return Object.fromEntries(await Promise.all(addresses)) as Implementations;
}

/** A factory of modules that nobody used before. */
export async function deployModuleFactory(deployer: Signer): Promise<ModuleFactory> {
  const renderer = await new PassRenderer__factory(deployer).deploy();
  const board = await new IdeaBoard__factory(deployer).deploy();
  const pass = await new MembershipPass__factory(deployer).deploy(renderer);
  return new ModuleFactory__factory(deployer).deploy(board, pass);
}

/** What was deployed on a chain, and the code that it has there. */
const deployed = new WeakMap<Connection, { common: Common; codes: string[] }>();

/** What all tests of a chain use: its largest contracts, which take long to deploy. */
async function commonOf(connection: Connection): Promise<Common> {
  const codesOf = ({ implementations, modules }: Common) =>
    Promise.all(
      [...Object.values(implementations), modules].map((at) => connection.ethers.provider.getCode(at)),
    );
  const known = deployed.get(connection);
  if (known !== undefined) {
    // The chain may have gone back to a time before them.
    const codes = await codesOf(known.common);
    if (codes.every((code, index) => code === known.codes[index])) return known.common;
  }
  const modules = await (await deployModuleFactory(await deployerOf(connection))).getAddress();
  const implementations = await deployImplementations(connection, modules);
  const common = { implementations, modules };
  deployed.set(connection, { common, codes: await codesOf(common) });
  return common;
}

/** A factory that nobody used before, of what all tests use. */
export async function deployFactory(connection: Connection): Promise<BrandDAOFactory> {
  const { implementations, modules } = await commonOf(connection);
  return new BrandDAOFactory__factory(await deployerOf(connection)).deploy(implementations, modules);
}

/** The factory of modules that {@link deployFactory}'s factories use. */
export async function sharedModuleFactory(connection: Connection, runner: Signer): Promise<ModuleFactory> {
  return ModuleFactory__factory.connect((await commonOf(connection)).modules, runner);
}
