import { connectDao } from "../dao.js";
import type { AuditContext, Check } from "./check.js";
import { auditCode } from "./code.js";
import { auditParameters } from "./parameters.js";
import { auditPowers } from "./powers.js";

/**
 * Reads a DAO back from the chain and compares it with its brand file: code, parameters, and who holds which power.
 * Writes nothing, and can be run at any time. What a passed proposal changed shows as a difference: it is for the
 * reader to know of it, and to bring the file up to date.
 */
export async function audit(context: AuditContext): Promise<Check[]> {
  const dao = connectDao(context.record, context.provider);
  return [
    ...(await auditCode(context, dao)),
    ...(await auditParameters(context, dao)),
    ...(await auditPowers(context, dao)),
  ];
}
