import { createRequire } from "node:module";
import { encodeMultiSendData } from "@safe-global/protocol-kit";
import { toQuantity } from "ethers";
import type { LiveDao } from "../live.js";
import type { RawCall } from "./decode.js";
import { SAFE_INTERFACE } from "./known.js";
import { reasonOf, revertDataOf } from "./revert.js";
import type { Simulation } from "./simulate.js";

/** Whom a call seems to come from that only tries something. */
const ANYBODY = "0x00000000000000000000000000000000000000ff";

/**
 * Tries calls one after the other as an account would make them, each with the effects of those before it. The node is
 * asked to suppose that the account has the code of a contract that makes several calls.
 *
 * @returns How the last one would end; those before it are known to succeed.
 */
export async function simulateSequence(
  calls: readonly RawCall[],
  from: string,
  { eip1193 }: Pick<LiveDao, "eip1193">,
): Promise<Simulation> {
  const bundle = encodeMultiSendData(
    calls.map(({ to, data, value }) => ({ to, data, value: toQuantity(value) })),
  );
  const data = SAFE_INTERFACE.encodeFunctionData("multiSend", [bundle]);
  const overrides = { [from]: { code: batchCode() } };
  try {
    await eip1193.request({
      method: "eth_call",
      params: [{ from: ANYBODY, to: from, data }, "latest", overrides],
    });
    return { ok: true, result: "0x" };
  } catch (error) {
    const reason = reasonOf(error);
    if (revertDataOf(error) !== undefined || /revert/iu.test(reason)) return { ok: false, reason };
    return { ok: true, result: "0x", note: "can't be tried on this node, which lets nothing be supposed" };
  }
}

/** What Safes batch their calls with; it reverts with what a call reverted with. */
function batchCode(): string {
  const { deployedBytecode } = createRequire(import.meta.url)(
    "@safe-global/safe-smart-account/build/artifacts/contracts/libraries/MultiSendCallOnly.sol/MultiSendCallOnly.json",
  ) as { deployedBytecode: string };
  return deployedBytecode;
}
