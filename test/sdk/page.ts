import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { DAO_CONTRACTS } from "../../sdk/daoRecord.js";
import { isPageDocument, wrongIn } from "../../sdk/page/check.js";
import type { PageDocument } from "../../sdk/page/document.js";
import { hashOf } from "../../sdk/node/page/headers.js";
import { pageDocument, writePage } from "../../sdk/node/page/page.js";
import { KyosoError } from "../../sdk/errors.js";
import { kindOf } from "../helpers/problems.js";
import { read } from "./config/support.js";

const ADDRESS = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
const RECORD: DaoRecord = {
  version: 1,
  status: "live",
  slug: "blue",
  name: 'Blue <Bicycle> & "friends"',
  chainId: "1",
  launcher: ADDRESS,
  safe: ADDRESS,
  factory: ADDRESS,
  terms: { guardianExpiry: 1, communityDate: 2 },
  startBlock: 3,
  contracts: Object.fromEntries(DAO_CONTRACTS.map((name) => [name, ADDRESS])) as DaoRecord["contracts"],
  implementations: {} as DaoRecord["implementations"],
  parameters: {},
  transactions: {},
};
const RPC = ["https://one.example/key", "https://two.example"];

/** Expects that something fails with the one problem, and its data. */
async function expectProblem(running: Promise<unknown>, code: string, data: object): Promise<void> {
  const error = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error instanceof KyosoError ? error.problems.map(kindOf) : error).to.deep.equal([[code, data]]);
}

