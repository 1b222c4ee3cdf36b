import type { Nothing } from "../nothing.js";

/** Problems of handing power over, and of what is done in an emergency. */
export interface HandoverProblems {
  /** Awards are halted already. */
  "halt.halted-already": Nothing;
  /** Who isn't an owner of the Safe can't halt awards. */
  "halt.not-owner": { readonly account: string; readonly safe: string; readonly owners: readonly string[] };
  /** An owner who halted awards before can't again yet. */
  "halt.too-early": { readonly account: string; readonly from: number };
  /** The community decides alone already. */
  "phase.last": Nothing;
  /** A step of the handover isn't due yet: it ends `phase`. */
  "phase.not-due": { readonly phase: "brand-led" | "shared" | "community"; readonly due: number };
  /** Awards aren't halted. */
  "resume.not-halted": Nothing;
  /** Only the Safe can do something; `what` names it in English. */
  "via.only-safe": { readonly what: string };
}
