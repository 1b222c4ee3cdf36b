import type { KindName } from "../jobs/job.js";

/** Where each kind is handed in. */
export const PATHS: Readonly<Record<KindName, string>> = {
  claim: "/claims",
  voucher: "/vouchers",
  ballot: "/ballots",
  delegation: "/delegations",
  reward: "/rewards",
  support: "/supports",
  nickname: "/nicknames",
};
