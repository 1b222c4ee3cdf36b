import type { Relayable } from "@kyoso/sdk";
import { RELAYED } from "@kyoso/sdk";

/** What is kept on the device of something that is under way: it is what was signed, and goes on after a reload. */
export interface KeptErrand {
  readonly signed: Relayable;
  /** Id of the relay's job; null before it has answered. */
  readonly job: string | null;
}

/** Errands that are under way, kept on the device. A browser that keeps nothing forgets them with the page. */
export class KeptErrands {
  readonly #key: string;

  /** @param dao Tells one DAO from the others of the same host. */
  constructor(dao: string) {
    this.#key = `kyoso-errands-${dao}`;
  }

  all(): ReadonlyMap<string, KeptErrand> {
    const found = this.#read();
    return new Map(Object.entries(found).filter((entry): entry is [string, KeptErrand] => isKept(entry[1])));
  }

  keep(name: string, errand: KeptErrand): void {
    this.#write({ ...Object.fromEntries(this.all()), [name]: errand });
  }

  forget(name: string): void {
    this.#write(Object.fromEntries([...this.all()].filter(([other]) => other !== name)));
  }

  #read(): object {
    try {
      const found: unknown = JSON.parse(localStorage.getItem(this.#key) ?? "{}");
      return typeof found === "object" && found !== null ? found : {};
    } catch {
      return {};
    }
  }

  #write(errands: Readonly<Record<string, KeptErrand>>): void {
    try {
      if (Object.keys(errands).length === 0) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, JSON.stringify(errands));
    } catch {
      // It is under way all the same.
    }
  }
}

function isKept(value: unknown): value is KeptErrand {
  if (typeof value !== "object" || value === null || !("signed" in value) || !("job" in value)) return false;
  const { signed, job } = value;
  const isJob = job === null || (typeof job === "string" && /^[0-9a-f]{32}$/u.test(job));
  return isJob && typeof signed === "object" && signed !== null && "kind" in signed && isRelayed(signed.kind);
}

function isRelayed(kind: unknown): boolean {
  return typeof kind === "string" && Object.hasOwn(RELAYED, kind);
}
