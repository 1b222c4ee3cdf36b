import { createHash, randomBytes } from "node:crypto";

/**
 * The cookies of a gate. Their prefix has browsers take them from this very host only, by HTTPS: no other site of the same domain can put
 * one in. No script reads them.
 */
const COOKIES = {
  /** A link in a mail leads to the members' page. */
  session: { name: "__Host-kyoso-session", sameSite: "Lax" },
  challenge: { name: "__Host-kyoso-challenge", sameSite: "Strict" },
} as const;

type CookieName = keyof typeof COOKIES;

/** Random bytes of what a browser is known by. */
const SECRET_BYTES = 32;
const SECRET = /^[\w-]{43}$/u;

/** What a browser is to be known by: the browser has the secret, and the store what it is found by, which is of no use to a thief. */
export function newSecret(): { readonly secret: string; readonly id: string } {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  return { secret, id: idOf(secret) };
}

function idOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** A `Set-Cookie` header. */
export function cookieOf(cookie: CookieName, secret: string, seconds: number): string {
  const { name, sameSite } = COOKIES[cookie];
  return `${name}=${secret}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=${sameSite}`;
}

/** A `Set-Cookie` header that has a browser forget a cookie. */
export function withoutCookie(cookie: CookieName): string {
  return cookieOf(cookie, "", 0);
}

/** What the store has for a browser's cookie; undefined where the `Cookie` header has none. */
export function idIn(header: string | null, cookie: CookieName): string | undefined {
  const start = `${COOKIES[cookie].name}=`;
  const found = (header ?? "")
    .split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(start));
  const secret = found?.slice(start.length) ?? "";
  return SECRET.test(secret) ? idOf(secret) : undefined;
}
