import type { PageDocument } from "@kyoso/sdk/page";

/** Longer names don't fit a line. */
const LONGEST = 40;

const keyOf = ({ record }: Pick<PageDocument, "record">) =>
  `kyoso-names ${record.chainId} ${record.contracts.governor}`;

/** What this device calls people: nobody else sees it. By addresses in small letters. */
export function readOwnNames(document: PageDocument): ReadonlyMap<string, string> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(keyOf(document)) ?? "{}");
    const entries = typeof found === "object" && found !== null ? Object.entries(found) : [];
    return new Map(
      entries.filter(
        (entry): entry is [string, string] =>
          /^0x[0-9a-f]{40}$/u.test(entry[0]) && typeof entry[1] === "string" && entry[1] !== "",
      ),
    );
  } catch {
    return new Map();
  }
}

/** The same names with one changed; without it, where it is empty. It is remembered. */
export function withName(
  names: ReadonlyMap<string, string>,
  address: string,
  name: string,
  document: PageDocument,
): ReadonlyMap<string, string> {
  const changed = new Map(names);
  const plain = Array.from(name.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, "").trim())
    .slice(0, LONGEST)
    .join("");
  if (plain === "") changed.delete(address.toLowerCase());
  else changed.set(address.toLowerCase(), plain);
  try {
    localStorage.setItem(keyOf(document), JSON.stringify(Object.fromEntries(changed)));
  } catch {
    // A browser that keeps nothing has the names until the page is closed.
  }
  return changed;
}
