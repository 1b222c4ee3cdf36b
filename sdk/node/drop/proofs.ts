import { open } from "node:fs/promises";
import path from "node:path";
import { isSecure } from "../../secureUrl.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { Claimable, Link } from "../../drop/link.js";
import { isShort } from "../../drop/link.js";
import { hidesLink } from "../../drop/partOfLink.js";
import type { PublishedFiles } from "../../drop/published.js";
import { openPublished } from "../../drop/published.js";
import type { LiveDao } from "../../live.js";
import { LARGEST_META, META_FILE, parseMeta } from "../../drop/shards.js";
import { readBeginning } from "../files.js";
import { PUBLISHED } from "./publish.js";

/** How long a site may take for a file, in milliseconds. */
const LONGEST = 20_000;
/** How often a site may lead to another place of its own. */
const MOST_REDIRECTS = 3;

export interface ProofsOptions {
  /** How long a site may take for a file, in milliseconds; 20 seconds without it. */
  readonly timeout?: number;
}

/**
 * Where the proofs of a campaign are published: a folder, or a site.
 *
 * @param where The folder or the address in which `drops/<id>` is; that folder itself, or the one above it; or the page's
 * address, beside which it is.
 * @param id Of the campaign; see shortId.
 * @throws KyosoError where it is neither a folder nor an address with https, or has a link in it, which would be asked for or
 * shown; and where there is nothing, and a place doesn't let it be read.
 */
export async function findPublished(
  where: string,
  id: string,
  { timeout = LONGEST }: ProofsOptions = {},
): Promise<PublishedFiles> {
  if (hidesLink(where)) throw noPlace("It has a claim link in it, which nobody has to be told");
  const places = /^[a-z][a-z\d+.-]*:\/\//iu.test(where.trim())
    ? sitesOf(where.trim(), id).map((site) => new Site(site, timeout))
    : foldersOf(where, id).map((folder) => new Folder(folder));
  let found: PublishedFiles | undefined;
  let refused: NotGiven | undefined;
  for (const place of places) {
    let meta;
    try {
      meta = await place.read(META_FILE, LARGEST_META);
    } catch (error) {
      // Not every host says of what isn't there that it isn't.
      if (!(error instanceof NotGiven)) throw error;
      refused ??= error;
      continue;
    }
    // A site may answer with a page of its own where it has no such file.
    if (meta !== undefined && parseMeta(new TextDecoder().decode(meta)) !== undefined) return place;
    if (meta !== undefined) found ??= place;
  }
  const [first] = places;
  if (found === undefined && refused !== undefined) throw refused;
  if (first === undefined) throw noPlace();
  // Why it isn't right is said by whoever reads it again.
  return found ?? first;
}

/** One place doesn't give a file; another one of the same site or disk may. */
class NotGiven extends KyosoError {}

/**
 * What a link gives, whichever version it is of.
 *
 * @param where Where proofs are published; see {@link findPublished}.
 */
export async function openLink(
  live: LiveDao,
  link: Link,
  where: string,
  options: ProofsOptions = {},
): Promise<Claimable> {
  return isShort(link) ? openPublished(live, link, await findPublished(where, link.id, options)) : link;
}

function foldersOf(where: string, id: string): string[] {
  return [path.join(where, PUBLISHED, id), path.join(where, id), where].map((each) => path.resolve(each));
}

/** Addresses at which a campaign's files may be, each with "/" at its end. */
function sitesOf(where: string, id: string): URL[] {
  if (!URL.canParse(where)) throw noPlace();
  const page = new URL(where);
  // What comes after "#" may be a link's secret.
  page.hash = "";
  page.search = "";
  if (!isSecure(page) || page.username !== "" || page.password !== "") throw noPlace();
  // Hosts lead from a page's address to the one with "/" at its end, and the other way round.
  const [file, folder] = [new URL(page), new URL(page)];
  file.pathname = page.pathname.replace(/\/$/u, "");
  folder.pathname = `${file.pathname.replace(/\/$/u, "")}/`;
  const own = `${PUBLISHED}/${id}/`;
  const beside = [page, folder, file].map((each) => new URL(own, each));
  const all = [...beside, new URL(`${id}/`, folder), folder];
  return [...new Map(all.map((url) => [url.href, url])).values()];
}

