import type { Problem } from "../../sdk/errors.js";
import { problem } from "../../sdk/errors.js";

/** That as much is waiting as is taken at most: of all, or of what shares its room. */
export function queueFull(waiting: number): Problem {
  return problem("relay.queue-full", {
    data: { waiting },
    place: "relay",
    message: `${waiting} others like it are waiting, and it takes no more of them`,
    remedy: "Hand it in again in some minutes.",
  });
}

/** That as much is waiting, or was done, for the same leaf, voter or voucher as is taken at most. */
export function subjectBusy(open: number): Problem {
  return problem("relay.subject-busy", {
    data: { open },
    place: "relay",
    message: `For the same thing ${open} others were handed in already`,
    remedy: "See first what becomes of those.",
  });
}
