import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Creation } from "../sdk/implementations.js";

/**
 * The code that contracts have once they are deployed, with what they are linked with and what their constructors have written
 * into it. Found out on a chain of this process's own, by running each constructor where its contract will be: nobody's word is
 * taken for it.
 *
 * @param chainId Of the chain that they are on: some have it in their code.
 * @param creations In the order in which each finds the others on the chain.
 * @returns By their addresses.
 */
export async function codesOf(
  hre: HardhatRuntimeEnvironment,
  chainId: bigint,
  creations: readonly Creation[],
): Promise<Map<string, string>> {
  const connection = await hre.network.create({
    network: "hardhat",
    override: { chainId: Number(chainId) },
  });
  const { provider } = connection;
  const codes = new Map<string, string>();
  try {
    for (const { address, initCode } of creations) {
      // What stands at an address runs there: a constructor returns the code of its contract.
      await provider.request({ method: "hardhat_setCode", params: [address, initCode] });
      const params = [{ to: address, data: "0x" }, "latest"];
      const code = String(await provider.request({ method: "eth_call", params }));
      await provider.request({ method: "hardhat_setCode", params: [address, code] });
      codes.set(address, code);
    }
    return codes;
  } finally {
    await connection.close();
  }
}
