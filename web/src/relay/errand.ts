import type { Relayable, RelayJob } from "@kyoso/sdk";

/** Why something isn't taken or can't be carried out: a code of the SDK's, and what was said of it. */
export interface Refusal {
  readonly code: string;
  readonly text: string;
}

/** Something signed that the relay was given, and how it stands. */
export interface Errand {
  readonly signed: Relayable;
  /** The relay's job; undefined as long as it hasn't answered, and where it doesn't take it. */
  readonly job: RelayJob | undefined;
  /** Why the relay doesn't take it; it isn't asked any more. */
  readonly refused: Refusal | undefined;
  /** What keeps the relay from answering; it is asked again. */
  readonly trouble: Refusal | undefined;
}

/** How an errand stands: as the relay says; `handing` before it has said anything, `untaken` where it doesn't take it. */
export type Standing = "handing" | "untaken" | RelayJob["state"];

export function standingOf({ job, refused }: Errand): Standing {
  if (refused !== undefined) return "untaken";
  return job?.state ?? "handing";
}

/** Whether the chain shows it as done. */
export function isDone(errand: Errand): boolean {
  return ["confirmed", "final"].includes(standingOf(errand));
}
