// Hardhat's configuration for nodes of tests: nothing of the project, whose build a node would read for its stack traces.
import { defineConfig } from "hardhat/config";

export default defineConfig({ paths: { artifacts: "cache/no-artifacts", cache: "cache/no-cache" } });
