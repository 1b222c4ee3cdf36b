/**
 * What makes two names the same to people: neither how a system composes their characters, nor width, case, spaces, or
 * characters that nobody sees tell them apart.
 */
export function nameKey(name: string): string {
  return (
    name
      .normalize("NFKC")
      .replaceAll(/[\p{Cf}\p{Variation_Selector}]/gu, "")
      // Both ways: "ß" and "SS", "ς" and "σ" are the same then, too.
      .toUpperCase()
      .toLowerCase()
      .replaceAll(/\s+/gu, " ")
      .trim()
  );
}

/** The first pair of names that people can't tell apart, as places in the list; undefined where there is none. */
export function sameNames(names: readonly string[]): readonly [first: number, second: number] | undefined {
  const places = new Map<string, number>();
  for (const [second, name] of names.entries()) {
    const key = nameKey(name);
    const first = places.get(key);
    if (first !== undefined) return [first, second];
    places.set(key, second);
  }
  return undefined;
}
