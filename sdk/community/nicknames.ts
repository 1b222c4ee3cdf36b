import { utf8Length } from "../bytes.js";
import type { Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { oneLine, quote, visible } from "../text.js";
import { isThere, shared } from "./shared.js";

/** Bytes of a nickname: contracts/community/Nicknames.sol. */
export const LONGEST_NICKNAME = 32;

/**
 * What accounts want to be called, by their addresses; those that said nothing aren't there. Each is a stranger's text, made
 * harmless for a line of text; anybody can take anybody's, so it is shown beside what can't be taken.
 */
export async function readNicknames(
  live: LiveDao,
  accounts: readonly string[],
): Promise<Map<string, string>> {
  const distinct = [...new Set(accounts)];
  const { address, interface: functions } = shared("nicknames");
  const read = await live.readMany<string>(
    distinct.map((account) => ({
      address,
      interface: functions,
      name: "nicknameOf",
      args: [account],
      // Its place, its length, and what it says.
      bytes: 64 + LONGEST_NICKNAME,
    })),
  );
  return new Map(
    distinct.flatMap((account, i) => {
      const nickname = shownNickname(read[i] ?? "");
      return nickname === "" ? [] : [[account, nickname] as const];
    }),
  );
}

/** Of longer lists nobody reads each name, and asking for them would take longer than the list. */
const MOST_LISTED = 1_000;

/**
 * {@link readNicknames}, also on a chain that has no contract for them: then nobody said anything. For whatever lists accounts: one
 * way, and a request or two. Where more than a thousand are listed, none is asked for.
 */
export async function findNicknames(
  live: LiveDao,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return accounts.length > 0 && accounts.length <= MOST_LISTED && (await isThere(live, "nicknames"))
    ? readNicknames(live, accounts)
    : new Map();
}

/** Those who are listed, each with what it wants to be called; null for nothing. See {@link findNicknames}. */
export async function withNicknames<Listed extends { readonly account: string }>(
  live: LiveDao,
  listed: readonly Listed[],
): Promise<(Listed & { readonly nickname: string | null })[]> {
  const nicknames = await findNicknames(
    live,
    listed.map(({ account }) => account),
  );
  return listed.map((each) => ({ ...each, nickname: nicknames.get(each.account) ?? null }));
}

/** What an account wants to be called; undefined for nothing. See {@link readNicknames}. */
export async function readNickname(live: LiveDao, account: string): Promise<string | undefined> {
  return (await readNicknames(live, [account])).get(account);
}

/** A nickname as it may be shown: on one line, with nothing in it that isn't seen, and no longer than one can be. */
export function shownNickname(nickname: string): string {
  return oneLine(nickname.slice(0, LONGEST_NICKNAME));
}

/** What is wrong with a nickname; undefined if nothing is, also with none. */
export function nicknameProblem(text: string, place = "nickname"): Problem | undefined {
  if (visible(text) !== text || /[\n\t]/u.test(text)) {
    return problem("nickname.unseen-characters", {
      data: { text },
      place,
      message: `${quote(text)} has characters that can't be seen`,
      remedy: "Write it anew, with letters that others can see.",
    });
  }
  const bytes = utf8Length(text);
  if (bytes <= LONGEST_NICKNAME) return undefined;
  return problem("nickname.too-long", {
    data: { bytes, most: LONGEST_NICKNAME },
    place,
    message: `It has ${bytes} bytes, more than ${LONGEST_NICKNAME}`,
    remedy: "Shorten it. A Japanese character has 3 bytes, an emoji 4 and more.",
  });
}

/** A nickname as it goes on the chain. */
export function readNewNickname(text: string): string {
  const nickname = text.trim().normalize("NFC");
  const unfit = nicknameProblem(nickname);
  if (unfit !== undefined) throw new KyosoError(unfit);
  return nickname;
}

/**
 * Plans to say what the caller wants to be called; empty for nothing.
 *
 * @throws KyosoError where it can't be, or is so already.
 */
export async function planNickname(
  live: LiveDao,
  account: string,
  text: string,
): Promise<{ readonly plan: Plan; readonly nickname: string; readonly before: string }> {
  const nickname = readNewNickname(text);
  const before = await live.contracts.nicknames.nicknameOf(account, { blockTag: live.block });
  if (before === nickname) throw new KyosoError(sameNickname(account, nickname));
  const title = nickname === "" ? "Be called nothing" : `Be called ${quote(nickname)}`;
  return { plan: { title, calls: [call(shared("nicknames"), "set", [nickname], title)] }, nickname, before };
}

/** That an account is called so already. */
export function sameNickname(account: string, nickname: string): Problem {
  return problem("nickname.same-already", {
    data: { account, nickname },
    place: `account ${account}`,
    message: nickname === "" ? "It is called nothing already" : `It is called ${quote(nickname)} already`,
    remedy: "There is nothing to do.",
  });
}
