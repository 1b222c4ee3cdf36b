/** Chains for trying things out: Hardhat's, in process or as a node, and anvil's. */
export const LOCAL_CHAIN_ID = 31337n;
