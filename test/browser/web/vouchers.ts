import { Interface, toQuantity, Wallet, ZeroHash } from "ethers";
import { ROLES } from "../../../sdk/roles.js";
import { linkOf } from "../../../sdk/vouchers/link.js";
import { typedVoucher, voucherDomain } from "../../../sdk/vouchers/voucher.js";
import type { LiveNode } from "../../integration/support.js";
import { accounts } from "../../integration/support.js";

const ISSUER = accounts[9];

/** Has somebody issue a voucher, and returns its link's payload: whoever has it gets a badge of the first kind. */
export async function openVoucher({ record, node }: LiveNode): Promise<string> {
  const { timelock, manager } = record.contracts;
  const grant = new Interface(["function grantRole(uint64, address, uint32)"]);
  await node.provider.send("hardhat_impersonateAccount", [timelock]);
  await node.provider.send("hardhat_setBalance", [timelock, toQuantity(10n ** 18n)]);
  const data = grant.encodeFunctionData("grantRole", [ROLES.ISSUER, ISSUER.address, 0]);
  await node.provider.send("eth_sendTransaction", [{ from: timelock, to: manager, data }]);
  const key = Wallet.createRandom();
  const body = {
    ...({ kind: "voucher", version: 1, dao: record.slug, chainId: record.chainId } as const),
    ...{ badge: record.contracts.badge, issuer: ISSUER.address, badgeKind: 1, claimant: key.address },
    ...{ byKey: true, evidence: ZeroHash, referralKind: 0, expiry: 2 ** 32, nonce: `${Date.now()}` },
  };
  const { types, message } = typedVoucher(body);
  const domain = voucherDomain({ chainId: BigInt(record.chainId), record });
  const signature = await ISSUER.signTypedData(domain, types, message);
  return (
    linkOf({ ...body, signature, key: key.privateKey }, "https://example.com/redeem").split("#")[1] ?? ""
  );
}
