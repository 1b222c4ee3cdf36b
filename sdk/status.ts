import type { BaseContract, Provider } from "ethers";
import { viewsOf } from "./chain/eip1193.js";
import { readMany } from "./chain/reads.js";
import type { Dao, Phase } from "./dao.js";
import { connectDao, phaseOf } from "./dao.js";
import type { DaoRecord } from "./daoRecord.js";
import type { Problem } from "./errors.js";
import type { SafeInfo } from "./safe/safe.js";
import { readSafe } from "./safe/safe.js";
import type { Trust, Verified } from "./verify.js";
import { verifyDao } from "./verify.js";

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
  /** Whether the Safe is the one that the record names; see `presentSafe` of the record. */
  readonly isRecordsSafe: boolean;
  /** What of the record isn't a module of this DAO, though it says so: nothing is to be signed for it. */
  readonly strangeModules: readonly Problem[];
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
    /** How many points can be awarded in a season. */
    readonly seasonPointsLimit: number;
    readonly halted: boolean;
    /** The season whose reward can be claimed now, or next, and from when to when; null in the first one. */
    readonly claims: { readonly season: number; readonly opens: number; readonly closes: number } | null;
    /** Recoveries of lost accounts that were requested in this season, and how many can be. */
    readonly recoveries: { readonly requested: number; readonly limit: number };
  };
  readonly contracts: DaoRecord["contracts"];
  /** The modules that the DAO has on the chain; null for none. */
  readonly board: { readonly address: string; readonly calls: number } | null;
  readonly pass: {
    readonly address: string;
    /** The kind of badge that entitles to a pass; 0 for none. */
    readonly kind: number;
    readonly perks: number;
  } | null;
}

/** Reads how a DAO stands, as of the newest block and in few requests. Writes nothing. */
export async function readStatus(provider: Provider, record: DaoRecord, trust?: Trust): Promise<DaoStatus> {
  const { token, governor, timelock, badge, handover } = connectDao(record, provider);
  const block = await provider.getBlock("latest");
  const number = block?.number ?? 0;
  const treasury = record.contracts.timelock;
  const read = reader(provider, number);
  const verified = verifyDao(record, provider, viewsOf(provider), number, trust);
  // Waited for below. Where it fails, all that follows means nothing.
  verified.catch(() => undefined);
  const balance = provider.getBalance(treasury, number);
  const reads = read({
    name: [token, "name"],
    symbol: [token, "symbol"],
    tokens: [token, "balanceOf", treasury],
    total: [token, "totalSupply"],
    cap: [token, "cap"],
    circulating: [token, "circulatingSupply"],
    contributionVotes: [token, "totalContributionVotes"],
    mintLimit: [token, "mintLimit"],
    vetoUntil: [governor, "guardianExpiry"],
    votingDelay: [governor, "votingDelay"],
    votingPeriod: [governor, "votingPeriod"],
    gracePeriod: [governor, "gracePeriod"],
    proposalThreshold: [governor, "proposalThreshold"],
    quorum: [governor, "quorum", (block?.timestamp ?? 0) - 1],
    timelockDelay: [timelock, "getMinDelay"],
    phase: [handover, "phase"],
    communityDate: [handover, "communityDate"],
    safe: [handover, "safe"],
    awarded: [badge, "totalAwarded"],
    kinds: [badge, "kindCount"],
    points: [badge, "totalPoints"],
    season: [badge, "currentSeason"],
    disputeWindow: [badge, "disputeWindow"],
    seasonPointsLimit: [badge, "seasonPointsLimit"],
    halted: [badge, "halted"],
    recoveries: [badge, "recoveries"],
  });
  // Waited for together: one that fails while the other is waited for would be nobody's error.
  reads.catch(() => undefined);
  balance.catch(() => undefined);
  const { isRecordsSafe, modules: verifiedModules, strangeModules } = await verified;
  const [found, wei] = await Promise.all([reads, balance]);
  const season = Number(found.season);
  const [safe, { bounds, seasonPoints }] = await Promise.all([
    readSafe(provider, String(found.safe)),
    read({ bounds: [badge, "seasonBounds", season], seasonPoints: [badge, "totalSeasonPoints", season] }),
  ]);
  const [start, end] = bounds as readonly [number, number];
  const [, mintable] = found.mintLimit as readonly [unknown, bigint];
  const [requested, limit] = found.recoveries as readonly [bigint, number];
  return {
    name: String(found.name),
    symbol: String(found.symbol),
    phase: phaseOf(found.phase),
    vetoUntil: Number(found.vetoUntil),
    communityDate: Number(found.communityDate),
    safe,
    isRecordsSafe,
    strangeModules,
    treasury: { wei, tokens: amount(found.tokens) },
    supply: {
      total: amount(found.total),
      cap: amount(found.cap),
      circulating: amount(found.circulating),
      contributionVotes: amount(found.contributionVotes),
      mintable: amount(mintable),
    },
    governance: {
      votingDelay: Number(found.votingDelay),
      votingPeriod: Number(found.votingPeriod),
      timelockDelay: Number(found.timelockDelay),
      gracePeriod: Number(found.gracePeriod),
      proposalThreshold: amount(found.proposalThreshold),
      quorum: amount(found.quorum),
    },
    badges: {
      awarded: amount(found.awarded),
      kinds: Number(found.kinds),
      points: amount(found.points),
      season,
      seasonEnds: end,
      seasonPoints: amount(seasonPoints),
      seasonPointsLimit: Number(found.seasonPointsLimit),
      halted: found.halted === true,
      claims:
        season === 1 ? null : { season: season - 1, opens: start + Number(found.disputeWindow), closes: end },
      recoveries: { requested: Number(requested), limit },
    },
    contracts: record.contracts,
    ...(await readModules(
      read,
      connectDao({ ...record, modules: verifiedModules }, provider),
      verifiedModules,
    )),
  };
}

