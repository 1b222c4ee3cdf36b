import type { LiveDao } from "../live.js";
import type { RawCall } from "./decode.js";
import { encodeMultiSend } from "./multiSend.js";
import type { RevertNames } from "./revert.js";
import { reasonOf, revertDataOf } from "./revert.js";
import type { Simulation } from "./simulate.js";

/**
 * The code of MultiSendCallOnly 1.5.0, which Safes batch their calls with; it reverts with what a call reverted with. Spelled
 * out, as a page has no package to read it from.
 */
export const BATCH_CODE =
  "0x60806040526004361061001e5760003560e01c80638d80ff0a14610023575b600080fd5b6100dc6004803603602081101561003957600080fd5b810190808035906020019064010000000081111561005657600080fd5b82018360208201111561006857600080fd5b8035906020019184600183028401116401000000008311171561008a57600080fd5b91908080601f016020809104026020016040519081016040528093929190818152602001838380828437600081840152601f19601f8201169050808301925050505050505091929192905050506100de565b005b805160205b8181101561016a578083015160f81c6001820184015160601c3081150281179050601583018501516035840186015160558501870160008560008114610130576001811461014057610145565b6000808585888a5af19150610145565b600080fd5b5080610157576040513d6000823e3d81fd5b82605501870196505050505050506100e3565b50505056fea26469706673582212201ad552da02f0e66afd7f2ad29a305f1d4c737610d3b9e7ce8c994444949e57d664736f6c63430007060033";

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
  names?: RevertNames,
): Promise<Simulation> {
  const data = encodeMultiSend(calls);
  const overrides = { [from]: { code: BATCH_CODE } };
  try {
    await eip1193.request({
      method: "eth_call",
      params: [{ from: ANYBODY, to: from, data }, "latest", overrides],
    });
    return { ok: true, result: "0x" };
  } catch (error) {
    const reason = reasonOf(error, names);
    if (revertDataOf(error) !== undefined || /revert/iu.test(reason)) return { ok: false, reason };
    return { ok: true, result: "0x", note: "can't be tried on this node, which lets nothing be supposed" };
  }
}
