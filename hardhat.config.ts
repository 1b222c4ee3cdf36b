import { randomBytes } from "node:crypto";
import { configVariable, defineConfig } from "hardhat/config";
import kyoso from "./tasks/index.js";

// The compiler is an npm package, named as one: pinned by the lock file, nothing is downloaded, and what was compiled stays
// so when the project's folder is moved or copied.
const solc = { version: "0.8.34", path: "solc/soljson.js" };

// A contract's bytecode ends with no hash of its metadata: that also covers comments, and what else the compiler was given, so
// that a build of the few files that changed came to other bytecode, and other addresses, than one from a fresh clone.
const reproducible = {
  evmVersion: "cancun",
  optimizer: { enabled: true, runs: 200 },
  metadata: { bytecodeHash: "none" },
};

const shipped = { ...solc, settings: { ...reproducible, viaIR: true } };

// What tests need of their own is compiled fast: it meets the contracts as they are shipped. What tests a library inside
// itself compiles it as it is shipped. A folder stands for all its files (tasks/hooks/config.ts).
const harness = { ...solc, settings: reproducible };
const overrides = {
  test: harness,
  // What ours is measured beside is compiled as ours.
  "test/peers": shipped,
  "test/invariants/Packed.t.sol": shipped,
  "test/invariants/PackedCounts.t.sol": shipped,
  "test/invariants/PackedHolding.t.sol": shipped,
  "test/invariants/PackedTally.t.sol": shipped,
  "test/invariants/ProposerSuffix.t.sol": shipped,
  "test/invariants/Texts.t.sol": shipped,
  "test/invariants/Titles.t.sol": shipped,
};

// How long the Solidity tests look for a counterexample: while one works, in CI, and for a release (npm run test:deep). Each
// handler lives runs times depth calls, which are the same for all invariants that look at it: 5,120 in CI, 51,200 in a deep run.
// They are also the same each time, for a fault to be found by whom it belongs to, but in a deep run, which tells by what
// KYOSO_SEED they can be repeated.
const seed = process.env.KYOSO_SEED ?? `0x${randomBytes(32).toString("hex")}`;
const SEARCHES = {
  everyday: { fuzz: { runs: 256 }, invariant: { runs: 40, depth: 64, shrinkRunLimit: 500 } },
  ci: { fuzz: { runs: 512 }, invariant: { runs: 80, depth: 64, shrinkRunLimit: 500 } },
  deep: { fuzz: { runs: 10_000, seed }, invariant: { runs: 200, depth: 256, shrinkRunLimit: 5_000 } },
};
const { CI, KYOSO_DEEP } = process.env;
const search = SEARCHES[KYOSO_DEEP === "1" ? "deep" : CI === "true" ? "ci" : "everyday"];

export default defineConfig({
  plugins: [kyoso],
  solidity: { compilers: [shipped], overrides },
  paths: { ignition: "deploy", tests: { mocha: "test", solidity: "test" } },
  test: { solidity: search },
  typechain: { outDir: "typechain-types" },
  networks: {
    // What a transaction may have at most: nobody pays for it here, and an estimate runs each one several times.
    hardhat: { type: "edr-simulated", chainType: "l1", hardfork: "cancun", gas: 16_777_216 },
    localhost: { type: "http", chainType: "l1", url: "http://127.0.0.1:8545" },
    live: {
      type: "http",
      chainType: "generic",
      url: configVariable("KYOSO_RPC_URL"),
      accounts: [configVariable("KYOSO_PRIVATE_KEY")],
    },
    // The same chain without a key: to look, and to prepare what others sign.
    readonly: { type: "http", chainType: "generic", url: configVariable("KYOSO_RPC_URL") },
  },
});
