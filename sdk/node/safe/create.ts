import type { Provider } from "ethers";
import { reasonOf } from "../../calls/revert.js";
import type { Plan } from "../../calls/plan.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import { isTestAccount } from "../../chain/testAccounts.js";
import { parseAddress, quote } from "../../units.js";
import { hasSafeContracts, predictCanonicalSafe, SAFE_VERSION } from "./canonical.js";
import { LOCAL_CHAIN_ID } from "../../chain/local.js";
import type { NewSafe, SafeInfo } from "../../safe/safe.js";
import type { Eip1193Provider } from "../../chain/eip1193.js";
import { readSafe } from "../../safe/safe.js";
import { predictSafe, safeSaltNonce } from "./kit.js";

/** A Safe that is wanted, and what of it is there. */
export interface SafePlan {
  readonly name: string;
  readonly wanted: NewSafe;
  readonly chainId: bigint;
  /** As it is, or as it will be. */
  readonly safe: SafeInfo;
  readonly exists: boolean;
  /** Whether the chain lacks the Safe contracts themselves; only on a local one. */
  readonly createsContracts: boolean;
}

/** Owners of a Safe point to one another in a list that begins with this address. */
const SENTINEL = "0x0000000000000000000000000000000000000001";

/**
 * Reads who is to own a Safe.
 *
 * @param owners Addresses with commas or spaces between them.
 * @param threshold How many have to sign; without it, all of them.
 * @throws KyosoError with everything that is wrong.
 */
export function parseNewSafe(owners: string, threshold: string | undefined, chainId: bigint): NewSafe {
  const problems: Problem[] = [];
  const found: string[] = [];
  for (const text of owners.split(/[\s,]+/u).filter((each) => each !== "")) {
    try {
      const address = parseAddress(text);
      if (address === SENTINEL) {
        throw KyosoError.of("safe.owner-is-sentinel", {
          data: { text },
          message: `${text} owns nothing`,
          remedy: "write an owner's address",
        });
      }
      if (found.includes(address)) {
        throw KyosoError.of("list.account-twice", {
          data: { account: address },
          message: `${address} is there twice`,
          remedy: "write each owner once",
        });
      }
      if (chainId !== LOCAL_CHAIN_ID && isTestAccount(address)) {
        throw KyosoError.of("account.test-account", {
          data: { account: address },
          message: `${address} is one of Hardhat's test accounts: its key is known to everybody`,
          remedy: "write the address of somebody of yours",
        });
      }
      found.push(address);
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      problems.push(...error.problems.map((problem) => ({ place: "--owners", ...problem })));
    }
  }
  if (found.length === 0 && problems.length === 0) {
    problems.push(
      problem("safe.no-owners", {
        data: {},
        place: "--owners",
        message: "There are no owners",
        remedy: "Write their addresses with commas between them.",
      }),
    );
  }
  const count = threshold === undefined ? found.length : /^\d{1,3}$/u.test(threshold) ? Number(threshold) : 0;
  if (problems.length === 0 && (count < 1 || count > found.length)) {
    problems.push(
      problem("safe.threshold-unreadable", {
        data: { text: threshold, owners: found.length },
        place: "--threshold",
        message: `${quote(threshold ?? "")} isn't a number of owners`,
        remedy: `Write 1 to ${found.length}.`,
      }),
    );
  }
  if (problems.length > 0) throw new KyosoError(problems);
  return { owners: found, threshold: count };
}

/**
 * Finds out where a Safe will be, and whether it is there. Sends nothing.
 *
 * @param name Tells apart Safes with the same owners; the launch takes the DAO's slug.
 */
export async function planSafe(
  provider: Provider,
  eip1193: Eip1193Provider,
  wanted: NewSafe,
  name: string,
): Promise<SafePlan> {
  const { chainId } = await provider.getNetwork();
  const createsContracts = chainId === LOCAL_CHAIN_ID && !(await hasSafeContracts(provider));
  const address = createsContracts
    ? predictCanonicalSafe(wanted.owners, wanted.threshold, safeSaltNonce(name))
    : await predictAddress(provider, eip1193, chainId, wanted, name);
  const exists = (await provider.getCode(address)) !== "0x";
  const safe = exists
    ? await readSafe(provider, address)
    : { address, version: SAFE_VERSION, owners: wanted.owners, threshold: wanted.threshold };
  return { name, wanted, chainId, safe, exists, createsContracts };
}

/** The one call that creates a Safe which isn't there; from whatever account. */
export async function creationOf(eip1193: Eip1193Provider, plan: SafePlan): Promise<Plan> {
  const kit = await predictSafe(eip1193, plan.chainId, plan.wanted, plan.name);
  const { to, data, value } = await kit.createSafeDeploymentTransaction();
  return {
    title: "Creating the Safe",
    calls: [
      {
        contract: "SafeProxyFactory",
        to,
        signature: "createProxyWithNonce(address,bytes,uint256)",
        args: [],
        data,
        value: BigInt(value),
        purpose: `Create the Safe ${plan.safe.address}`,
      },
    ],
  };
}

async function predictAddress(
  provider: Provider,
  eip1193: Eip1193Provider,
  chainId: bigint,
  wanted: NewSafe,
  name: string,
): Promise<string> {
  try {
    return await (await predictSafe(eip1193, chainId, wanted, name)).getAddress();
  } catch (cause) {
    // If it is the node that doesn't answer, this says so.
    await provider.getBlockNumber();
    throw KyosoError.of("safe.cannot-be-created", {
      data: { chainId, reason: reasonOf(cause) },
      place: `chain ${chainId}`,
      message: `No Safe can be created here: ${reasonOf(cause)}`,
      remedy: "Create one by other means.",
      cause,
    });
  }
}
