/** The contracts' ABIs, `as const`, with their types for ethers and without their bytecode; written by the build. */
export * from "../typechain-types/abi/index.js";
