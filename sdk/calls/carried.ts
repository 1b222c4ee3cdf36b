import type { Result } from "ethers";
import { getAddress, ZeroAddress } from "ethers";
import type { AddressBook } from "./book.js";
import type { CalledFunction } from "./functions.js";
import type { BundledCall } from "./multiSend.js";
import { MULTI_SENDS, parseMultiSend, unpackBundle } from "./multiSend.js";
import type { RawCall, UnreadReason } from "./raw.js";

/**
 * What becomes of calls that another call's data carry: they are made with it; announced, to be made later; put to the vote;
 * made once the code is another one; or kept from ever being made.
 */
type Fate = "made" | "announced" | "proposed" | "upgraded" | "stopped";

/** Calls in a call. */
export interface Carried {
  readonly fate: Fate;
  readonly calls: readonly RawCall[];
  /** The name or address of who makes them; undefined for whoever makes the call that carries them. */
  readonly by?: string;
  /** The argument that says when, where one does, and what it stands for. */
  readonly when?: { readonly argument: string; readonly unit: "timestamp" | "seconds" };
  /** Whether what fails is passed over, so that the others are made all the same. */
  readonly mayFail: boolean;
  /** The arguments that are the calls. */
  readonly args: readonly string[];
}

/** A function that carries calls. */
interface Carrier {
  readonly fate: Fate;
  readonly by?: "itself" | "timelock";
  readonly when?: Carried["when"];
  readonly args: readonly string[];
  /** The calls; or why they can't be told. */
  readonly read: (value: (name: string) => unknown, raw: RawCall) => readonly RawCall[] | UnreadReason;
}

const one = (to: string, data: string, value?: string): Carrier["read"] => {
  return (get) => [
    {
      to: String(get(to)),
      data: String(get(data)),
      value: value === undefined ? 0n : BigInt(String(get(value))),
    },
  ];
};

const lists = (targets: string, values: string, contents: string): Carrier["read"] => {
  return (get) => {
    const [to, value, data] = [targets, values, contents].map((name) =>
      [...(get(name) as Result)].map(String),
    );
    if (to === undefined || to.length !== value?.length || to.length !== data?.length) return "encoding";
    return to.map((each, i) => ({ to: each, value: BigInt(value[i] ?? ""), data: data[i] ?? "" }));
  };
};

/** A list of structs with a target and data. */
const aggregated: Carrier["read"] = (get) =>
  Array.from(get("calls") as Result, (each: Result) => {
    const {
      target,
      callData,
      value = 0n,
    } = each.toObject() as {
      target: string;
      callData: string;
      value?: bigint;
    };
    return { to: target, data: callData, value };
  });

/** What a Safe does in its own name. */
const executed: Carrier["read"] = (get, raw) => {
  const to = String(get("to"));
  if (get("operation") === 0n) return one("to", "data", "value")(get, raw);
  if (get("operation") !== 1n || !MULTI_SENDS.includes(getAddress(to))) return "delegatecall";
  return bundled(parseMultiSend(String(get("data"))));
};

/** The calls of a bundle: what isn't a call of somebody else may be anything. */
function bundled(calls: readonly BundledCall[] | undefined): readonly RawCall[] | UnreadReason {
  if (calls === undefined) return "encoding";
  // Some versions take the zero address for the Safe itself, and others don't.
  if (calls.some(({ operation, to }) => operation !== 0 || to === ZeroAddress)) return "delegatecall";
  return calls.map(({ to, data: inner, value }) => ({ to, data: inner, value }));
}

const proposal = ["targets", "values", "calldatas"] as const;
const batch = ["targets", "values", "payloads"] as const;
const later = { argument: "delay", unit: "seconds" } as const;
const safeCall = {
  fate: "made",
  by: "itself",
  args: ["to", "value", "data", "operation"],
  read: executed,
} as const;

