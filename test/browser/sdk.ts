import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { build } from "esbuild";
import { parseEther, toQuantity, ZeroHash } from "ethers";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import type { Problem } from "../../sdk/errors.js";
import {
  BrandGovernor__factory,
  BrandToken__factory,
  ContributionBadge__factory,
  ContributionRewards__factory,
} from "../../typechain-types/index.js";
import type { LiveNode } from "../integration/support.js";
import { accounts, describeCommandLine, launchLive } from "../integration/support.js";
import type { all as Claiming } from "./page/claiming.js";
import { testWeb } from "./web/tests.js";

/** Bytes, gzipped: what a page loads to read a list of proposals, decoding included, beside the chain's library. */
const LARGEST = 90_000;

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

interface Reading {
  readonly proposals: { readonly proposals: readonly unknown[] };
  readonly board: { readonly members: number };
  readonly season: { readonly seasons: readonly unknown[] };
  readonly searched: number;
  readonly problems: readonly Problem[];
}

/** Bundles a module of `page/` for browsers, with nothing put in the place of what they don't have. */
async function bundle(entry: string, external: string[] = []): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: [`page/${entry}.ts`],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2023",
    external,
    logLevel: "silent",
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

describe("The SDK's bundle for a browser", function () {
  this.timeout(240_000);

  it(`takes at most ${LARGEST.toLocaleString("en")} bytes to read a list of proposals, gzipped`, async () => {
    const size = gzipSync(await bundle("proposals", ["ethers"])).length;
    expect(size).to.be.below(LARGEST);
    // It isn't empty either: the ABIs are in it.
    expect(size).to.be.above(10_000);
  });

  it("has no module of Node's in it, and no Safe kit", async () => {
    const text = Buffer.from(await bundle("reading")).toString();
    expect(text).not.to.match(/from"node:|require\("node:|protocol-kit/u);
  });

  it("reads short links with what browsers have", async () => {
    const code = await bundle("claiming");
    const text = Buffer.from(code).toString();
    expect(text).not.to.match(/from"node:|require\("node:|\bBuffer\b/u);
    const { all } = (await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`)) as {
      readonly all: typeof Claiming;
    };
    const link = { id: "0123abcd", index: 7, seed: new Uint8Array(16).fill(9) };
    expect(all.readLink(`https://example.com/claim#${all.formatCode(link)}`)).to.deep.equal(link);
  });
});

describeCommandLine("The SDK in a browser", function () {
  this.timeout(240_000);
  let live: LiveNode;
  let browser: Browser;
  let server: Server;
  let site: string;
  const [alice, bob] = accounts.slice(4) as [(typeof accounts)[number], (typeof accounts)[number]];

  before(async function () {
    const executablePath = CHROMIUM.find((file) => existsSync(file));
    if (executablePath === undefined) {
      if (process.env.CI === "true") throw new Error(`There is no Chromium: none of ${CHROMIUM.join(", ")}`);
      console.log("      There is no Chromium here: what runs in a browser isn't tested.");
      this.skip();
    }
    live = await launchLive();
    await makeHistory();
    const files: Record<string, Uint8Array> = {
      "/main.js": await bundle("main"),
      "/worker.js": await bundle("worker"),
    };
    server = createServer(({ url = "" }, response) => {
      const script = files[url];
      response.setHeader("content-type", script === undefined ? "text/html" : "text/javascript");
      response.end(script ?? '<!doctype html><script type="module" src="/main.js"></script>');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    site = `http://localhost:${(server.address() as AddressInfo).port}/`;
    browser = await chromium.launch({
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
      ],
    });
  });

  after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
    await live.stop();
  });

  /** Badges, a proposal with votes, and a budget for the season. */
  async function makeHistory(): Promise<void> {
    const { provider } = live.node;
    const { safe, contracts } = live.record;
    await provider.send("hardhat_impersonateAccount", [safe]);
    await provider.send("hardhat_setBalance", [safe, toQuantity(10n ** 18n)]);
    const members = [alice.address, alice.address, bob.address];
    const data = ContributionBadge__factory.createInterface().encodeFunctionData("awardBatch", [
      1,
      members,
      members.map(() => ZeroHash),
      "",
    ]);
    await provider.send("eth_sendTransaction", [{ from: safe, to: contracts.badge, data }]);

    const signer = alice.connect(provider);
    const token = BrandToken__factory.connect(contracts.token, signer);
    await (await token.approve(contracts.rewards, parseEther("100"))).wait();
    const rewards = ContributionRewards__factory.connect(contracts.rewards, signer);
    await (await rewards.fund(1, contracts.token, parseEther("100"))).wait();

    const governor = BrandGovernor__factory.connect(contracts.governor, signer);
    const action = token.interface.encodeFunctionData("transfer", [bob.address, 1n]);
    await (await governor.propose([contracts.token], [0], [action], "# A gift\n\nFor Bob.")).wait();
    await live.pass(Number(await governor.votingDelay()) + 1);
    const { proposals } = await live.json<{ proposals: { id: string }[] }>(["proposal", "list"]);
    await (await governor.castVoteWithReason(proposals[0]?.id ?? 0n, 1, "Bob deserves it")).wait();
    // Most of it is settled, and can be kept.
    await provider.send("hardhat_mine", [toQuantity(100)]);
  }

  async function open(script?: string): Promise<Page> {
    const context = await browser.newContext();
    if (script !== undefined) await context.addInitScript({ content: script });
    const page = await context.newPage();
    await page.goto(site);
    await page.waitForFunction("globalThis.read !== undefined");
    return page;
  }

  function read(page: Page, how = "read"): Promise<Reading> {
    const wanted = JSON.stringify({ url: live.node.url, record: live.record, account: alice.address });
    return page.evaluate<Reading>(`globalThis.${how}(${wanted})`);
  }

  /** Expects that a page read what the commands print. */
  async function expectPrinted({ proposals, board, season }: Reading): Promise<void> {
    expect(proposals).to.deep.equal(await live.json(["proposal", "list"]));
    expect(board).to.deep.equal(await live.json(["badge", "board", "--all"]));
    expect(season).to.deep.equal(await live.json(["season", "show"], alice));
    expect(proposals.proposals).to.have.length(1);
    expect(board.members).to.equal(2);
    expect(season.seasons).not.to.have.length(0);
  }

  it("reads what the commands print, and a second time asks for less: it keeps logs", async () => {
    const page = await open();
    const first = await read(page);
    await expectPrinted(first);
    expect(first.problems).to.deep.equal([]);
    await page.reload();
    await page.waitForFunction("globalThis.read !== undefined");
    const second = await read(page);
    expect({ ...second, searched: 0 }).to.deep.equal({ ...first, searched: 0 });
    expect(second.searched).to.be.below(first.searched);
    await page.context().close();
  });

  it("reads the same in a Worker, which shares what was kept", async () => {
    const page = await open();
    const first = await read(page, "readInWorker");
    await expectPrinted(first);
    const second = await read(page);
    expect(second.searched).to.be.below(first.searched);
    expect(second.proposals).to.deep.equal(first.proposals);
    await page.context().close();
  });

  // As text: what the loader of TypeScript adds to functions isn't in a page.
  for (const [name, script] of [
    ["has none", "delete globalThis.indexedDB; delete Window.prototype.indexedDB;"],
    [
      "may not use it",
      'Object.defineProperty(globalThis, "indexedDB", { value: { open() { throw new Error("denied"); } } });',
    ],
    [
      "is full",
      'IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); };',
    ],
  ] as const) {
    it(`works where the browser keeps nothing, as it ${name}, and says why`, async () => {
      const page = await open(script);
      const reading = await read(page);
      await expectPrinted(reading);
      expect(reading.problems).to.have.length(1);
      expect(reading.problems[0]?.place).to.equal("browser storage");
      await page.context().close();
    });
  }

  // On the same chain, in the same browser.
  testWeb(() => ({ live, browser }));
});
