import { KyosoError } from "../errors.js";

/**
 * Reads the address of the page that links lead to.
 *
 * @throws KyosoError where it isn't one of HTTPS, or has a "#" already.
 */
export function parseLinkBase(text: string | undefined): string {
  const base = (text ?? "").trim();
  const local = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?(?:\/|$)/u.test(base);
  if (URL.canParse(base) && (local || base.startsWith("https://")) && !/[#\s"]/u.test(base)) return base;
  throw KyosoError.of("link.page", {
    data: { text: base },
    place: "--link",
    message:
      base === ""
        ? "There is no page that the links lead to"
        : `${JSON.stringify(base)} can't be the page that links lead to`,
    remedy: 'Write its address, with https and without "#", such as --link https://example.com/claim.',
  });
}
