import type { TransactionReceipt, TransactionResponse } from "ethers";

/** One figure, with the limit that it has to keep. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly limit?: number;
}

/** One figure beside those of OpenZeppelin's contracts, plain and upgradeable. */
export interface Comparison extends Measurement {
  readonly plain: number;
  readonly upgradeable: number;
}

/** What a transaction used. */
export async function gasOf(transaction: Promise<TransactionResponse>): Promise<number> {
  const receipt: TransactionReceipt | null = await (await transaction).wait();
  if (receipt === null) throw new Error("The transaction was replaced");
  return Number(receipt.gasUsed);
}
