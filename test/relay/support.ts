import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { HDNodeWallet } from "ethers";
import { encodeBytes32String, parseEther, Wallet, ZeroAddress, ZeroHash } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { call, named } from "../../sdk/calls/plan.js";
import { MULTICALL3 } from "../../sdk/chain/reads.js";
import type { Claim } from "../../sdk/drop/claims.js";
import { CLAIM } from "../../sdk/drop/claims.js";
import { hashLeaf } from "../../sdk/drop/leaf.js";
import type { Ballot } from "../../sdk/governance/ballots.js";
import { signBallot } from "../../sdk/governance/ballots.js";
import type { Support } from "../../sdk/governance/events.js";
import { makeProposal } from "../../sdk/governance/proposal.js";
import { findProposal } from "../../sdk/governance/proposals.js";
import { signNickname } from "../../sdk/community/nicknameSigning.js";
import { ideaOf } from "../../sdk/ideas/names.js";
import type { IdeaSupport, Supporting } from "../../sdk/ideas/signing.js";
import { signSupport } from "../../sdk/ideas/signing.js";
import type { CallTerms } from "../../sdk/ideas/terms.js";
import { toJson } from "../../sdk/json.js";
import { openDao } from "../../sdk/live.js";
import type { RelayConfig } from "../../relay/config.js";
import { parseConfig } from "../../relay/config.js";
import type { LogFields } from "../../relay/log.js";
import type { Start } from "../../relay/service.js";
import { RelayService } from "../../relay/service.js";
import { MerkleTree } from "../helpers/drop.js";
import { multicall3 } from "../helpers/multicall.js";
import { asSafe, badgeWorld } from "../sdk/badges/support.js";

/** A poll of three options, in which votes count. */
const POLL: CallTerms = {
  question: "どの袋？",
  rulesURI: "",
  rulesHash: ZeroHash,
  ideasFor: 0,
  supportFor: 30 * 86_400,
  ideasPerMember: 0,
  winners: 2,
  counting: 0,
  choice: 0,
  memberDays: 0,
  badgeKind: 0,
  options: ["青", "緑", "白"],
};

/** How many links and voters there are. */
export const MANY = 24;
const DAY = 86_400;
const PRIZE = parseEther("1");
export const CAMPAIGN = encodeBytes32String("spring");

const walletOf = (seed: number): Wallet => new Wallet(`0x${seed.toString(16).padStart(64, "0")}`);
export const keys = Array.from({ length: MANY }, (_, i) => walletOf(0x10_000 + i));
export const customers = Array.from({ length: MANY }, (_, i) => walletOf(0x20_000 + i));
export const voters = Array.from({ length: MANY }, (_, i) => walletOf(0x30_000 + i));
export const voterAt = (i: number): Wallet => voters[i] ?? payer;
export const payer = walletOf(0x40_000);

/**
 * A live DAO with a campaign of {@link MANY} links, of a token each, and a proposal that {@link MANY} voters can vote on, with a
 * token each; and a poll in which their votes count. The relay's account has 100 ether; Multicall3 is there.
 */
