import type { PageDocument } from "@kyoso/sdk/page";
import { AnsweredError } from "../reader/node.js";
import { Nodes, NodesFailed } from "../reader/nodes.js";
import type { FunctionName, Why } from "./abi.js";
import { callOf, EVENTS, Returned, whyIn, word } from "./abi.js";

/** That a contract refuses; with what it refuses for, where that is known. */
export class Refused extends Error {
  readonly why: Why | undefined;

  constructor(why: Why | undefined, cause: unknown) {
    super(cause instanceof Error ? cause.message : "The contract refuses", { cause });
    this.name = "Refused";
    this.why = why;
  }
}

/** That the chain isn't that of the page's record, or what is there isn't what the record calls it: nothing is to be signed. */
export class OtherDao extends Error {}

export interface CampaignState {
  readonly root: string;
  readonly deadline: number;
  readonly referralKind: number;
  readonly isStopped: boolean;
}

export interface KindState {
  readonly number: number;
  readonly name: string;
  readonly description: string;
  readonly points: number;
  readonly votes: bigint;
}

/** Who received something, and when. */
export interface Receiver {
  readonly account: string;
  readonly at: number | undefined;
}

/** Nobody in particular: who sends what is only tried. */
const ANYBODY = "0x00000000000000000000000000000000000000ff";

/** Of the chain, what claiming has to know: few questions, and as many for a member as for a million. */
export class ClaimChain {
  readonly #document: PageDocument;
  readonly #nodes: Nodes;

  constructor(document: PageDocument) {
    this.#document = document;
    this.#nodes = new Nodes(document.page.rpc);
  }

