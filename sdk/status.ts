import type { Provider } from "ethers";
import type { Phase } from "./dao.js";
import { connectDao, readPhase } from "./dao.js";
import type { DaoRecord } from "./daoRecord.js";
import type { SafeInfo } from "./safe/safe.js";
import { readSafe } from "./safe/safe.js";

/** How a DAO stands. Amounts in the token's smallest unit or in wei, times as timestamps or seconds. */
export interface DaoStatus {
  readonly name: string;
  readonly symbol: string;
  readonly phase: Phase;
  /** When the veto ends; 0 for none. */
  readonly vetoUntil: number;
  /** From when on anyone may hand over to the community. */
  readonly communityDate: number;
  readonly safe: SafeInfo;
  readonly treasury: { readonly wei: bigint; readonly tokens: bigint };
  readonly supply: {
    readonly total: bigint;
    readonly cap: bigint;
    readonly circulating: bigint;
    readonly contributionVotes: bigint;
    readonly mintable: bigint;
  };
  readonly governance: {
    readonly votingDelay: number;
    readonly votingPeriod: number;
    readonly timelockDelay: number;
    readonly gracePeriod: number;
    readonly proposalThreshold: bigint;
    /** Votes that a proposal made now would need. */
    readonly quorum: bigint;
  };
  readonly badges: {
    readonly awarded: bigint;
    readonly kinds: number;
    readonly points: bigint;
    readonly season: number;
    readonly seasonEnds: number;
    readonly seasonPoints: bigint;
    readonly halted: boolean;
    /** The season whose reward can be claimed now, or next, and from when to when; null in the first one. */
    readonly claims: { readonly season: number; readonly opens: number; readonly closes: number } | null;
    /** Recoveries of lost accounts that were requested in this season, and how many can be. */
    readonly recoveries: { readonly requested: number; readonly limit: number };
  };
  readonly contracts: DaoRecord["contracts"];
}

/** Reads how a DAO stands. Writes nothing. */
export async function readStatus(provider: Provider, record: DaoRecord): Promise<DaoStatus> {
  const dao = connectDao(record, provider);
  const { token, governor, timelock, badge, handover } = dao;
  const season = await badge.currentSeason();
  const now = (await provider.getBlock("latest"))?.timestamp ?? 0;
  const { start, end } = await badge.seasonBounds(season);
  const opens = Number(start + (await badge.disputeWindow()));
  const recoveries = await badge.recoveries();
  return {
    name: await token.name(),
    symbol: await token.symbol(),
    phase: await readPhase(dao),
    vetoUntil: Number(await governor.guardianExpiry()),
    communityDate: Number(await handover.communityDate()),
    safe: await readSafe(provider, await handover.safe()),
    treasury: {
      wei: await provider.getBalance(record.contracts.timelock),
      tokens: await token.balanceOf(record.contracts.timelock),
    },
    supply: {
      total: await token.totalSupply(),
      cap: await token.cap(),
      circulating: await token.circulatingSupply(),
      contributionVotes: await token.totalContributionVotes(),
      mintable: (await token.mintLimit()).available,
    },
    governance: {
      votingDelay: Number(await governor.votingDelay()),
      votingPeriod: Number(await governor.votingPeriod()),
      timelockDelay: Number(await timelock.getMinDelay()),
      gracePeriod: Number(await governor.gracePeriod()),
      proposalThreshold: await governor.proposalThreshold(),
      quorum: await governor.quorum(now - 1),
    },
    badges: {
      awarded: await badge.totalAwarded(),
      kinds: Number(await badge.kindCount()),
      points: await badge.totalPoints(),
      season: Number(season),
      seasonEnds: Number(end),
      seasonPoints: await badge.totalSeasonPoints(season),
      halted: await badge.halted(),
      claims: season === 1n ? null : { season: Number(season) - 1, opens, closes: Number(end) },
      recoveries: { requested: Number(recoveries.requested), limit: Number(recoveries.limit) },
    },
    contracts: record.contracts,
  };
}
