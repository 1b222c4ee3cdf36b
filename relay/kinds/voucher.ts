import type { Log } from "ethers";
import { badgeRead } from "../../sdk/badges/reads.js";
import { INTERFACES } from "../../sdk/calls/known.js";
import type { LiveDao } from "../../sdk/live.js";
import { checkVoucher, signatureProblems } from "../../sdk/vouchers/check.js";
import { claimProblems, mustSign } from "../../sdk/vouchers/attempt.js";
import { attemptOf, redeemCall } from "../../sdk/vouchers/redemption.js";
import type { Redemption } from "../../sdk/vouchers/voucher.js";
import { REDEMPTION_FILE } from "../../sdk/vouchers/voucher.js";
import type { Deed, Kind, Verdict } from "./kind.js";
import { PLACE, verdictOn } from "./kind.js";
import { inTurn } from "./turns.js";

/** Redemptions of vouchers, signed by their claimants. The vouchers themselves, which may hold a key, aren't taken. */
export const vouchers: Kind<Redemption> = {
  name: "voucher",
  file: REDEMPTION_FILE,
  identity: ({ chainId, badge, issuer, nonce, account, referrer }) => [
    chainId,
    badge,
    issuer,
    nonce,
    account,
    referrer,
  ],
  subject: ({ issuer, nonce }) => `${issuer} ${nonce}`,
  account: ({ claimant }) => claimant,
  campaign: () => null,
  share: ({ badgeKind }) => badgeKind.toString(),

  check: (live, values, sender) =>
    inTurn(values, async (redemption): Promise<Verdict> => {
      const attempt = attemptOf(redemption, sender);
      const check = await checkVoucher(live, PLACE, redemption, attempt, { relayed: true });
      if (check.status === "valid") return { status: "valid", until: redemption.expiry };
      // What is done is kept too, and so has to be signed: anybody could make up any number of the same.
      const problems =
        check.status === "refused"
          ? check.problems
          : [
              ...(await signatureProblems(live, PLACE, redemption)),
              ...(await claimProblems(live, PLACE, redemption, attempt)),
            ];
      if (check.status === "redeemed before" && problems.length === 0) return { status: "done" };
      const verdicts = problems.map((problem) => verdictOn(problem, redemption.expiry));
      // It waits only where nothing else is wrong with it.
      const verdict = verdicts.find(({ status }) => status === "refused") ?? verdicts.at(-1);
      if (verdict === undefined) throw new TypeError("A voucher that is refused has no problem");
      return verdict;
    }),

  deeds: (live, values) =>
    inTurn(values, async (redemption): Promise<Deed> => {
      const { issuer, byKey, badgeKind } = redemption;
      const signed = mustSign(redemption, undefined);
      // Any account can become a contract (EIP-7702), also between a look at it and the moment at which it is asked. An issuer is
      // whom the DAO trusts to award, and would harm itself.
      const asksStranger = (signed && !byKey) || (await live.provider.getCode(issuer)) !== "0x";
      // What nobody looks at could be any length, and is paid for all the same.
      const sent = signed ? redemption : { ...redemption, claimSignature: "0x" };
      return { call: redeemCall(live, sent, `kind ${badgeKind}`), asksStranger };
    }),

  isDone: (live, values) =>
    live.readMany<boolean>(
      values.map(({ issuer, nonce }) => badgeRead(live, "isVoucherUsed", [issuer, BigInt(nonce)])),
    ),

  doneIn(live, logs, values) {
    const redeemed = new Set(logs.flatMap((log) => redemptionIn(live, log) ?? []));
    return new Set(
      values.flatMap(({ issuer, nonce, account }, i) =>
        redeemed.has(`${issuer} ${nonce} ${account}`) ? [i] : [],
      ),
    );
  },
};

/** Which voucher a log shows as redeemed, and for whom. */
function redemptionIn(live: LiveDao, log: Log): string | undefined {
  if (log.address !== live.record.contracts.badge) return undefined;
  const event = INTERFACES.badge.parseLog(log);
  if (event?.name !== "VoucherRedeemed") return undefined;
  const [issuer, nonce, account] = event.args as unknown as [string, bigint, string];
  return `${issuer} ${nonce.toString()} ${account}`;
}
