import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { ZeroAddress } from "ethers";
import type { DaoRecord } from "../../../sdk/daoRecord.js";
import { DAO_CONTRACTS } from "../../../sdk/daoRecord.js";
import type { Addresses, ImplementationName } from "../../../sdk/implementations.js";
import { IMPLEMENTATION_NAMES } from "../../../sdk/implementations.js";
import { problemOf, withStore } from "../support.js";

function nowhere<Name extends string>(names: readonly Name[]): Addresses<Name> {
  return Object.fromEntries(names.map((name) => [name, ZeroAddress])) as Addresses<Name>;
}

function recordOf(slug: string, status: DaoRecord["status"] = "live"): DaoRecord {
  return {
    version: 1,
    status,
    slug,
    name: "ブルー自転車",
    chainId: "5",
    launcher: ZeroAddress,
    safe: ZeroAddress,
    factory: ZeroAddress,
    terms: { guardianExpiry: 1, communityDate: 2 },
    startBlock: 3,
    contracts: nowhere(DAO_CONTRACTS),
    implementations: nowhere<ImplementationName>(IMPLEMENTATION_NAMES),
    parameters: {},
    transactions: {},
  };
}

describe("record", () => {
  it("is read as it was written", () =>
    withStore(async (store) => {
      const record = recordOf("blue");
      await store.write(record);
      expect(await store.read(5n, "blue")).to.deep.equal(record);
    }));

  it("is a file of its chain, for people to read too", () =>
    withStore(async (store, root) => {
      await store.write(recordOf("blue"));
      expect(store.file(5n, "blue")).to.equal(path.join(root, "5", "blue.json"));
      expect(await readFile(store.file(5n, "blue"), "utf8")).to.match(/^\{\n {2}"version": 1,[^]*\n\}\n$/);
    }));

  it("isn't there before it was written, nor on another chain", () =>
    withStore(async (store) => {
      expect(await store.read(5n, "blue")).to.equal(undefined);
      expect(await store.list(5n)).to.deep.equal([]);
      await store.write(recordOf("blue"));
      expect(await store.read(6n, "blue")).to.equal(undefined);
      expect(await store.list(6n)).to.deep.equal([]);
    }));

  it("is refused where anything of it isn't of its form, and its slug leads nowhere else", () =>
    withStore(async (store) => {
      await store.write(recordOf("blue"));
      const good = JSON.parse(await readFile(store.file(5n, "blue"), "utf8")) as Record<string, unknown>;
      for (const change of [
        { safe: "0x12" },
        { factory: null },
        { chainId: 5 },
        { startBlock: -1 },
        { terms: { guardianExpiry: "soon", communityDate: 2 } },
        { contracts: { ...recordOf("blue").contracts, token: "\u001b[2J" } },
        { transactions: { launch: "https://example.com" } },
        { presentSafe: "safe" },
        { slug: "green" },
      ]) {
        await writeFile(store.file(5n, "blue"), JSON.stringify({ ...good, ...change }));
        const { message } = await problemOf(store.read(5n, "blue"));
        expect(message, JSON.stringify(change)).to.include("not a record");
      }
      for (const slug of ["../../x", "..", "a/b", "a\\b", "", "A", "x".repeat(65), "a\u0000"]) {
        const { place } = await problemOf(store.read(5n, slug));
        expect(place, slug).to.equal("--dao");
      }
    }));

  it("is replaced as a whole: whoever reads sees an old one or a new one", () =>
    withStore(async (store, root) => {
      const long = { ...recordOf("blue", "launching"), name: "x".repeat(200_000) };
      await store.write(long);
      const reads: Promise<DaoRecord | undefined>[] = [];
      for (let i = 0; i < 20; i++) {
        reads.push(store.read(5n, "blue"));
        await store.write(i % 2 === 0 ? recordOf("blue") : long);
      }
      for (const read of await Promise.all(reads)) expect(read?.status).to.be.oneOf(["live", "launching"]);
      expect(await readdir(path.join(root, "5"))).to.deep.equal(["blue.json"]);
    }));

  it("is not mistaken for the draft of a writer that was killed", () =>
    withStore(async (store, root) => {
      await store.write(recordOf("blue"));
      await writeFile(path.join(root, "5", "blue.json.123.tmp"), '{ "version": 1, "sl');
      expect(await store.list(5n)).to.deep.equal(["blue"]);
      expect(await store.find(5n)).to.deep.equal(recordOf("blue"));
    }));

  for (const [what, text] of [
    ["cut off", '{ "version": 1, "slug": "blu'],
    ["empty", ""],
    ["something else", '"blue"'],
    ["nothing", "null"],
    ["of another version", JSON.stringify({ ...recordOf("blue"), version: 2 })],
    ["of another DAO", JSON.stringify(recordOf("red"))],
  ] as const) {
    it(`is refused where it is ${what}`, () =>
      withStore(async (store, root) => {
        await mkdir(path.join(root, "5"));
        await writeFile(store.file(5n, "blue"), text);
        const problem = await problemOf(store.read(5n, "blue"));
        expect(problem.place).to.equal(store.file(5n, "blue"));
        expect(problem.remedy).to.include("Restore the file");
      }));
  }

  it("is refused where an earlier version launched the DAO, with fewer contracts", () =>
    withStore(async (store) => {
      const { drop, rewards, ...before } = recordOf("blue").contracts;
      expect([drop, rewards]).to.deep.equal([ZeroAddress, ZeroAddress]);
      await mkdir(path.dirname(store.file(5n, "blue")));
      await writeFile(store.file(5n, "blue"), JSON.stringify({ ...recordOf("blue"), contracts: before }));
      for (const reading of [store.read(5n, "blue"), store.find(5n)]) {
        const { place, message, remedy } = await problemOf(reading);
        expect(place).to.equal(store.file(5n, "blue"));
        expect(message).to.include("no drop and no rewards").and.to.include("an earlier version");
        expect(remedy).to.include("checkout of the version");
      }
    }));

  it("doesn't hide that the disk fails", () =>
    withStore(async (store, root) => {
      await mkdir(store.file(5n, "blue"), { recursive: true });
      const reading: unknown = await store.read(5n, "blue").catch((error: unknown) => error);
      expect(reading).to.include({ code: "EISDIR" });
      await writeFile(path.join(root, "6"), "");
      const listing: unknown = await store.list(6n).catch((error: unknown) => error);
      expect(listing).to.include({ code: "ENOTDIR" });
    }));

  describe("find", () => {
    it("takes the only one there is", () =>
      withStore(async (store) => {
        await store.write(recordOf("blue"));
        expect(await store.find(5n)).to.deep.equal(recordOf("blue"));
      }));

    it("takes the one that is named", () =>
      withStore(async (store) => {
        await store.write(recordOf("blue"));
        await store.write(recordOf("red"));
        expect(await store.find(5n, "red")).to.deep.equal(recordOf("red"));
      }));

    it("says that there is none", () =>
      withStore(async (store, root) => {
        const problem = await problemOf(store.find(5n));
        expect(problem.place).to.equal(path.join(root, "5"));
        expect(problem.message).to.equal("There is no DAO");
        expect(problem.remedy).to.include("--network");
      }));

    it("says that there is none of that name", () =>
      withStore(async (store) => {
        expect((await problemOf(store.find(5n, "red"))).message).to.equal('There is no DAO "red"');
        await store.write(recordOf("blue"));
        const { message, remedy } = await problemOf(store.find(5n, "red"));
        expect(message).to.equal('There is no DAO "red"');
        expect(remedy).to.equal("Choose one with --dao: blue.");
      }));

    it("asks which of several is meant", () =>
      withStore(async (store) => {
        await store.write(recordOf("blue"));
        await store.write(recordOf("red"));
        const { message, remedy } = await problemOf(store.find(5n));
        expect(message).to.include("blue").and.to.include("red");
        expect(remedy).to.include("--dao");
      }));

    it("says how to go on where a launch was interrupted", () =>
      withStore(async (store) => {
        await store.write(recordOf("blue", "launching"));
        for (const slug of [undefined, "blue"]) {
          const { place, remedy } = await problemOf(store.find(5n, slug));
          expect(place).to.equal(store.file(5n, "blue"));
          expect(remedy).to.include("dao launch blue");
        }
      }));
  });
});
