import { badgeRead } from "../../sdk/badges/reads.js";
import { INTERFACES } from "../../sdk/calls/known.js";
import type { SignedNickname } from "../../sdk/community/nicknameSigning.js";
import {
  checkNickname,
  NICKNAME_FILE,
  nicknameCall,
  readNicknameStates,
} from "../../sdk/community/nicknameSigning.js";
import { sameNickname } from "../../sdk/community/nicknames.js";
import { shared } from "../../sdk/community/shared.js";
import type { Problem } from "../../sdk/errors.js";
import { problem } from "../../sdk/errors.js";
import type { LiveDao } from "../../sdk/live.js";
import { domainOf } from "../../sdk/signed/domain.js";
import { tokenRead } from "../../sdk/token/holders.js";
import { formatAmount } from "../../sdk/units.js";
import type { Kind, Verdict } from "./kind.js";
import { PLACE, verdictOn } from "./kind.js";
import { inTurn } from "./turns.js";

/**
 * Nicknames, of members: the contract is everybody's, and accounts cost nothing to make.
 *
 * @param least Votes that make up for a badge, in the token's smallest unit.
 */
export const nicknamesOf = (least: bigint): Kind<SignedNickname> => ({
  name: "nickname",
  file: NICKNAME_FILE,
  identity: ({ chainId, nicknames, account, nickname, nonce, deadline }) => [
    chainId,
    nicknames,
    account,
    nickname,
    nonce,
    deadline.toString(),
  ],
  subject: ({ account, nonce }) => `${account} ${nonce}`,
  account: ({ account }) => account,
  campaign: () => null,

  async check(live, values) {
    const accounts = values.map(({ account }) => account);
    const [states, strangers, domain] = await Promise.all([
      readNicknameStates(live, accounts),
      strangersAmong(live, accounts, least),
      domainOf(live, live.contracts.nicknames),
    ]);
    return inTurn(values, async (signed): Promise<Verdict> => {
      const { account, nickname, nonce, deadline } = signed;
      const state = states.get(account);
      if (state === undefined) throw new RangeError("Nothing is known of an account");
      // For those the node isn't asked whether they signed.
      const stranger = strangers.get(account);
      if (stranger !== undefined) return { status: "refused", problem: stranger };
      const check = await checkNickname(live, domain, PLACE, signed, state);
      if (check.status === "refused") return verdictOn(check.problem);
      if (check.status === "valid") return { status: "valid", until: deadline };
      // Nothing is to be done, and what was signed can still be used: it is nobody's job. Of such, anybody could sign any number that
      // differ in when they expire.
      if (BigInt(nonce) === state.nonce) {
        return { status: "refused", problem: { ...sameNickname(account, nickname), place: PLACE } };
      }
      return { status: "done" };
    });
  },

  deeds: (_, values) =>
    // Any account can become a contract (EIP-7702), also between a look at it and the moment at which it is asked.
    Promise.resolve(values.map((signed) => ({ call: nicknameCall(signed), asksStranger: true }))),

  async isDone(live, values) {
    const states = await readNicknameStates(
      live,
      values.map(({ account }) => account),
    );
    // A number that was used up was used by this one or by another one: that it stays used is what is asked.
    return values.map(({ account, nonce }) => (states.get(account)?.nonce ?? 0n) > BigInt(nonce));
  },

  doneIn(_, logs, values) {
    const set = new Set(
      logs.flatMap((log) => {
        if (log.address !== shared("nicknames").address) return [];
        const event = INTERFACES.nicknames.parseLog(log);
        return event?.name === "NicknameSet" ? [`${String(event.args[0])} ${String(event.args[1])}`] : [];
      }),
    );
    return new Set(
      values.flatMap(({ account, nickname }, i) => (set.has(`${account} ${nickname}`) ? [i] : [])),
    );
  },
});

/** Which of some accounts are no members of the DAO: they have neither a badge nor votes. One request, however many. */
async function strangersAmong(
  live: LiveDao,
  accounts: readonly string[],
  least: bigint,
): Promise<ReadonlyMap<string, Problem>> {
  const distinct = [...new Set(accounts)];
  const read = await live.readMany<bigint>(
    distinct.flatMap((account) => [
      badgeRead(live, "balanceOf", [account]),
      tokenRead(live, "getVotes", [account]),
    ]),
  );
  return new Map(
    distinct.flatMap((account, i) => {
      const [badges = 0n, votes = 0n] = read.slice(2 * i, 2 * i + 2);
      return badges > 0n || votes >= least ? [] : [[account, notMember(live, account, least)] as const];
    }),
  );
}

function notMember({ symbol }: Pick<LiveDao, "symbol">, account: string, least: bigint): Problem {
  return problem("relay.not-member", {
    data: { account, least },
    place: PLACE,
    message: `${account} has no badge, and less than ${formatAmount(least, symbol)} to vote with: this relay pays for members`,
    remedy: "Carry it out yourself.",
  });
}
