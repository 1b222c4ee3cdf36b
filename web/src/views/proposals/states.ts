import type { ProposalState } from "@kyoso/sdk";
import type { Language } from "@kyoso/sdk/page";
import type { ProposalSummary } from "../../reader/answers.js";

/** What a proposal's state is called: a stamp, and a word. A vetoed one has a word of its own. */
export type Standing = ProposalState | "Vetoed";

export function standingOf({ state, vetoed }: Pick<ProposalSummary, "state" | "vetoed">): Standing {
  return state === "Canceled" && vetoed !== null ? "Vetoed" : state;
}

export const STANDINGS: Readonly<Record<Language, Readonly<Record<Standing, string>>>> = {
  ja: {
    Pending: "もうすぐ",
    Active: "投票中",
    Canceled: "取下",
    Defeated: "否決",
    Succeeded: "可決",
    Queued: "予告",
    Expired: "期限",
    Executed: "実行",
    Vetoed: "差止",
  },
  en: {
    Pending: "Opens soon",
    Active: "Voting",
    Canceled: "Withdrawn",
    Defeated: "Not passed",
    Succeeded: "Passed",
    Queued: "In notice",
    Expired: "Expired",
    Executed: "Carried out",
    Vetoed: "Stopped",
  },
};

/** Whether it went the way it was proposed. */
export function isGood(standing: Standing): boolean {
  return standing === "Executed" || standing === "Succeeded" || standing === "Queued";
}
