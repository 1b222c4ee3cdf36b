import { describeRevert, reasonOf } from "../calls/revert.js";
import { KyosoError } from "../errors.js";
import type { Eip1193Provider } from "./eip1193.js";
import type { Answers, EncodedCall } from "./batch.js";
import { aggregateData, batchCode, LARGEST_QUESTION, parseAggregated, parseAnswers } from "./batch.js";
import type { Read } from "./view.js";
import { MULTICALL3 } from "./multicall.js";
import { viewOf } from "./view.js";

export { MULTICALL3 } from "./multicall.js";
export type { Read } from "./view.js";

/** With Multicall3, which is asked where results are so long that it takes fewer requests. */
const READS_PER_REQUEST = 500;
/** How many requests are under way at once. */
const AHEAD = 6;

/** Without Multicall3: of small results this many, so that no node finds that they take too long. */
const READS_PER_CREATION = 1_000;
/** Bytes that a result is taken for without Multicall3: of a word's 32, most need few; a text takes up to some 400. */
const BYTES_PER_WORD = 4;
const BYTES_PER_TEXT = 400;
/** Bytes of an answer that is as good as full. What doesn't fit then is asked for once more, so this is a guess. */
const FULL_ANSWER = 23_000;

/** A read, and what is needed to make and understand it. */
interface Prepared {
  readonly read: Read;
  readonly call: EncodedCall;
  readonly decode: (result: string) => unknown;
  /** About how many bytes its answer has, where Multicall3 isn't there. */
  readonly bytes: number;
}

/**
 * Calls many view functions in few requests, all as of one block, on any chain: nothing has to be deployed for it.
 *
 * @returns Their results in order: structs as objects; integers of up to 48 bits as numbers, larger ones as bigints.
 * @throws KyosoError if one reverts.
 */
export async function readMany<Result>(
  provider: Eip1193Provider,
  blockNumber: number,
  reads: readonly Read[],
): Promise<Result[]> {
  if (reads.length === 0) return [];
  const block = `0x${blockNumber.toString(16)}`;
  const prepared = reads.map(prepare);
  const packed = [...byBytes(prepared)];
  const isLong = packed.length > Math.ceil(prepared.length / READS_PER_REQUEST);
  const deployed = isLong && (await hasMulticall(provider, block));
  const ask = async (part: readonly Prepared[]) => {
    const calls = part.map(({ call }) => call);
    const request = deployed ? { to: MULTICALL3, data: aggregateData(calls) } : { data: batchCode(calls) };
    const answer = String(await provider.request({ method: "eth_call", params: [request, block] }));
    return deployed ? parseAggregated(answer) : parseAnswers(answer);
  };
  const parts = deployed ? [...bySize(prepared)] : packed;
  const results: Result[] = [];
  const asking: Promise<Answers>[] = [];
  for (const [i, part] of parts.entries()) {
    // The node works on the next parts while this one is read.
    for (const following of parts.slice(asking.length, i + AHEAD)) {
      const next = ask(following);
      // Where this part fails, nobody waits for the next ones.
      next.catch(() => undefined);
      asking.push(next);
    }
    const asked = asking[i];
    try {
      let answers = (await asked) ?? NOTHING;
      let rest = part;
      for (;;) {
        for (const result of resultsOf(rest, answers)) results.push(result as Result);
        const { length: made } = answers.results;
        if (made >= rest.length) break;
        if (made === 0) throw new Error("The node says of no contract function what it returned.");
        // They were more than fits into one answer, or than the node has gas for.
        rest = rest.slice(made);
        answers = await ask(rest);
      }
    } catch (cause) {
      // Not its own message: that one may list all calls.
      const functions = [...new Set(part.map(({ read }) => read.name))];
      throw KyosoError.of("node.read-failed", {
        data: { functions, reason: reasonOf(cause) },
        place: `reading ${functions.join(", ")}`,
        message: reasonOf(cause),
        remedy: "Run the same command again, or use another node.",
        cause,
      });
    }
  }
  return results;
}

