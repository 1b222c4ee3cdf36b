// Hardhat's configuration for nodes of tests: nothing of the project, whose build a node would read for its stack traces.
import { defineConfig } from "hardhat/config";

/** Chains that begin in the same second have the same first block, by which they are told apart, but for this. */
const OWN = BigInt(process.pid);

export default defineConfig({
  paths: { artifacts: "cache/no-artifacts", cache: "cache/no-cache" },
  networks: {
    node: { type: "edr-simulated", accounts: { accountsBalance: (10n ** 22n + OWN).toString() } },
  },
});
