import type { FunctionFragment } from "ethers";
import { isHexString } from "ethers";
import { knownFunction } from "../calls/known.js";
import type { Call } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import type { Asset } from "../token/asset.js";
import { readAsset } from "../token/asset.js";
import { formatAmount, quote, TOKEN_DECIMALS } from "../units.js";
import type { Target } from "./functions.js";
import { amountOf, findFunction, interfaceOf, targetAt } from "./functions.js";
import type { Path, Report, ValueContext } from "./values.js";
import { readEther } from "./numbers.js";
import { readAddress, readValue, suggest } from "./values.js";

const KEYS = ["to", "contract", "function", "args", "value", "data"] as const;

const EXAMPLE =
  'write, for instance, "contract: token", "function: transfer", "args:" and below it one argument a line; or "to" and "value" to send ETH';

const ETHER: Asset = { symbol: "ETH", decimals: 18 };

/**
 * Makes calls of a list of actions, as a file has them: sections of texts.
 *
 * @param path Where the list is in the file.
 * @param report Takes what is wrong; what is returned is then of no use.
 */
export async function readActions(
  live: LiveDao,
  actions: readonly unknown[],
  path: Path,
  report: Report,
): Promise<Call[]> {
  const calls = await Promise.all(
    actions.map(async (action, i): Promise<Call | undefined> => {
      const at = [...path, i];
      if (typeof action !== "object" || action === null || Array.isArray(action)) {
        report(
          at,
          problem("action.not-section", {
            data: {},
            message: "is no action",
            remedy: EXAMPLE,
          }),
        );
        return undefined;
      }
      return readAction(live, action, at, report);
    }),
  );
  return calls.filter((made) => made !== undefined);
}

type Action = Readonly<Partial<Record<(typeof KEYS)[number], unknown>>>;

async function readAction(
  live: LiveDao,
  action: Action,
  path: Path,
  report: Report,
): Promise<Call | undefined> {
  const attempt = <Result>(key: string, read: () => Result): Result | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      for (const each of error.problems) report([...path, key], each);
      return undefined;
    }
  };
  for (const key of Object.keys(action)) {
    if (KEYS.some((known) => known === key)) continue;
    report(
      [...path, key],
      problem("key.unknown", {
        data: { key, known: KEYS },
        message: `there is no key ${quote(key)} here`,
        remedy: suggest(key, KEYS),
      }),
    );
  }
  const key = action.contract === undefined && action.to !== undefined ? "to" : "contract";
  if (action[key] === undefined || (action.contract !== undefined && action.to !== undefined)) {
    report(
      path,
      action[key] === undefined
        ? problem("action.target-missing", { data: {}, message: "names nobody", remedy: EXAMPLE })
        : problem("action.target-twice", {
            data: {},
            message: 'has both "to" and "contract"',
            remedy: EXAMPLE,
          }),
    );
    return undefined;
  }
  const value = action.value === undefined ? 0n : attempt("value", () => readEther(oneText(action.value)));
  const address = attempt(key, () => readAddress(oneText(action[key]), live.book));
  if (address === undefined) return undefined;
  const target = targetAt(address, live.book);
  const { data } = action;
  if (data !== undefined) return readData(action, target, value ?? 0n, path, report);
  if (key === "to") return readTransfer(action, target, value ?? 0n, path, report);

  if (action.function === undefined) {
    report(
      path,
      problem("action.function-missing", {
        data: {},
        message: 'has no "function"',
        remedy: EXAMPLE,
      }),
    );
    return undefined;
  }
  const fragment = attempt("function", () => findFunction(oneText(action.function), target));
  if (fragment === undefined) return undefined;
  if (value !== undefined && value > 0n && target.complete && !fragment.payable) {
    report(
      [...path, "value"],
      problem("action.takes-no-ether", {
        data: { contract: target.name, function: fragment.name },
        message: `${target.name}.${fragment.name} takes no ETH`,
        remedy: "leave the value out",
      }),
    );
  }
  const context = await contextOf(live, target, fragment);
  const args = readArguments(fragment, action.args, path, context, report);
  if (args === undefined) return undefined;
  const made = call(
    { name: target.name, address, interface: interfaceOf(fragment) },
    fragment.format("sighash"),
    args,
    `${target.name}.${fragment.name}`,
  );
  return { ...made, value: value ?? 0n };
}

