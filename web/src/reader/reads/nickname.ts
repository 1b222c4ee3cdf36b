import type { LiveDao } from "@kyoso/sdk";
import { isThere, shownNickname } from "@kyoso/sdk";
import type { NicknameView } from "../answers.js";
import { answerOf } from "./common.js";

/** What an account calls itself, as it is shown; null where the chain has no nicknames. */
export async function readOwnNickname(live: LiveDao, account: string): Promise<NicknameView | null> {
  if (!(await isThere(live, "nicknames"))) return null;
  const nickname = await live.contracts.nicknames.nicknameOf(account, { blockTag: live.block });
  return { ...answerOf(live), account, nickname: shownNickname(nickname) };
}
