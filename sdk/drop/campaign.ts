import { decodeBytes32String, encodeBytes32String } from "ethers";
import { KyosoError } from "../errors.js";
import { quote } from "../units.js";
import { beginningOf } from "./partOfLink.js";

/** As folders are called, too. */
const NAME = /^[a-z0-9](?:[a-z0-9._-]{0,29}[a-z0-9])?$/iu;

/**
 * The contract's id of a campaign.
 *
 * @param name Its short name: 1 to 31 letters, digits, dots, hyphens and underscores, ASCII.
 * @param place Where it comes from, for messages.
 * @returns 32 bytes: the name in ASCII, filled up with zeros.
 * @throws KyosoError where it can't be a name.
 */
export function campaignId(name: string | undefined, place = "--campaign"): string {
  const text = (name ?? "").trim();
  if (NAME.test(text)) return encodeBytes32String(text);
  // Whoever mixes the two up writes a link here.
  const shown = beginningOf(text);
  throw KyosoError.of("campaign.name", {
    data: { text: shown },
    place,
    message:
      text === ""
        ? "There is no name of the campaign"
        : `${shown === "" ? "It" : quote(shown)} can't be a campaign's name`,
    remedy: 'Write 1 to 31 of the letters a to z, digits, ".", "-" and "_", such as "spring-2027".',
  });
}

/** The name of a campaign, where its id is one; or else the id. */
export function campaignName(id: string): string {
  try {
    const name = decodeBytes32String(id);
    return NAME.test(name) ? name : id;
  } catch {
    return id;
  }
}

/** {@link campaignName} of one that there isn't, as far as it may be shown: it may be a part of a link. */
export function shownName(id: string): string {
  const name = campaignName(id);
  return name === id ? id : beginningOf(name);
}
