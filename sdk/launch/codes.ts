/** Problems of a launch, and of a DAO whose contracts aren't what its record says. */
export interface LaunchProblems {
  /** There is no contract of the DAO on the chain. */
  "dao.no-contract": { readonly contract: string };
  /** A contract of a record isn't the one that the factory made for its launcher, its name, its Safe and its date. */
  "dao.not-of-factory": {
    readonly slug: string;
    readonly contract: string;
    readonly found: string;
    readonly expected: string;
    readonly factory: string;
    readonly launcher: string;
    readonly safe: string;
  };
  /** A DAO is of another chain than `here`. */
  "dao.other-chain": { readonly slug: string; readonly chainId: string; readonly here: bigint };
  /** A contract has other code than the factory gives it. */
  "dao.other-code": { readonly contract: string; readonly address: string };
  /** A contract runs other code than the record says. */
  "dao.other-implementation": {
    readonly implementation: string;
    readonly found: string;
    readonly recorded: string;
  };
  /** A contract points at another one than the DAO's. */
  "dao.other-pointer": {
    readonly contract: string;
    readonly function: string;
    readonly found: string;
    readonly expected: string;
  };
  /** The Handover names another Safe than the record. */
  "dao.other-safe": { readonly slug: string; readonly found: string; readonly recorded: string };
  /** A DAO was launched by a factory that isn't this version's, whose address is `known`. */
  "dao.unknown-factory": { readonly slug: string; readonly factory: string; readonly known: string };
  /** Implementations didn't arrive at their predicted addresses. */
  "implementations.misplaced": { readonly chainId: bigint; readonly names: readonly string[] };
  /** Not all implementations could be deployed. */
  "implementations.not-all-deployed": { readonly chainId: bigint; readonly reason: string };
  /** A launch was begun by another account. */
  "launch.begun-by-other": {
    readonly slug: string;
    readonly launcher: string;
    readonly account: string;
    readonly file: string | undefined;
  };
  /** A DAO of this slug is live on the chain. */
  "launch.live-already": { readonly slug: string; readonly chainId: bigint; readonly token: string };
  /** A launch is confirmed, and its contracts aren't where they were predicted. */
  "launch.misplaced": { readonly chainId: bigint };
  /** The chain would refuse the launch. */
  "launch.refused": { readonly file: string; readonly reason: string };
  /** The account launched a DAO of this slug before, of which there is no record. */
  "launch.slug-used": {
    readonly launcher: string;
    readonly slug: string;
    readonly chainId: bigint;
    readonly token: string;
    readonly file: string | undefined;
  };
  /** The launch takes more gas than one transaction may use. */
  "launch.too-many-allocations": {
    readonly count: number;
    readonly gas: bigint;
    readonly cap: bigint;
    readonly most: bigint;
  };
}
