import { AbiCoder, dataLength, getAddress, keccak256, toBeHex, toQuantity, ZeroHash } from "ethers";
import { TRANSACTION_GAS_CAP } from "../chain/limits.js";
import type { LiveDao } from "../live.js";
import { formatAmount } from "../units.js";
import { firstFailing } from "./bisect.js";
import type { RawCall } from "./decode.js";
import { deployedBy } from "../modules/deploy.js";
import { INTERFACES } from "./known.js";
import type { RevertNames } from "./revert.js";
import { customError, reasonOf, revertDataOf } from "./revert.js";
import type { Simulation } from "./simulate.js";
import { simulate } from "./simulate.js";

/** Of calls that fail by themselves, as many are told apart; those after them aren't tried. */
const MOST_FAILURES = 5;

const SUPPOSES_NOTHING = "this node lets nothing be supposed";

/**
 * Tries calls as a passed proposal makes them: in order, each with the effects of those before it, with what the treasury
 * has at this moment, and with no more gas than a transaction may have. A call that fails is left out for those after it.
 *
 * It is the timelock's own batch that is tried, so that all happens to the treasury as it will. The node is asked to
 * suppose that the batch waited long enough, and that the governor is about to execute it.
 *
 * @returns How each would end. A node that lets nothing be supposed can't try calls after each other: then each is tried by
 * itself, and its note says so.
 */
export async function simulateDecided(
  calls: readonly RawCall[],
  live: LiveDao,
  names?: RevertNames,
): Promise<Simulation[]> {
  if (calls.length === 0) return [];
  const missing = await missingContracts(calls, live);
  const results: Simulation[] = [];
  /** Those that go well, one after the other. */
  let kept: readonly RawCall[] = [];
  let failures = 0;
  while (results.length < calls.length) {
    const rest = calls.slice(results.length);
    const empty = missing.slice(results.length).indexOf(true);
    const tried = empty === -1 ? rest : rest.slice(0, empty);
    const attempt = await tryAfter(kept, tried, live, names);
    if (attempt === "not supposed") return simulateAlone(calls, missing, live, names);
    const { works, failure } = attempt;
    for (let i = 0; i < works; i++) results.push({ ok: true, result: "0x" });
    const failed = rest[works];
    if (failed === undefined) break;
    results.push(failure ?? noContract(failed));
    kept = [...kept, ...rest.slice(0, works)];
    failures += 1;
    if (failures < MOST_FAILURES) continue;
    while (results.length < calls.length) {
      results.push({ ok: false, reason: `it wasn't tried, as ${failures} calls before it fail` });
    }
  }
  return results;
}

/** How many of the calls go well after others that do, and why the next one doesn't. */
async function tryAfter(
  kept: readonly RawCall[],
  calls: readonly RawCall[],
  live: LiveDao,
  names: RevertNames | undefined,
): Promise<"not supposed" | { readonly works: number; readonly failure?: Simulation }> {
  const tryFirst = (count: number) => tryBatch([...kept, ...calls.slice(0, count)], live, names);
  const whole = await tryFirst(calls.length);
  if (whole === "not supposed") return whole;
  if (whole.ok) return { works: calls.length };
  return firstFailing(calls.length, whole, async (count) => {
    const result = await tryFirst(count);
    // It was supposed a moment ago.
    return result === "not supposed" ? { ok: false, reason: SUPPOSES_NOTHING } : result;
  });
}

/** Tries calls as one batch of the timelock, which the governor executes. */
async function tryBatch(
  calls: readonly RawCall[],
  live: LiveDao,
  names: RevertNames | undefined,
): Promise<"not supposed" | Simulation> {
  if (calls.length === 0) return { ok: true, result: "0x" };
  const { governor, timelock } = live.record.contracts;
  const args = [calls.map(({ to }) => to), calls.map(({ value }) => value), calls.map(({ data }) => data)];
  const batch = [...args, ZeroHash, ZeroHash];
  // A batch without a predecessor has the id of a proposal.
  const types = ["address[]", "uint256[]", "bytes[]", "bytes32"];
  const id = keccak256(AbiCoder.defaultAbiCoder().encode(types, [...args, ZeroHash]));
  const own = calls.filter(({ to }) => getAddress(to) === governor);
  const transaction = {
    from: governor,
    to: timelock,
    data: INTERFACES.timelock.encodeFunctionData("executeBatch", batch),
    gas: toQuantity(TRANSACTION_GAS_CAP),
  };
  const overrides = {
    [timelock]: { stateDiff: waitedFor(id) },
    ...(own.length === 0 ? {} : { [governor]: { stateDiff: queueOf(own.map(({ data }) => data)) } }),
  };
  try {
    const params = [transaction, "latest", overrides];
    return { ok: true, result: String(await live.eip1193.request({ method: "eth_call", params })) };
  } catch (error) {
    const data = revertDataOf(error);
    const reason = reasonOf(error, names);
    if (data === undefined) return /revert|gas/iu.test(reason) ? { ok: false, reason } : "not supposed";
    const known = customError(data);
    const [operation] = known?.args ?? [];
    // The timelock knows of no such batch: what it should have been supposed to know was ignored.
    if (known?.name === "TimelockUnexpectedOperationState" && operation === id) return "not supposed";
    if (known?.name !== "FailedCall") return { ok: false, reason };
    return { ok: false, reason: (await shortage(calls, live)) ?? "it reverts and doesn't say why" };
  }
}

