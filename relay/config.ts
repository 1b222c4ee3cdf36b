import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseEther } from "ethers";
import { parse } from "yaml";
import { isSecure } from "../sdk/secureUrl.js";
import * as z from "../sdk/zod.js";
import { KyosoError } from "../sdk/errors.js";
import { fields } from "../sdk/signed/form.js";
import { parseGasPrice } from "../sdk/execute/fees.js";
import { KINDS } from "./jobs/job.js";

const ether = z
  .string()
  .regex(/^\d{1,9}(?:\.\d{1,18})? ether$/u, 'write an amount with its unit, such as "0.5 ether"')
  .transform((text) => parseEther(text.replace(" ether", "")));

const gasPrice = z
  .string()
  .regex(/^\d{1,9}(?:\.\d{1,9})? gwei$/u, 'write a price of a unit of gas, such as "50 gwei"')
  .transform((text) => parseGasPrice(text, "gas.most"));

/** A page's origin: what a browser says that a request comes from. */
const origin = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.origin === text && isSecure(url);
}, "write the page's origin: https:// and its host, without a path and a slash at the end");

const schema = z.strictObject({
  /** The DAO's record, as `deployments/<chain id>/<slug>.json`; seen from the settings' folder. */
  record: z.string().min(1),
  /** Where the database is kept, and logs of the chain; seen from the settings' folder. */
  data: z.string().min(1).default("relay-data"),
  listen: z
    .strictObject({
      host: z.string().min(1).default("127.0.0.1"),
      port: z.int().min(0).max(65_535).default(8787),
    })
    .prefault({}),
  /** Pages that may ask. What isn't a page, such as a command, says none. */
  origins: z.array(origin).max(20).default([]),
  /** Addresses of all proxies in front of it, whose X-Forwarded-For is believed: the first one that isn't named is who asks. */
  proxies: z
    .array(z.union([z.ipv4(), z.ipv6()]))
    .max(20)
    .default([]),
  takes: z
    .array(z.enum(KINDS))
    .min(1)
    .default([...KINDS]),
  /**
   * Tokens in which it has rewards paid besides the DAO's own. Anybody can fund a season in a token of their own making, which can
   * take any gas, for each member anew.
   */
  tokens: z.array(fields.address).max(100).default([]),
  /** What it pays in a day (UTC) at most. */
  budget: z.strictObject({
    day: ether,
    campaign: ether.optional(),
    call: ether.optional(),
    account: ether.optional(),
  }),
  gas: z.strictObject({ most: gasPrice }),
  balance: z.strictObject({ least: ether }),
  /**
   * Votes that a ballot's voter, a delegator and, where votes count, a supporter have to have, in whole tokens: accounts without any cost
   * nothing.
   */
  votes: z.strictObject({ least: z.int().min(0).max(1_000_000_000).default(1) }).prefault({}),
  /** From when on what is done stays: "finalized", or a number of blocks. */
  finality: z.union([z.literal("finalized"), z.int().min(0).max(10_000)]).default("finalized"),
  limits: z
    .strictObject({
      waiting: z.int().min(1).max(1_000_000).default(10_000),
      perMinute: z.int().min(1).max(100_000).default(60),
    })
    .prefault({}),
  /** Days after which what ended is forgotten. */
  forget: z.int().min(1).max(3_650).default(30),
});

/** The relay's settings, as its file has them. Amounts are wei. */
export type RelayConfig = Readonly<z.infer<typeof schema>>;

/**
 * Reads the relay's settings. Paths in them are seen from the folder of the file.
 *
 * @throws KyosoError for what can't be read, naming the first field that is wrong.
 */
export async function loadConfig(file: string): Promise<RelayConfig> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw refuse(file, "", "It can't be read", cause);
  }
  return parseConfig(text, file);
}

/** See {@link loadConfig}. */
export function parseConfig(text: string, file: string): RelayConfig {
  let yaml: unknown;
  try {
    yaml = parse(text);
  } catch (cause) {
    throw refuse(file, "", "It isn't YAML", cause);
  }
  const read = schema.safeParse(yaml);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw refuse(file, issue?.path.join(".") ?? "", issue?.message ?? "", read.error);
  }
  const from = path.dirname(path.resolve(file));
  const { record, data } = read.data;
  return { ...read.data, record: path.resolve(from, record), data: path.resolve(from, data) };
}

function refuse(file: string, field: string, message: string, cause: unknown): KyosoError {
  return KyosoError.of("relay.settings", {
    data: { file, field },
    place: field === "" ? file : `${file}, ${field}`,
    message,
    remedy: "See docs/relay.md for what belongs there.",
    cause,
  });
}
