import type { KyosoError, ProblemCode } from "../../errors.js";

/** Statuses of HTTP that a gate's refusals go with. */
export type GateStatus = 400 | 401 | 403 | 404 | 409 | 410 | 503;

const STATUS: Partial<Record<ProblemCode, GateStatus>> = {
  "gate.message-unreadable": 400,
  "gate.no-session": 401,
  "gate.challenge-unknown": 401,
  "gate.message-site": 401,
  "gate.message-chain": 401,
  "gate.message-nonce": 401,
  "gate.message-expired": 401,
  "gate.message-early": 401,
  "gate.signature": 401,
  "gate.origin": 403,
  "gate.not-eligible": 403,
  "gate.perk-unknown": 404,
  "gate.not-final": 409,
  "gate.redeemed": 409,
  "gate.perk-closed": 410,
  "gate.busy": 503,
  "gate.pass-not-found": 503,
  "gate.node-away": 503,
};

/** The status of HTTP that goes with what a gate refuses. */
export function gateStatus({ problems: [first] }: KyosoError): GateStatus {
  return (first === undefined ? undefined : STATUS[first.code]) ?? 400;
}
