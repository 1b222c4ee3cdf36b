import { KyosoError } from "../sdk/errors.js";
import { oneLine } from "../sdk/text.js";

/** What Hardhat's HTTP client throws where a node can't be reached, or breaks off in the middle. */
const CONNECTION_ERRORS = ["ConnectionRefusedError", "RequestError", "RequestTimeoutError"];

/** Characters of what a node says that are shown. */
const LONGEST = 200;

const KEY_REFUSED = "It doesn't accept the key in its URL, or none is there: check KYOSO_RPC_URL.";
const STATE_GONE =
  "It has thrown the states of older blocks away, or hasn't come to this one yet: run the same command again, or use another node (an archive node has all).";
const OTHERWISE = "Run the same command again, or use another node.";

/** What a node, or the way to it, had against a request, as an error for its reader; undefined for an error of another origin. */
export function nodeError(error: unknown, network: string | undefined): KyosoError | undefined {
  const place = network === undefined ? "network" : `network ${network}`;
  let refused: { readonly code: number | undefined; readonly reason: string } | undefined;
  for (const cause of causesOf(error)) {
    if (CONNECTION_ERRORS.includes(String(cause.name))) {
      return KyosoError.of("node.stopped", {
        data: { network },
        place,
        message: "The node stopped answering",
        remedy: "Check that it runs, and run the same command again: it continues where it was.",
        cause: error,
      });
    }
    refused = refusalOf(cause) ?? refused;
  }
  if (refused === undefined) return undefined;
  const { code, reason } = refused;
  const remedy =
    code === 401 || code === 403
      ? KEY_REFUSED
      : /missing trie node|state .*(?:not available|unavailable)|pruned|header not found/iu.test(reason)
        ? STATE_GONE
        : OTHERWISE;
  return KyosoError.of("node.refused", {
    data: { network, code, reason },
    place,
    message: `The node refuses: ${shown(reason)}${code === undefined ? "" : ` (${code})`}`,
    remedy,
    cause: error,
  });
}

type Cause = Readonly<Record<string, unknown>>;

/** An error and what caused it, as Hardhat and ethers keep that. */
function* causesOf(error: unknown): Generator<Cause> {
  let cause: unknown = error;
  for (let depth = 0; depth < 10 && isObject(cause); depth++) {
    yield cause;
    const info = isObject(cause.info) ? cause.info.error : undefined;
    cause = cause.cause ?? cause.error ?? info;
  }
}

function refusalOf(cause: Cause): { readonly code: number | undefined; readonly reason: string } | undefined {
  const { code, message, name, statusCode, body, number } = cause;
  if (typeof statusCode === "number" && name === "ResponseStatusCodeError") {
    const said = isObject(body) && isObject(body.error) ? body.error.message : undefined;
    return { code: statusCode, reason: typeof said === "string" ? said : `HTTP status ${statusCode}` };
  }
  if (name === "UnreadableAnswer" && typeof message === "string") return { code: undefined, reason: message };
  if (isUnreadable(cause)) {
    const what = typeof cause.shortMessage === "string" ? cause.shortMessage : message;
    return { code: undefined, reason: `its answer can't be read (${String(what)})` };
  }
  // What isn't JSON-RPC at all, such as a page of HTML: Hardhat quotes all of it.
  if (name === "HardhatError" && number === INVALID_ANSWER) {
    return {
      code: undefined,
      reason: "it answers with something else than JSON-RPC, such as a page for people",
    };
  }
  // A node's own errors have numbers; those of ethers, of Node.js and of the system have names.
  if (typeof code === "number" && typeof message === "string") return { code, reason: message };
  return undefined;
}

/** What viem, which Safe's kit asks with, calls that a contract's result isn't of the form that it has. */
const UNDECODED =
  /^(?:ContractFunctionZeroData|AbiDecoding\w*|PositionOutOfBounds|NegativeOffset|RecursiveReadLimitExceeded|InvalidBytesBoolean|IntegerOutOfRange|SizeOverflow)Error$/u;

/** Whether ethers or viem found that an answer isn't of the form that a node's answers have, or a contract's results. */
function isUnreadable({ code, name, message }: Cause): boolean {
  return (
    code === "BAD_DATA" ||
    (typeof message === "string" && message.startsWith("deferred error during ABI decoding")) ||
    name === "UnreadableData" ||
    UNDECODED.test(String(name))
  );
}

/** Of Hardhat's error for an answer that is no JSON-RPC. */
const INVALID_ANSWER = 702;

function shown(text: string): string {
  const line = oneLine(text.slice(0, 4 * LONGEST));
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
