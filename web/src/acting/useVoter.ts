import type { VoterView } from "../reader/acts.js";
import type { Known } from "../reader/useAnswer.js";
import { useActAnswer } from "./useActAnswer.js";

/** What votes an account has for a proposal, and how it voted. */
export function useVoter(number: number, account: string): Known<VoterView> {
  return useActAnswer({ act: "voter", number, account });
}
