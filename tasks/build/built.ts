/** What a build has just left behind. Paths are absolute. */
export interface Built {
  /** The folder of the project. */
  readonly root: string;
  /** The contracts' artifacts; those of Solidity tests aren't among them. */
  readonly artifacts: readonly string[];
  /** The folder of TypeChain's types; `undefined` where none were asked for (`--no-typechain`). */
  readonly types: string | undefined;
}
