import {
  decodeBytes32String,
  encodeBytes32String,
  isHexString,
  ParamType,
  zeroPadValue,
  ZeroHash,
} from "ethers";
import { utf8Length } from "../bytes.js";
import { INTERFACES } from "../calls/known.js";
import type { Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import { addressIn, decode, readerOf } from "../chain/abi.js";
import { LogSearch } from "../chain/logs.js";
import type { ContractLog } from "../chain/logSource.js";
import { logSource } from "../chain/logSource.js";
import { topicIn } from "../chain/packedLogs.js";
import { incompleteLogs } from "../chain/whole.js";
import { KyosoError } from "../errors.js";
import { textProblem } from "../label.js";
import { readProposals } from "../governance/proposals.js";
import type { LiveDao } from "../live.js";
import { quote } from "../text.js";
import { shared } from "./shared.js";

/** Bytes of a URI: contracts/community/DecisionRecorder.sol. */
const LONGEST_URI = 256;
/** A short text has as many bytes in 32, with a zero behind it. */
const LONGEST_KIND = 31;

/** A decision of the DAO, which a passed proposal wrote down. */
export interface Decision {
  /** The short text that it is, or 32 bytes; null for none. */
  readonly kind: string | null;
  /** Null for none. */
  readonly contentHash: string | null;
  /** Where its text is; may be empty. */
  readonly uri: string;
  readonly blockNumber: number;
  readonly transaction: string;
}

/**
 * Reads the DAO's decisions, the oldest first: those that the timelock wrote down. Others write theirs to the same contract.
 *
 * @throws KyosoError where fewer are told of than executed proposals have made.
 */
export async function readDecisions(live: LiveDao): Promise<Decision[]> {
  const event = INTERFACES.decisions.getEvent("DecisionRecorded");
  if (event === null) throw new TypeError("DecisionRecorder has no event DecisionRecorded");
  const { timelock } = live.record.contracts;
  const { address } = shared("decisions");
  const filter = { address, topics: [event.topicHash, zeroPadValue(timelock, 32)] };
  const search = new LogSearch<ContractLog>(logSource(live.eip1193), filter);
  const logs = await search.read(live.record.startBlock, live.block);
  const own = logs.filter(
    (log) => topicIn(log, 0) === event.topicHash.slice(2) && addressIn(topicIn(log, 1)) === timelock,
  );
  const made = (await readProposals(live)).filter(({ state }) => state === "Executed");
  const selector = INTERFACES.decisions.getFunction("record")?.selector ?? "";
  const expected = made.reduce(
    (sum, { targets, calldatas }) =>
      sum +
      targets.filter((target, i) => target === address && calldatas[i]?.startsWith(selector) === true).length,
    0,
  );
  // More than proposals call themselves: a call can carry others.
  if (own.length < expected) {
    throw incompleteLogs(
      "decisions",
      `They show ${own.length} decisions, and executed proposals have made ${expected}`,
    );
  }
  const reader = readerOf([ParamType.from("string uri")]);
  return own.map((log) => {
    const [uri] = decode(reader, log.data) as readonly [string];
    const hash = `0x${topicIn(log, 3)}`;
    return {
      kind: kindIn(`0x${topicIn(log, 2)}`),
      contentHash: hash === ZeroHash ? null : hash,
      uri,
      blockNumber: log.blockNumber,
      transaction: log.transactionHash,
    };
  });
}

/** A decision that is still to be made, as people describe it. */
export interface DecisionTexts {
  /** A short text, or 32 bytes in hexadecimal; undefined for none. */
  readonly kind: string | undefined;
  readonly uri: string | undefined;
  readonly contentHash: string | undefined;
}

/**
 * Plans to write a decision down; of a passed proposal it is the DAO's.
 *
 * @throws KyosoError where there is nothing to write down, or too much.
 */
export function planDecision({ kind, uri, contentHash }: DecisionTexts): Plan {
  const text = (uri ?? "").trim();
  const unfit = textProblem(text, "--uri", 0, LONGEST_URI);
  if (unfit !== undefined) throw new KyosoError(unfit);
  if (text === "" && contentHash === undefined) {
    throw KyosoError.of("decision.empty", {
      data: {},
      place: "--uri",
      message: "There is neither a text nor its hash",
      remedy: "Say where the text is with --uri, or give its hash with --hash.",
    });
  }
  const args = [kindBytes(kind), contentHash ?? ZeroHash, text];
  const title = kind === undefined ? "Record a decision" : `Record a decision, ${quote(kind)}`;
  return { title, calls: [call(shared("decisions"), "record", args, title)] };
}

/** A stranger could have put anything there: it is taken for no more than text. */
function kindIn(bytes: string): string | null {
  if (bytes === ZeroHash) return null;
  try {
    return decodeBytes32String(bytes);
  } catch {
    return bytes;
  }
}

function kindBytes(kind: string | undefined): string {
  const text = kind?.trim() ?? "";
  if (text === "" || isHexString(text, 32)) return text === "" ? ZeroHash : text.toLowerCase();
  const unfit = textProblem(text, "--kind", 1, LONGEST_KIND);
  if (unfit === undefined) return encodeBytes32String(text);
  throw utf8Length(text) > LONGEST_KIND
    ? KyosoError.of("decision.kind-too-long", {
        data: { bytes: utf8Length(text), most: LONGEST_KIND },
        place: "--kind",
        message: `${quote(text)} has ${utf8Length(text)} bytes, more than ${LONGEST_KIND}`,
        remedy: "Write a short word, such as name, partner or stance.",
      })
    : new KyosoError(unfit);
}
