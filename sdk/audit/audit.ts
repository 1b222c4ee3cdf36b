import { connectDao } from "../dao.js";
import type { Compiled } from "./bytecode.js";
import { auditBytecode } from "./bytecode.js";
import type { AuditContext, Check, CodeContext } from "./check.js";
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
  const { audited, dao } = await prepare(context);
  return [
    ...(await auditCode(audited, dao)),
    ...(await auditParameters(audited, dao)),
    ...(await auditPowers(audited, dao)),
  ];
}

/**
 * Compares the code of all that a DAO is made of with what its sources compile to: of each contract, and of each that it runs, is
 * linked with or was made by.
 */
export async function verifyCode(context: CodeContext & Compiled): Promise<Check[]> {
  const { audited, dao } = await prepare(context);
  return [...(await auditCode(audited, dao)), ...(await auditBytecode(context))];
}

async function prepare<Context extends CodeContext>(context: Context) {
  const dao = connectDao(context.record, context.provider);
  const made = await madeOf(context.implementations, context.record.factory, dao);
  return { dao, audited: { ...context, made, places: predictModules(made, context.record.contracts) } };
}
