import type { Draft, Item } from "./draft.js";
import { EMPTY, isEmpty, SETTINGS } from "./draft.js";

/** The draft that is kept on the device, of one DAO. */
export class KeptDraft {
  readonly #key: string;

  constructor(dao: string) {
    this.#key = `kyoso-draft-${dao}`;
  }

  read(): Draft {
    try {
      const found: unknown = JSON.parse(localStorage.getItem(this.#key) ?? "null");
      return isDraft(found) ? found : EMPTY;
    } catch {
      return EMPTY;
    }
  }

  /** @returns Whether the device has kept it. */
  keep(draft: Draft): boolean {
    try {
      if (isEmpty(draft)) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }
}

const TEXTS: Readonly<Record<Exclude<Item["form"], "other">, readonly string[]>> = {
  tokens: ["to", "amount"],
  ether: ["to", "amount"],
  season: ["season", "amount"],
  kind: ["name", "description", "points", "votes", "supply"],
  setting: ["setting", "value"],
  idea: ["idea"],
};

/** What an earlier version of the page kept may have another form: then it isn't taken. */
function isDraft(value: unknown): value is Draft {
  return (
    isObject(value) &&
    typeof value.title === "string" &&
    typeof value.body === "string" &&
    Array.isArray(value.items) &&
    value.items.every(isItem)
  );
}

function isItem(value: unknown): boolean {
  if (!isObject(value) || typeof value.form !== "string") return false;
  if (value.form === "other") return "action" in value;
  if (!Object.hasOwn(TEXTS, value.form)) return false;
  if (value.form === "setting" && !Object.hasOwn(SETTINGS, String(value.setting))) return false;
  return TEXTS[value.form as keyof typeof TEXTS].every((name) => typeof value[name] === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
