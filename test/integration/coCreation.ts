import type { HDNodeWallet, InterfaceAbi } from "ethers";
import { Interface, toQuantity, ZeroHash } from "ethers";
import { ROLES } from "../../sdk/roles.js";
import {
  BrandAccessManager__factory,
  ContributionBadge__factory,
  MembershipPass__factory,
} from "../../typechain-types/index.js";
import { accounts } from "./commandLine.js";
import type { LiveNode } from "./live.js";

export const DAY = 86_400;

export const account = (index: number): HDNodeWallet => {
  const found = accounts[index];
  if (found === undefined) throw new RangeError(`there is no account ${index}`);
  return found;
};
export const [ALICE, BOB, CAROL] = [account(4), account(5), account(6)];
export const STEWARD = account(8);
export const STRANGER = account(9);

/** Kinds of the plain brand file, and the one that {@link prepare} adds. */
export const REVIEW = 1;
export const CO_CREATOR = 3;

/** A contract of the DAO that acts without a key. */
export async function sendAs(
  { node: { provider } }: LiveNode,
  from: string,
  to: string,
  abi: InterfaceAbi,
  name: string,
  args: readonly unknown[],
): Promise<void> {
  await provider.send("hardhat_impersonateAccount", [from]);
  await provider.send("hardhat_setBalance", [from, toQuantity(10n ** 18n)]);
  const data = new Interface(abi).encodeFunctionData(name, args);
  await provider.send("eth_sendTransaction", [{ from, to, data }]);
}

/**
 * The three holders are members, a steward has a key, the board can award a kind of badge, and each review entitles to a pass.
 * A day has passed since.
 */
export async function prepare(live: LiveNode): Promise<void> {
  const { safe, contracts, modules } = live.record;
  const badge = ContributionBadge__factory.abi;
  const holders = [ALICE, BOB, CAROL].map(({ address }) => address);
  const kind = {
    ...{ name: "共創メンバー", description: "", image: "", points: 100, votes: 0 },
    ...{ issuerRole: ROLES.BOARD, supplyLimit: 0, dailyPointsLimit: 0 },
  };
  await sendAs(live, contracts.timelock, contracts.manager, BrandAccessManager__factory.abi, "grantRole", [
    ROLES.STEWARD,
    STEWARD.address,
    0,
  ]);
  await sendAs(live, safe, contracts.badge, badge, "addKind", [kind]);
  const awards = [REVIEW, holders, holders.map(() => ZeroHash), ""];
  await sendAs(live, safe, contracts.badge, badge, "awardBatch", awards);
  const terms = { kind: REVIEW, royaltyBps: 500, colour: 0x3b2f2f, language: 1 };
  await sendAs(live, safe, modules?.pass ?? "", MembershipPass__factory.abi, "setTerms", [terms]);
  await live.pass(DAY);
}
