import type { Eip1193Provider } from "@kyoso/sdk";
import type { Asked } from "./node.js";
import { AnsweredError, isOfTheNode, Node } from "./node.js";

/** What one node did wrong, by its host. */
export interface NodeFault {
  readonly host: string;
  readonly reason: string;
}

/** That none of the nodes gave an answer: it is the line that failed, and not what was asked. */
export class NodesFailed extends Error {
  readonly faults: readonly NodeFault[];

  constructor(faults: readonly NodeFault[]) {
    super(`No node answers: ${faults.map(({ host, reason }) => `${host}: ${reason}`).join("; ")}`);
    this.name = "NodesFailed";
    this.faults = faults;
  }
}

/** Milliseconds for which the newest block is taken to be the newest. */
const NEWEST = 1_000;

/** Milliseconds for which questions are collected: one leads to the next, and providers of ethers hold theirs back for a moment. */
const MOMENT = 4;

/** As many questions travel together at most; nodes refuse many more. */
const MOST_TOGETHER = 20;

/** Answers about logs are large: each travels alone. */
const ALONE = new Set(["eth_getLogs"]);

/** What the newest block is asked for with: its number is in what comes back. */
const NEWEST_BLOCK = JSON.stringify({ method: "eth_getBlockByNumber", params: ["latest", false] });

interface Waiting {
  readonly asked: Asked;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The nodes that a brand named, as one: the first that answers is asked from then on, and where it fails, the next one. Nothing
 * is sent to anybody else. Questions of one moment travel together, and what was answered isn't asked again until `forget`.
 */
export class Nodes implements Eip1193Provider {
  readonly #nodes: readonly Node[];
  readonly #known = new Map<string, Promise<unknown>>();
  readonly #waiting: Waiting[] = [];
  #preferred = 0;
  /** What the first node that answered says; another one has to say the same. */
  #chainId: string | undefined;

  constructor(urls: readonly string[], ask?: typeof fetch) {
    this.#nodes = urls.map((url) => new Node(url, ask));
  }

  /** From now on all is asked anew. What a node says of its chain stays. */
  forget(): void {
    this.#known.clear();
  }

  /** @throws NodesFailed where none of them answers. */
  request({ method, params = [] }: { method: string; params?: readonly unknown[] }): Promise<unknown> {
    const asked = { method, params };
    const key = JSON.stringify(asked);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const newest = method === "eth_blockNumber" ? this.#known.get(NEWEST_BLOCK) : undefined;
    if (newest !== undefined) return newest.then(numberOf);
    const answer = this.#enqueue(asked);
    this.#known.set(key, answer);
    const forget = () => {
      if (this.#known.get(key) === answer) this.#known.delete(key);
    };
    answer.then(() => {
      if (speaksOfNewest(asked)) setTimeout(forget, NEWEST);
    }, forget);
    return answer;
  }

  #enqueue(asked: Asked): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ asked, resolve, reject });
      if (this.#waiting.length > 1) return;
      setTimeout(() => {
        const all = this.#waiting.splice(0);
        const alone = all.filter((each) => ALONE.has(each.asked.method));
        const together = all.filter((each) => !ALONE.has(each.asked.method));
        for (const each of alone) void this.#send([each]);
        for (let i = 0; i < together.length; i += MOST_TOGETHER)
          void this.#send(together.slice(i, i + MOST_TOGETHER));
      }, MOMENT);
    });
  }

  /** Asks one node after the other until all have an answer. */
  async #send(waiting: readonly Waiting[]): Promise<void> {
    const faults: NodeFault[] = [];
    const first = this.#preferred;
    let left = waiting;
    for (let i = 0; i < this.#nodes.length && left.length > 0; i++) {
      const index = (first + i) % this.#nodes.length;
      const node = this.#nodes[index];
      if (node === undefined) continue;
      try {
        left = answer(
          left,
          await this.#ask(
            node,
            left.map(({ asked }) => asked),
          ),
          node,
          faults,
        );
        if (left.length === 0) this.#preferred = index;
      } catch (error) {
        faults.push({ host: node.host, reason: reasonOf(error) });
      }
    }
    for (const { reject } of left) reject(new NodesFailed(faults));
  }

  /**
   * Nodes of two chains would tell one story of both. So a node is asked for its chain before anything else; the very first one
   * together with it, as there is no other chain yet that it could differ from.
   */
  async #ask(node: Node, asked: readonly Asked[]): Promise<unknown[]> {
    const isFirst =
      this.#chainId === undefined && node.isNew && !asked.some(({ method }) => ALONE.has(method));
    const answers = isFirst ? await node.askFirst(asked) : undefined;
    const chainId = await node.chainId();
    this.#chainId ??= chainId;
    if (chainId !== this.#chainId) throw new Error(`it is of chain ${Number(chainId)}`);
    return answers ?? node.ask(asked);
  }
}

/** Hands answers on, and returns what another node may know better. */
function answer(
  waiting: readonly Waiting[],
  answers: readonly unknown[],
  { host }: Node,
  faults: NodeFault[],
): Waiting[] {
  return waiting.filter(({ resolve, reject }, i) => {
    const found = answers[i];
    if (!(found instanceof Error)) {
      resolve(found);
      return false;
    }
    if (found instanceof AnsweredError && !isOfTheNode(found)) {
      reject(found);
      return false;
    }
    faults.push({ host, reason: found.message });
    return true;
  });
}

function numberOf(block: unknown): unknown {
  return typeof block === "object" && block !== null && "number" in block ? block.number : undefined;
}

/** Whether an answer is right for a moment only. */
function speaksOfNewest({ method, params }: Asked): boolean {
  return (
    method === "eth_blockNumber" || params.some((each) => typeof each === "string" && /^[a-z]+$/u.test(each))
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
