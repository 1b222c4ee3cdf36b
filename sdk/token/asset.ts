import type { Provider } from "ethers";
import { Contract } from "ethers";

/** Something that amounts are written in. */
export interface Asset {
  readonly symbol: string;
  readonly decimals: number;
}

/** What an ERC-20 calls itself; undefined for what isn't one, or has a symbol that can't be written in a file. */
export async function readAsset(provider: Provider, address: string): Promise<Asset | undefined> {
  const contract = new Contract(
    address,
    ["function symbol() view returns (string)", "function decimals() view returns (uint8)"],
    provider,
  );
  try {
    const [symbol, decimals] = await Promise.all([
      contract.getFunction("symbol")() as Promise<string>,
      contract.getFunction("decimals")() as Promise<bigint>,
    ]);
    return /^[^\s\p{Cc}\p{Bidi_Control}]{1,32}$/u.test(symbol)
      ? { symbol, decimals: Number(decimals) }
      : undefined;
  } catch {
    return undefined;
  }
}
