import type { Relayable, RelayedKind } from "@kyoso/sdk";
import { useContext, useState } from "react";
import type { Account } from "../account/account.js";
import type { Act } from "../reader/acts.js";
import { ReaderContext } from "../reader/ReaderContext.js";
import type { OwnErrand } from "../relay/useErrand.js";
import { useErrand } from "../relay/useErrand.js";
import { COMMANDS, saveSigned } from "../relay/save.js";
import type { RelayStanding } from "../relay/useRelay.js";
import { useRelay } from "../relay/useRelay.js";
import type { Trouble } from "./trouble.js";
import { troubleOf } from "./trouble.js";
import type { OwnSending } from "./useSending.js";
import { useSending } from "./useSending.js";

/** How something is carried out: by the brand's relay, by the person's wallet, or by whoever gets the file. */
type Way = "relay" | "wallet" | "file";

/** Something that a person can do by a signature or by a transaction of their own. */
export interface Deed {
  /** What the view knows it by: the same after a reload. */
  readonly name: string;
  readonly kind: RelayedKind;
  readonly account: Account | undefined;
  /** What it is for the relay, or for a file. */
  readonly signed: Extract<
    Act,
    { readonly act: "ballot" | "delegation" | "reward" | "sign nickname" | "sign support" }
  >;
  /** What it is for a wallet. */
  readonly sent: Extract<Act, { readonly act: "vote" | "delegate" | "payment" | "set nickname" | "support" }>;
}

export interface OwnDeed {
  /** The ways there are, the best one first; undefined as long as that isn't known. */
  readonly ways: readonly Way[] | undefined;
  readonly relay: RelayStanding;
  readonly errand: OwnErrand;
  readonly sending: OwnSending;
  /** What is being done at the moment. */
  readonly busy: Way | undefined;
  readonly trouble: Trouble | undefined;
  /** Whether the file was saved. */
  readonly isSaved: boolean;
  /** Whether it is on its way, or arrived: there is nothing to begin. */
  readonly isUnderWay: boolean;
  /** The transaction that carried it out, once the chain shows it as done. */
  readonly doneBy: string | undefined;
  readonly run: (way: Way) => Promise<void>;
}

export function useDeed({ name, kind, account, signed, sent }: Deed): OwnDeed {
  const reader = useContext(ReaderContext);
  const relay = useRelay(kind);
  const errand = useErrand(name);
  const sending = useSending(name);
  const [busy, setBusy] = useState<Way>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [isSaved, setSaved] = useState(false);

  const sign = async (): Promise<Relayable> => {
    if (reader === undefined) throw new TypeError("Nobody reads the chain");
    return reader.act(signed, account === undefined ? undefined : (data) => account.sign(data));
  };
  const run = async (way: Way) => {
    if (reader === undefined || busy !== undefined) return;
    setBusy(way);
    setTrouble(undefined);
    try {
      if (way === "relay") errand.handIn(await sign());
      else if (way === "file") {
        saveSigned(await sign());
        setSaved(true);
      } else if (account !== undefined) {
        const call = await reader.act(sent);
        if (call.refused === null) await sending.send(account, call);
        else setTrouble({ of: "refused", ...call.refused });
      }
    } catch (error) {
      setTrouble(troubleOf(error));
    } finally {
      setBusy(undefined);
    }
  };
  const { state } = sending.sending;
  const job = errand.errand?.job;
  const isRecorded = job?.state === "confirmed" || job?.state === "final";
  return {
    ways: waysOf(relay, account, kind),
    relay,
    errand,
    sending,
    busy,
    trouble,
    isSaved,
    isUnderWay: errand.errand !== undefined || state === "sent" || state === "done",
    doneBy:
      sending.sending.state === "done"
        ? sending.sending.hash
        : isRecorded
          ? (job.transaction ?? undefined)
          : undefined,
    run,
  };
}

function waysOf(
  relay: RelayStanding,
  account: Account | undefined,
  kind: RelayedKind,
): readonly Way[] | undefined {
  // That somebody is paid what it is due, nobody has to sign.
  if (account === undefined && kind !== "reward") return [];
  const wallet: readonly Way[] = account?.send === undefined ? [] : ["wallet"];
  if (relay.state === "ready") return ["relay", ...wallet];
  if (relay.state === "asking") return undefined;
  return [...wallet, ...(COMMANDS[kind] === undefined ? [] : (["file"] as const))];
}
