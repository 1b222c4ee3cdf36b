import type { LiveDao } from "../../live.js";
import type { Board } from "./board.js";

/**
 * A board as JSON.
 *
 * @param shown Those of its entries that are named: the first ones, or all.
 */
export function boardAsJson(live: LiveDao, { entries, ...board }: Board, shown = entries) {
  return { dao: live.record.slug, ...board, members: entries.length, entries: shown };
}
