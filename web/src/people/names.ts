import type { Language, PageDocument } from "@kyoso/sdk/page";
import type { Chosen } from "../reader/answers.js";
import { FIRST_WORDS, SECOND_WORDS } from "./words.js";

/** Somebody, as people read it. */
export interface Name {
  readonly name: string;
  /** One to three letters for the seal. */
  readonly seal: string;
  /** Whether somebody gave the name; otherwise it is made of the address. */
  readonly given: boolean;
  /** What the person calls itself, where that is known: anybody can call itself anything. */
  readonly chosen?: OwnName;
}

export interface OwnName {
  readonly text: string;
  /** The title that it is shown with; null for none. */
  readonly title: string | null;
  /** Whether it is the name that is shown: then the seal is still the address's, which nobody can choose. */
  readonly isShown: boolean;
  /** Whether it looks like the name of somebody else. */
  readonly isTaken: boolean;
  /** What the address is called everywhere. */
  readonly pseudonym: string;
}

/** Somebody as a sentence says it, where neither title nor seal is beside it. */
export function inWords({ name, chosen }: Name): string {
  return chosen?.isShown === true ? `${name} (${chosen.pseudonym})` : name;
}

/** Names of all whom a page shows. */
export class Names {
  readonly #own: ReadonlyMap<string, string>;
  readonly #given = new Map<string, string>();
  readonly #roles = new Map<string, keyof typeof ROLES>();
  readonly #chosen: ReadonlyMap<string, Chosen>;

  /**
   * @param own What this device calls people, by their addresses in small letters.
   * @param chosen What people call themselves, likewise.
   */
  constructor(
    { names, record }: Pick<PageDocument, "names" | "record">,
    own: ReadonlyMap<string, string> = new Map(),
    chosen: ReadonlyMap<string, Chosen> = new Map(),
  ) {
    this.#own = own;
    this.#chosen = chosen;
    for (const [address, name] of Object.entries(names)) this.#given.set(address.toLowerCase(), name);
    const { timelock, rewards, drop, badge, token, governor, handover, manager } = record.contracts;
    const roles = { treasury: timelock, rewards, drop, badge, token, governor, handover, manager };
    for (const [role, address] of Object.entries(roles)) {
      this.#roles.set(address.toLowerCase(), role as keyof typeof ROLES);
    }
    this.#roles.set((record.presentSafe ?? record.safe).toLowerCase(), "safe");
    this.#roles.set(record.factory.toLowerCase(), "factory");
    for (const [role, address] of Object.entries(record.modules ?? {})) {
      this.#roles.set(address.toLowerCase(), role as keyof typeof ROLES);
    }
  }

  /**
   * What somebody is called: what it is to the DAO; what this device calls it; what it calls itself, unless that seems to be
   * somebody else; what the brand calls it in public; else a pseudonym of its address.
   */
  of(address: string, language: Language): Name {
    const key = address.toLowerCase();
    const role = this.#roles.get(key);
    if (role !== undefined) return { name: ROLES[role][language], seal: ROLES[role].seal, given: true };
    const pseudonym = pseudonymOf(key, language);
    const own = this.#own.get(key);
    const chosen = this.#chosenBy(key, own, pseudonym.name);
    if (chosen?.isShown === true) return { name: chosen.text, seal: pseudonym.seal, given: true, chosen };
    const given = own ?? this.#given.get(key);
    const named = given === undefined ? pseudonym : { name: given, seal: sealOf(given), given: true };
    return chosen === undefined ? named : { ...named, chosen };
  }

  #chosenBy(key: string, own: string | undefined, pseudonym: string): OwnName | undefined {
    const chosen = this.#chosen.get(key);
    if (chosen === undefined) return undefined;
    const { text, title, imitates } = chosen;
    const isTaken = imitates || this.#isOthers(text, key) || isPseudonym(text);
    return { text, title, isTaken, isShown: own === undefined && !isTaken, pseudonym };
  }

  /** Whether this device or the brand calls somebody else so. */
  #isOthers(name: string, key: string): boolean {
    const wanted = plain(name);
    return [...this.#given, ...this.#own].some(([of, given]) => of !== key && plain(given) === wanted);
  }

  /** The address of whom this device or the brand calls so; undefined where that is nobody, or not one alone. */
  find(name: string): string | undefined {
    const wanted = plain(name);
    const called = [...this.#given, ...this.#own].filter(([, given]) => plain(given) === wanted);
    const addresses = new Set(called.map(([address]) => address));
    const [address] = addresses;
    return wanted !== "" && addresses.size === 1 ? address : undefined;
  }

  /** Whether an address is one of the DAO's own. */
  isOwn(address: string): boolean {
    return this.#roles.has(address.toLowerCase());
  }
}

/** What the DAO's addresses are to people. */
const ROLES = {
  treasury: { ja: "金庫", en: "The treasury", seal: "庫" },
  safe: { ja: "お店", en: "The shop", seal: "店" },
  rewards: { ja: "分配の窓口", en: "The rewards", seal: "分" },
  drop: { ja: "招待の窓口", en: "The invitations", seal: "招" },
  badge: { ja: "バッジ", en: "The badges", seal: "札" },
  token: { ja: "トークン", en: "The token", seal: "票" },
  governor: { ja: "投票箱", en: "The ballot box", seal: "投" },
  handover: { ja: "引き渡し", en: "The handover", seal: "渡" },
  manager: { ja: "権限の台帳", en: "The book of powers", seal: "権" },
  factory: { ja: "共創の工房", en: "The factory", seal: "工" },
  board: { ja: "アイデア帳", en: "The idea board", seal: "案" },
  pass: { ja: "会員カードの台帳", en: "The book of cards", seal: "証" },
} as const;

const plain = (text: string) => text.normalize("NFKC").trim().toLowerCase();

/** Whether a name is one that is made of addresses. */
function isPseudonym(name: string): boolean {
  const has = (words: readonly string[], at: 0 | 1, word = "") =>
    words.some((each) => each.split(" ")[at]?.toLowerCase() === word);
  const text = plain(name).replace(/(?:さん|様|ちゃん|くん)$/u, "");
  return ([0, 1] as const).some((at) => {
    const [first, second, ...more] = text.split(at === 0 ? "の" : /\s+/u);
    return more.length === 0 && has(FIRST_WORDS, at, first) && has(SECOND_WORDS, at, second);
  });
}

/** Two words that an address always has, wherever the page is. */
function pseudonymOf(address: string, language: Language): Name {
  const hash = hashOf(address);
  const [first = "", firstEnglish = ""] = (FIRST_WORDS[hash % FIRST_WORDS.length] ?? "").split(" ");
  const [second = "", secondEnglish = ""] = (
    SECOND_WORDS[Math.floor(hash / FIRST_WORDS.length) % SECOND_WORDS.length] ?? ""
  ).split(" ");
  const name = language === "ja" ? `${first}の${second}さん` : `${firstEnglish} ${secondEnglish}`;
  return { name, seal: `${first}${second}`, given: false };
}

/** FNV-1a: spreads addresses over the words, and keeps nothing secret. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The letters of a name that its seal has: of the last word, without さん. */
function sealOf(name: string): string {
  const last =
    name
      .trim()
      .split(/\s+/u)
      .at(-1)
      ?.replace(/(?:さん|様|ちゃん|くん)$/u, "") ?? "";
  const letters = [...segmenter.segment(last === "" ? name : last)].map(({ segment }) => segment);
  return letters.slice(0, /\p{Script=Han}/u.test(last) ? Math.min(3, letters.length) : 2).join("");
}
