import type { Hono } from "hono";
import * as z from "../../sdk/zod.js";
import { BALLOT_FILE } from "../../sdk/governance/ballots.js";
import { CLAIM_FILE } from "../../sdk/drop/claims.js";
import { DELEGATION_FILE } from "../../sdk/token/delegations.js";
import { REDEMPTION_FILE } from "../../sdk/vouchers/voucher.js";
import type { KindName } from "../jobs/job.js";
import { KINDS } from "../jobs/job.js";
import { STATES } from "../jobs/states.js";
import { REWARD_FILE } from "../../sdk/rewards/reward.js";
import { PATHS } from "./paths.js";

const SCHEMAS: Readonly<Record<KindName, z.ZodType>> = {
  claim: CLAIM_FILE.schema,
  voucher: REDEMPTION_FILE.schema,
  ballot: BALLOT_FILE.schema,
  delegation: DELEGATION_FILE.schema,
  reward: REWARD_FILE.schema,
};

const problem = z.object({
  /** See docs/errors.md. */
  code: z.string(),
  message: z.string(),
  remedy: z.string().nullable(),
  data: z.unknown(),
});

const job = z.object({
  id: z.string(),
  kind: z.enum(KINDS),
  state: z.enum(STATES),
  problem: problem.nullable(),
  transaction: z.string().nullable(),
  notBefore: z.string().nullable(),
  createdAt: z.string(),
  changedAt: z.string(),
});

/** A schema as OpenAPI 3.1 has it: what is sent, before anything is made of it. */
function jsonOf(schema: z.ZodType): Record<string, unknown> {
  return { ...z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), $schema: undefined };
}

const content = (schema: z.ZodType) => ({ "application/json": { schema: jsonOf(schema) } });
const refusal = (description: string) => ({ description, content: content(z.object({ problem })) });

/** Serves what the API is at `/openapi.json`, made of the schemas that it checks with. */
export function describeApi(app: Hono, kinds: readonly KindName[]): void {
  const handingIn = (kind: KindName) => ({
    post: {
      summary: `Hands in a ${kind} that was signed. The same again gives the same job.`,
      requestBody: { required: true, content: content(SCHEMAS[kind]) },
      responses: {
        "200": { description: "It was handed in before.", content: content(job) },
        "202": { description: "It is written down, and waits.", content: content(job) },
        "400": refusal("It isn't one."),
        "413": refusal("It is too large."),
        "422": refusal("It can't be carried out, and why."),
        "429": refusal("Too many requests came from there, or for the same thing."),
        "503": refusal("It takes nothing at present."),
      },
    },
  });
  const id = {
    name: "id",
    in: "path",
    required: true,
    schema: { type: "string", pattern: "^[0-9a-f]{32}$" },
  };
  const document = {
    openapi: "3.1.0",
    info: { title: "Kyoso relay", version: "1", description: "Pays the gas of what people signed." },
    paths: {
      ...Object.fromEntries(kinds.map((kind) => [PATHS[kind], handingIn(kind)])),
      "/jobs/{id}": {
        get: {
          summary: "How something stands that was handed in.",
          parameters: [id],
          responses: {
            "200": { description: "The job.", content: content(job) },
            "404": refusal("There is none, or it was forgotten."),
          },
        },
      },
      "/status": {
        get: {
          summary: "What it takes and can pay.",
          responses: { "200": { description: "How it stands." } },
        },
      },
    },
  };
  app.get("/openapi.json", (context) => context.json(document));
}
