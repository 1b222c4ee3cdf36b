import { useCallback, useContext, useEffect, useState } from "react";
import type { Account } from "../account/account.js";
import type { PreparedCall } from "../reader/acts.js";
import { ReaderContext } from "../reader/ReaderContext.js";
import { keptHash, keepHash } from "./sent.js";

/** How a transaction stands that the person's wallet sends. */
export type Sending =
  | { readonly state: "idle" | "asking" }
  | { readonly state: "sent" | "done" | "failed"; readonly hash: string }
  /** It wasn't sent: what the account says of that. */
  | { readonly state: "unsent"; readonly error: unknown };

export interface OwnSending {
  readonly sending: Sending;
  readonly send: (account: Account, call: PreparedCall) => Promise<void>;
  readonly forget: () => void;
}

/** How often it is asked what became of a transaction, in milliseconds. */
const PERIOD = 2_000;

/**
 * Has the person's wallet send a call, and follows the transaction: also after a reload.
 *
 * @param name What the view knows it by.
 */
export function useSending(name: string): OwnSending {
  const reader = useContext(ReaderContext);
  const [state, setState] = useState<{ readonly name: string; readonly sending: Sending }>(() => ({
    name,
    sending: firstOf(name),
  }));
  const sending = state.name === name ? state.sending : firstOf(name);
  const set = useCallback(
    (now: Sending) => {
      keepHash(name, now.state === "sent" ? now.hash : null);
      setState({ name, sending: now });
    },
    [name],
  );
  const hash = sending.state === "sent" ? sending.hash : undefined;

  useEffect(() => {
    if (hash === undefined || reader === undefined) return undefined;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      // Where no node answers, it is asked again.
      const found = await reader.act({ act: "transaction", hash }).catch(() => undefined);
      if (stopped) return;
      if (found === undefined || found.state === "pending") timer = setTimeout(() => void look(), PERIOD);
      else set({ state: found.state, hash });
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [hash, reader, set]);

  return {
    sending,
    send: async ({ send }, { to, data, value, gas }) => {
      if (send === undefined) throw new TypeError("This account sends nothing");
      set({ state: "asking" });
      try {
        set({ state: "sent", hash: await send({ to, data, value, ...(gas === null ? {} : { gas }) }) });
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
  const hash = keptHash(name);
  return hash === undefined ? { state: "idle" } : { state: "sent", hash };
}
