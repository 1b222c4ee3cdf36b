import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import path from "node:path";
import type { SolidityHooks } from "hardhat/types/hooks";
import { finish, lockOf, sayWaiting, settle } from "../build/cache.js";
import { compile } from "../build/compile.js";
import { alone } from "../../sdk/node/lock.js";
import { explain } from "../build/problems.js";
import { steps } from "../build/steps.js";

/** Where TypeChain writes to unless it is told. */
const DEFAULT_TYPES = path.join("types", "ethers-contracts");

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
  invokeSolc(context, compiler, input, config, next) {
    return compile(context.config.paths.cache, input, (narrowed) =>
      next(context, compiler, narrowed, config),
    );
  },

  /** The configuration names the compiler as a module of the project, so that no path of this machine is in any key. */
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  getCompiler(context, compiler, next) {
    if (compiler.path === undefined || path.isAbsolute(compiler.path)) return next(context, compiler);
    const require = createRequire(path.join(context.config.paths.root, "package.json"));
    return next(context, { ...compiler, path: require.resolve(compiler.path) });
  },

  // Comes after TypeChain, whose plugin is listed before this one.
  async processArtifactsAfterSuccessfulBuild(context, artifacts) {
    const { root } = context.config.paths;
    const types = context.globalOptions.noTypechain
      ? undefined
      : path.resolve(root, context.config.typechain.outDir ?? DEFAULT_TYPES);
    for (const step of steps) await step({ root, artifacts, types });
  },
};

export default () => Promise.resolve(hooks);
