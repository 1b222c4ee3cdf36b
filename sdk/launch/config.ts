import { id, ZeroAddress } from "ethers";
import type { IBrandDAOFactory } from "../../typechain-types/factory/BrandDAOFactory.js";
import type { IMembershipPass } from "../../typechain-types/pass/MembershipPass.js";
import type { BrandConfig, Moment, PassConfig } from "../config/schema.js";
import type { LaunchTerms } from "../daoRecord.js";

/** What {BrandDAOFactory-launch} takes. */
export type LaunchConfig = IBrandDAOFactory.LaunchConfigStruct;

/** Tells a launcher's DAOs apart. */
export function launchSalt(slug: string): string {
  return id(`kyoso:${slug}`);
}

/** The dates of a brand file, from a moment on. */
export function launchTerms(brand: BrandConfig, now: number): LaunchTerms {
  return {
    guardianExpiry: timestampOf(brand.handover.veto, now),
    communityDate: timestampOf(brand.handover.community, now),
  };
}

function timestampOf(moment: Moment | "none", now: number): number {
  if (moment === "none") return 0;
  return "at" in moment ? moment.at : now + moment.after;
}

/** The contract's numbers for languages. */
export const PASS_LANGUAGES = { en: 0n, ja: 1n } as const;

/** What {MembershipPass-setTerms} takes; nothing for a DAO without passes. */
export function passTerms(pass: PassConfig): IMembershipPass.PassTermsStruct {
  if (!pass.enabled) return { kind: 0, royaltyBps: 0, colour: 0, language: 0n };
  const { kind, royaltyBps, colour, language } = pass;
  return {
    kind,
    royaltyBps,
    colour: Number.parseInt(colour.slice(1), 16),
    language: PASS_LANGUAGES[language],
  };
}

/** A brand file as the factory takes it. */
export function launchConfig(brand: BrandConfig, safe: string, terms: LaunchTerms): LaunchConfig {
  const { token, governance, contributionVotes } = brand;
  return {
    salt: launchSalt(brand.brand.slug),
    token: {
      name: brand.brand.name,
      symbol: token.symbol,
      capTokens: token.capTokens,
      mintLimit: token.minting,
      contributionShareBps: contributionVotes.shareBps,
      contributionLimit: contributionVotes.limit,
      // The zero address stands for the treasury, whose address nobody has to type.
      allocations: token.allocations.map(({ to, amount }) => ({
        account: to === "treasury" ? ZeroAddress : to,
        amount,
      })),
    },
    governance: {
      votingDelay: governance.votingDelay,
      votingPeriod: governance.votingPeriod,
      lateQuorumExtension: governance.lateQuorumExtension,
      gracePeriod: governance.gracePeriod,
      proposalThreshold: governance.proposalThreshold,
      quorumBps: governance.quorumBps,
      quorumFloor: governance.quorumFloor,
      timelockDelay: governance.timelockDelay,
      daoURI: brand.brand.daoURI,
    },
    handover: { safe, stewardDelay: brand.stewardDelay, ...terms },
    members: {
      seasonLength: brand.badges.seasonLength,
      disputeWindow: brand.disputeWindow,
      seasonPointsLimit: brand.badges.pointsPerSeason,
      referralLimit: brand.referralsPerSeason,
      recoveryLimit: brand.recoveriesPerSeason,
    },
    titles: [...brand.titles],
    kinds: [...brand.badges.kinds],
    modules: { board: brand.ideas.enabled, pass: brand.pass.enabled, passTerms: passTerms(brand.pass) },
  };
}
