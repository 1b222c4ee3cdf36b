import type { LiveDao, SignedNickname } from "@kyoso/sdk";
import { planMint, planNickname, signNickname } from "@kyoso/sdk";
import type { Act, PreparedCall, Sign } from "../acts.js";
import { prepareFirst } from "./calls.js";
import { AskingSigner } from "./signer.js";

type Of<Name extends Act["act"]> = Extract<Act, { readonly act: Name }>;

/** How long a signed nickname can be used, in seconds. */
const ONE_WEEK = 7 * 86_400;

/** The pass of a badge, as a transaction of whoever does it: it goes to the badge's holder. */
export function prepareMint(live: LiveDao, { account, badge }: Of<"mint">): Promise<PreparedCall> {
  return prepareFirst(live, account, async () => (await planMint(live, account, badge)).plan.calls);
}

/** What somebody wants to be called, signed so that anybody can hand it in. */
export function makeNickname(
  live: LiveDao,
  { account, nickname }: Of<"sign nickname">,
  sign: Sign,
): Promise<SignedNickname> {
  return signNickname(live, new AskingSigner(account, sign), nickname, live.now + ONE_WEEK);
}

/** The same as a transaction of the account's own. */
export function prepareNickname(
  live: LiveDao,
  { account, nickname }: Of<"set nickname">,
): Promise<PreparedCall> {
  return prepareFirst(live, account, async () => (await planNickname(live, account, nickname)).plan.calls);
}
