import type { RelayClient, RelayedKind } from "@kyoso/sdk";
import { isOf, KyosoError, requireRelayOf } from "@kyoso/sdk";
import { useCallback, useContext, useEffect, useState } from "react";
import { DocumentContext } from "../ui/Address.js";
import { useRelayOf } from "./relayOf.js";

/**
 * Whether the DAO's relay carries something out: before anybody signs it.
 *
 * - `none`: the brand runs none. `asking`: it hasn't answered yet.
 * - `away`: it doesn't answer. `other`: it is another DAO's. `off`: it takes none of these.
 * - `ready`: it takes it; `short` says that its money for today, or altogether, is used up: it waits then.
 */
export type RelayStanding =
  | { readonly state: "none" | "asking" | "away" | "other" | "off" }
  | { readonly state: "ready"; readonly short: "budget" | "balance" | null };

/** How often it is asked again as long as it is away or short of money, in milliseconds. */
const PERIOD = 20_000;

/** Asks the DAO's relay whether it takes a kind of what people sign. */
export function useRelay(kind: RelayedKind): RelayStanding & { readonly again: () => void } {
  const client = useRelayOf()?.client;
  const record = useContext(DocumentContext)?.record;
  const chainId = record?.chainId ?? "0";
  const governor = record?.contracts.governor ?? "";
  const [standing, setStanding] = useState<RelayStanding>({ state: "asking" });
  const [round, setRound] = useState(0);
  const again = useCallback(() => {
    setRound((before) => before + 1);
  }, []);
  useEffect(() => {
    if (client === undefined) return undefined;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    void ask(client, { chainId: BigInt(chainId), governor }, kind).then((found) => {
      if (stopped) return;
      setStanding(found);
      if (found.state === "away" || (found.state === "ready" && found.short !== null))
        timer = setTimeout(again, PERIOD);
    });
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [client, chainId, governor, kind, round, again]);
  return { ...(client === undefined ? { state: "none" } : standing), again };
}

async function ask(
  client: RelayClient,
  dao: { readonly chainId: bigint; readonly governor: string },
  kind: RelayedKind,
): Promise<RelayStanding> {
  try {
    const status = await client.status();
    requireRelayOf(client, status, dao, kind);
    const { budget, lowBalance } = status;
    const isSpent = Number(budget.spent) >= Number(budget.day);
    return { state: "ready", short: isSpent ? "budget" : lowBalance ? "balance" : null };
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    const has = (code: "relay.other-dao" | "relay.kind-off") =>
      error.problems.some((each) => isOf(each, code));
    if (has("relay.other-dao")) return { state: "other" };
    return { state: has("relay.kind-off") ? "off" : "away" };
  }
}