  get #contracts() {
    return this.#document.record.contracts;
  }

  /** From now on all is asked anew. */
  forget(): void {
    this.#nodes.forget();
  }

  /**
   * The chain's own time. That the nodes are of the DAO's chain, and that its contracts know each other, is looked at first: a
   * page that was put together wrongly says so before anybody signs anything.
   *
   * @throws OtherDao where that isn't so.
   */
  async open(): Promise<number> {
    const { badge, drop, token } = this.#contracts;
    const known = [
      [drop, "badge()", badge],
      [badge, "drop()", drop],
      [badge, "token()", token],
    ] as const;
    const [chainId, block, ...fits] = await Promise.all([
      this.#nodes.request({ method: "eth_chainId" }),
      this.#nodes.request({ method: "eth_getBlockByNumber", params: ["latest", false] }),
      ...known.map(([of, name, is]) => this.#knows(of, name, is)),
    ]);
    if (BigInt(String(chainId)) !== BigInt(this.#document.record.chainId) || fits.includes(false))
      throw new OtherDao("The node's chain isn't that of this page's record");
    const { timestamp } = block as { readonly timestamp?: unknown };
    return Number(BigInt(String(timestamp)));
  }

  /** Undefined where there is none of the id. */
  async campaign(id: string): Promise<CampaignState | undefined> {
    try {
      const found = await this.#call(this.#contracts.drop, "campaignOf(bytes32)", id);
      return {
        root: found.bytes32(0),
        deadline: found.number(32),
        referralKind: found.number(64),
        isStopped: found.bigint(160) !== 0n,
      };
    } catch (error) {
      if (error instanceof Refused && error.why === "unknown") return undefined;
      throw error;
    }
  }

  async isClaimed(campaign: string, index: number): Promise<boolean> {
    const found = await this.#call(this.#contracts.drop, "isClaimed(bytes32,uint256)", campaign, index);
    return found.bigint(0) !== 0n;
  }

  async isVoucherUsed(issuer: string, nonce: string): Promise<boolean> {
    const found = await this.#call(
      this.#contracts.badge,
      "isVoucherUsed(address,uint256)",
      issuer,
      BigInt(nonce),
    );
    return found.bigint(0) !== 0n;
  }

  async isHalted(): Promise<boolean> {
    return (await this.#call(this.#contracts.badge, "halted()")).bigint(0) !== 0n;
  }

  async kind(number: number): Promise<KindState> {
    const found = await this.#call(this.#contracts.badge, "kindOf(uint32)", number);
    const kind = found.number(0);
    const config = kind + found.number(kind);
    return {
      number,
      name: found.text(config, config),
      description: found.text(config + 32, config),
      points: found.number(config + 96),
      votes: found.bigint(config + 128),
    };
  }

  async member(account: string) {
    const found = await this.#call(this.#contracts.badge, "memberOf(address)", account);
    return { badges: found.number(0), points: found.number(32), season: found.number(64) };
  }

  /** Empty where there are no titles. */
  async title(account: string): Promise<string> {
    return (await this.#call(this.#contracts.badge, "titleOf(address)", account)).text(32);
  }

  async season(): Promise<number> {
    return (await this.#call(this.#contracts.badge, "currentSeason()")).number(0);
  }

  async symbol(): Promise<string> {
    return (await this.#call(this.#contracts.token, "symbol()")).text(0);
  }

  /** Tries a call: the contract has the last word. @throws Refused */
  async attempt(to: string, data: string, from = ANYBODY): Promise<void> {
    await this.#ask(to, data, from);
  }

  /** Who received a claim; undefined where the node doesn't tell: some look through few blocks only. */
  claimer(campaign: string, index: number): Promise<Receiver | undefined> {
    const topics = [EVENTS["Claimed(bytes32,uint256,address,uint256)"], campaign, `0x${word(index)}`];
    return this.#receiver(this.#contracts.drop, topics);
  }

  redeemer(issuer: string, nonce: string): Promise<Receiver | undefined> {
    const event = EVENTS["VoucherRedeemed(address,uint256,address,uint256)"];
    return this.#receiver(this.#contracts.badge, [event, `0x${word(issuer)}`, `0x${word(BigInt(nonce))}`]);
  }

  /** Whether a transaction was carried out; undefined where it isn't there yet. */
  async outcome(transaction: string): Promise<boolean | undefined> {
    const receipt = await this.#nodes.request({ method: "eth_getTransactionReceipt", params: [transaction] });
    if (typeof receipt !== "object" || receipt === null || !("status" in receipt)) return undefined;
    return receipt.status === "0x1";
  }

  async #receiver(address: string, topics: readonly string[]): Promise<Receiver | undefined> {
    try {
      const fromBlock = `0x${this.#document.record.startBlock.toString(16)}`;
      const filter = { address, topics, fromBlock, toBlock: "latest" };
      const logs = await this.#nodes.request({ method: "eth_getLogs", params: [filter] });
      const [log] = Array.isArray(logs) ? (logs as unknown[]) : [];
      const { topics: found, blockNumber } = log as { topics: readonly string[]; blockNumber: string };
      const block = await this.#nodes.request({
        method: "eth_getBlockByNumber",
        params: [blockNumber, false],
      });
      const { timestamp } = block as { readonly timestamp: string };
      return { account: `0x${(found[3] ?? "").slice(-40)}`, at: Number(BigInt(timestamp)) };
    } catch {
      return undefined;
    }
  }

  /** Whether a contract has another one by its name. One that refuses to say isn't what the record calls it. */
  async #knows(of: string, name: FunctionName, is: string): Promise<boolean> {
    try {
      return (await this.#call(of, name)).address(0) === is.toLowerCase();
    } catch (error) {
      if (error instanceof NodesFailed) throw error;
      return false;
    }
  }

  async #call(
    to: string,
    name: FunctionName,
    ...words: readonly (string | number | bigint)[]
  ): Promise<Returned> {
    return new Returned(await this.#ask(to, callOf(name, ...words)));
  }

  async #ask(to: string, data: string, from?: string): Promise<unknown> {
    try {
      const call = { to, data, ...(from === undefined ? {} : { from }) };
      return await this.#nodes.request({ method: "eth_call", params: [call, "latest"] });
    } catch (error) {
      if (error instanceof AnsweredError) throw new Refused(whyIn(error.data), error);
      throw error;
    }
  }
}
