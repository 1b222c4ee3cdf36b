import { KyosoError } from "../errors.js";

/** Names of this computer. */
const HERE = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Where a relay is: what comes before `/claims`. What is signed goes there, so that nobody on the way may change the answers.
 *
 * @returns It, with "/" at its end.
 * @throws KyosoError for what is neither https nor on this computer.
 */
export function parseRelayUrl(text: string, place = "--relay"): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && HERE.has(url.hostname));
  const plain = url?.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (url === undefined || !safe || !plain) {
    throw KyosoError.of("relay.address", {
      // Without the text: there may be a password in it.
      data: {},
      place,
      message: "It isn't the address of a relay",
      remedy: "Write it with https, such as https://relay.example.com; with http on this computer alone.",
    });
  }
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}
