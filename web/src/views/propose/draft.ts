import { ideaName, ideaOf } from "@kyoso/sdk";
import { durationOf, percentOf, plain } from "./typed.js";

/** Settings that the form knows, each with what it is written in. */
export const SETTINGS = {
  setVotingPeriod: { contract: "governor", unit: "duration" },
  setVotingDelay: { contract: "governor", unit: "duration" },
  setProposalThreshold: { contract: "governor", unit: "tokens" },
  updateQuorumNumerator: { contract: "governor", unit: "percent" },
  setQuorumFloor: { contract: "governor", unit: "tokens" },
  updateDelay: { contract: "timelock", unit: "duration" },
} as const;
export type Setting = keyof typeof SETTINGS;

/** One thing that a draft proposes, as its form has it; texts as they were typed. */
export type Item =
  | { readonly form: "tokens" | "ether"; readonly to: string; readonly amount: string }
  | { readonly form: "season"; readonly season: string; readonly amount: string }
  | {
      readonly form: "kind";
      readonly name: string;
      readonly description: string;
      readonly points: string;
      readonly votes: string;
      readonly supply: string;
    }
  | { readonly form: "setting"; readonly setting: Setting; readonly value: string }
  /** An idea that is adopted, by its name: `3-12`. */
  | { readonly form: "idea"; readonly idea: string }
  /** What a file had and no form knows: it stays as it is. */
  | { readonly form: "other"; readonly action: unknown };

/** A proposal that somebody is writing. */
export interface Draft {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly items: readonly Item[];
}

export const EMPTY: Draft = { title: "", body: "", items: [] };

export function isEmpty({ title, body, items }: Draft): boolean {
  return title === "" && body === "" && items.length === 0;
}

/** Role of those who may award badges; the Safe is one of them. */
const ISSUER = "3";

/** The actions of an item, as `proposal create` reads them. Some take two: an approval, and what it is for. */
export function actionsOf(item: Item, symbol: string): readonly unknown[] {
  switch (item.form) {
    case "tokens":
      return [call("token", "transfer", [plain(item.to), withUnit(item.amount, symbol)])];
    case "ether":
      return [{ to: plain(item.to), value: withUnit(item.amount, "ETH") }];
    case "season": {
      const amount = withUnit(item.amount, symbol);
      return [
        call("token", "approve", ["rewards", amount]),
        call("rewards", "fund", [plain(item.season), "token", amount]),
      ];
    }
    case "kind":
      return [
        call("badge", "addVotingKind", [
          {
            name: item.name.trim(),
            description: item.description.trim(),
            image: "",
            points: plain(item.points),
            votes: withUnit(item.votes, symbol),
            issuerRole: ISSUER,
            supplyLimit: plain(item.supply) === "" ? "0" : plain(item.supply),
            dailyPointsLimit: "0",
          },
        ]),
      ];
    case "setting": {
      const { contract, unit } = SETTINGS[item.setting];
      const value =
        unit === "tokens"
          ? withUnit(item.value, symbol)
          : unit === "percent"
            ? percentOf(item.value)
            : durationOf(item.value);
      return [call(contract, item.setting, [value])];
    }
    case "idea":
      return [call("board", "adopt", [numberOf(item.idea)])];
    case "other":
      return [item.action];
  }
}

/** The text of a draft as a file that `proposal create` reads. JSON is YAML too. */
export function textOf({ title, body, items }: Draft, symbol: string): string {
  const actions = items.flatMap((item) => actionsOf(item, symbol));
  const heading = `# ${title.replaceAll(/\s+/gu, " ").trim()}`;
  return `---\nactions: ${JSON.stringify(actions)}\n---\n\n${heading}\n\n${body.trim()}\n`;
}

/** Which item an action is of, both counted from 0. */
export function itemOfAction(items: readonly Item[], action: number): number {
  let before = 0;
  for (const [i, item] of items.entries()) {
    before += actionsOf(item, "").length;
    if (action < before) return i;
  }
  return items.length - 1;
}

/**
 * The items that actions of a file are. What no form knows stays as it is.
 *
 * @param contracts Addresses of the DAO's contracts by their names: files have either.
 */
export function itemsOf(actions: readonly unknown[], contracts: Readonly<Record<string, string>>): Item[] {
  const names = new Map(Object.entries(contracts).map(([name, address]) => [address.toLowerCase(), name]));
  const nameOf = (text: unknown) => (isText(text) ? (names.get(text.trim().toLowerCase()) ?? text) : text);
  const items: Item[] = [];
  for (let i = 0; i < actions.length; i++) {
    const season = seasonOf(actions[i], actions[i + 1], nameOf);
    if (season !== undefined) i++;
    items.push(season ?? itemOf(actions[i]));
  }
  return items;
}