export async function relayedWorld(connection: NetworkConnection) {
  const world = await badgeWorld(connection);
  const { context, dao, holders, record } = world;
  const [alice] = holders;
  const { provider } = context;
  const code = await multicall3(provider, alice);
  await context.eip1193.request({ method: "hardhat_setCode", params: [MULTICALL3, code] });
  await context.eip1193.request({
    method: "hardhat_setBalance",
    params: [payer.address, `0x${parseEther("100").toString(16)}`],
  });
  const hostile = await connection.ethers.deployContract("Hostile");
  const wallet = await hostile.getAddress();
  await dao.token.connect(alice).transfer(wallet, parseEther("1"));
  for (const { address } of voters) await dao.token.connect(alice).transfer(address, parseEther("1"));

  const { drop } = record.contracts;
  const chainId = BigInt(record.chainId);
  const leaves = keys.map(({ address: claimant }, index) => ({
    index,
    claimant,
    byKey: true,
    amount: PRIZE,
    kind: 0,
    evidence: ZeroHash,
  }));
  const tree = new MerkleTree(leaves.map((leaf) => hashLeaf({ chainId, drop, campaign: CAMPAIGN }, leaf)));
  const deadline = (await provider.getBlock("latest"))?.timestamp ?? 0;
  const terms = { root: tree.root, deadline: deadline + 30 * DAY, referralKind: 0 };
  await asSafe(world, [call(await named("drop", dao.drop), "open", [CAMPAIGN, terms], "Open")]);
  await dao.token.connect(alice).approve(drop, PRIZE * BigInt(MANY));
  await dao.drop.connect(alice).fund(CAMPAIGN, PRIZE * BigInt(MANY));

  const nothing = { name: "account", address: alice.address, interface: dao.governor.interface };
  const idle = call(nothing, "votingDelay", [], "Nothing");
  const board = await named("board", dao.board);
  const openCall = async (terms: Partial<CallTerms> = {}) => {
    await asSafe(world, [call(board, "open", [{ ...POLL, ...terms }], "Open")]);
    return Number(await dao.board.callCount());
  };
  await openCall();

  const { targets, values, calldatas, description } = makeProposal([idle], "Blend", "", alice.address);
  await dao.governor.connect(alice).propose([...targets], [...values], [...calldatas], description);
  await connection.networkHelpers.time.increase(DAY + 1);

  const domain = { name: "LoyaltyDrop", version: "1", chainId, verifyingContract: drop };
  /** A link's claim, for its own customer unless told otherwise. */
  const claimOf = async (index: number, account = customers[index]?.address ?? ""): Promise<Claim> => {
    const leaf = leaves[index];
    if (leaf === undefined) throw new Error("there is no such leaf");
    const message = { campaign: CAMPAIGN, index, account, referrer: ZeroAddress };
    return {
      kind: "claim",
      version: 1,
      dao: record.slug,
      chainId: record.chainId,
      drop,
      campaign: CAMPAIGN,
      leaf: { ...leaf, amount: leaf.amount.toString() },
      proof: tree.proof(index),
      account,
      referrer: null,
      signature: (await keys[index]?.signTypedData(domain, CLAIM, message)) ?? "0x",
    };
  };
  const open = () => openDao(record, context.provider, context.eip1193);
  const ballotOf = async (
    voter: Wallet | HDNodeWallet,
    support: Support,
    marked: { readonly reason?: string; readonly voter?: string } = {},
  ): Promise<Ballot> => {
    const live = await open();
    const signer = voter.connect(context.provider);
    return (await signBallot(live, signer, await findProposal(live, "1"), { support, ...marked })).ballot;
  };
  /** Support of ideas of a call, by their places. */
  const supportOf = async (
    voter: Wallet | HDNodeWallet,
    places: readonly number[],
    { call: of = 1, ...supporting }: Partial<Supporting> & { readonly call?: number } = {},
  ): Promise<IdeaSupport> => {
    const ideas = places.map((place) => ideaOf(of, place));
    const signing = { ...supporting, ideas };
    return (await signSupport(await open(), voter.connect(context.provider), signing)).support;
  };
  const nicknameOf = async (voter: Wallet | HDNodeWallet, text: string, lasts = 10_000) => {
    const live = await open();
    return signNickname(live, voter.connect(context.provider), text, live.now + lasts);
  };
  /** What of claims was given out, in whole tokens; and how many ballots were cast. */
  const done = async () => {
    const balances = await Promise.all(customers.map(({ address }) => dao.token.balanceOf(address)));
    const live = await open();
    const { tally } = await findProposal(live, "1");
    const votes = (tally.for + tally.against + tally.abstain) / parseEther("1");
    return { tokens: balances.map((balance) => Number(balance / PRIZE)), votes: Number(votes) };
  };
  return { ...world, hostile, wallet, claimOf, ballotOf, supportOf, nicknameOf, openCall, done, open };
}

export type RelayedWorld = Awaited<ReturnType<typeof relayedWorld>>;

interface Request {
  readonly id: unknown;
  readonly method: string;
  readonly params?: readonly unknown[];
}

/** What happens to a request: an answer, or undefined where the connection breaks. */
export type Handle = (request: Request, forward: () => Promise<unknown>) => Promise<unknown>;

/** The chain of this process as a node that others ask by HTTP; does with each request as it is told. */
export class Bridge {
  readonly #server: Server;
  /** Whether a connection breaks; called with each that comes in, before or after its requests are carried out. */
  breaks: () => "before" | "after" | undefined = () => undefined;
  handle: Handle = (_, forward) => forward();
  requests = 0;

