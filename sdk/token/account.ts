import { inPlace, KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { parseAddress, quote } from "../units.js";

/**
 * The account that is meant.
 *
 * @param text An address, or a name of the DAO: "treasury", "safe".
 * @param place Where the text comes from, for messages.
 * @throws KyosoError if it is neither.
 */
export function parseAccount(live: LiveDao, text: string, place = "account"): string {
  const named = live.book.addressOf(text.trim());
  if (named !== undefined) return named;
  if (/^[a-z]+$/iu.test(text.trim())) {
    throw KyosoError.of("address.name-unknown", {
      data: { text, names: live.book.names },
      place,
      message: `${quote(text)} is neither an address nor a name of this DAO`,
      remedy: `Write an address (0x and 40 letters and digits), or one of the names: ${live.book.names.join(", ")}.`,
    });
  }
  return inPlace(place, () => parseAddress(text));
}

/** What an account is to the DAO: "treasury", "safe"; undefined for one that is nothing to it. */
export function roleOf(live: LiveDao, account: string): string | undefined {
  const name = live.book.nameOf(account);
  return name === "timelock" ? "treasury" : name;
}
