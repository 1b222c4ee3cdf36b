import path from "node:path";
import type { SolidityHooks } from "hardhat/types/hooks";
import { steps } from "../build/steps.js";

/** What the build does besides compiling. */
const hooks: Partial<SolidityHooks> = {
  // Comes after TypeChain, whose plugin is listed before this one.
  async processArtifactsAfterSuccessfulBuild(context, artifacts) {
    const { root } = context.config.paths;
    const types = context.globalOptions.noTypechain
      ? undefined
      : path.resolve(root, context.config.typechain.outDir ?? "types");
    for (const step of steps) await step({ root, artifacts, types });
  },
};

export default () => Promise.resolve(hooks);
