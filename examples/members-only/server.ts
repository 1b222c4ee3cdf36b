// Starts the site. What is yours, or secret, is in the environment: see README.md.
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { serve } from "@hono/node-server";
import { Nicknames } from "@kyoso/sdk/abi";
import { FileLogs, Gate, parseRecord, SqliteGateStore } from "@kyoso/sdk/gate";
import { JsonRpcProvider } from "ethers";
import { createApp } from "./app.ts";

function setting(name: string, otherwise?: string): string {
  const value = process.env[name] ?? otherwise ?? "";
  if (value === "") throw new Error(`${name} isn't set: README.md says what it is.`);
  return value;
}

async function main(): Promise<void> {
  const recordFile = setting("RECORD");
  const record = parseRecord(await readFile(recordFile, "utf8"), recordFile);
  const provider = new JsonRpcProvider(setting("KYOSO_RPC_URL"), Number(record.chainId), {
    staticNetwork: true,
  });
  const data = setting("DATA", "members-data");
  await mkdir(data, { recursive: true, mode: 0o700 });
  const factory = process.env.KYOSO_FACTORY;
  const gate = await Gate.open({
    record,
    node: { request: ({ method, params = [] }) => provider.send(method, [...params]) },
    pass: setting("PASS"),
    perk: Number(setting("PERK")),
    origin: setting("ORIGIN"),
    store: new SqliteGateStore(path.join(data, "gate.sqlite")),
    logs: new FileLogs(path.join(data, "logs")),
    ...(factory === undefined ? {} : { trust: { factories: [factory] } }),
  });
  const couponPerk = Number(setting("COUPON_PERK"));
  await gate.requireCoupon(couponPerk);

  const nicknames = process.env.NICKNAMES;
  const app = createApp({
    gate,
    couponPerk,
    couponCode: setting("COUPON_CODE"),
    nicknameOf: async (account) =>
      nicknames === undefined ? "" : Nicknames.connect(nicknames, provider).nicknameOf(account),
  });
  const port = Number(setting("PORT", "8788"));
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port }, ({ port: here }) => {
    console.log(`Listening on port ${here}.`);
  });
  process.once("SIGTERM", () => server.close(() => process.exit(0)));
}

main().catch((error: unknown) => {
  // The address of a node often has a key in it.
  const text = error instanceof Error ? error.message : String(error);
  console.error(text.replaceAll(process.env.KYOSO_RPC_URL ?? "", "the node"));
  process.exit(1);
});
