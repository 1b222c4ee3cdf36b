import { Interface } from "ethers";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import type { Asset } from "../token/asset.js";
import { readAsset } from "../token/asset.js";
import { parseAccount } from "../token/account.js";
import { formatAddress, formatAmount, TOKEN_DECIMALS } from "../units.js";

/** What a plan and a reader need of any ERC-20. */
export const ERC20 = new Interface([
  "function balanceOf(address account) view returns (uint256)",
  "function allowance(address owner, address spender) view returns (uint256)",
  "function approve(address spender, uint256 value) returns (bool)",
]);

/** A token that seasons have budgets in. */
export interface RewardToken extends Asset {
  readonly address: string;
  /** Whether it can say its symbol and its decimals. Where it can't, amounts are in its smallest unit. */
  readonly known: boolean;
}

/** A token, whatever is at its address: anyone can fund a season, with any token. */
export async function readRewardToken(live: LiveDao, address: string): Promise<RewardToken> {
  if (address === live.record.contracts.token) {
    return { address, symbol: live.symbol, decimals: TOKEN_DECIMALS, known: true };
  }
  const asset = await readAsset(live.provider, address);
  return asset === undefined
    ? { address, symbol: `units of ${formatAddress(address)}`, decimals: 0, known: false }
    : { address, ...asset, known: true };
}

/**
 * The token that is meant: the brand's where nothing is said.
 *
 * @throws KyosoError for what isn't an address, or isn't an ERC-20.
 */
export async function requireRewardToken(live: LiveDao, text: string | undefined): Promise<RewardToken> {
  const address = text === undefined ? live.record.contracts.token : parseAccount(live, text, "--token");
  const token = await readRewardToken(live, address);
  if (token.known) return token;
  throw KyosoError.of("token.not-erc20", {
    data: { token: address },
    place: "--token",
    message: `${address} isn't an ERC-20 that says its symbol and its decimals`,
    remedy: "Write the address of the token itself, on this chain.",
  });
}

/** An amount of a token, as people read it. Symbols are not unique: another token than the brand's shows its address. */
export function formatTokens(live: LiveDao, amount: bigint, token: RewardToken): string {
  const text = formatAmount(amount, token.symbol, token.decimals);
  const own = token.address === live.record.contracts.token;
  return own || !token.known ? text : `${text} (${formatAddress(token.address)})`;
}