/** By their signatures: contracts that aren't the DAO's are read by the same. */
const CARRIERS: Readonly<Record<string, Carrier>> = {
  // Of an AccessManager.
  "execute(address,bytes)": {
    fate: "made",
    by: "itself",
    args: ["target", "data"],
    read: one("target", "data"),
  },
  "schedule(address,bytes,uint48)": {
    fate: "announced",
    when: { argument: "when", unit: "timestamp" },
    args: ["target", "data", "when"],
    read: one("target", "data"),
  },
  "cancel(address,address,bytes)": { fate: "stopped", args: ["target", "data"], read: one("target", "data") },
  "multicall(bytes[])": {
    fate: "made",
    args: ["data"],
    read: (get, { to }) =>
      Array.from(get("data") as Result, (data) => ({ to, data: String(data), value: 0n })),
  },
  // Of a timelock.
  "execute(address,uint256,bytes,bytes32,bytes32)": {
    fate: "made",
    by: "itself",
    args: ["target", "value", "payload"],
    read: one("target", "payload", "value"),
  },
  "executeBatch(address[],uint256[],bytes[],bytes32,bytes32)": {
    fate: "made",
    by: "itself",
    args: batch,
    read: lists(...batch),
  },
  "schedule(address,uint256,bytes,bytes32,bytes32,uint256)": {
    fate: "announced",
    by: "itself",
    when: later,
    args: ["target", "value", "data", "delay"],
    read: one("target", "data", "value"),
  },
  "scheduleBatch(address[],uint256[],bytes[],bytes32,bytes32,uint256)": {
    fate: "announced",
    by: "itself",
    when: later,
    args: [...batch, "delay"],
    read: lists(...batch),
  },
  "queueBatch(address[],uint256[],bytes[],bytes32)": {
    fate: "announced",
    by: "itself",
    args: batch,
    read: lists(...batch),
  },
  // Of a governor.
  "propose(address[],uint256[],bytes[],string)": {
    fate: "proposed",
    by: "timelock",
    args: proposal,
    read: lists(...proposal),
  },
  "queue(address[],uint256[],bytes[],bytes32)": {
    fate: "announced",
    by: "timelock",
    args: proposal,
    read: lists(...proposal),
  },
  "execute(address[],uint256[],bytes[],bytes32)": {
    fate: "made",
    by: "timelock",
    args: proposal,
    read: lists(...proposal),
  },
  "cancel(address[],uint256[],bytes[],bytes32)": {
    fate: "stopped",
    args: proposal,
    read: lists(...proposal),
  },
  "discard(address[],uint256[],bytes[],bytes32)": {
    fate: "stopped",
    args: proposal,
    read: lists(...proposal),
  },
  "veto(address[],uint256[],bytes[],bytes32,string)": {
    fate: "stopped",
    args: proposal,
    read: lists(...proposal),
  },
  "relay(address,uint256,bytes)": {
    fate: "made",
    by: "itself",
    args: ["target", "value", "data"],
    read: one("target", "data", "value"),
  },
  // Of whatever can get another code.
  "upgradeToAndCall(address,bytes)": {
    fate: "upgraded",
    args: ["data"],
    read: (get, { to }) => (get("data") === "0x" ? [] : [{ to, data: String(get("data")), value: 0n }]),
  },
  // Of a Safe, and of what bundles its calls.
  "execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)": safeCall,
  "execTransactionFromModule(address,uint256,bytes,uint8)": safeCall,
  "execTransactionFromModuleReturnData(address,uint256,bytes,uint8)": safeCall,
  "multiSend(bytes)": {
    fate: "made",
    by: "itself",
    args: ["transactions"],
    read: (get) => bundled(unpackBundle(String(get("transactions")))),
  },
  // Of Multicall3.
  "aggregate((address,bytes)[])": { fate: "made", by: "itself", args: ["calls"], read: aggregated },
  "tryAggregate(bool,(address,bytes)[])": { fate: "made", by: "itself", args: ["calls"], read: aggregated },
  "aggregate3((address,bool,bytes)[])": { fate: "made", by: "itself", args: ["calls"], read: aggregated },
  "aggregate3Value((address,bool,uint256,bytes)[])": {
    fate: "made",
    by: "itself",
    args: ["calls"],
    read: aggregated,
  },
};

/** The calls that a call's data carry; undefined for one that carries none; or why they can't be told. */
export function carriedBy(
  called: CalledFunction,
  raw: RawCall,
  book: AddressBook,
): Carried | UnreadReason | undefined {
  const { fragment, args } = called;
  const carrier = CARRIERS[fragment.format("sighash")];
  if (carrier === undefined) return undefined;
  const calls = carrier.read((name) => args[fragment.inputs.findIndex((input) => input.name === name)], raw);
  if (typeof calls === "string") return calls;
  if (calls.length === 0 && carrier.fate === "upgraded") return undefined;
  const by = makerOf(carrier, raw, book);
  return {
    fate: carrier.fate,
    calls,
    mayFail: passesOverFailures(called),
    args: carrier.args,
    ...(by === undefined ? {} : { by }),
    ...(carrier.when === undefined ? {} : { when: carrier.when }),
  };
}

function makerOf({ by }: Carrier, { to }: RawCall, book: AddressBook): string | undefined {
  if (by === "itself") return book.nameOf(to) ?? getAddress(to);
  return by === "timelock" && book.contractAt(to) === "governor" ? "timelock" : undefined;
}

/** What Multicall3 is told about calls that fail. */
function passesOverFailures({ fragment, args }: CalledFunction): boolean {
  if (fragment.name === "tryAggregate") return args[0] === false;
  if (!fragment.name.startsWith("aggregate3")) return false;
  return Array.from(args[0] as Result).some((each: Result) => each[1] === true);
}
