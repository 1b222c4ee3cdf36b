/** What others call a chain. */
export interface ChainNames {
  /** Its short name before an address (EIP-3770), as Safe{Wallet} writes it. */
  readonly short: string;
  /** Its name in The Graph's registry of networks; undefined where that has none. */
  readonly graph: string | undefined;
}

/** By chain id: facts of chainlist's short names and of The Graph's registry of networks. */
const NAMES = new Map<bigint, readonly [short: string, graph?: string]>([
  [1n, ["eth", "mainnet"]],
  [10n, ["oeth", "optimism"]],
  [56n, ["bnb", "bsc"]],
  [100n, ["gno", "gnosis"]],
  [130n, ["unichain"]],
  [137n, ["matic", "matic"]],
  [324n, ["zksync", "zksync-era"]],
  [480n, ["wc"]],
  [1101n, ["zkevm", "polygon-zkevm"]],
  [5000n, ["mantle"]],
  [8453n, ["base", "base"]],
  [42161n, ["arb1", "arbitrum-one"]],
  [42220n, ["celo", "celo"]],
  [43114n, ["avax", "avalanche"]],
  [59144n, ["linea", "linea"]],
  [81457n, ["blastmainnet", "blast-mainnet"]],
  [84532n, ["basesep", "base-sepolia"]],
  [421614n, ["arb-sep", "arbitrum-sepolia"]],
  [534352n, ["scr", "scroll"]],
  [11155111n, ["sep", "sepolia"]],
  [11155420n, ["opsep", "optimism-sepolia"]],
]);

/** Undefined for a chain that isn't widely known. */
export function chainNames(chainId: bigint): ChainNames | undefined {
  const found = NAMES.get(chainId);
  return found === undefined ? undefined : { short: found[0], graph: found[1] };
}
