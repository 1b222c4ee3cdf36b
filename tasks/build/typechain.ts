import type { HookContext, SolidityHooks } from "hardhat/types/hooks";
import type { HardhatPlugin } from "hardhat/types/plugins";
import { areFresh } from "./types.js";

let late: Promise<{ default: HardhatPlugin }> | undefined;

/**
 * TypeChain's plugin, whose parts are loaded where it has types to write and not with every build. They bring a formatter of
 * code with them, and take a quarter of the time in which a command that has nothing to build is ready.
 */
export function lateTypeChain(): Promise<{ default: HardhatPlugin }> {
  return (late ??= load());
}

async function load(): Promise<{ default: HardhatPlugin }> {
  const module: { default: HardhatPlugin } = await import("@nomicfoundation/hardhat-typechain");
  const { hookHandlers } = module.default;
  const writer = hookHandlers?.solidity;
  if (hookHandlers === undefined || writer === undefined)
    throw new Error("TypeChain's plugin has other hooks");
  const handlers: Partial<SolidityHooks> = {
    async processArtifactsAfterSuccessfulBuild(context: HookContext, ...built) {
      if (context.globalOptions.noTypechain || areFresh(context.config)) return;
      const { processArtifactsAfterSuccessfulBuild: write } = await (await writer()).default();
      await write?.(context, ...built);
    },
  };
  hookHandlers.solidity = () => Promise.resolve({ default: () => Promise.resolve(handlers) });
  return module;
}
