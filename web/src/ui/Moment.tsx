/** A time in words, which machines can read too. */
export function Moment({ at, children }: { readonly at: number; readonly children: string }) {
  return <time dateTime={new Date(at * 1_000).toISOString()}>{children}</time>;
}