/** Whether the treasury has less ETH than calls send. */
async function shortage(calls: readonly RawCall[], live: LiveDao): Promise<string | undefined> {
  const sent = calls.reduce((sum, { value }) => sum + value, 0n);
  const balance = await live.provider.getBalance(live.record.contracts.timelock);
  if (sent <= balance) return undefined;
  return `the treasury has ${formatAmount(balance, "ETH")}, less than the ${formatAmount(sent, "ETH")} that it is to send`;
}

/** Tries each call by itself, and says what that leaves open. */
async function simulateAlone(
  calls: readonly RawCall[],
  missing: readonly boolean[],
  live: LiveDao,
  names: RevertNames | undefined,
): Promise<Simulation[]> {
  const { governor, timelock } = live.record.contracts;
  return Promise.all(
    calls.map(async (call, i): Promise<Simulation> => {
      if (missing[i] === true) return noContract(call);
      // What the governor does to itself it takes only while it executes the proposal that says so.
      if (getAddress(call.to) === governor) {
        return { ok: true, result: "0x", note: `can't be tried: ${SUPPOSES_NOTHING}` };
      }
      const result = await simulate(call, timelock, live.provider, names);
      if (calls.length === 1) return result;
      if (result.ok) {
        const note = `would succeed by itself; together they can't be tried: ${SUPPOSES_NOTHING}`;
        return { ...result, note };
      }
      if (i === 0) return result;
      return {
        ok: true,
        result: "0x",
        note: `would fail by itself (${result.reason}); after those before it, it can't be tried: ${SUPPOSES_NOTHING}`,
      };
    }),
  );
}

/** A call of nothing always succeeds; what was meant to be a contract is missing, unless a call before it puts it there. */
async function missingContracts(calls: readonly RawCall[], live: LiveDao): Promise<boolean[]> {
  const { provider } = live;
  const asked = new Map<string, Promise<string>>();
  for (const { to, data } of calls) {
    if (dataLength(data) > 0 && !asked.has(to)) asked.set(to, provider.getCode(to));
  }
  return Promise.all(
    calls.map(
      async ({ to, data }, i) =>
        dataLength(data) > 0 &&
        (await asked.get(to)) === "0x" &&
        !deployedBy(calls.slice(0, i), live).includes(getAddress(to)),
    ),
  );
}

function noContract({ to }: RawCall): Simulation {
  return { ok: false, reason: `there is no contract at ${to}` };
}

// `_timestamps` of OpenZeppelin's TimelockController (erc7201:openzeppelin.storage.TimelockController).
const TIMESTAMPS = 0x9a37c2aa9d186a0969ff8a8267bf4e07e864c2f2768f5040949e28a624fb3600n;
/** The first moment that means that a batch can be made; 1 is for one that was. */
const LONG_AGO = 2n;

// `_governanceCall` of OpenZeppelin's Governor (erc7201:openzeppelin.storage.Governor): the begin and end of a queue in
// one slot, and in the next one the mapping of what is in it.
const GOVERNANCE_CALL = 0x7c712897014dbe49c045ef1299aa2d5f9e67e48eea4403efa21f1e0f3ac0cb02n;

/** The timelock's storage with a batch that waited for long enough. */
function waitedFor(id: string): Record<string, string> {
  const slot = keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "uint256"], [id, TIMESTAMPS]));
  return { [slot]: word(LONG_AGO) };
}

/** The governor's storage with calls in its queue, as it has while it executes a proposal. */
function queueOf(calldatas: readonly string[]): Record<string, string> {
  const itemAt = (i: number) =>
    keccak256(AbiCoder.defaultAbiCoder().encode(["uint256", "uint256"], [i, GOVERNANCE_CALL + 1n]));
  return {
    [word(GOVERNANCE_CALL)]: word(BigInt(calldatas.length) << 128n),
    ...Object.fromEntries(calldatas.map((data, i) => [itemAt(i), keccak256(data)])),
  };
}

function word(value: bigint): string {
  return toBeHex(value, 32);
}
