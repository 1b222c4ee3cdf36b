import { connectDao } from "../dao.js";
import type { AuditContext, Check } from "./check.js";
import { predictModules } from "../launch/predict.js";
import { auditCode, madeOf } from "./code.js";
import { auditParameters } from "./parameters.js";
import { auditPowers } from "./powers.js";

/**
 * Reads a DAO back from the chain and compares it with its brand file: code, parameters, and who holds which power.
 * Writes nothing, and can be run at any time. What a passed proposal changed shows as a difference: it is for the
 * reader to know of it, and to bring the file up to date.
 */
export async function audit(context: AuditContext): Promise<Check[]> {
  const dao = connectDao(context.record, context.provider);
  const made = await madeOf(context.implementations, context.record.factory, dao);
  const audited = { ...context, made, places: predictModules(made, context.record.contracts) };
  return [
    ...(await auditCode(audited, dao)),
    ...(await auditParameters(audited, dao)),
    ...(await auditPowers(audited, dao)),
  ];
}
