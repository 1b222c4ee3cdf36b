/** A call as the chain sees it. */
export interface RawCall {
  readonly to: string;
  readonly data: string;
  /** Wei. */
  readonly value: bigint;
}

/**
 * Why a call can't be read whole: the function isn't known; it is one of other contracts only; the data aren't exactly what
 * it takes; foreign code is run in somebody's own name; or there are too many calls in it, or too deep.
 */
export type UnreadReason = "function" | "likeness" | "encoding" | "delegatecall" | "too deep" | "too many";
