import type { LiveDao } from "@kyoso/sdk";
import type { Act, AnyActAnswer, Sign } from "../acts.js";
import { makeDelegation, makeShare, prepareDelegation, preparePayment } from "./members.js";
import { makeNickname, prepareMint, prepareNickname } from "./membership.js";
import {
  makeSupport,
  prepareSubmitting,
  prepareSupport,
  prepareWithdrawing,
  readVoiceView,
} from "./ideas.js";
import { readTransaction } from "./receipts.js";
import { makeBallot, prepareStep, prepareVote, readCast, readVoter } from "./voting.js";

/** Answers somebody who acts. */
export function act(live: LiveDao, asked: Act, sign: Sign): Promise<AnyActAnswer> {
  switch (asked.act) {
    case "voter":
      return readVoter(live, asked);
    case "ballot":
      return makeBallot(live, asked, sign);
    case "vote":
      return prepareVote(live, asked);
    case "step":
      return prepareStep(live, asked);
    case "delegation":
      return makeDelegation(live, asked, sign);
    case "delegate":
      return prepareDelegation(live, asked);
    case "reward":
      return makeShare(live, asked);
    case "payment":
      return preparePayment(live, asked);
    case "mint":
      return prepareMint(live, asked);
    case "sign nickname":
      return makeNickname(live, asked, sign);
    case "set nickname":
      return prepareNickname(live, asked);
    case "voice":
      return readVoiceView(live, asked);
    case "sign support":
      return makeSupport(live, asked, sign);
    case "support":
      return prepareSupport(live, asked);
    case "submit":
      return prepareSubmitting(live, asked);
    case "withdraw":
      return prepareWithdrawing(live, asked);
    case "transaction":
      return readTransaction(live, asked);
    case "cast":
      return readCast(live, asked);
  }
}