function noPlace(message = "It is neither a folder nor the address of a site"): KyosoError {
  return KyosoError.of("proofs.address", {
    data: {},
    place: "--proofs",
    message,
    remedy:
      "Name the folder that `drops` is in, or the address of the page that the link leads to, with https, such as --proofs https://example.com/claim.",
  });
}

class Folder implements PublishedFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  place(name: string): string {
    return path.join(this.#folder, name);
  }

  async read(name: string, most: number): Promise<Uint8Array | undefined> {
    const file = this.place(name);
    try {
      return await beginningOfFile(file, most + 1);
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") return undefined;
      throw new NotGiven(
        problem("proofs.unreadable", {
          data: { file, reason: code },
          place: file,
          message: `It can't be read: ${code === "EISDIR" ? "it is a folder" : code}`,
          remedy: "Check --proofs, and who may read the file.",
        }),
        { cause: error },
      );
    }
  }
}

async function beginningOfFile(file: string, most: number): Promise<Uint8Array> {
  const handle = await open(file, "r");
  try {
    return await readBeginning(handle, most);
  } finally {
    await handle.close();
  }
}

/** A site: nothing but these files is asked of it, and no other site is, wherever it leads. */
class Site implements PublishedFiles {
  readonly #folder: URL;
  readonly #timeout: number;

  constructor(folder: URL, timeout: number) {
    this.#folder = folder;
    this.#timeout = timeout;
  }

  place(name: string): string {
    return new URL(name, this.#folder).href;
  }

  async read(name: string, most: number): Promise<Uint8Array | undefined> {
    const place = this.place(name);
    const signal = AbortSignal.timeout(this.#timeout);
    try {
      const response = await this.#ask(new URL(place), signal);
      if (response.status === 404 || response.status === 410) {
        await response.body?.cancel();
        return undefined;
      }
      if (response.status !== 200) {
        await response.body?.cancel();
        throw new NotGiven(unreachable(place, `HTTP ${response.status}`).problems);
      }
      return await upTo(response, most);
    } catch (error) {
      if (error instanceof KyosoError) throw error;
      throw unreachable(place, signal.aborted ? "it takes too long" : reasonOf(error), error);
    }
  }

  async #ask(url: URL, signal: AbortSignal): Promise<Response> {
    let at = url;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await fetch(at, {
        redirect: "manual",
        signal,
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      const to = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || to === null) return response;
      await response.body?.cancel();
      const next = URL.canParse(to, at.href) ? new URL(to, at.href) : undefined;
      if (next?.origin !== url.origin) {
        throw new NotGiven(leadsAway(url, next));
      }
      at = next;
    }
    throw new NotGiven(unreachable(url.href, "it leads in a circle").problems);
  }
}

function leadsAway({ href }: URL, next: URL | undefined): Problem {
  // Of what isn't on the web there is no more to be named than how it begins.
  const to = next === undefined ? "another place" : next.origin === "null" ? next.protocol : next.origin;
  return problem("proofs.redirected", {
    data: { file: href, to },
    place: href,
    message: `It leads to another site, which isn't asked: ${to}`,
    remedy: "Where you trust that one, name it with --proofs.",
  });
}

/** The body, up to one byte more than there may be. */
async function upTo(response: Response, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  if (response.body === null) return new Uint8Array(0);
  // What is packed is counted as it comes out; the rest isn't waited for.
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    parts.push(part);
    length += part.length;
    if (length > most) break;
  }
  return Buffer.concat(parts).subarray(0, most + 1);
}

function unreachable(file: string, reason: string, cause?: unknown): KyosoError {
  return KyosoError.of("proofs.unreachable", {
    data: { file, reason },
    place: file,
    message: `It can't be fetched: ${reason}`,
    remedy: "Check --proofs and your connection, and try again.",
    cause,
  });
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const { code } = cause as { readonly code?: unknown };
  return typeof code === "string" ? code : "the connection failed";
}
