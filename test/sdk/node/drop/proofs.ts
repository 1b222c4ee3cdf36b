// cspell:ignore bafy
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { cp, mkdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { Wallet } from "ethers";
import { formatCode, shortId } from "../../../../sdk/drop/code.js";
import { claimCall, makeClaim } from "../../../../sdk/drop/claims.js";
import { checkPublished } from "../../../../sdk/drop/published.js";
import { isShort, readLink } from "../../../../sdk/drop/link.js";
import type { ShortLink } from "../../../../sdk/drop/code.js";
import { executeAsSigner } from "../../../../sdk/execute/signer.js";
import { allLinks } from "../../../../sdk/node/drop/customers.js";
import type { DropFolder } from "../../../../sdk/node/drop/folder.js";
import { findPublished, openLink } from "../../../../sdk/node/drop/proofs.js";
import { withFolder } from "../../badges/support.js";
import { withDrops } from "../../drop/support.js";
import { kyosoError } from "../../support.js";

const codeOf = async (promise: Promise<unknown>) => (await kyosoError(promise)).problems[0]?.code;

/** The short link of a line. */
async function shortLinkOf(drop: DropFolder, index = 0): Promise<ShortLink> {
  const link = readLink((await allLinks(drop))[index]?.link ?? "");
  return isShort(link) ? link : expect.fail("it isn't short");
}

describe("short links of a campaign", () => {
  it("are claimed with what is published, wherever that is", () =>
    withDrops(async (world) => {
      const { drop, live } = await world.opened();
      const link = await shortLinkOf(drop);
      const folder = path.join(drop.published, link.id);
      expect((await stat(path.join(folder, "0.bin"))).mode & 0o777).to.equal(0o644);
      const elsewhere = path.join(world.root, "elsewhere");
      await cp(drop.published, path.join(elsewhere, "drops"), { recursive: true });
      const all = await Promise.all(
        [path.dirname(drop.published), drop.published, folder, elsewhere].map((where) =>
          openLink(live, link, where),
        ),
      );
      for (const each of all) expect(each).to.deep.equal(all[0]);
      const claimable = all[0] ?? expect.fail("nothing was found");
      const account = Wallet.createRandom().address;
      const key = new Wallet(claimable.key ?? "");
      const claim = await makeClaim(live, claimable, { account, referrer: undefined }, key);
      await executeAsSigner({ title: "Claim", calls: [claimCall(live, claim)] }, world.launcher);
      expect(await world.dao.token.balanceOf(account))
        .to.equal(claimable.leaf.amount)
        .and.not.to.equal(0n);
    }));

  it("are refused where what is published isn't right, before anything is signed", () =>
    withDrops(async (world) => {
      const { drop, live } = await world.opened();
      const link = await shortLinkOf(drop);
      const other = await world.prepare({ campaign: "summer" });
      const summer = other.drop ?? expect.fail("there is no folder");
      const summers = await shortLinkOf(summer);
      const broken = async (what: string, change: (folder: string) => Promise<unknown>) => {
        const copy = path.join(world.root, what);
        await cp(drop.published, copy, { recursive: true });
        await change(path.join(copy, link.id));
        return codeOf(openLink(live, link, copy));
      };
      const meta = (folder: string, more: object) =>
        readFile(path.join(folder, "meta.json"), "utf8").then((text) =>
          writeFile(
            path.join(folder, "meta.json"),
            JSON.stringify({ ...(JSON.parse(text) as object), ...more }),
          ),
        );
      expect(await broken("cut", (folder) => truncate(path.join(folder, "0.bin"), 100))).to.equal(
        "proofs.damaged",
      );
      expect(await broken("gone", (folder) => rm(path.join(folder, "0.bin")))).to.equal("proofs.missing");
      expect(await broken("no meta", (folder) => rm(path.join(folder, "meta.json")))).to.equal(
        "proofs.missing",
      );
      expect(await broken("html", (folder) => writeFile(path.join(folder, "meta.json"), "<html>"))).to.equal(
        "proofs.damaged",
      );
      expect(await broken("large", (folder) => meta(folder, { more: "x".repeat(5_000) }))).to.equal(
        "proofs.damaged",
      );
      expect(await broken("chain", (folder) => meta(folder, { chainId: "1" }))).to.equal(
        "proofs.other-campaign",
      );
      expect(
        await broken("another's", (folder) =>
          cp(path.join(summer.published, summers.id), folder, { recursive: true, force: true }),
        ),
      ).to.equal("proofs.other-campaign");
      expect(
        await broken("another's shard", (folder) =>
          cp(path.join(summer.published, summers.id, "0.bin"), path.join(folder, "0.bin"), { force: true }),
        ),
      ).to.equal("proofs.not-of-campaign");
      expect(await codeOf(openLink(live, { ...link, index: 2 }, drop.published))).to.equal("link.other-line");
      expect(await codeOf(openLink(live, { ...link, index: 300 }, drop.published))).to.equal(
        "link.other-line",
      );
      expect(await codeOf(openLink(live, summers, summer.published))).to.equal("campaign.not-opened");
      expect(await codeOf(openLink(live, link, path.join(world.root, "nowhere")))).to.equal("proofs.missing");
    }));

  it("are checked where they are published, before they are sent", () =>
    withDrops(async (world) => {
      const { drop, live } = await world.opened();
      const { id } = await shortLinkOf(drop);
      const files = await findPublished(drop.published, id);
      expect(await checkPublished(live, id, files)).to.deep.equal({ checked: 1, files: 1 });
      await writeFile(files.place("0.bin"), Buffer.alloc(3 * 84));
      expect(await codeOf(checkPublished(live, id, files))).to.equal("proofs.not-of-campaign");
      await rm(files.place("0.bin"));
      expect(await codeOf(checkPublished(live, id, files))).to.equal("proofs.missing");
      expect(await codeOf(checkPublished(live, "00000000", files))).to.equal("proofs.other-campaign");
    }));

  it("of another chain or another DAO are refused as such", () =>
    withDrops(async (world) => {
      const { drop, live } = await world.opened();
      for (const [domain, code] of [
        [{ ...drop.domain, chainId: 1n }, "signed.other-chain"],
        [{ ...drop.domain, drop: live.record.contracts.badge }, "signed.other-contract"],
      ] as const) {
        const id = shortId(domain);
        const folder = path.join(world.root, code, id);
        await mkdir(folder, { recursive: true });
        const meta = { ...domain, chainId: domain.chainId.toString(), count: 3 };
        await writeFile(path.join(folder, "meta.json"), JSON.stringify(meta));
        const link = { ...(await shortLinkOf(drop)), id };
        expect(await codeOf(openLink(live, link, path.join(world.root, code)))).to.equal(code);
      }
    }));
});

describe("findPublished on a site", () => {
  const META = JSON.stringify({
    chainId: "1",
    drop: "0xABaBaBaBABabABabAbAbABAbABabababaBaBABaB",
    campaign: `0x${"11".repeat(32)}`,
    count: 1,
  });
  const ID = "0123abcd";
  let server: Server;
  let site: string;
  let asked: string[];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  before(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? "");
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked = [];
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const serving = (folder: string) => (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === `${folder}meta.json`) response.end(META);
    else response.writeHead(404).end();
  };

  for (const [what, where, folder] of [
    ["beside a page", "/shop/claim", `/shop/drops/${ID}/`],
    ["in a folder", "/shop/", `/shop/drops/${ID}/`],
    ["in a folder without a slash", "/ipfs/bafy", `/ipfs/bafy/drops/${ID}/`],
    ["where it is named itself", `/x/drops/${ID}`, `/x/drops/${ID}/`],
    ["in a folder that the page isn't in", "/shop/claim/", `/shop/drops/${ID}/`],
    ["in a folder of the page's name", "/shop/claim", `/shop/claim/drops/${ID}/`],
    ["whatever is behind the page", "/claim?lang=ja#ky1secret", `/drops/${ID}/`],
  ] as const) {
    it(`finds it ${what}`, async () => {
      answer = serving(folder);
      const found = await findPublished(`${site}${where}`, ID);
      expect(found.place("3.bin")).to.equal(`${site}${folder}3.bin`);
      expect(asked.join(" ")).not.to.include("secret").and.not.to.include("lang");
    });
  }

  const read = async (most = 10, timeout = 5_000) => {
    const found = await findPublished(`${site}/`, ID, { timeout });
    return found.read("0.bin", most);
  };

  it("reads no more than there may be, packed or not", async () => {
    for (const packed of [false, true]) {
      answer = (request, response) => {
        if (request.url?.endsWith("meta.json") === true) response.end(META);
        else if (packed)
          response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(1 << 24)));
        else response.end(Buffer.alloc(1 << 20));
      };
      expect(await read(10)).to.have.length(11);
    }
  });

  it("follows the site to another place of its own, and to no other site", async () => {
    let others = 0;
    const other = createServer((_request, response) => {
      others += 1;
      response.end(META);
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    try {
      answer = ({ url }, response) => {
        if (url === "/real") response.end(META);
        else response.writeHead(302, { location: "/real" }).end();
      };
      await findPublished(`${site}/`, ID);
      for (const [location, code] of [
        [elsewhere, "proofs.redirected"],
        ["file:///etc/passwd", "proofs.redirected"],
        ["/again", "proofs.unreachable"],
      ] as const) {
        answer = (_request, response) => response.writeHead(301, { location }).end();
        expect(await codeOf(findPublished(`${site}/`, ID)), location).to.equal(code);
      }
      expect(others).to.equal(0);
    } finally {
      other.close();
    }
  });

  it("goes on where one place answers otherwise, and says what that was if there is nothing at all", async () => {
    for (const status of [400, 401, 403, 500]) {
      answer = ({ url }, response) => {
        if (url === `/shop/${ID}/meta.json`) response.end(META);
        else response.writeHead(url === `/drops/${ID}/meta.json` ? status : 404).end();
      };
      const found = await findPublished(`${site}/shop`, ID);
      expect(found.place("0.bin")).to.equal(`${site}/shop/${ID}/0.bin`);
    }
    answer = ({ url }, response) => {
      if (url === `/shop/${ID}/meta.json`) response.end(META);
      else response.writeHead(302, { location: "https://login.example.com/" }).end();
    };
    await findPublished(`${site}/shop`, ID);
    answer = ({ url }, response) => {
      response.writeHead(url === `/drops/${ID}/meta.json` ? 403 : 404).end();
    };
    const { problems } = await kyosoError(findPublished(`${site}/shop`, ID));
    expect(problems[0]?.data).to.deep.equal({
      file: `${site}/drops/${ID}/meta.json`,
      reason: "HTTP 403",
    });
    // A site that doesn't answer at all isn't asked for each place.
    asked = [];
    answer = () => undefined;
    await kyosoError(findPublished(`${site}/shop`, ID, { timeout: 50 }));
    expect(asked).to.have.length(1);
  });

  it("says which other place a site leads to", async () => {
    answer = (_request, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end();
    const { problems } = await kyosoError(findPublished(`${site}/`, ID));
    expect(problems[0]?.data).to.deep.include({ to: "file:" });
  });

  it("never asks for, nor shows, a link that it is given", async () => {
    const code = formatCode({ id: ID, index: 7, seed: Uint8Array.from({ length: 16 }, (_, i) => 17 * i) });
    const long = `AQAAAA${"x".repeat(200)}`;
    for (const where of [
      `${site}/claim%23${code}`,
      `${site}/claim%2523${code}`,
      `${site}/claim#${code}`,
      `${site}/Link${code}`,
      `${site}/claim%23${code.slice(0, -1)}`,
      `${site}/redirect/${encodeURIComponent(`https://example.com/claim#${code}`)}`,
      `${site}/redirect/${Buffer.from(`https://example.com/claim#${code}`).toString("base64url")}`,
      `${site}/${long}`,
      `example.com/claim%23${code}`,
      `example.com/claim#${code}`,
      `example.com/claim#${long}`,
      `x${code}`,
    ]) {
      const { message, problems } = await kyosoError(findPublished(where, ID));
      expect(problems[0]?.code, where).to.equal("proofs.address");
      expect(JSON.stringify([message, problems]))
        .not.to.include(code.slice(20, 30))
        .and.not.to.include("xxxx");
    }
    expect(asked).to.deep.equal([]);
  });

  it("says what is wrong with a folder, and goes on", () =>
    withFolder(async (folder) => {
      const first = path.join(folder, "drops", ID, "meta.json");
      await mkdir(first, { recursive: true });
      const { problems } = await kyosoError(findPublished(folder, ID));
      expect(problems[0]).to.deep.include({
        code: "proofs.unreadable",
        data: { file: first, reason: "EISDIR" },
      });
      await mkdir(path.join(folder, ID));
      await writeFile(path.join(folder, ID, "meta.json"), META);
      expect((await findPublished(folder, ID)).place("0.bin")).to.equal(path.join(folder, ID, "0.bin"));
    }));

  it("says why it can't be read", async () => {
    answer = (_request, response) => response.writeHead(500).end();
    expect(await codeOf(findPublished(`${site}/`, ID))).to.equal("proofs.unreachable");
    answer = ({ socket }) => socket.destroy();
    expect(await codeOf(findPublished(`${site}/`, ID))).to.equal("proofs.unreachable");
    answer = () => undefined;
    const error = await kyosoError(findPublished(`${site}/`, ID, { timeout: 50 }));
    expect(error.problems[0]?.data).to.deep.include({ reason: "it takes too long" });
    answer = (_request, response) => response.writeHead(404).end();
    const found = await findPublished(`${site}/`, ID);
    expect(await found.read("meta.json", 10)).to.equal(undefined);
  });

  for (const where of [
    "http://example.com/",
    "ftp://example.com/",
    "https://user:secret@example.com/",
    "https://",
    `ky1${"q".repeat(46)}`,
  ]) {
    it(`refuses ${where.slice(0, 24)}, and asks nobody`, async () => {
      const { message, problems } = await kyosoError(findPublished(where, ID));
      expect(problems[0]?.code).to.equal("proofs.address");
      expect(message).not.to.include("secret").and.not.to.include("qqqq");
    });
  }
});
