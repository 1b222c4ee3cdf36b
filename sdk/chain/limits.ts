/** Most gas that one transaction may use on any chain (EIP-7825). */
export const TRANSACTION_GAS_CAP = 16_777_216n;

/** Bytes of data that go into one transaction at most: common nodes take none that is longer than 131,072 bytes as a whole. */
export const MOST_CALLDATA = 90_000;
