import { dataLength, Interface } from "ethers";
import { MULTICALL3 } from "../../sdk/chain/reads.js";
import { MOST_CALLDATA, TRANSACTION_GAS_CAP } from "../../sdk/chain/limits.js";
import type { Intent } from "../../sdk/execute/account.js";
import { revertDataOf } from "../../sdk/calls/revert.js";
import { simulate } from "../../sdk/calls/simulate.js";
import type { LiveDao } from "../../sdk/live.js";
import { MOST_WALLET_GAS } from "../../sdk/signed/wallets.js";
import type { Job } from "../jobs/job.js";
import type { Deed } from "../kinds/kind.js";

const MULTICALL = new Interface([
  "function aggregate3(tuple(address target, bool allowFailure, bytes callData)[] calls) payable returns (tuple(bool success, bytes returnData)[])",
]);

/** Of what a transaction may have at most, what a parcel is filled with by its estimate: what comes before may make it dearer. */
const FILLED = (TRANSACTION_GAS_CAP * 7n) / 10n;

/** What a call to a contract of a stranger may take at most: what the contract may, and what is done besides. */
export const MOST_ALONE = MOST_WALLET_GAS + 500_000n;

/** A job and how it is carried out. */
export interface Carried {
  readonly job: Job;
  readonly deed: Deed;
}

/** What goes into one transaction. */
export interface Parcel {
  readonly jobs: readonly Job[];
  readonly intent: Intent;
  /** What it takes by an estimate. */
  readonly gas: bigint;
}

/** Parcels of which a trial showed that they work, and the jobs of which it showed that they don't. */
export interface Packed {
  readonly parcels: readonly Parcel[];
  readonly failed: readonly Job[];
}

/** Whether a chain has Multicall3. */
async function hasMulticall(live: LiveDao): Promise<boolean> {
  return (await live.provider.getCode(MULTICALL3)) !== "0x";
}

/**
 * Tries what is to be carried out and packs it: as much into one transaction as fits, but for what asks contracts of
 * strangers, as Multicall3 gives each call all the gas that there is.
 *
 * @param sender Who sends.
 */
export async function pack(live: LiveDao, carried: readonly Carried[], sender: string): Promise<Packed> {
  const together = (await hasMulticall(live)) ? carried.filter(({ deed }) => !deed.asksStranger) : [];
  const several = together.length > 1 ? together : [];
  const alone = carried.filter((each) => !several.includes(each));
  const parcels: Parcel[] = [];
  const failed: Job[] = [];
  if (several.length > 0) {
    const works = await tryTogether(live, several, sender);
    failed.push(...several.filter((_, i) => works[i] !== true).map(({ job }) => job));
    const packed = await fit(
      live,
      several.filter((_, i) => works[i] === true),
      sender,
    );
    parcels.push(...packed.parcels);
    failed.push(...packed.failed);
  }
  for (const each of alone) {
    const parcel = await packAlone(live, each, sender);
    if (parcel === undefined) failed.push(each.job);
    else parcels.push(parcel);
  }
  return { parcels, failed };
}

/** Which calls work, one after the other. */
async function tryTogether(
  live: LiveDao,
  carried: readonly Carried[],
  sender: string,
): Promise<readonly boolean[]> {
  const data = aggregate(carried, true);
  const answer = await live.provider.call({ from: sender, to: MULTICALL3, data });
  const [results] = MULTICALL.decodeFunctionResult("aggregate3", answer) as unknown as [
    { readonly success: boolean }[],
  ];
  return results.map(({ success }) => success);
}

/** Cuts what works into parcels that fit, by halves. */
async function fit(live: LiveDao, carried: readonly Carried[], sender: string): Promise<Packed> {
  const [first, ...others] = carried;
  if (first === undefined) return { parcels: [], failed: [] };
  if (others.length === 0) {
    const parcel = await packAlone(live, first, sender);
    return parcel === undefined ? { parcels: [], failed: [first.job] } : { parcels: [parcel], failed: [] };
  }
  const data = aggregate(carried, true);
  const gas = dataLength(data) > MOST_CALLDATA ? undefined : await estimate(live, carried, sender);
  if (gas === undefined || gas > FILLED) {
    const middle = Math.ceil(carried.length / 2);
    const halves = [
      await fit(live, carried.slice(0, middle), sender),
      await fit(live, carried.slice(middle), sender),
    ];
    return {
      parcels: halves.flatMap(({ parcels }) => parcels),
      failed: halves.flatMap(({ failed }) => failed),
    };
  }
  const count = carried.length;
  const purpose = `Carry out ${count} that were signed`;
  // An estimate of this, in which some may fail, could find less: it takes that for a success.
  const leastGas = (gas * 5n) / 4n + 100_000n;
  const intent = { to: MULTICALL3, data, value: 0n, purpose, gas, leastGas };
  return { parcels: [{ jobs: carried.map(({ job }) => job), intent, gas }], failed: [] };
}

/** What calls take so that none fails; undefined where one does, or where they take more than a transaction may have. */
async function estimate(
  live: LiveDao,
  carried: readonly Carried[],
  sender: string,
): Promise<bigint | undefined> {
  try {
    return await live.provider.estimateGas({ from: sender, to: MULTICALL3, data: aggregate(carried, false) });
  } catch (error) {
    // If it is the node that doesn't answer, this says so.
    if (revertDataOf(error) === undefined) await live.provider.getBlockNumber();
    return undefined;
  }
}

async function packAlone(live: LiveDao, { job, deed }: Carried, sender: string): Promise<Parcel | undefined> {
  const { to, data, value, purpose } = deed.call;
  const outcome = await simulate(deed.call, sender, live.provider);
  if (!outcome.ok) {
    await live.provider.getBlockNumber();
    return undefined;
  }
  const mostGas = deed.asksStranger ? { mostGas: MOST_ALONE } : {};
  try {
    const gas = await live.provider.estimateGas({ from: sender, to, data, value });
    if (deed.asksStranger && gas > MOST_ALONE) return undefined;
    return { jobs: [job], intent: { to, data, value, purpose, ...mostGas }, gas };
  } catch (error) {
    if (revertDataOf(error) === undefined) await live.provider.getBlockNumber();
    return undefined;
  }
}

function aggregate(carried: readonly Carried[], allowFailure: boolean): string {
  const calls = carried.map(({ deed: { call } }) => ({ target: call.to, allowFailure, callData: call.data }));
  return MULTICALL.encodeFunctionData("aggregate3", [calls]);
}
