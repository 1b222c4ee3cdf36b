import { createHash } from "node:crypto";
import type { PageDocument } from "../../page/document.js";

/** A header that every file of the page is sent with. */
export type Header = readonly [name: string, value: string];

/**
 * The policy of the page: its own scripts by their hashes, its own styles, requests to its host, the brand's nodes and its relay,
 * and nothing else. Its Worker is started from a copy in memory, and so has the same one.
 *
 * @param importMap The text of the only script that stands in the page itself.
 */
export function contentPolicy({ page }: Pick<PageDocument, "page">, importMap: string): readonly string[] {
  const asked = [...page.rpc, ...(page.relay === null ? [] : [page.relay])].map((url) => new URL(url).origin);
  return [
    "default-src 'none'",
    `script-src 'self' '${hashOf("sha256", importMap)}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...new Set(asked)].join(" ")}`,
    "worker-src blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types kyoso-worker kyoso-md",
  ];
}

/** All headers, for hosts that send them. Where one sends none, the policy in the page itself still holds, but for its frames. */
export function headersFor(document: PageDocument, importMap: string): readonly Header[] {
  return [
    ["Content-Security-Policy", [...contentPolicy(document, importMap), "frame-ancestors 'none'"].join("; ")],
    ["Integrity-Policy", "blocked-destinations=(script)"],
    ["Referrer-Policy", "no-referrer"],
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
    ["X-Content-Type-Options", "nosniff"],
    ["X-Frame-Options", "DENY"],
    ["Permissions-Policy", PERMISSIONS.map((name) => `${name}=()`).join(", ")],
  ];
}

/** What the page never asks a browser for. */
const PERMISSIONS = ["camera", "microphone", "geolocation", "payment", "usb", "serial", "browsing-topics"];

/** A hash as policies and `integrity` take it. */
export function hashOf(algorithm: "sha256" | "sha384", content: string | Uint8Array): string {
  return `${algorithm}-${createHash(algorithm).update(content).digest("base64")}`;
}

/** For hosts that read a file `_headers`, as Cloudflare Pages and Netlify do. What is named by its hash is kept for good. */
export function headersFile(headers: readonly Header[], base: string): string {
  const lines = headers.map(([name, value]) => `  ${name}: ${value}`);
  return [
    `${base}*`,
    ...lines,
    "  Cache-Control: no-cache",
    `${base}assets/*`,
    "  ! Cache-Control",
    "  Cache-Control: public, max-age=31536000, immutable",
    "",
  ].join("\n");
}

/** For nginx: goes into a `server`. */
export function nginxFile(headers: readonly Header[], base: string): string {
  const lines = (indent: string) =>
    headers.map(([name, value]) => `${indent}add_header ${name} "${value.replaceAll('"', '\\"')}" always;`);
  return [
    "# Goes into a server { … } of nginx, beside its root. Every address of the page is answered with index.html.",
    `location ${base} {`,
    `    try_files $uri ${base}index.html;`,
    ...lines("    "),
    '    add_header Cache-Control "no-cache" always;',
    "}",
    `location ${base}assets/ {`,
    "    try_files $uri =404;",
    ...lines("    "),
    '    add_header Cache-Control "public, max-age=31536000, immutable" always;',
    "}",
    "",
  ].join("\n");
}
