import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { HardhatConfig, SolidityBuildProfileConfig, SolidityCompilerConfig } from "hardhat/types/config";
import type { ConfigHooks } from "hardhat/types/hooks";
import { areFresh } from "../build/types.js";

/** Reads the overrides of the compiler as this project writes them, and has TypeChain write types that changed. */
const hooks: Partial<ConfigHooks> = {
  async resolveUserConfig(userConfig, resolveVariable, next) {
    const config = ifChanged(await next(userConfig, resolveVariable));
    const { solidity } = userConfig;
    if (typeof solidity !== "object" || !("overrides" in solidity)) return config;
    // What has a compiler of the list itself needs no override, which would have it compiled apart from the rest.
    const plain = Object.entries(solidity.overrides ?? {}).filter(([, own]) =>
      solidity.compilers.includes(own),
    );
    const profiles: Record<string, SolidityBuildProfileConfig> = {};
    for (const [name, profile] of Object.entries(config.solidity.profiles)) {
      const overrides = expand(config.paths.root, profile.overrides);
      const apart = Object.entries(overrides).filter(([file]) => !plain.some(([own]) => own === file));
      profiles[name] = { ...profile, overrides: Object.fromEntries(apart) };
    }
    return { ...config, solidity: { ...config.solidity, profiles } };
  },
};

export default () => Promise.resolve(hooks);

/** TypeChain, which writes all types in every build, asks whether to when the contracts are compiled: this answers. */
function ifChanged(config: HardhatConfig): HardhatConfig {
  if (!("typechain" in config)) return config;
  const typechain = {
    ...config.typechain,
    get dontOverrideCompile() {
      return config.typechain.dontOverrideCompile || areFresh(config);
    },
  };
  return { ...config, typechain };
}

/** A folder stands for all Solidity files in it, which are compiled together; a file's own entry comes before it. */
function expand(
  root: string,
  overrides: Record<string, SolidityCompilerConfig>,
): Record<string, SolidityCompilerConfig> {
  const files: Record<string, SolidityCompilerConfig> = {};
  for (const [source, compiler] of Object.entries(overrides)) {
    if (source.endsWith(".sol") || !existsSync(path.join(root, source))) continue;
    for (const file of readdirSync(path.join(root, source), { encoding: "utf8", recursive: true })) {
      if (file.endsWith(".sol")) files[path.posix.join(source, file.replaceAll(path.sep, "/"))] = compiler;
    }
  }
  const own = Object.entries(overrides).filter(([source]) => source.endsWith(".sol"));
  return { ...files, ...Object.fromEntries(own) };
}
