import type { LiveDao } from "@kyoso/sdk";
import { isThere } from "@kyoso/sdk";
import type { NicknameView } from "../answers.js";
import { answerOf } from "./common.js";

/** What an account calls itself, as it wrote it; null where the chain has no nicknames. */
export async function readOwnNickname(live: LiveDao, account: string): Promise<NicknameView | null> {
  if (!(await isThere(live, "nicknames"))) return null;
  const nickname = await live.contracts.nicknames.nicknameOf(account, { blockTag: live.block });
  return { ...answerOf(live), account, nickname };
}