/** Reads that somebody waits for. */
interface Group {
  readonly reads: readonly Read[];
  readonly resolve: (results: unknown[]) => void;
  readonly reject: (error: unknown) => void;
}

/** {@link readMany} as of one block, for many readers: what they ask for in one moment goes in the same requests. */
export function readerAt(provider: Eip1193Provider, blockNumber: number) {
  let waiting: Group[] = [];
  const send = async () => {
    const groups = waiting;
    waiting = [];
    try {
      const results = await readMany<unknown>(
        provider,
        blockNumber,
        groups.flatMap(({ reads }) => reads),
      );
      let next = 0;
      for (const { reads, resolve } of groups) resolve(results.slice(next, (next += reads.length)));
    } catch (error) {
      // What one asked for fails nobody else.
      for (const { reads, resolve, reject } of groups) {
        if (groups.length === 1) reject(error);
        else readMany<unknown>(provider, blockNumber, reads).then(resolve, reject);
      }
    }
  };
  return <Result>(reads: readonly Read[]): Promise<Result[]> =>
    reads.length === 0
      ? Promise.resolve([])
      : new Promise((resolve, reject) => {
          waiting.push({
            reads,
            resolve: (results) => {
              resolve(results as Result[]);
            },
            reject,
          });
          if (waiting.length === 1) setTimeout(() => void send());
        });
}

function prepare(read: Read): Prepared {
  const args = read.args ?? [];
  const view = viewOf(read.interface, read.name, args.length);
  const call = { target: read.address.slice(2).toLowerCase(), data: view.encode(args) };
  const returned = view.bytes ?? read.bytes;
  const bytes = returned === undefined ? BYTES_PER_TEXT : 2 + (returned / 32) * BYTES_PER_WORD;
  return { read, call, decode: view.decode, bytes };
}

/** Whether Multicall3 is there at a block. The answer is kept as long as the same block is read. */
async function hasMulticall(provider: Eip1193Provider, block: string): Promise<boolean> {
  const kept = known.get(provider);
  if (kept?.block === block) return kept.deployed;
  const code = await provider.request({ method: "eth_getCode", params: [MULTICALL3, block] });
  const deployed = typeof code === "string" && code.length > 2;
  known.set(provider, { block, deployed });
  return deployed;
}

const known = new WeakMap<Eip1193Provider, { readonly block: string; readonly deployed: boolean }>();

function* bySize(prepared: readonly Prepared[]): Generator<readonly Prepared[]> {
  for (let i = 0; i < prepared.length; i += READS_PER_REQUEST) yield prepared.slice(i, i + READS_PER_REQUEST);
}

/** As many at once as fit what may be sent and answered. */
function* byBytes(prepared: readonly Prepared[]): Generator<readonly Prepared[]> {
  let part: Prepared[] = [];
  let [asked, answered] = [0, 0];
  for (const each of prepared) {
    const size = 22 + each.call.data.length / 2;
    const full =
      part.length === READS_PER_CREATION ||
      asked + size > LARGEST_QUESTION - 1_024 ||
      answered + each.bytes > FULL_ANSWER;
    if (full && part.length > 0) {
      yield part;
      part = [];
      [asked, answered] = [0, 0];
    }
    part.push(each);
    asked += size;
    answered += each.bytes;
  }
  yield part;
}

/** The results that there are; those of calls that weren't made are missing at the end. */
function* resultsOf(part: readonly Prepared[], { results, failure }: Answers): Generator {
  for (const [i, { read, decode }] of part.entries()) {
    const result = results[i];
    if (result === undefined) {
      if (failure === undefined) return;
      const unsaid = failure.length < 8;
      throw new Error(
        unsaid ? `The contract function "${read.name}" reverted.` : describeRevert(`0x${failure}`),
      );
    }
    if (result === "") throw new Error(`The contract function "${read.name}" returned no data ("0x").`);
    yield decode(result);
  }
}

const NOTHING: Answers = { results: [], failure: undefined };
