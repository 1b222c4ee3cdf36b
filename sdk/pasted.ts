import { fromBase64Url } from "./bytes.js";

// cspell:ignore AQAAAA
/** More than any mail around a link has, in characters: what comes after is passed over. */
export const LONGEST_TEXT = 64 * 1024;

/**
 * What links of ours begin with after their "#": the byte 1, and a chain id of eight bytes that begins with zeros. Written in
 * base64url.
 */
const PAYLOAD = /AQAAAA[\w-]+/gu;

/** How often a link may have been wrapped by one program after the other. */
const MOST_WRAPPINGS = 4;

/**
 * What may be the payload of a link in a text as mail programs, messengers and filters hand links on: broken over several
 * lines and quoted, in brackets, with a full stop behind it, or wrapped by the redirect of a mail filter or a search engine.
 * Whether one of them is whole, its checksum or signature tells; something of the text that follows may be at its end.
 *
 * @returns The likeliest first; each once.
 */
export function* payloadsIn(text: string): Generator<string> {
  const seen = new Set<string>();
  for (const form of formsOf(text)) {
    for (const [payload] of form.matchAll(PAYLOAD)) {
      if (seen.has(payload)) continue;
      seen.add(payload);
      yield payload;
    }
  }
}

/** A text without what programs have done to the links in it: each way of reading it that may be the right one. */
export function* formsOf(text: string): Generator<string> {
  for (const form of unwrapped(text.slice(0, LONGEST_TEXT))) {
    yield form;
    yield unbroken(form);
  }
}

/** A text without line breaks, signs of quotation, and characters that nobody sees. */
function unbroken(text: string): string {
  return text
    .replaceAll(/=\r?\n/gu, "")
    .replaceAll(/^[>|\s]+/gmu, "")
    .replaceAll(/[\s\p{Cf}\p{Cc}]+/gu, "");
}

/** A text as it is, and with what programs have wrapped around addresses taken off. */
function unwrapped(text: string): Set<string> {
  const forms = new Set([text]);
  for (let round = 0; round < MOST_WRAPPINGS; round++) {
    for (const form of [...forms]) {
      forms.add(withoutPercents(form));
      // Proofpoint's first redirect writes "-" for "%", and "_" for "/".
      if (form.includes("urldefense.proofpoint.com/v2")) {
        forms.add(withoutPercents(form.replaceAll("_", "/").replaceAll("-", "%")));
      }
      // Bing's, among others, holds the address in base64: "http" begins with these letters.
      for (const [encoded] of unbroken(form).matchAll(/aHR0c[\w+/-]{40,}/gu)) forms.add(fromBase64(encoded));
    }
  }
  return forms;
}

function withoutPercents(text: string): string {
  return text.replaceAll(/%([0-7][0-9a-f])/giu, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** What base64 holds, as a text: addresses are of ASCII. */
function fromBase64(encoded: string): string {
  return String.fromCharCode(...fromBase64Url(encoded.replaceAll("+", "-").replaceAll("/", "_")));
}
