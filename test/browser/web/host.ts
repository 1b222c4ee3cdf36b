import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { gzipSync } from "node:zlib";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
};

/** A web server that hands out a page's folder, as its `_headers` and `_redirects` say. */
export interface Host {
  readonly url: string;
  /** Bytes of the scripts that were asked for since the last time, gzipped. */
  readonly takeScripts: () => number;
  /** What it says instead of a file. */
  readonly instead: Map<string, string>;
  /** Whether it sends the headers: a host like IPFS sends none. */
  sendsHeaders: boolean;
  readonly stop: () => void;
}

export async function startHost(folder: string): Promise<Host> {
  const headers = await readHeaders(folder);
  const instead = new Map<string, string>();
  let scripts = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      const asked = path.join(folder, pathname);
      const file = path.extname(asked) !== "" && existsSync(asked) ? asked : path.join(folder, "index.html");
      const content = instead.get(path.basename(file)) ?? (await readFile(file));
      const type = path.extname(file);
      if (type === ".js") scripts += gzipSync(content, { level: 9 }).length;
      if (host.sendsHeaders) for (const [name, value] of headers) response.setHeader(name, value);
      response.setHeader("content-type", TYPES[type] ?? "application/octet-stream");
      response.end(content);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host: Host = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    takeScripts: () => {
      const taken = scripts;
      scripts = 0;
      return taken;
    },
    instead,
    sendsHeaders: true,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return host;
}

/** The headers of the first rule of `_headers`, which is for all files. */
async function readHeaders(folder: string): Promise<(readonly [string, string])[]> {
  const [, ...lines] = (await readFile(path.join(folder, "_headers"), "utf8")).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("  "));
  return lines.slice(0, end).map((line) => {
    const [name = "", ...value] = line.trim().split(": ");
    return [name, value.join(": ")] as const;
  });
}
