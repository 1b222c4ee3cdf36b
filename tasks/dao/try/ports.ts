import { createServer } from "node:net";
import { KyosoError } from "../../../sdk/errors.js";
import { quote } from "../../../sdk/text.js";

const PORT = 8080;
const LAST = 65_535;

/** Ports that follow each other: the page's, the chain's and the relay's. */
export interface Ports {
  readonly page: number;
  readonly chain: number;
  readonly relay: number;
}

/**
 * The ports that are meant, by the first of them.
 *
 * @throws KyosoError for what isn't one.
 */
export function parsePorts(text: string | undefined): Ports {
  const page = text === undefined ? PORT : /^\d{1,5}$/u.test(text.trim()) ? Number(text) : 0;
  if (page > 0 && page <= LAST - 2) return { page, chain: page + 1, relay: page + 2 };
  throw KyosoError.of("page.port", {
    data: { text: text ?? "" },
    place: "--port",
    message: `${quote(text ?? "")} isn't a port`,
    remedy: `Write a number from 1 to ${LAST - 2}, such as ${PORT}.`,
  });
}

/** @throws KyosoError where something listens on one of them. */
export async function requireFree({ page, chain, relay }: Ports): Promise<void> {
  for (const port of [page, chain, relay]) {
    if (await isFree(port)) continue;
    throw KyosoError.of("page.port-taken", {
      data: { port },
      place: `port ${port}`,
      message: "Something else listens on it",
      remedy:
        "End that first, or choose three other ports that follow each other, by the first: --port 9000.",
    });
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => {
      resolve(false);
    });
    server.listen(port, "127.0.0.1", () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
