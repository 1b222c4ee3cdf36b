import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import path from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
};

/** What `_headers` says for paths that begin with something: a header, or that one isn't sent. */
interface Rule {
  readonly prefix: string;
  readonly headers: readonly (readonly [name: string, value: string | null])[];
}

/** A page's folder that is handed out. */
export interface ServedPage {
  readonly stop: () => Promise<void>;
}

/**
 * Hands out a page's folder on this computer, with the headers that its `_headers` says, and the page itself for addresses that
 * are no file, as its `_redirects` says. To try things out: the real one is on a web server.
 */
export async function servePage(folder: string, port: number): Promise<ServedPage> {
  const rules = parseHeaders(await readFile(path.join(folder, "_headers"), "utf8"));
  const server = createServer((request, response) => {
    answer(folder, rules, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  folder: string,
  rules: readonly Rule[],
  { method, url = "/" }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (method !== "GET" && method !== "HEAD") {
    response.writeHead(405).end();
    return;
  }
  const { pathname } = new URL(url, "http://localhost");
  for (const { prefix, headers } of rules) {
    if (!pathname.startsWith(prefix)) continue;
    for (const [name, value] of headers) {
      if (value === null) response.removeHeader(name);
      else response.setHeader(name, value);
    }
  }
  const file = fileFor(folder, pathname);
  response.setHeader("content-type", TYPES[path.extname(file)] ?? "application/octet-stream");
  response.end(method === "HEAD" ? undefined : await readFile(file));
}

/** The file of an address: never one outside of the folder. */
function fileFor(folder: string, pathname: string): string {
  const index = path.join(folder, "index.html");
  if (!/^(?:\/[\w.-]+)+$/u.test(pathname)) return index;
  const file = path.join(folder, pathname);
  const inside = file.startsWith(path.join(folder, path.sep));
  return inside && existsSync(file) && statSync(file).isFile() ? file : index;
}

function parseHeaders(text: string): Rule[] {
  const rules: { prefix: string; headers: (readonly [string, string | null])[] }[] = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("  ! ")) rules.at(-1)?.headers.push([line.slice(4), null]);
    else if (line.startsWith("  ")) {
      const [name = "", ...value] = line.trim().split(": ");
      rules.at(-1)?.headers.push([name, value.join(": ")]);
    } else if (line !== "") rules.push({ prefix: line.replace(/\*$/u, ""), headers: [] });
  }
  return rules;
}
