import type { Hono } from "hono";
import * as z from "../../sdk/zod.js";
import { BALLOT_FILE } from "../../sdk/governance/ballots.js";
import { NICKNAME_FILE } from "../../sdk/community/nicknameFile.js";
import { CLAIM_FILE } from "../../sdk/drop/claims.js";
import { SUPPORT_FILE } from "../../sdk/ideas/supportFile.js";
import { DELEGATION_FILE } from "../../sdk/token/delegations.js";
import { REDEMPTION_FILE } from "../../sdk/vouchers/voucher.js";
import type { KindName } from "../jobs/job.js";
import { KINDS } from "../jobs/job.js";
import { STATES } from "../jobs/states.js";
import { TROUBLES } from "../worker/trouble.js";
import { REWARD_FILE } from "../../sdk/rewards/reward.js";
import { PATHS } from "./paths.js";

const SCHEMAS: Readonly<Record<KindName, z.ZodType>> = {
  claim: CLAIM_FILE.schema,
  voucher: REDEMPTION_FILE.schema,
  ballot: BALLOT_FILE.schema,
  delegation: DELEGATION_FILE.schema,
  reward: REWARD_FILE.schema,
  support: SUPPORT_FILE.schema,
  nickname: NICKNAME_FILE.schema,
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

const status = z.object({
  dao: z.string(),
  chainId: z.string(),
  governor: z.string(),
  takes: z.array(z.enum(KINDS)).readonly(),
  /** Who pays. */
  account: z.string(),
  /** Ether that it has; null as long as it hasn't looked. */
  balance: z.string().nullable(),
  lowBalance: z.boolean(),
  /** Ether that it may spend in a day, and what of that is spent today. */
  budget: z.object({ day: z.string(), spent: z.string() }),
  /** How many jobs are in each state. */
  jobs: z.record(z.enum(STATES), z.int().nonnegative()),
  /** What keeps it from sending: see docs/relay.md. */
  trouble: z.enum(TROUBLES).nullable(),
});

/** What `GET /status` answers. */
export type StatusAnswer = Readonly<z.infer<typeof status>>;

/** A schema as OpenAPI 3.1 has it: of what is sent, before anything is made of it, or of an answer. */
function jsonOf(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  return { ...z.toJSONSchema(schema, { io, unrepresentable: "any" }), $schema: undefined };
}

const answer = (description: string, schema: z.ZodType) => ({
  description,
  content: { "application/json": { schema: jsonOf(schema, "output") } },
});
const refusal = (description: string) => answer(description, z.object({ problem }));

/** What any request may be answered with. */
const ALWAYS = {
  "403": refusal("The page that asks isn't the DAO's."),
  "429": refusal("Too many requests came from there, or for the same thing."),
  "500": refusal("Something went wrong in it."),
};

/** Serves what the API is at `/openapi.json`, made of the schemas that it checks with. */
export function describeApi(app: Hono, kinds: readonly KindName[]): void {
  const handingIn = (kind: KindName) => ({
    post: {
      summary: `Hands in a ${kind} that was signed. The same again gives the same job.`,
      requestBody: {
        required: true,
        content: { "application/json": { schema: jsonOf(SCHEMAS[kind], "input") } },
      },
      responses: {
        ...ALWAYS,
        "200": answer("It was handed in before.", job),
        "202": answer("It is written down, and waits, or is done already.", job),
        "400": refusal("It isn't one."),
        "413": refusal("It is too large."),
        "422": refusal("It can't be carried out, and why."),
        "503": refusal("It takes nothing, or no more of these, at present."),
      },
    },
  });
  const notTaken = (kind: KindName) => ({
    post: {
      summary: `This relay takes no ${kind}s.`,
      responses: { ...ALWAYS, "404": refusal("It takes none."), "413": refusal("It is too large.") },
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
      ...Object.fromEntries(
        KINDS.map((kind) => [PATHS[kind], kinds.includes(kind) ? handingIn(kind) : notTaken(kind)]),
      ),
      "/jobs/{id}": {
        get: {
          summary: "How something stands that was handed in.",
          parameters: [id],
          responses: {
            ...ALWAYS,
            "200": answer("The job.", job),
            "404": refusal("There is none, or it was forgotten."),
          },
        },
      },
      "/status": {
        get: {
          summary: "What it takes and can pay.",
          responses: { ...ALWAYS, "200": answer("How it stands.", status) },
        },
      },
      "/metrics": {
        get: {
          summary: "Numbers for Prometheus.",
          responses: {
            ...ALWAYS,
            "200": {
              description: "How it stands, in numbers.",
              content: { "text/plain": { schema: { type: "string" } } },
            },
          },
        },
      },
      "/openapi.json": {
        get: {
          summary: "This document.",
          responses: { ...ALWAYS, "200": answer("It.", z.looseObject({ openapi: z.string() })) },
        },
      },
    },
  };
  app.get("/openapi.json", (context) => context.json(document));
}
