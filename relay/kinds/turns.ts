/** How much is asked of a node at once. */
const AT_ONCE = 16;

/** Does something with each of many, a few at once, and answers in their order. */
export async function inTurn<Value, Result>(
  values: readonly Value[],
  use: (value: Value) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < values.length; at += AT_ONCE) {
    results.push(...(await Promise.all(values.slice(at, at + AT_ONCE).map(use))));
  }
  return results;
}