/** The text of a key that has one, and no list or section. */
function oneText(value: unknown): string {
  if (typeof value === "string") return value;
  throw KyosoError.of("action.not-one-value", {
    data: {},
    message: "isn't one value",
    remedy: "write it on the same line",
  });
}

/** ETH and nothing else. */
function readTransfer(
  action: Action,
  { name, address }: Target,
  value: bigint,
  path: Path,
  report: Report,
): Call {
  for (const key of ["function", "args"] as const) {
    if (action[key] === undefined) continue;
    report(
      [...path, key],
      problem("action.only-sends", {
        data: { key },
        message: `"to" only sends ETH, without a ${quote(key)}`,
        remedy: 'to call a function, write "contract" instead of "to"',
      }),
    );
  }
  if (action.value === undefined) {
    report(
      path,
      problem("action.value-missing", {
        data: {},
        message: 'has no "value"',
        remedy: 'write how much, for instance "value: 0.5 ETH"',
      }),
    );
  }
  return {
    contract: name,
    to: address,
    signature: "",
    args: [],
    data: "0x",
    value,
    purpose: `Send ${formatAmount(value, "ETH")} to ${name}`,
  };
}

/** What a call is made of, where nothing better is known. */
function readData(
  action: Action,
  { name, address }: Target,
  value: bigint,
  path: Path,
  report: Report,
): Call {
  const data = typeof action.data === "string" ? action.data.trim() : "";
  if (!isHexString(data, true)) {
    report(
      [...path, "data"],
      problem("argument.not-bytes", {
        data: { text: data, length: undefined },
        message: "isn't bytes in hexadecimal",
        remedy: "write 0x and two digits for each byte",
      }),
    );
  }
  for (const key of ["function", "args"] as const) {
    if (action[key] === undefined) continue;
    report(
      [...path, key],
      problem("action.data-twice", {
        data: { key },
        message: `says what "data" says already`,
        remedy: 'keep one of the two: "data", or "function" and "args"',
      }),
    );
  }
  return { contract: name, to: address, signature: "", args: [], data, value, purpose: `Call ${name}` };
}

function readArguments(
  fragment: FunctionFragment,
  given: unknown,
  path: Path,
  context: ValueContext,
  report: Report,
): unknown[] | undefined {
  const at = [...path, "args"];
  const { inputs } = fragment;
  const args: unknown = given === undefined || given === "" ? [] : given;
  const wanted = inputs.map((input) => `${input.type} ${input.name}`.trim()).join(", ");
  if (!Array.isArray(args)) {
    report(
      at,
      problem("action.arguments-not-list", {
        data: { wanted },
        message: "is no list",
        remedy: `write one argument a line, each beginning with "- ": ${wanted}`,
      }),
    );
    return undefined;
  }
  const list: readonly unknown[] = args;
  if (list.length !== inputs.length) {
    report(
      given === undefined ? path : at,
      problem("action.arguments-count", {
        data: { function: fragment.name, count: list.length, expected: inputs.length, wanted },
        message: `${fragment.name} takes ${inputs.length} ${inputs.length === 1 ? "argument" : "arguments"}, and there ${list.length === 1 ? "is" : "are"} ${list.length}`,
        remedy: inputs.length === 0 ? "leave them out" : `write ${wanted}`,
      }),
    );
    return undefined;
  }
  const problems: Problem[] = [];
  const noting: Report = (where, each) => {
    problems.push(each);
    report(where, each);
  };
  const values = inputs.map((input, i) =>
    readValue(input, list[i], [...at, i], input.name === "" ? i.toString() : input.name, context, noting),
  );
  return problems.length === 0 ? values : undefined;
}

/** What the numbers of a function's arguments can be written in. */
async function contextOf(live: LiveDao, target: Target, fragment: FunctionFragment): Promise<ValueContext> {
  const token: Asset = { symbol: live.symbol, decimals: TOKEN_DECIMALS };
  const { book } = live;
  if (target.complete) {
    const units = knownFunction(target.name, fragment.name).units ?? {};
    return { book, units, token, assets: [token, ETHER] };
  }
  const asset = await readAsset(live.provider, target.address);
  // Symbols are not unique: in a call of another token, its own amount is what is meant.
  const assets = [...(asset === undefined ? [] : [asset]), token, ETHER];
  const amount = amountOf(fragment);
  const units = asset === undefined || amount === undefined ? {} : { [amount]: asset };
  return { book, units, token, assets };
}
