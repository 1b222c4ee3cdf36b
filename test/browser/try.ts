import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { KyosoError } from "../../sdk/errors.js";
import { parsePorts, requireFree } from "../../tasks/dao/try/ports.js";
import type { Running } from "../integration/commandLine.js";
import { ROOT, runningOf, startHardhat } from "../integration/commandLine.js";
import { answers, describeCommandLine } from "../integration/support.js";

/** The first of three ports that nothing listens on. */
async function threePorts(): Promise<number> {
  for (;;) {
    const page = 20_000 + Math.floor(Math.random() * 12_000);
    try {
      await requireFree({ page, chain: page + 1, relay: page + 2 });
      return page;
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
    }
  }
}

/** Folders that it leaves where it doesn't end cleanly. */
const left = async () => (await readdir(os.tmpdir())).filter((name) => name.startsWith("kyoso-try-"));

describeCommandLine("npm run page", function () {
  this.timeout(300_000);
  let running: Running | undefined;

  after(() => running?.kill("SIGKILL"));

  it("starts a chain, a page, a relay and a story, says where they are, and ends with all of them", async () => {
    await promisify(execFile)(process.execPath, [path.join(ROOT, "web", "build.mjs"), "--quiet"]);
    const before = await left();
    const port = await threePorts();
    running = runningOf(startHardhat(["dao", "try", "--port", port.toString()]));
    const site = `http://localhost:${port}`;
    await running.says("links are unused");
    const lineOf = async (text: string) => (await running?.says(text))?.trim().split(/ {2,}/u)[1] ?? "";

    expect(await lineOf("the page ")).to.equal(`${site}/`);
    const page = await fetch(`${site}/proposals/2`);
    expect(page.headers.get("content-security-policy")).to.include("require-trusted-types-for");
    expect(page.headers.get("cache-control")).to.equal("no-cache");
    expect(await page.text()).to.include("<title>さくら珈琲 共創コミュニティ</title>");
    const dao = (await (await fetch(`${site}/dao.json`)).json()) as {
      snapshot: { files: { governor: { file: string } } };
    };
    const logs = await fetch(`${site}/${dao.snapshot.files.governor.file}`);
    expect(logs.headers.get("cache-control")).to.include("immutable");

    const link = new URL(await lineOf("a claim link "));
    expect(link.origin + link.pathname).to.equal(`${site}/claim`);
    expect(link.hash).to.match(/^#ky1[02-9ac-hj-np-z]{46}$/u);
    expect(await lineOf("somebody with a share to claim")).to.match(/\/members\/0x[0-9a-fA-F]{40}$/u);
    expect(
      await answers(await lineOf("the chain, for a wallet").then((text) => text.split(" ")[0] ?? "")),
    ).to.equal(true);
    const relay = await fetch(await lineOf("the relay "));
    expect(await relay.json()).to.deep.include({ dao: "sakura-coffee", lowBalance: false });
    // What isn't the page's is the page, and nothing outside of its folder.
    expect(await (await fetch(`${site}/..%2f..%2f`)).text()).to.include("<!doctype html>");

    running.kill("SIGINT");
    const { code, stderr } = await running.ended;
    expect(stderr).to.equal("");
    expect(code).to.equal(0);
    expect(await left()).to.deep.equal(before);
    await requireFree({ page: port, chain: port + 1, relay: port + 2 });
  });

  it("says which port is taken, before anything is started", async () => {
    const port = await threePorts();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port + 2, "127.0.0.1", resolve));
    try {
      const error: unknown = await requireFree(parsePorts(port.toString())).catch(
        (reason: unknown) => reason,
      );
      const [told] = error instanceof KyosoError ? error.problems : [];
      expect(told).to.deep.include({ code: "page.port-taken", data: { port: port + 2 } });
    } finally {
      server.close();
    }
    for (const text of ["0", "65534", "http", "-1", ""]) {
      expect(() => parsePorts(text), text).to.throw(KyosoError);
    }
    expect(parsePorts(undefined)).to.deep.equal({ page: 8080, chain: 8081, relay: 8082 });
  });
});
