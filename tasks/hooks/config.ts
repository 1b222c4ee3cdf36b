import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { configVariable } from "hardhat/config";
import type { SolidityBuildProfileConfig, SolidityCompilerConfig } from "hardhat/types/config";
import type { ConfigHooks } from "hardhat/types/hooks";

/** The relay's key, in Hardhat's keystore or in the environment: see relay/key.ts. */
const KEY = "KYOSO_RELAY_KEY";

/** Reads the overrides of the compiler as this project writes them, and where the relay's key is. */
const hooks: Partial<ConfigHooks> = {
  async resolveUserConfig(userConfig, resolveVariable, next) {
    const resolved = await next(userConfig, resolveVariable);
    const config = { ...resolved, relayKey: resolveVariable(configVariable(KEY)) };
    const { solidity } = userConfig;
    if (typeof solidity !== "object" || !("overrides" in solidity)) return config;
    // What has a compiler of the list itself needs no override, which would have it compiled apart from the rest.
    const plain = Object.entries(solidity.overrides ?? {}).filter(([, own]) =>
      solidity.compilers.includes(own),
    );
    const { root } = config.paths;
    const listed = new Map<string, string[]>();
    const sourcesOf = (folder: string) => {
      if (!listed.has(folder)) listed.set(folder, sourcesIn(root, folder));
      return listed.get(folder) ?? [];
    };
    const profiles: Record<string, SolidityBuildProfileConfig> = {};
    for (const [name, profile] of Object.entries(config.solidity.profiles)) {
      const overrides = expand(sourcesOf, profile.overrides);
      const apart = Object.entries(overrides).filter(([file]) => !plain.some(([own]) => own === file));
      profiles[name] = { ...profile, overrides: Object.fromEntries(apart) };
    }
    return { ...config, solidity: { ...config.solidity, profiles } };
  },
};

export default () => Promise.resolve(hooks);

/** A folder stands for all Solidity files in it, which are compiled together; a file's own entry comes before it. */
function expand(
  sourcesOf: (folder: string) => readonly string[],
  overrides: Record<string, SolidityCompilerConfig>,
): Record<string, SolidityCompilerConfig> {
  const files: Record<string, SolidityCompilerConfig> = {};
  for (const [source, compiler] of Object.entries(overrides)) {
    if (source.endsWith(".sol")) continue;
    for (const file of sourcesOf(source)) files[file] = compiler;
  }
  const own = Object.entries(overrides).filter(([source]) => source.endsWith(".sol"));
  return { ...files, ...Object.fromEntries(own) };
}

/** The Solidity files in a folder of the project, as it names them. */
function sourcesIn(root: string, folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { encoding: "utf8", recursive: true })
    .filter((file) => file.endsWith(".sol"))
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, "/")));
}