describe("the community page's folder", () => {
  let build: string;
  let folder: string;
  const document = () =>
    pageDocument(
      RECORD,
      read({ page: { colour: "#AB12CD", relay: "https://relay.example", url: "https://blue.example/dao" } }),
      RPC,
    );
  const write = (logo?: string) => writePage({ document: document(), build, logo, folder });

  beforeEach(async () => {
    build = await mkdtemp(path.join(tmpdir(), "kyoso-build-"));
    folder = path.join(build, "page");
    await mkdir(path.join(build, "assets"));
    const assets = {
      "assets/index.js": "1",
      "assets/view.js": "2",
      "assets/reader.js": "3",
      "assets/scrub.js": "5",
      "assets/style.css": "4",
    };
    for (const [file, text] of Object.entries(assets)) await writeFile(path.join(build, file), text);
    await writeFile(
      path.join(build, "build.json"),
      JSON.stringify({
        version: 1,
        entry: "assets/index.js",
        styles: "assets/style.css",
        alone: ["assets/reader.js", "assets/scrub.js"],
        scrub: { path: "assets/scrub.js", integrity: hashOf("sha384", "5") },
        integrity: Object.fromEntries(
          Object.entries(assets)
            .filter(([file]) => !/reader|scrub/u.test(file))
            .map(([file, text]) => [file, hashOf("sha384", text)]),
        ),
        views: {},
      }),
    );
  });
  afterEach(() => rm(build, { recursive: true }));

  it("has what is of the brand, and nothing that its name could break", async () => {
    const files = await write();
    expect(files).to.include.members([
      "assets/index.js",
      "assets/reader.js",
      "assets/scrub.js",
      "brand.css",
      "dao.json",
      "index.html",
      "404.html",
      "nginx.conf",
      "_headers",
      "_redirects",
      "manifest.webmanifest",
      "SHA256SUMS",
    ]);
    const index = await readFile(path.join(folder, "index.html"), "utf8");
    expect(index)
      .to.include("<title>Blue &lt;Bicycle&gt; &amp; &quot;friends&quot;</title>")
      .and.not.to.include("<Bicycle>");
    expect(index).to.include('src="/dao/assets/index.js"').and.to.include(hashOf("sha384", "1"));
    // What takes a link out of the address bar runs before any other script, and the page is still being read.
    const [first = ""] = /<script[^>]*>/u.exec(index) ?? [];
    expect(first)
      .to.include('src="/dao/assets/scrub.js"')
      .and.to.include(hashOf("sha384", "5"))
      .and.not.to.match(/module|defer|async/u);
    expect(await readFile(path.join(folder, "brand.css"), "utf8")).to.include("--brand: #ab12cd;");
    const written: unknown = JSON.parse(await readFile(path.join(folder, "dao.json"), "utf8"));
    expect(isPageDocument(written)).to.equal(true);
    expect(written).to.deep.equal(document());
  });

  it("allows requests to the host, the nodes and the relay, and the scripts by their hashes", async () => {
    await write();
    const index = await readFile(path.join(folder, "index.html"), "utf8");
    const [, importMap = ""] = /<script type="importmap">(.*)<\/script>/u.exec(index) ?? [];
    expect(JSON.parse(importMap)).to.deep.equal({
      integrity: {
        "/dao/assets/index.js": hashOf("sha384", "1"),
        "/dao/assets/view.js": hashOf("sha384", "2"),
      },
    });
    for (const file of ["index.html", "_headers", "nginx.conf"]) {
      const text = (await readFile(path.join(folder, file), "utf8")).replaceAll("&#39;", "'");
      expect(text, file)
        .to.include("connect-src 'self' https://one.example https://two.example https://relay.example;")
        .and.to.include(`script-src 'self' '${hashOf("sha256", importMap)}';`)
        .and.to.include("require-trusted-types-for 'script'");
    }
  });

  it("is written anew over an old page, and over nothing else", async () => {
    await write();
    await writeFile(path.join(folder, "assets", "old.js"), "");
    await write();
    expect(await readdir(path.join(folder, "assets"))).not.to.include("old.js");
    await rm(path.join(folder, "SHA256SUMS"));
    await expectProblem(write(), "page.folder-taken", { folder });
  });

  it("isn't written where the build or the logo isn't there", async () => {
    const logo = path.join(build, "logo.svg");
    await expectProblem(write(logo), "page.logo-missing", { file: logo });
    await rm(path.join(build, "build.json"));
    await expectProblem(write(), "page.not-built", { folder: build });
  });

  it("names people only where the brand publishes it", () => {
    const allocations = [
      { to: "treasury", amount: "600,000" },
      { to: ADDRESS, amount: "40,000", note: "Alice" },
    ];
    const namesIn = (page: object) =>
      pageDocument(RECORD, read({ page, "token.allocations": allocations }), RPC).names;
    expect(namesIn({})).to.deep.equal({});
    expect(namesIn({ names: "public" })).to.deep.equal({ [ADDRESS]: "Alice" });
  });
});

describe("dao.json", () => {
  const whole = pageDocument(RECORD, read(), RPC);

  for (const [place, change] of [
    ["version", { version: 2 }],
    ["record.contracts.token", { record: { ...RECORD, contracts: { ...RECORD.contracts, token: "0x12" } } }],
    ["record.status", { record: { ...RECORD, status: "launching" } }],
    ["page.rpc", { page: { ...whole.page, rpc: [] } }],
    ["page.rpc", { page: { ...whole.page, rpc: ["http://node.example"] } }],
    ["page.relay", { page: { ...whole.page, relay: "javascript:alert(1)" } }],
    ["page.links", { page: { ...whole.page, links: [{ name: "x", url: "javascript:alert(1)" }] } }],
    ["page.colour", { page: { ...whole.page, colour: "red;}" } }],
    ["page.base", { page: { ...whole.page, base: "/x" } }],
    ["names", { names: { Alice: ADDRESS } }],
  ] as const) {
    it(`isn't whole with another ${place}`, () => {
      expect(wrongIn({ ...whole, ...change } satisfies Record<keyof PageDocument, unknown>)).to.equal(place);
    });
  }

  it("is none where it is something else", () => {
    for (const other of [null, 1, "x", [], {}]) expect(wrongIn(other)).to.equal("version");
  });
});
