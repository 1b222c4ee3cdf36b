import type { Relayable } from "@kyoso/sdk";
import { useSyncExternalStore } from "react";
import type { Errand } from "./errand.js";
import { useRelayOf } from "./relayOf.js";

/** Something that a view has handed in to the relay, or may hand in. */
export interface OwnErrand {
  /** Undefined where nothing was handed in. */
  readonly errand: Errand | undefined;
  readonly handIn: (signed: Relayable) => void;
  readonly again: () => void;
  readonly forget: () => void;
}

const nothing = () => () => undefined;

/** @param name What the view knows it by: the same after a reload. */
export function useErrand(name: string): OwnErrand {
  const errands = useRelayOf()?.errands;
  const errand = useSyncExternalStore(errands?.listen ?? nothing, () => errands?.of(name));
  return {
    errand,
    handIn: (signed) => {
      errands?.handIn(name, signed);
    },
    again: () => {
      errands?.again(name);
    },
    forget: () => {
      errands?.forget(name);
    },
  };
}
