/** Hashes of transactions that are under way, by what their views know them by; kept on the device. */
const KEY = "kyoso-sent";

export function keptHash(name: string): string | undefined {
  const hash = read()[name];
  return typeof hash === "string" && /^0x[0-9a-f]{64}$/u.test(hash) ? hash : undefined;
}

/** @param hash Null where there is none any more. */
export function keepHash(name: string, hash: string | null): void {
  const { [name]: before, ...others } = read();
  if (hash === null && before === undefined) return;
  try {
    localStorage.setItem(KEY, JSON.stringify(hash === null ? others : { ...others, [name]: hash }));
  } catch {
    // It is under way all the same.
  }
}

function read(): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
