import type { BadgeProblems } from "./badges/codes.js";
import type { CallProblems } from "./calls/codes.js";
import type { ChainProblems } from "./chain/codes.js";
import type { CommunityProblems } from "./community/codes.js";
import type { ConfigProblems } from "./config/codes.js";
import type { DropProblems } from "./drop/codes.js";
import type { SendingProblems } from "./execute/codes.js";
import type { FileProblems } from "./fileCodes.js";
import type { GateProblems } from "./gate/codes.js";
import type { GovernanceProblems } from "./governance/codes.js";
import type { HandoverProblems } from "./handover/codes.js";
import type { IdeaProblems } from "./ideas/codes.js";
import type { LaunchProblems } from "./launch/codes.js";
import type { ModuleProblems } from "./modules/codes.js";
import type { PageProblems } from "./page/codes.js";
import type { PassProblems } from "./pass/codes.js";
import type { RelayProblems } from "./relay/codes.js";
import type { RewardProblems } from "./rewards/codes.js";
import type { SafeProblems } from "./safe/codes.js";
import type { SignedProblems } from "./signed/codes.js";
import type { TokenProblems } from "./token/codes.js";
import type { UnitProblems } from "./unitCodes.js";
import type { VoucherProblems } from "./vouchers/codes.js";

/**
 * Every kind of problem that there is, and its data: what the words are made of. Each feature lists its own.
 *
 * A code is stable: programs and translations go by it. It names what is wrong, and not where. Amounts are in the
 * smallest unit, moments are Unix timestamps, durations seconds; a `text` is as somebody wrote it, and a `reason` is
 * what the chain, the node or the system says, in English. What somebody wrote is there in full, and may be a secret:
 * data are for words, and not for logs.
 */
export interface ProblemData
  extends
    UnitProblems,
    CallProblems,
    ConfigProblems,
    FileProblems,
    BadgeProblems,
    SignedProblems,
    VoucherProblems,
    DropProblems,
    RewardProblems,
    TokenProblems,
    GateProblems,
    GovernanceProblems,
    HandoverProblems,
    IdeaProblems,
    PassProblems,
    CommunityProblems,
    SafeProblems,
    LaunchProblems,
    ModuleProblems,
    PageProblems,
    ChainProblems,
    SendingProblems,
    RelayProblems {}
