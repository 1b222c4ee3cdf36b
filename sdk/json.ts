export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A value as JSON keeps it: amounts in decimal strings, as they are beyond what JSON's numbers hold. */
export function toJson(value: unknown): JsonValue {
  const text = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "bigint" ? inner.toString() : inner,
  );
  return JSON.parse(text) as JsonValue;
}

/**
 * JSON that somebody may have saved with an editor that begins texts with a byte order mark.
 *
 * @throws SyntaxError where it isn't whole JSON.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\ufeff/u, ""));
}
