import type { AddressLike, Interface, TypedDataDomain } from "ethers";
import { ZeroHash } from "ethers";
import {
  type IdeaBoard,
  IdeaBoard__factory,
  type MembershipPass,
  MembershipPass__factory,
  type ModuleFactory,
} from "../../typechain-types/index.js";
import { type Connection, DAY, type Signer, tokens } from "./chain.js";
import { type DAO, kindConfig, launchDAO, type Overrides, ROLE } from "./dao.js";
import { sharedModuleFactory } from "./factory.js";
import { enact, travelTo } from "./proposal.js";
import { award } from "./recovery.js";

/** The role with which the board awards. */
export const BOARD_ROLE = ROLE.BOARD;

/** The kinds of a DAO with modules. */
export const MODULE_KIND = { CUSTOMER: 1n, VOTER: 2n, CO_CREATOR: 3n, VOTING_CO_CREATOR: 4n } as const;

/** As long as such URIs are. */
export const IPFS_URI = `ipfs://b${"a".repeat(58)}`;

export const COUNTING = { weight: 0n, voice: 1n } as const;
export const CHOICE = { approve: 0n, pickOne: 1n } as const;
export const STATUS = { none: 0n, submitted: 1n, withdrawn: 2n, adopted: 3n, shipped: 4n } as const;

export interface CallTerms {
  question: string;
  rulesURI: string;
  rulesHash: string;
  ideasFor: bigint;
  supportFor: bigint;
  ideasPerMember: bigint;
  winners: bigint;
  counting: bigint;
  choice: bigint;
  memberDays: bigint;
  badgeKind: bigint;
  options: string[];
}

/** A call of three weeks that three ideas win, and whose authors are awarded a badge. */
export function callTerms(overrides: Partial<CallTerms> = {}): CallTerms {
  return {
    question: "次の季節のブレンドは？",
    rulesURI: IPFS_URI,
    rulesHash: ZeroHash,
    ideasFor: 14n * DAY,
    supportFor: 7n * DAY,
    ideasPerMember: 3n,
    winners: 3n,
    counting: COUNTING.weight,
    choice: CHOICE.approve,
    memberDays: 0n,
    badgeKind: MODULE_KIND.CO_CREATOR,
    options: [],
    ...overrides,
  };
}

/** A poll of a week. */
export function pollTerms(options: string[], overrides: Partial<CallTerms> = {}): CallTerms {
  return callTerms({ ideasFor: 0n, ideasPerMember: 0n, winners: 1n, badgeKind: 0n, options, ...overrides });
}

export interface ModularDAO extends DAO {
  modules: ModuleFactory;
  board: IdeaBoard;
  pass: MembershipPass;
}

/** A DAO whose modules were deployed after its launch, and that gave them no powers yet. */
export async function launchWithModules(
  connection: Connection,
  overrides: Overrides = {},
): Promise<ModularDAO> {
  const dao = await launchDAO(connection, {
    kinds: [
      kindConfig({ name: "Customer" }),
      kindConfig({ name: "Voter", votes: tokens(1_000) }),
      kindConfig({ name: "共創メンバー", points: 100n, issuerRole: BOARD_ROLE }),
      kindConfig({ name: "Partner", points: 100n, issuerRole: BOARD_ROLE, votes: tokens(100) }),
    ],
    ...overrides,
  });
  const modules = await sharedModuleFactory(connection, dao.stranger);
  await modules.deployBoard(dao.badge);
  await modules.deployPass(dao.badge);
  const [board, pass] = await modules.predict(dao.badge);
  return {
    ...dao,
    modules,
    board: IdeaBoard__factory.connect(board, dao.stranger),
    pass: MembershipPass__factory.connect(pass, dao.stranger),
  };
}

/** A DAO whose stewards run the modules, as a passed proposal decided; the board can award. */
export async function launchWithStewardedModules(
  connection: Connection,
  overrides: Overrides = {},
): Promise<ModularDAO> {
  const dao = await launchWithModules(connection, overrides);
  const { board, manager, pass } = dao;
  const selectors = (abi: Interface, ...names: string[]) =>
    names.map((name) => abi.getFunction(name)?.selector ?? "");
  await enact(dao, [
    await manager.setTargetFunctionRole.populateTransaction(
      board,
      selectors(board.interface, "open", "adopt", "ship"),
      ROLE.STEWARD,
    ),
    await manager.setTargetFunctionRole.populateTransaction(
      pass,
      selectors(pass.interface, "setTerms", "addPerk", "closePerk"),
      ROLE.STEWARD,
    ),
    await manager.grantRole.populateTransaction(BOARD_ROLE, board, 0),
  ]);
  return dao;
}

/** Awards each a badge of a kind without votes, as the Safe. */
export async function makeMembers(dao: DAO, ...accounts: AddressLike[]): Promise<void> {
  for (const account of accounts) await award(dao, MODULE_KIND.CUSTOMER, account);
}

/** Opens a call as the Safe, and returns its number. */
export async function openCall(dao: ModularDAO, terms: Partial<CallTerms> = {}): Promise<bigint> {
  await dao.asSafe(await dao.board.open.populateTransaction(callTerms(terms)));
  return dao.board.callCount();
}

/** The number of an idea. */
export const ideaId = (call: bigint, index: bigint | number): bigint => (call << 16n) | BigInt(index);

/** Puts an idea forward, and returns its number. */
export async function submitIdea(
  { board }: ModularDAO,
  call: bigint,
  author: Signer,
  title = "An idea",
): Promise<bigint> {
  const { ideas } = await board.callOf(call);
  await board.connect(author).submit(call, title, "", ZeroHash);
  return ideaId(call, ideas);
}

/** Moves on to the first second in which support counts. */
export async function openSupport({ board }: ModularDAO, call: bigint): Promise<void> {
  await travelTo((await board.callOf(call)).snapshot + 1n);
}

/** Moves on to the first second in which the result is final. */
export async function endCall({ board }: ModularDAO, call: bigint): Promise<void> {
  await travelTo((await board.callOf(call)).end);
}

/** What a supporter signs. */
export const SUPPORT = {
  Support: [
    { name: "supporter", type: "address" },
    { name: "ideas", type: "uint256[]" },
  ],
};

export async function boardDomain(board: IdeaBoard): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await board.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

export interface SignedSupport {
  supporter: string;
  ideas: bigint[];
  signature: string;
}

export async function signSupport(
  board: IdeaBoard,
  supporter: Pick<Signer, "address" | "signTypedData">,
  ideas: bigint[],
): Promise<SignedSupport> {
  const signed = { supporter: supporter.address, ideas };
  return { ...signed, signature: await supporter.signTypedData(await boardDomain(board), SUPPORT, signed) };
}

/** The ideas that win, with their tallies. */
export async function winnersOf({ board }: ModularDAO, call: bigint): Promise<[bigint, bigint][]> {
  return (await board.winnersOf(call)).map(({ idea, tally }) => [idea, tally]);
}
