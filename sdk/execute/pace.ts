/** How a transaction is followed. All are milliseconds but the number of raises. */
export interface Pace {
  /** Before it is looked for the second time; longer each time after that. */
  readonly look: number;
  readonly lookAtMost: number;
  /** How long one answer of a node is waited for. */
  readonly answer: number;
  /** After how long the same bytes are handed in again. */
  readonly handAgain: number;
  /** After how long without being included its fee is raised, and how often at most. */
  readonly raiseAfter: number;
  readonly raises: number;
  /** How long it goes on though nobody answers, or the node says that it doesn't take what it may have. */
  readonly silence: number;
  /** How long it is followed altogether. */
  readonly patience: number;
  /** How old what an earlier run wrote may be for its bytes to be handed in again, where the node doesn't know them. */
  readonly fresh: number;
}

/** What suits a chain with a block every few seconds. */
export const PACE: Pace = {
  look: 100,
  lookAtMost: 4_000,
  answer: 30_000,
  handAgain: 15_000,
  raiseAfter: 75_000,
  raises: 5,
  silence: 20_000,
  patience: 600_000,
  fresh: 3_600_000,
};
