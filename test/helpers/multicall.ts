import type { Provider } from "ethers";
import { AbiCoder, dataLength, dataSlice } from "ethers";
import {
  createPublicClient,
  custom,
  deploylessCallViaBytecodeBytecode,
  multicall3Abi,
  zeroAddress,
} from "viem";
import type { Eip1193Provider } from "../../sdk/chain/eip1193.js";
import type { Signer } from "./chain.js";

/** The code of Multicall3, which viem has in it. */
export async function multicall3(provider: Provider, signer: Signer): Promise<string> {
  let sent = "";
  const node: Eip1193Provider = {
    request: ({ params = [] }) => {
      const [call] = params as { data: string }[];
      sent = call?.data ?? "";
      return Promise.reject(new Error("enough"));
    },
  };
  const client = createPublicClient({ transport: custom(node, { retryCount: 0 }) });
  const call = {
    address: zeroAddress,
    abi: multicall3Abi,
    functionName: "getCurrentBlockTimestamp",
  } as const;
  await client.multicall({ contracts: [call], deployless: true });
  const args = dataSlice(sent, dataLength(deploylessCallViaBytecodeBytecode));
  const [creation] = AbiCoder.defaultAbiCoder().decode(["bytes", "bytes"], args) as unknown as [string];
  const receipt = await (await signer.sendTransaction({ data: creation })).wait();
  return provider.getCode(receipt?.contractAddress ?? "");
}