/** How the modules stand that a DAO has. */
async function readModules(
  read: ReturnType<typeof reader>,
  dao: Dao,
  { board, pass }: Verified["modules"],
): Promise<Pick<DaoStatus, "board" | "pass">> {
  const [ofBoard, ofPass] = await Promise.all([
    board === undefined ? undefined : read({ calls: [dao.board, "callCount"] }),
    pass === undefined ? undefined : read({ terms: [dao.pass, "terms"], perks: [dao.pass, "perkCount"] }),
  ]);
  const kindOf = ({ kind }: { readonly kind: number }) => kind;
  return {
    board: ofBoard === undefined ? null : { address: board ?? "", calls: Number(ofBoard.calls) },
    pass:
      ofPass === undefined
        ? null
        : {
            address: pass ?? "",
            kind: kindOf(ofPass.terms as { readonly kind: number }),
            perks: Number(ofPass.perks),
          },
  };
}

/** A contract, the name of its view function, and its arguments. */
type View = readonly [
  contract: Pick<BaseContract, "interface" | "getAddress">,
  name: string,
  ...args: unknown[],
];

/** Reads views of a block, by names of one's own. */
function reader(provider: Provider, block: number) {
  const eip1193 = viewsOf(provider);
  return async <Name extends string>(views: Record<Name, View>): Promise<Record<Name, unknown>> => {
    const names = Object.keys(views) as Name[];
    const reads = await Promise.all(
      names.map(async (name) => {
        const [contract, view, ...args] = views[name];
        return { address: await contract.getAddress(), interface: contract.interface, name: view, args };
      }),
    );
    const results = await readMany<unknown>(eip1193, block, reads);
    return Object.fromEntries(names.map((name, i) => [name, results[i]])) as Record<Name, unknown>;
  };
}

/** Small integers are read as numbers; see {@link readMany}. */
function amount(value: unknown): bigint {
  return BigInt(value as bigint | number);
}
