import type { LiveDao, RawCall, Readiness } from "@kyoso/sdk";
import { gasLimitFor, KyosoError, reasonOf } from "@kyoso/sdk";
import type { PreparedCall, Refused } from "../acts.js";

/** Why a step can't be taken; null where it can. */
export function refusedBy({ problem }: Readiness): Refused | null {
  return problem === undefined ? null : { code: problem.code, text: problem.message };
}

/**
 * A call as an account would send it: tried, and with what it costs.
 *
 * @param refused Why it isn't to be sent, where that is known already.
 */
export async function prepare(
  live: LiveDao,
  { to, data, value }: RawCall,
  from: string,
  refused: Refused | null = null,
): Promise<PreparedCall> {
  const { provider, block } = live;
  const call = { to, data, value };
  const [tried, balance, nonce, fees] = await Promise.all([
    refused === null ? estimate(live, { ...call, from }) : { refused },
    provider.getBalance(from, block),
    provider.getTransactionCount(from, block),
    provider.getFeeData(),
  ]);
  const common = { ...call, balance, block, nonce };
  if (typeof tried !== "bigint") return { ...common, ...tried, gas: null, cost: null };
  const price = fees.gasPrice;
  const cost = price === null ? null : tried * price;
  const isShort = cost !== null && balance < cost + value;
  return {
    ...common,
    refused: isShort ? { code: "account.too-little-ether", text: "The account has too little ETH" } : null,
    gas: gasLimitFor(tried),
    cost,
  };
}

/** The only call of a plan; where none can be made, why. */
export async function prepareFirst(
  live: LiveDao,
  from: string,
  plan: () => Promise<readonly RawCall[]>,
): Promise<PreparedCall> {
  try {
    const [call] = await plan();
    if (call === undefined) throw new RangeError("There is nothing to send");
    return await prepare(live, call, from);
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    const [problem] = error.problems;
    const refused = { code: problem?.code ?? "", text: problem?.message ?? error.message };
    const balance = await live.provider.getBalance(from, live.block);
    return {
      ...{ to: "", data: "0x", value: 0n, refused, gas: null, cost: null, balance },
      ...{ block: live.block, nonce: 0 },
    };
  }
}

/** Gas that a call takes, or why it would fail. */
async function estimate(
  { provider }: LiveDao,
  call: RawCall & { readonly from: string },
): Promise<bigint | { readonly refused: Refused }> {
  try {
    // Tried without a price: an account without ETH learns why else it would fail.
    return await provider.estimateGas(call);
  } catch (error) {
    // If it is the node that doesn't answer, this says so.
    await provider.getBlockNumber();
    return { refused: { code: "", text: reasonOf(error) } };
  }
}
