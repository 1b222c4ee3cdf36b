import { getAddress } from "ethers";
import { readKinds } from "../badges/kinds/kinds.js";
import type { LiveDao } from "../live.js";
import type { Asset } from "../token/asset.js";
import { readAsset } from "../token/asset.js";
import { TOKEN_DECIMALS } from "../units.js";
import type { DecodedCall, Names, RawCall } from "./decode.js";
import { decodeCall } from "./decode.js";
import { callsWithin } from "./nested.js";
import type { RevertNames } from "./revert.js";
import type { SettingChange } from "./settings.js";
import { settingsReader } from "./settings.js";

/** A call, and what it would change of settings. */
export interface ReadCall {
  readonly call: DecodedCall;
  readonly changes: readonly SettingChange[];
  /** The same of the calls that it carries; undefined where it carries none. */
  readonly inner?: readonly ReadCall[];
}

/** As many tokens are asked what they are called: more than any list of calls has that people read. */
const MOST_ASSETS = 20;

/** Decodes calls, with the names and units of all that is in them, and compares them with what is; all of it at each level. */
export async function readCalls(live: LiveDao, calls: readonly RawCall[], names: Names): Promise<ReadCall[]> {
  const changesOf = settingsReader(live.contracts, names);
  const read = async (call: DecodedCall, stopped: boolean): Promise<ReadCall> => {
    const { carried } = call;
    return {
      call,
      // What is kept from being made changes nothing.
      changes: stopped ? [] : await changesOf(call),
      ...(carried === undefined
        ? {}
        : {
            inner: await Promise.all(
              carried.calls.map((each) => read(each, stopped || carried.fate === "stopped")),
            ),
          }),
    };
  };
  return Promise.all(calls.map((raw) => read(decodeCall(raw, names), false)));
}

/** Calls that were made already, or never will be: there is nothing to compare them with. */
export function asPast(call: DecodedCall): ReadCall {
  const { carried } = call;
  return { call, changes: [], ...(carried === undefined ? {} : { inner: carried.calls.map(asPast) }) };
}

/** The names of what is in calls: of the DAO, of kinds of badges, and of tokens other than the brand's. */
export async function namesFor(live: LiveDao, calls: readonly RawCall[]): Promise<RevertNames> {
  const { book, symbol } = live;
  const all = [...callsWithin(calls.map((raw) => decodeCall(raw, { book, symbol })))].map(({ call }) => call);
  const tokens = new Set(all.flatMap((call) => tokensOf(call, live)).slice(0, MOST_ASSETS));
  const [assets, kinds] = await Promise.all([
    Promise.all([...tokens].map(async (token) => [token, await readAsset(live.provider, token)] as const)),
    all.some(({ known }) => Object.values(known.meanings ?? {}).includes("kind")) ? kindsOf(live) : undefined,
  ]);
  const known = assets.filter((entry): entry is readonly [string, Asset] => entry[1] !== undefined);
  const own = all.some(({ known: { units = {} } }) => Object.values(units).includes("tokens"));
  return {
    book,
    symbol,
    assets: new Map(known),
    spent:
      spentOf(tokens.size, known, own ? live : undefined) ?? (tokens.size === 0 ? ownToken(live) : undefined),
    ...(kinds === undefined ? {} : { kinds }),
  };
}

function ownToken({ symbol }: LiveDao): Asset {
  return { symbol, decimals: TOKEN_DECIMALS };
}

/** The token that an error of an ERC-20 speaks of: only where calls have amounts of one alone can that be told. */
function spentOf(
  others: number,
  known: readonly (readonly [string, Asset])[],
  own: LiveDao | undefined,
): Asset | undefined {
  if (own !== undefined) return others === 0 ? ownToken(own) : undefined;
  return others === 1 ? known[0]?.[1] : undefined;
}

/** The tokens that a call has amounts of, but the brand's. */
function tokensOf({ to, name, args, known, unread }: DecodedCall, { book }: LiveDao): string[] {
  if (unread !== undefined) return [];
  const own = name !== "" && args.some((argument) => argument.name === "value") ? [to] : [];
  const named = Object.values(known.amountsOf ?? {}).flatMap((token) =>
    args.filter((argument) => argument.name === token).map(({ value }) => String(value)),
  );
  return [...own, ...named]
    .map((address) => getAddress(address))
    .filter((address) => book.nameOf(address) === undefined);
}

const readBefore = new WeakMap<LiveDao, Promise<ReadonlyMap<number, string>>>();

/** The names of all kinds, as of the block that the DAO was opened at. */
async function kindsOf(live: LiveDao): Promise<ReadonlyMap<number, string>> {
  const reading =
    readBefore.get(live) ??
    readKinds(live).then((all) => new Map(all.map(({ number, name }) => [number, name])));
  readBefore.set(live, reading);
  try {
    return await reading;
  } catch (error) {
    readBefore.delete(live);
    throw error;
  }
}
