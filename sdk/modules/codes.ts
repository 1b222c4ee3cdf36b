import type { DaoModule } from "../daoRecord.js";

/** Problems of the modules that a DAO can have. */
export interface ModuleProblems {
  /** A DAO doesn't have a module. */
  "dao.no-module": { readonly slug: string | undefined; readonly module: DaoModule };
  /** A record names another contract as a DAO's module than the one that the factory of modules makes. */
  "dao.other-module": {
    readonly slug: string;
    readonly module: DaoModule;
    readonly found: string;
    readonly expected: string;
  };
  /** Modules are there already, and stewards run them; or, where they were only to be deployed, they are there. */
  "modules.enabled-already": { readonly slug: string; readonly modules: readonly DaoModule[] };
  /** The chain lacks what makes modules. */
  "modules.factory-missing": { readonly factory: string; readonly chainId: bigint };
  /** A pass is to be added, and nothing says what it begins with. */
  "modules.no-terms": { readonly slug: string };
  /** A text is no module's name. */
  "modules.unknown": { readonly text: string; readonly known: readonly DaoModule[] };
}
