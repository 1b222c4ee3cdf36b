import type { Log } from "ethers";
import { badgeRead } from "../../sdk/badges/reads.js";
import { INTERFACES } from "../../sdk/calls/known.js";
import type { LiveDao } from "../../sdk/live.js";
import type { BadgeKind } from "../../sdk/badges/kinds/kinds.js";
import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { mayAward } from "../../sdk/badges/powers.js";
import type { Problem } from "../../sdk/errors.js";
import { problem } from "../../sdk/errors.js";
import type { SeenVoucher } from "../../sdk/vouchers/check.js";
import { checkVoucher, foreignProblem, kindUnknown, signatureProblems } from "../../sdk/vouchers/check.js";
import { claimProblems, mustSign } from "../../sdk/vouchers/attempt.js";
import { attemptOf, redeemCall } from "../../sdk/vouchers/redemption.js";
import type { VoucherUse } from "../../sdk/vouchers/use.js";
import { readUses } from "../../sdk/vouchers/use.js";
import type { Redemption } from "../../sdk/vouchers/voucher.js";
import { REDEMPTION_FILE } from "../../sdk/vouchers/voucher.js";
import type { Deed, Kind, Verdict } from "./kind.js";
import { PLACE, verdictOn } from "./kind.js";
import { Remembered } from "./remembered.js";
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

  async check(live, values, sender) {
    const looked = await lookedAt(live, values, sender);
    return inTurn(looked, async ({ redemption, ...found }): Promise<Verdict> => {
      if ("problem" in found) return { status: "refused", problem: found.problem };
      const attempt = attemptOf(redemption, sender);
      const { seen } = found;
      // That its issuer signed one that isn't used is known by now.
      const options = { relayed: true, unsigned: true, seen };
      const check = await checkVoucher(live, PLACE, redemption, attempt, options);
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
    });
  },

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

type Looked = { readonly redemption: Redemption } & (
  { readonly problem: Problem } | { readonly seen: SeenVoucher }
);

/**
 * What can be said of many at once, as anybody can make up any number of vouchers: those that no issuer signed ask the node for next
 * to nothing. What can be seen of a voucher by itself comes first, then what is asked for all of them together, and then what is
 * asked for each.
 */
async function lookedAt(
  live: LiveDao,
  values: readonly Redemption[],
  sender: string,
): Promise<readonly Looked[]> {
  const problems = new Map<Redemption, Problem>();
  const note = (redemption: Redemption, found: Problem | undefined) => {
    if (found !== undefined) problems.set(redemption, found);
  };
  const left = () => values.filter((redemption) => !problems.has(redemption));
  for (const redemption of values) {
    const foreign = foreignProblem(live, PLACE, redemption);
    // A claim key's signature asks for nothing.
    const ofKey = redemption.byKey
      ? (await claimProblems(live, PLACE, redemption, attemptOf(redemption, sender)))[0]
      : undefined;
    note(redemption, foreign ?? ofKey);
  }
  const kinds = left().length === 0 ? [] : await kindsOf(live);
  const kindOf = new Map(kinds.map((kind) => [kind.number, kind]));
  for (const redemption of left()) {
    if (!kindOf.has(redemption.badgeKind)) note(redemption, kindUnknown(PLACE, redemption.badgeKind));
  }
  const awards = left().flatMap((redemption) => {
    const kind = kindOf.get(redemption.badgeKind);
    return kind === undefined ? [] : [{ redemption, account: redemption.issuer, kind }];
  });
  const redemptions = awards.map(({ redemption }) => redemption);
  const [may, used] = await Promise.all([mayAward(live, awards), vouchers.isDone(live, redemptions)]);
  const uses = await usesOf(
    live,
    redemptions.filter((_, i) => used[i] === true),
  );
  await inTurn([...redemptions.entries()], async ([i, redemption]) => {
    // Of one that is used it doesn't count what its issuer may do by now.
    if (used[i] === true) return;
    note(
      redemption,
      may[i] === true ? (await signatureProblems(live, PLACE, redemption))[0] : notByIssuer(redemption),
    );
  });
  return values.map((redemption) => {
    const found = problems.get(redemption);
    return found === undefined
      ? { redemption, seen: { kinds, use: uses.get(vouchers.subject(redemption)) } }
      : { redemption, problem: found };
  });
}

const known = new WeakMap<LiveDao, Promise<BadgeKind[]>>();

/** The kinds of badges as of when the DAO was looked at, read once. */
function kindsOf(live: LiveDao): Promise<BadgeKind[]> {
  const kinds = known.get(live) ?? readKinds(live);
  known.set(live, kinds);
  return kinds;
}

function notByIssuer({ issuer, badgeKind }: Redemption): Problem {
  return problem("relay.not-by-issuer", {
    data: { issuer, kind: badgeKind },
    place: PLACE,
    message: `${issuer}, who is to have signed it, may not award badges of kind ${badgeKind}`,
    remedy: "Ask whoever gave it to you for another one.",
  });
}

/** What became of vouchers, as far as that was looked up. */
const remembered = new Remembered<VoucherUse>();

/** What became of vouchers that are used, by their subjects. */
async function usesOf(
  live: LiveDao,
  values: readonly Redemption[],
): Promise<ReadonlyMap<string, VoucherUse>> {
  const keyOf = (redemption: Redemption) => `${live.record.contracts.badge} ${vouchers.subject(redemption)}`;
  const found = new Map<string, VoucherUse>();
  const unknown = values.filter((redemption) => {
    const use = remembered.get(keyOf(redemption));
    if (use !== undefined) found.set(vouchers.subject(redemption), use);
    return use === undefined;
  });
  for (const [i, used] of (await readUses(live, unknown)).entries()) {
    const redemption = unknown[i];
    if (redemption === undefined || used === undefined) continue;
    found.set(vouchers.subject(redemption), used.use);
    remembered.keep(keyOf(redemption), used.use, used.block, live.block);
  }
  return found;
}

/** Which voucher a log shows as redeemed, and for whom. */
function redemptionIn(live: LiveDao, log: Log): string | undefined {
  if (log.address !== live.record.contracts.badge) return undefined;
  const event = INTERFACES.badge.parseLog(log);
  if (event?.name !== "VoucherRedeemed") return undefined;
  const [issuer, nonce, account] = event.args as unknown as [string, bigint, string];
  return `${issuer} ${nonce.toString()} ${account}`;
}
