/** An object whose values are made when each is first asked for: few need all contracts, and each has a long ABI to parse. */
export function whenAsked<Makers extends Record<string, () => unknown>>(makers: Makers) {
  const values = {};
  for (const [name, make] of Object.entries(makers)) {
    let value: unknown;
    Object.defineProperty(values, name, { enumerable: true, get: () => (value ??= make()) });
  }
  return values as { readonly [Name in keyof Makers]: ReturnType<Makers[Name]> };
}
