import { RelayClient } from "@kyoso/sdk";
import type { PageDocument } from "@kyoso/sdk/page";
import { useContext } from "react";
import { DocumentContext } from "../ui/Address.js";
import { Errands } from "./Errands.js";
import { KeptErrands } from "./kept.js";

/** A DAO's relay, and what is under way at it. */
export interface Relay {
  readonly client: RelayClient;
  readonly errands: Errands;
}

const made = new WeakMap<PageDocument, Relay>();

/** The relay of a page's DAO, one for all views; undefined where the brand runs none. What was under way goes on. */
function relayOf(document: PageDocument): Relay | undefined {
  const { page, record } = document;
  if (page.relay === null) return undefined;
  const before = made.get(document);
  if (before !== undefined) return before;
  const client = new RelayClient(page.relay);
  const dao = `${record.chainId}-${record.contracts.governor.toLowerCase()}`;
  const relay = { client, errands: new Errands(client, new KeptErrands(dao)) };
  made.set(document, relay);
  return relay;
}

export function useRelayOf(): Relay | undefined {
  const document = useContext(DocumentContext);
  return document === undefined ? undefined : relayOf(document);
}
