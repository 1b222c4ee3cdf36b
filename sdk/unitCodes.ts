/** Problems of numbers, amounts, durations, moments and addresses as people write them. */
export interface UnitProblems {
  /** An address with a chain's short name before it; `address` is what comes after that. */
  "address.chain-prefix": { readonly text: string; readonly address: string };
  /** An address in another spelling than its own, whose capitals are a checksum; `address` is the right one. */
  "address.checksum": { readonly text: string; readonly address: string };
  /** A text looks like an ENS name. */
  "address.ens": { readonly text: string };
  /** An address is too short or too long. */
  "address.length": { readonly text: string; readonly digits: number };
  /** A text is neither an address nor one of the DAO's names. */
  "address.name-unknown": { readonly text: string; readonly names: readonly string[] };
  /** A text isn't an address. */
  "address.unreadable": { readonly text: string };
  /** It is the zero address, which nobody holds. */
  "address.zero": { readonly text: string };
  /** An amount is a number or a thousand times as much, by where it was written. */
  "amount.ambiguous": { readonly text: string; readonly decimals: number };
  /** An amount is written with an exponent. */
  "amount.exponent": { readonly text: string; readonly decimals: number };
  /** An amount is in another token than the one that belongs there. */
  "amount.other-symbol": {
    readonly text: string;
    readonly number: string;
    readonly given: string;
    readonly symbol: string | undefined;
  };
  /** An amount has a "," or "_" where none belongs. */
  "amount.separator-misplaced": { readonly text: string; readonly decimals: number };
  /** An amount has no unit, and could be meant in the smallest one. */
  "amount.unit-missing": { readonly text: string; readonly symbol: string; readonly smallest: string };
  /** A text isn't an amount. */
  "amount.unreadable": { readonly text: string; readonly decimals: number };
  /** A duration isn't a whole number of seconds. */
  "duration.fraction-of-second": { readonly text: string };
  /** A number can't be one of seconds: it is negative, or no whole one. */
  "duration.not-seconds": { readonly seconds: number };
  /** A duration has a number without a unit. */
  "duration.unit-missing": { readonly text: string };
  /** A duration names a unit twice. */
  "duration.unit-twice": { readonly text: string; readonly unit: string };
  /** A duration has a word for a unit that is none; `nearest` is the unit that is spelled nearly so. */
  "duration.unit-unknown": {
    readonly text: string;
    readonly unit: string;
    readonly nearest: string | undefined;
  };
  /** A text isn't a duration. */
  "duration.unreadable": { readonly text: string };
  /** A moment is over already, or too far ahead. Moments are timestamps. */
  "moment.out-of-range": {
    readonly text: string;
    readonly at: number;
    readonly earliest: number;
    readonly latest: number;
  };
  /** A text isn't a moment. */
  "moment.unreadable": { readonly text: string };
  /** A number has more decimals than its unit. */
  "number.decimals": { readonly text: string; readonly decimals: number };
  /** Where a number belongs, there is nothing. */
  "number.empty": { readonly what: "duration" | "percentage" | "amount" };
  /** A number is typed in full-width characters; `half` is the same in half-width ones. */
  "number.full-width": { readonly text: string; readonly half: string };
  /** A number is negative where none can be. */
  "number.negative": { readonly text: string; readonly what: "duration" | "percentage" | "amount" };
  /** A number has decimals where only a whole one will do. */
  "number.not-whole": { readonly text: string };
  /** A number is larger than any that makes sense. */
  "number.too-large": { readonly text: string };
  /** A percentage without its sign: "0.1" may be meant for 10%. */
  "percent.unit-missing": { readonly text: string };
  /** A text isn't a percentage. */
  "percent.unreadable": { readonly text: string };
  /** A text is too short or too long; lengths are in bytes. */
  "text.length": { readonly bytes: number; readonly lowest: number; readonly highest: number };
}
