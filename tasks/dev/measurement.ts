import type { ContractTransactionReceipt, ContractTransactionResponse } from "ethers";

/** One figure, with the limit that it has to keep. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly limit?: number;
}

/** What a transaction used. */
export async function gasOf(transaction: Promise<ContractTransactionResponse>): Promise<number> {
  const receipt: ContractTransactionReceipt | null = await (await transaction).wait();
  if (receipt === null) throw new Error("The transaction was replaced");
  return Number(receipt.gasUsed);
}
