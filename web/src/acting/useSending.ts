import { useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { Account } from "../account/account.js";
import type { PreparedCall } from "../reader/acts.js";
import { ReaderContext } from "../reader/ReaderContext.js";
import type { Sent } from "./sent.js";
import { keepSent, keptSent } from "./sent.js";

/** How a transaction stands that the person's wallet sends. */
type Sending =
  | { readonly state: "idle" | "asking" }
  /** `isLate`: it takes longer than such things take. */
  | { readonly state: "sent"; readonly sent: Sent; readonly isLate: boolean }
  /**
   * The hash is that of what was carried out: a wallet may have sent the same with higher fees. `replaced` is by something else.
   */
  | { readonly state: "done" | "failed" | "replaced"; readonly hash: string }
  /** It wasn't sent: what the account says of that. */
  | { readonly state: "unsent"; readonly error: unknown };

export interface OwnSending {
  readonly sending: Sending;
  readonly send: (account: Account, call: PreparedCall) => Promise<void>;
  /** It isn't followed any more. What was sent stays sent. */
  readonly forget: () => void;
}

/** How often it is asked what became of a transaction, in milliseconds. */
const PERIOD = 2_000;

/** Milliseconds after which one is late. */
const LATE = 120_000;

/**
 * Has the person's wallet send a call, and follows the transaction: also after a reload, and also where the wallet replaces it.
 *
 * @param name What the view knows it by.
 */
export function useSending(name: string): OwnSending {
  const reader = useContext(ReaderContext);
  const first = useMemo(() => firstOf(name), [name]);
  const [state, setState] = useState<{ readonly name: string; readonly sending: Sending }>(() => ({
    name,
    sending: first,
  }));
  const sending = state.name === name ? state.sending : first;
  const set = useCallback(
    (now: Sending) => {
      keepSent(name, now.state === "sent" ? now.sent : null);
      setState({ name, sending: now });
    },
    [name],
  );
  const sent = sending.state === "sent" ? sending.sent : undefined;

  useEffect(() => {
    if (sent === undefined || reader === undefined) return undefined;
    const { hash, at } = sent;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      // Where no node answers, it is asked again.
      const found = await reader.act({ act: "transaction", hash, sent }).catch(() => undefined);
      if (stopped) return;
      if (found !== undefined && found.state !== "pending") {
        set(found);
        return;
      }
      const nonce = found?.nonce ?? null;
      const isLate = Date.now() - at > LATE;
      // A node knows it now, and so its nonce: whatever takes its place has that too.
      const known = nonce === null || sent.isNonceKnown ? sent : { ...sent, nonce, isNonceKnown: true };
      if (known !== sent || isLate) set({ state: "sent", sent: known, isLate });
      if (known === sent) timer = setTimeout(() => void look(), PERIOD);
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [sent, reader, set]);

  return {
    sending,
    send: async ({ address: from, send }, { to, data, value, gas, block, nonce }) => {
      if (send === undefined) throw new TypeError("This account sends nothing");
      set({ state: "asking" });
      try {
        const sentAs = await send({ to, data, value, ...(gas === null ? {} : { gas }) });
        const call = { from, to, data, value, block, nonce, isNonceKnown: false };
        set({ state: "sent", sent: { ...call, hash: sentAs, at: Date.now() }, isLate: false });
      } catch (error) {
        set({ state: "unsent", error });
      }
    },
    forget: () => {
      set({ state: "idle" });
    },
  };
}

function firstOf(name: string): Sending {
  const sent = keptSent(name);
  return sent === undefined ? { state: "idle" } : { state: "sent", sent, isLate: false };
}
