import { Signature } from "ethers";
import { call } from "../../sdk/calls/plan.js";
import { INTERFACES } from "../../sdk/calls/known.js";
import { domainOf } from "../../sdk/signed/domain.js";
import { foreignTo } from "../../sdk/signed/foreign.js";
import { tokenRead } from "../../sdk/token/holders.js";
import { alreadySo } from "../../sdk/token/delegate.js";
import type { Delegation } from "../../sdk/token/delegations.js";
import { checkDelegation, DELEGATION_FILE, readDelegators } from "../../sdk/token/delegations.js";
import { votesProblem } from "./votes.js";
import type { Kind, Verdict } from "./kind.js";
import { PLACE, verdictOn } from "./kind.js";
import { inTurn } from "./turns.js";

/**
 * Delegations, which plain keys sign.
 *
 * @param least Votes that a delegator has to have, in the token's smallest unit: accounts without any cost nothing to make.
 */
export function delegationsOf(least: bigint): Kind<Delegation> {
  return {
    name: "delegation",
    file: DELEGATION_FILE,
    identity: ({ chainId, token, delegator, delegatee, nonce, expiry }) => [
      chainId,
      token,
      delegator,
      delegatee,
      nonce,
      expiry.toString(),
    ],
    subject: ({ delegator, nonce }) => `${delegator} ${nonce}`,
    account: ({ delegator }) => delegator,
    campaign: () => null,

    async check(live, values) {
      const [states, domain] = await Promise.all([
        readDelegators(
          live,
          values.map(({ delegator }) => delegator),
        ),
        domainOf(live, "token"),
      ]);
      return inTurn(values, async (delegation): Promise<Verdict> => {
        const state = states.get(delegation.delegator);
        if (state === undefined) throw new RangeError("Nothing is known of a delegator");
        // Accounts without votes cost nothing to make: for those the node isn't asked what they are.
        const { chainId, token: address, dao } = delegation;
        const found =
          foreignTo(live, PLACE, { chainId, contract: "token", address, dao }) ??
          votesProblem(live, state.votes, least);
        if (found !== undefined) return { status: "refused", problem: found };
        const check = await checkDelegation(live, domain, PLACE, delegation, state);
        if (check.status === "refused") return verdictOn(check.problem);
        if (check.status === "valid") return { status: "valid", until: delegation.expiry + 1 };
        // Nothing is to be done, and what was signed can still be used at any time: it is nobody's job. Of such, anybody could sign
        // any number that differ in when they expire.
        if (BigInt(delegation.nonce) === state.nonce) {
          const { delegator, delegatee } = delegation;
          return { status: "refused", problem: { ...alreadySo(delegator, delegatee), place: PLACE } };
        }
        return { status: "done" };
      });
    },

    deeds: (live, values) =>
      Promise.resolve(
        values.map(({ delegatee, nonce, expiry, signature }) => {
          const { v, r, s } = Signature.from(signature);
          const token = { name: "token", address: live.record.contracts.token, interface: INTERFACES.token };
          const args = [delegatee, BigInt(nonce), expiry, v, r, s];
          return { call: call(token, "delegateBySig", args, "Delegate votes"), asksStranger: false };
        }),
      ),

    async isDone(live, values) {
      const read = await live.readMany<bigint>(
        values.map(({ delegator }) => tokenRead(live, "nonces", [delegator])),
      );
      // A number that was used up was used by this one or by another one: that it stays used is what is asked.
      return values.map(({ nonce }, i) => (read[i] ?? 0n) > BigInt(nonce));
    },

    doneIn(live, logs, values) {
      const delegated = new Set(
        logs.flatMap((log) => {
          if (log.address !== live.record.contracts.token) return [];
          const event = INTERFACES.token.parseLog(log);
          if (event?.name !== "DelegateChanged") return [];
          return [`${String(event.args[0])} ${String(event.args[2])}`];
        }),
      );
      return new Set(
        values.flatMap(({ delegator, delegatee }, i) =>
          delegated.has(`${delegator} ${delegatee}`) ? [i] : [],
        ),
      );
    },
  };
}
