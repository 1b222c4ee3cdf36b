import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { FolderExchange } from "../../../../sdk/node/safe/exchange.js";
import { addSignatures } from "../../../../sdk/safe/sharing/shared.js";
import { readSafeFile } from "../../../../sdk/node/safe/files.js";
import { signTransaction } from "../../../../sdk/safe/transactions/signatures.js";
import { problemOf } from "../../support.js";
import { withOwners } from "../../safe/support.js";

describe("FolderExchange", () => {
  it("has nothing where there is no folder", () =>
    withOwners(async (owners) => {
      expect(await owners.exchange.pending(0)).to.deep.equal({ transactions: [], problems: [] });
    }));

  it("names files by their numbers and hashes", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      const { file } = await owners.exchange.open(place);
      expect(path.basename(place)).to.equal(`safe-0-${file.hash.slice(2, 10)}.json`);
    }));

  it("lists what waits, from a number on, in order", () =>
    withOwners(async (owners) => {
      const places = [await owners.share(await owners.award(1)), await owners.share(await owners.award(2))];
      // A name that sorts first.
      const renamed = path.join(path.dirname(places[1] ?? ""), "a.json");
      await copyFile(places[1] ?? "", renamed);
      const all = await owners.exchange.pending(0);
      expect(all.transactions.map(({ file }) => file.transaction.nonce)).to.deep.equal([0, 1]);
      expect(all.transactions[1]?.place).to.equal(renamed);
      const later = await owners.exchange.pending(1);
      expect(later.transactions.map(({ file }) => file.transaction.nonce)).to.deep.equal([1]);
    }));

  it("counts copies of one transaction as one, with the signatures of both", () =>
    withOwners(async (owners) => {
      const { owners: accounts } = owners.world;
      const place = await owners.share(await owners.award(1));
      const copy = path.join(path.dirname(place), "zz.json");
      await copyFile(place, copy);
      await owners.sign(place, accounts[0]);
      await owners.sign(copy, accounts[1]);
      const { transactions } = await owners.exchange.pending(0);
      expect(transactions).to.have.length(1);
      expect(transactions[0]?.file.signatures.map(({ signer }) => signer)).to.deep.equal([
        accounts[0].address,
        accounts[1].address,
      ]);
    }));

  it("leaves other files alone, and names broken ones of its own", () =>
    withOwners(async (owners) => {
      const folder = path.dirname(await owners.share(await owners.award(1)));
      await writeFile(path.join(folder, "ballot.json"), '{"kind":"ballot"}');
      await writeFile(path.join(folder, "draft.md"), "# Draft");
      await writeFile(path.join(folder, "safe-1-00000000.json"), '{"kind":');
      await writeFile(path.join(folder, "other.json"), '{"kind": "safe-transaction", "version": 1}');
      await mkdir(path.join(folder, "folder"));
      const { transactions, problems } = await owners.exchange.pending(0);
      expect(transactions).to.have.length(1);
      const places = new Set(problems.map(({ place }) => path.basename(place?.split(",")[0] ?? "")));
      expect([...places].sort()).to.deep.equal(["other.json", "safe-1-00000000.json"]);
    }));

  it("adds a signature to what is in the file by now", () =>
    withOwners(async (owners) => {
      const { owners: accounts } = owners.world;
      const place = await owners.share(await owners.award(1));
      const { account } = await owners.look();
      const shared = await owners.exchange.open(place);
      const sign = (index: 0 | 1) =>
        signTransaction(account, shared.file.transaction, accounts[index].address);
      await owners.exchange.confirm(shared, await sign(0));
      // Opened before the first one was there.
      const { file } = await owners.exchange.confirm(shared, await sign(1));
      expect(file.signatures).to.have.length(2);
      expect(await readSafeFile(place)).to.deep.equal(file);
      expect((await owners.exchange.confirm(shared, await sign(1))).file).to.deep.equal(file);
    }));

  it("opens files by their paths alone", () =>
    withOwners(async (owners) => {
      const exchange = new FolderExchange(owners.folder);
      const { message } = await problemOf(exchange.open(`0x${"11".repeat(32)}`));
      expect(message).to.include("no such file");
    }));
});

describe("addSignatures", () => {
  it("keeps what is there of a signer", () =>
    withOwners(async (owners) => {
      const { file } = await owners.exchange.open(await owners.share(await owners.award(1)));
      const [a, b] = owners.world.owners;
      const one = addSignatures(file, [{ signer: a.address, signature: "0x01" }]);
      expect(addSignatures(one, [{ signer: a.address, signature: "0x02" }])).to.equal(one);
      expect(addSignatures(one, [{ signer: b.address, signature: "0x03" }]).signatures).to.have.length(2);
    }));
});
