import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import path from "node:path";
import type { SolidityHooks } from "hardhat/types/hooks";
import type { CompilerOutputError } from "hardhat/types/solidity";
import { finish, lockOf, sayWaiting, settle } from "../build/cache.js";
import { compile } from "../build/compile.js";
import { lazily } from "../build/compiler.js";
import { alone } from "../../sdk/node/lock.js";
import { explain } from "../build/problems.js";
import { steps } from "../build/steps.js";
import { keepTypes, typesFolder } from "../build/types.js";

/** What the compiler calls sources of packages. What it warns of there is their makers' to mend. */
const PACKAGES = "npm/";

/** What the compiler says of a problem besides what Hardhat's type knows. */
interface Located {
  readonly sourceLocation?: { readonly file: string };
}

/** What the build does besides compiling. */
const hooks: Partial<SolidityHooks> = {
  /** One process builds at a time; the next one then finds everything built. */
  async build(context, files, options, next) {
    const { root, cache } = context.config.paths;
    try {
      return await alone(lockOf(cache), sayWaiting, async () => {
        await settle(root, cache);
        const result = await next(context, files, { concurrency: availableParallelism(), ...options });
        await finish(cache);
        return result;
      });
    } catch (error) {
      throw explain(error, root);
    }
  },

  // Hardhat means to remove the next two hooks. Its version is pinned, and nothing else serves: they are looked at when it is
  // raised, and the tests of the build say what has to stay.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  async invokeSolc(context, compiler, input, config, next) {
    const output = await compile(context.config.paths.cache, input, (narrowed) =>
      next(context, compiler, narrowed, config),
    );
    const errors = output.errors?.filter((problem: CompilerOutputError & Located) => {
      return problem.severity === "error" || !problem.sourceLocation?.file.startsWith(PACKAGES);
    });
    return { ...output, errors };
  },

  /** The configuration names the compiler as a module of the project, so that no path of this machine is in any key. */
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  getCompiler(context, compiler, next) {
    if (compiler.path === undefined || path.isAbsolute(compiler.path)) return next(context, compiler);
    const require = createRequire(path.join(context.config.paths.root, "package.json"));
    const file = require.resolve(compiler.path);
    return lazily(context.config.paths.cache, compiler.version, file, () =>
      next(context, { ...compiler, path: file }),
    );
  },

  // Comes after TypeChain, whose plugin is listed before this one.
  async processArtifactsAfterSuccessfulBuild(context, artifacts) {
    const { config, globalOptions } = context;
    const types = globalOptions.noTypechain ? undefined : typesFolder(config);
    for (const step of steps) await step({ root: config.paths.root, artifacts, types });
    if (types !== undefined) await keepTypes(config);
  },
};

export default () => Promise.resolve(hooks);