function itemOf(action: unknown): Item {
  const other: Item = { form: "other", action };
  if (!isSection(action)) return other;
  if (isText(action.to) && isText(action.value) && keysOf(action) === "to value")
    return { form: "ether", to: action.to, amount: withoutUnit(action.value) };
  const { contract, name, args } = partsOf(action);
  const [first, second] = args;
  if (contract === "token" && name === "transfer" && isText(first) && isText(second) && args.length === 2)
    return { form: "tokens", to: first, amount: withoutUnit(second) };
  const setting = (Object.keys(SETTINGS) as Setting[]).find(
    (each) => name === each && isSameContract(contract, SETTINGS[each].contract),
  );
  if (setting !== undefined && isText(first) && args.length === 1)
    return { form: "setting", setting, value: first };
  if (contract === "board" && name === "adopt" && isText(first) && args.length === 1)
    return ideaItem(first) ?? other;
  if (contract === "badge" && name === "addVotingKind" && isSection(first)) return kindOf(first) ?? other;
  return other;
}

/** An idea by its number on the chain. */
function ideaItem(number: string): Item | undefined {
  const written = plain(number).replaceAll(",", "");
  return /^\d{1,16}$/u.test(written) ? { form: "idea", idea: ideaName(BigInt(written)) } : undefined;
}

/** The number on the chain of an idea's name; what is none stays as it is, and the check says so. */
function numberOf(name: string): string {
  const [, of = "", place = ""] = /^(\d{1,11})-(\d{1,5})$/u.exec(plain(name)) ?? [];
  return of === "" ? name : ideaOf(Number(of), Number(place)).toString();
}

/** A kind whose other values are those that the form gives. */
function kindOf(config: Section): Item | undefined {
  const { name, description, points, votes, supplyLimit } = config;
  if (!isText(name) || !isText(description) || !isText(points) || !isText(votes) || !isText(supplyLimit))
    return undefined;
  const isPlain =
    config.image === "" &&
    config.issuerRole === ISSUER &&
    config.dailyPointsLimit === "0" &&
    Object.keys(config).length === 8;
  if (!isPlain) return undefined;
  const supply = supplyLimit === "0" ? "" : supplyLimit;
  return { form: "kind", name, description, points, votes: withoutUnit(votes), supply };
}

/** An approval, and the funding that it is for. */
function seasonOf(one: unknown, other: unknown, nameOf: (text: unknown) => unknown): Item | undefined {
  if (!isSection(one) || !isSection(other)) return undefined;
  const [approve, fund] = [partsOf(one), partsOf(other)];
  const [spender, approved] = approve.args;
  const [season, token, amount] = fund.args;
  const fits =
    approve.contract === "token" &&
    approve.name === "approve" &&
    nameOf(spender) === "rewards" &&
    fund.contract === "rewards" &&
    fund.name === "fund" &&
    nameOf(token) === "token" &&
    approved === amount;
  return fits && isText(season) && isText(amount)
    ? { form: "season", season, amount: withoutUnit(amount) }
    : undefined;
}

type Section = Readonly<Record<string, unknown>>;

function call(contract: string, name: string, args: readonly unknown[]) {
  return { contract, function: name, args };
}

/** The contract, the function's name and the arguments of an action that has nothing else. */
function partsOf(action: Section): {
  readonly contract: string;
  readonly name: string;
  readonly args: readonly unknown[];
} {
  const { contract, function: written, args } = action;
  const isCall = keysOf(action) === "args contract function" && isText(contract) && isText(written);
  if (!isCall || !Array.isArray(args)) return { contract: "", name: "", args: [] };
  return { contract, name: written.replace(/\(.*$/u, "").trim(), args: args as readonly unknown[] };
}

/** The timelock is the treasury, by another name. */
function isSameContract(one: string, other: string): boolean {
  const nameOf = (name: string) => (name === "treasury" ? "timelock" : name);
  return nameOf(one) === nameOf(other);
}

/** An amount with its unit, where somebody has typed a number alone. */
function withUnit(amount: string, unit: string): string {
  const text = plain(amount);
  return /^[\d.,_]+$/u.test(text) ? `${text} ${unit}` : text;
}

/** `5,000` of `5,000 SKR`: a form has the unit beside it. */
function withoutUnit(text: string): string {
  return /^([\d.,_]+)\s+\S+$/u.exec(text.trim())?.[1] ?? text;
}

function keysOf(section: Section): string {
  return Object.keys(section).sort().join(" ");
}

function isSection(value: unknown): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