  private constructor({ provider }: NetworkConnection) {
    this.#server = createServer((incoming, outgoing) => {
      let body = "";
      incoming.setEncoding("utf8").on("data", (text: string) => (body += text));
      incoming.on("end", () => {
        if (incoming.method !== "POST") {
          outgoing.writeHead(405).end("POST only");
          return;
        }
        const parsed = JSON.parse(body) as Request | Request[];
        const all = Array.isArray(parsed) ? parsed : [parsed];
        this.requests += all.length;
        const breaks = this.breaks();
        if (breaks === "before") {
          incoming.socket.destroy();
          return;
        }
        const answers = Promise.all(
          all.map(async (request) => {
            const { id, method, params } = request;
            const forward = () =>
              provider.request({ method, params: params === undefined ? [] : [...params] });
            try {
              return { jsonrpc: "2.0", id, result: await this.handle(request, forward) };
            } catch (error) {
              const {
                code = -32_000,
                message = "",
                data,
              } = error as { code?: number; message?: string; data?: unknown };
              return { jsonrpc: "2.0", id, error: { code, message, data } };
            }
          }),
        );
        void answers.then((answered) => {
          if (breaks === "after") incoming.socket.destroy();
          else outgoing.writeHead(200).end(JSON.stringify(Array.isArray(parsed) ? answered : answered[0]));
        });
      });
    });
  }

  static async before(connection: NetworkConnection): Promise<Bridge> {
    const bridge = new Bridge(connection);
    await new Promise<void>((resolve) => bridge.#server.listen(0, "127.0.0.1", resolve));
    return bridge;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Settings as their file has them, for tests to change. */
export function settings() {
  return {
    record: "record.json",
    data: "data",
    listen: { host: "127.0.0.1", port: 0 },
    origins: ["https://members.example.com"],
    budget: { day: "5 ether" } as Record<string, string>,
    gas: { most: "200 gwei" },
    balance: { least: "1 ether" },
    finality: 0 as number | "finalized",
    limits: { waiting: 10_000, perMinute: 100_000 },
  };
}

export type Settings = ReturnType<typeof settings>;

/** Writes the record and the settings into a folder. */
export async function writeSettings(folder: string, world: RelayedWorld, change: Partial<Settings> = {}) {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "record.json"), JSON.stringify(toJson(world.record)));
  const file = path.join(folder, "relay.yaml");
  const text = JSON.stringify({ ...settings(), ...change });
  await writeFile(file, text);
  return { file, config: parseConfig(text, file) };
}

/** How transactions are followed in tests: their blocks come at once, and patience is short. */
export const QUICK = {
  look: 5,
  lookAtMost: 50,
  answer: 5_000,
  handAgain: 200,
  raiseAfter: 400,
  raises: 2,
  silence: 1_000,
  patience: 2_500,
};

/** A relay in this process, and what it logged. */
export async function startRelay(config: RelayConfig, url: string, more: Partial<Start> = {}) {
  const logged: { level: string; event: string; fields: LogFields }[] = [];
  const service = await RelayService.start({
    config,
    key: payer.privateKey,
    url,
    secondUrl: undefined,
    pace: QUICK,
    rest: 20,
    log: (level, event, fields = {}) => logged.push({ level, event, fields }),
    ...more,
  });
  return { service, logged, api: new Api(`http://127.0.0.1:${service.port}`) };
}

export interface Answer {
  readonly status: number;
  readonly id: string;
  readonly state: string;
  readonly transaction: string | null;
  readonly problem: { readonly code: string } | null;
}

/** Asks a relay. */
export class Api {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async post(at: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${at}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return { ...((await response.json()) as Answer), status: response.status };
  }

  async get(at: string): Promise<Answer> {
    const response = await fetch(`${this.url}${at}`);
    return { ...((await response.json()) as Answer), status: response.status };
  }

  /** Waits until jobs are all in one of some states. */
  async until(ids: readonly string[], ...states: readonly string[]): Promise<Answer[]> {
    for (const end = Date.now() + 60_000; ;) {
      const jobs = await Promise.all(ids.map((id) => this.get(`/jobs/${id}`)));
      if (jobs.every(({ state }) => states.includes(state))) return jobs;
      if (Date.now() > end) throw new Error(`they are ${JSON.stringify(jobs)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
