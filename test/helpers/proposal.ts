import { AbiCoder, id, keccak256 } from "ethers";
import type { BrandGovernor } from "../../typechain-types/index.js";
import { type Call, connect, now, type Signer } from "./chain.js";
import type { DAO } from "./dao.js";

/** Governor's eight states. */
export const STATE = {
  Pending: 0n,
  Active: 1n,
  Canceled: 2n,
  Defeated: 3n,
  Succeeded: 4n,
  Queued: 5n,
  Expired: 6n,
  Executed: 7n,
} as const;

/** How a ballot is marked. */
export const SUPPORT = { against: 0n, for: 1n, abstain: 2n } as const;

export type Ballots = Partial<Record<keyof typeof SUPPORT, Signer[]>>;

/**
 * Walks a proposal through its life. Steps are carried out one after the other, and time moves on as they need it:
 *
 *   await new Proposal(governor, calls, "# Title").propose(alice).vote({ for: [alice] }).pass().queue().execute();
 *
 * To look at one step's transaction, call the governor with `...proposal.args`.
 */
export class Proposal implements PromiseLike<void> {
  /** Arguments of the governor's `queue`, `execute`, `cancel`, `discard`, and the first ones of `veto`. */
  readonly args: [targets: string[], values: bigint[], calldatas: string[], descriptionHash: string];
  readonly description: string;
  readonly id: bigint;
  readonly #governor: BrandGovernor;
  #steps: Promise<void> = Promise.resolve();

  constructor(governor: BrandGovernor, calls: Call[], description = "# A decision") {
    this.#governor = governor;
    this.description = description;
    this.args = [
      calls.map((call) => call.to),
      calls.map((call) => call.value ?? 0n),
      calls.map((call) => call.data),
      id(description),
    ];
    const types = ["address[]", "uint256[]", "bytes[]", "bytes32"];
    this.id = BigInt(keccak256(AbiCoder.defaultAbiCoder().encode(types, this.args)));
  }

  propose(by: Signer): this {
    return this.#then(async () => {
      const [targets, values, calldatas] = this.args;
      await this.#governor.connect(by).propose(targets, values, calldatas, this.description);
    });
  }

  /** Moves on to the first second in which ballots count. */
  start(): this {
    return this.#then(async () => {
      if ((await this.#governor.state(this.id)) !== STATE.Pending) return;
      await travelTo((await this.#governor.proposalSnapshot(this.id)) + 1n);
    });
  }

  vote(ballots: Ballots): this {
    return this.start().#then(async () => {
      for (const [support, value] of Object.entries(SUPPORT)) {
        for (const voter of ballots[support as keyof typeof SUPPORT] ?? []) {
          await this.#governor.connect(voter).castVote(this.id, value);
        }
      }
    });
  }

  /** Moves on to the first second after the vote, whatever its result. */
  pass(): this {
    return this.#then(async () => {
      await travelTo((await this.#governor.proposalDeadline(this.id)) + 1n);
    });
  }

  queue(): this {
    return this.#then(async () => {
      await this.#governor.queue(...this.args);
    });
  }

  /** Moves on to the second from which on a queued proposal can be executed. */
  ready(): this {
    return this.#then(async () => {
      await travelTo(await this.#governor.proposalEta(this.id));
    });
  }

  execute(): this {
    return this.ready().#then(async () => {
      await this.#governor.execute(...this.args);
    });
  }

  /** Moves on until it would have expired: past the grace period after the vote or, once queued, after the ETA. */
  expire(): this {
    return this.#then(async () => {
      const eta = await this.#governor.proposalEta(this.id);
      const since = eta === 0n ? await this.#governor.proposalDeadline(this.id) : eta;
      await travelTo(since + (await this.#governor.gracePeriod()) + 1n);
    });
  }

  async state(): Promise<bigint> {
    await this.#steps;
    return this.#governor.state(this.id);
  }

  // What makes `await` wait for all steps.
  then<Result = void, Failure = never>(
    onDone?: ((value: undefined) => Result | PromiseLike<Result>) | null,
    onFailed?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    return this.#steps.then(() => onDone?.(undefined) as Result, onFailed);
  }

  #then(step: () => Promise<void>): this {
    this.#steps = this.#steps.then(step);
    return this;
  }
}

/** Moves the clock to `timestamp`, unless it is past it. */
export async function travelTo(timestamp: bigint): Promise<void> {
  const connection = await connect();
  if (timestamp > (await now(connection))) await connection.networkHelpers.time.increaseTo(timestamp);
}

/** Has `calls` passed by all holders, up to the moment before they are executed. */
export function enactLater(dao: DAO, calls: Call[], description?: string): Proposal {
  const [proposer] = dao.holders;
  const proposal = new Proposal(dao.governor, calls, description);
  return proposal.propose(proposer).vote({ for: dao.holders }).pass().queue().ready();
}

/** Has `calls` passed by all holders and executed. */
export function enact(dao: DAO, calls: Call[], description?: string): Proposal {
  return enactLater(dao, calls, description).execute();
}
