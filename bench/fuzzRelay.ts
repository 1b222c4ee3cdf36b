// Sends the relay 100,000 requests that are wrong in every way: npm run fuzz:relay. None may be answered with an error of its own, its
// memory may not grow, and its database stays whole. KYOSO_FUZZ is another number of requests; test/relay/fuzz.ts sends a few each time.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import hre from "hardhat";
import { Fuzzer } from "../test/relay/fuzzing.js";
import { beginRelay, buildRelay } from "../test/relay/process.js";
import { signedOfEach } from "../test/relay/signed.js";
import { Bridge, payer, relayedWorld, writeSettings } from "../test/relay/support.js";

const REQUESTS = Number(process.env.KYOSO_FUZZ ?? 100_000);
const MEBIBYTE = 1024 * 1024;
/** How much more may be in use at the end than after a third, in MiB. */
const MOST_GROWTH = 4;

/**
 * What is in use once all garbage was collected, in MiB: the process's debugger is asked for that. What the process has of the
 * system says little, as room that was needed once is kept.
 */
async function inUse(output: string): Promise<number> {
  const [url] = /ws:\/\/127\.0\.0\.1:\S+/u.exec(output) ?? [];
  if (url === undefined) throw new Error(`The relay's process has no debugger: ${output}`);
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", () => {
      reject(new Error(`The debugger of the relay's process doesn't answer at ${url}`));
    });
  });
  const ask = (id: number, method: string) =>
    new Promise<{ readonly usedSize?: number }>((resolve) => {
      socket.addEventListener("message", ({ data }) => {
        const answer = JSON.parse(String(data)) as { readonly id?: number; readonly result: object };
        if (answer.id === id) resolve(answer.result);
      });
      socket.send(JSON.stringify({ id, method }));
    });
  await ask(1, "HeapProfiler.collectGarbage");
  const { usedSize = NaN } = await ask(2, "Runtime.getHeapUsage");
  socket.close();
  return Math.round((10 * usedSize) / MEBIBYTE) / 10;
}

async function fuzz(): Promise<void> {
  buildRelay();
  const connection = await hre.network.create("hardhat");
  const world = await relayedWorld(connection);
  const bridge = await Bridge.before(connection);
  const folder = await mkdtemp(path.join(tmpdir(), "kyoso-fuzz-"));
  const { file } = await writeSettings(folder, world);
  const told = { url: bridge.url, key: payer.privateKey, factory: world.record.factory };
  const relay = await beginRelay(file, told, ["--inspect=127.0.0.1:0"]);
  const failures: string[] = [];
  try {
    const fuzzer = new Fuzzer(relay.api.url, await signedOfEach(world));
    const memory: number[] = [];
    const began = performance.now();
    for (let third = 0; third < 3; third++) {
      await fuzzer.send(Math.ceil(REQUESTS / 3));
      // What is checked still is answered by then.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      memory.push(await inUse(relay.output()));
      console.log(`${(third + 1) * Math.ceil(REQUESTS / 3)} requests: ${memory.at(-1) ?? NaN} MiB in use`);
    }
    fuzzer.close();
    const seconds = (performance.now() - began) / 1000;
    console.log(
      `${Math.round(REQUESTS / seconds)} a second; answers: ${JSON.stringify([...fuzzer.answered])}`,
    );
    const highest = Math.ceil((relay.memory()?.highest ?? NaN) / MEBIBYTE);
    console.log(`highest that it had of the system: ${highest} MiB`);
    failures.push(...fuzzer.wrong.slice(0, 10));
    const [first = NaN, , last = NaN] = memory;
    if (!(last - first <= MOST_GROWTH)) failures.push(`what is in use grew from ${first} to ${last} MiB`);
    if ((await relay.api.get("/status")).status !== 200) failures.push("it doesn't answer any more");
    const ended = await relay.kill("SIGTERM");
    if (ended !== 0) failures.push(`it ended with ${String(ended)}`);
    const failed = relay
      .output()
      .split("\n")
      .filter((line) => line.includes('"event":"request-failed"'));
    if (failed.length > 0)
      failures.push(`it logged that ${failed.length} requests failed, first: ${failed[0] ?? ""}`);
    const database = new DatabaseSync(path.join(folder, "data", "relay.sqlite"));
    const whole = database.prepare("PRAGMA integrity_check").get()?.integrity_check;
    if (whole !== "ok") failures.push(`the database isn't whole: ${String(whole)}`);
    database.close();
  } finally {
    await relay.kill("SIGKILL");
    await bridge.stop();
    await connection.close();
    await rm(folder, { recursive: true });
  }
  for (const failure of failures) console.error(failure);
  if (failures.length > 0) process.exitCode = 1;
}

await fuzz();
