import { formatDuration } from "../units.js";
import type { PlacedProblem } from "./placed.js";
import { at, given } from "./placed.js";
import type { RawBrand } from "./shape.js";
import type { Moment } from "./values.js";

/** Dates are compared with dates only: how long after the launch they are isn't known before it. */
export function* checkHandover(handover: RawBrand["handover"]): Generator<PlacedProblem> {
  const veto = given(handover.veto);
  const community = given(handover.community);
  if (veto === undefined || veto === "none" || community === undefined) return;
  const late =
    "after" in veto
      ? "after" in community && veto.after > community.after
      : "at" in community && veto.at > community.at;
  if (late) {
    yield at(["handover", "veto"], "handover.veto-after-community", {
      data: { veto, community },
      message: `lasts until ${sayMoment(veto)}, but the community takes over at ${sayMoment(community)}`,
      remedy: "end the veto first, or at the same time: powers are handed over in order",
    });
  }
}

function sayMoment(moment: Moment): string {
  return "after" in moment
    ? `${formatDuration(moment.after)} after the launch`
    : new Date(moment.at * 1000).toISOString().slice(0, 10);
}
