import { lateOf } from "../start/late.js";

/** What is at the head of every view but those where somebody receives something. */
export const Contents = lateOf(() => import("./Contents.js"), "Contents");
