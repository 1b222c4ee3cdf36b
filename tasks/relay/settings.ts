import { formatEther, formatUnits, parseEther, parseUnits } from "ethers";
import { stringify } from "yaml";
import type { DaoRecord } from "../../sdk/daoRecord.js";

/** What a claim, a ballot or the like takes at most in a batch, roughly (docs/gas.md). */
const GAS = 200_000n;
/** How many a day the budget is for, of all and of one account; the price may double until then. */
const A_DAY = 1_000n;
const OF_ACCOUNT = 20n;
/** A price of gas that is waited for, at most: so many times what it is now. */
const DEARER = 10n;
const LEAST_DAY = parseEther("0.001");
const LEAST_PRICE = parseUnits("0.1", "gwei");

/** Amounts of a relay's settings, in wei. */
export interface Amounts {
  readonly day: bigint;
  /** Also of one call for ideas. */
  readonly campaign: bigint;
  readonly account: bigint;
  /** A unit of gas at most. */
  readonly most: bigint;
  /** Balance below which it warns. */
  readonly least: bigint;
}

/** Amounts that suit a chain on which a unit of gas costs `price` now. */
export function amountsFor(price: bigint): Amounts {
  const each = 2n * price * GAS;
  const day = roundedUp(larger(A_DAY * each, LEAST_DAY));
  return {
    day,
    campaign: day / 2n,
    account: roundedUp(larger(OF_ACCOUNT * each, LEAST_DAY / 50n)),
    most: roundedUp(larger(DEARER * price, LEAST_PRICE)),
    least: day,
  };
}

/** What settings are made of. */
export interface Known {
  readonly record: Pick<DaoRecord, "name" | "chainId">;
  /** Seen from the settings' folder. */
  readonly recordFile: string;
  readonly origins: readonly string[];
  readonly price: bigint;
  readonly amounts: Amounts;
  /** Port that it listens on. */
  readonly port?: number;
}

/** The text of relay.yaml, with what each line means. */
export function settingsText({ record, recordFile, origins, price, amounts, port = 8787 }: Known): string {
  const { day, campaign, account, most, least } = amounts;
  const ether = (wei: bigint) => `${formatEther(wei).replace(/\.0$/u, "")} ether`;
  const gwei = (wei: bigint) => `${formatUnits(wei, "gwei").replace(/\.0$/u, "")} gwei`;
  return `# Settings of a relay, which pays the gas of what people signed: docs/relay.md.
# There is no secret in them: its key is in Hardhat's keystore or in the environment.

# The DAO's record, seen from this file's folder.
record: ${JSON.stringify(recordFile)}
# Where its database is kept.
data: relay-data
# Only this computer may ask: put a proxy with TLS in front.
listen: { host: 127.0.0.1, port: ${port} }
# Pages that may ask it, such as https://members.example.com. Commands may, whatever is here.
origins: ${stringify(origins, { collectionStyle: "flow" }).trim()}
# Addresses of all proxies in front of it, whose X-Forwarded-For is believed: whoever asked the outermost of these is who asks.
proxies: [127.0.0.1]
# What it pays for: support of ideas where the DAO has an idea board, and nicknames of members where the chain has the contract.
takes: [claim, voucher, ballot, delegation, reward, support, nickname]
# Addresses of tokens, besides the DAO's own, in which it has rewards of seasons paid.
tokens: []
# What it pays in a day (UTC) at most: in all, of which rewards, which nobody signs, have a quarter; of one campaign; of
# support of one call for ideas; and for one account. A unit of gas cost ${gwei(price)} when this
# was written; at twice that, the day's is for about ${(day / (2n * (price > 0n ? price : 1n) * GAS)).toLocaleString("en")} claims or ballots.
budget: { day: ${ether(day)}, campaign: ${ether(campaign)}, call: ${ether(campaign)}, account: ${ether(account)} }
# Nothing is sent while a unit of gas costs more.
gas: { most: ${gwei(most)} }
# It warns when its account has less.
balance: { least: ${ether(least)} }
# Votes that a voter, a delegator or, where votes count, a supporter has to have, in whole tokens: accounts without any cost nothing
# to make. Who has as many, or a badge, has a nickname paid for.
votes: { least: 1 }
# From when on what is done stays: "finalized", or a number of blocks.
finality: ${record.chainId === "31337" ? "0" : "finalized"}
# How many may wait at most: of one kind as many as there is room left, so that none keeps the others out (docs/relay.md); and how
# many one address of the internet may hand in a minute.
limits: { waiting: 10000, perMinute: 60 }
# Days after which what ended is forgotten.
forget: 30
`;
}

/** A number of one digit and zeros that isn't smaller. */
function roundedUp(value: bigint): bigint {
  const unit = 10n ** BigInt(value.toString().length - 1);
  return ((value + unit - 1n) / unit) * unit;
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
