import type { DecodedCall, LiveDao, Names, ProposalView as Found, ReadCall, SettingChange } from "@kyoso/sdk";
import { asPast, callsOf, decodeCall, isFinal, namesFor, readCalls, TOKEN_DECIMALS } from "@kyoso/sdk";
import type { ArgumentView, CallView, ChangeView, Plain, Shown } from "../answers.js";

/** The calls of a proposal; and for one that isn't over, what they would change. */
export async function readCallViews(live: LiveDao, proposal: Found): Promise<CallView[]> {
  const raw = callsOf(proposal);
  const names = await namesFor(live, raw);
  const read = isFinal(proposal.state)
    ? raw.map((each) => asPast(decodeCall(each, names)))
    : await readCalls(live, raw, names);
  return Promise.all(read.map((each) => callView(live, names, each)));
}

/** A call as the page shows it. */
export async function callView(
  live: LiveDao,
  names: Names,
  { call, changes, inner = [] }: ReadCall,
): Promise<CallView> {
  const { contract, to, value, data, name, args, unread, known } = call;
  return {
    ...{ contract, to, value, data, name },
    args: args.map((argument) => argumentOf(call, argument, names)),
    changes: await changesOf(live, names, call, changes),
    inner: await Promise.all(inner.map((each) => callView(live, names, each))),
    unread: unread ?? null,
    irreversible: known.irreversible !== undefined,
  };
}

function argumentOf(
  call: DecodedCall,
  { name, type, value, text }: DecodedCall["args"][number],
  names: Names,
): ArgumentView {
  return { name, value: plain(value), shown: shownAs(call, name, type, names), text };
}

/** What is set now is read as it is on the chain, so that the page can say both in its reader's language. */
async function changesOf(
  live: LiveDao,
  names: Names,
  call: DecodedCall,
  changes: readonly SettingChange[],
): Promise<ChangeView[]> {
  if (changes.length === 0) return [];
  const current = (await call.known.current?.(live.contracts)) ?? {};
  return changes.map(({ name, from, to }) => {
    const argument = call.args.find((each) => each.name === name);
    return {
      name,
      shown: shownAs(call, name, argument?.type ?? "", names),
      from: plain(current[name]),
      to: plain(argument?.value),
      fromText: from,
      toText: to,
    };
  });
}

function shownAs(
  { known, to, contract }: DecodedCall,
  name: string,
  type: string,
  { assets, symbol }: Names,
): Shown {
  const unit = known.units?.[name];
  if (unit === "tokens") return { as: "amount", symbol, decimals: TOKEN_DECIMALS };
  if (unit === "seconds" || unit === "timestamp" || unit === "basis points") return { as: unit };
  const asset = contract === to && name === "value" ? assets?.get(to) : undefined;
  if (asset !== undefined) return { as: "amount", ...asset };
  return { as: type === "address" ? "account" : "text" };
}

/** A value that passes from one thread to the other. */
function plain(value: unknown): Plain {
  if (Array.isArray(value)) return Array.from(value as unknown[], plain);
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean") return value;
  return String(value);
}
