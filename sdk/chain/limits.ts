/** Most gas that one transaction may use on any chain (EIP-7825). */
export const TRANSACTION_GAS_CAP = 16_777_216n;
