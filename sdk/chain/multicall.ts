/** Multicall3, the same on every chain that has it; most public ones do. */
export const MULTICALL3 = "0xcA11bde05977b3631167028862bE2a173976CA11";
