import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { Problem } from "../../../../sdk/errors.js";
import { FolderExchange } from "../../../../sdk/node/safe/exchange.js";
import { readSafeFile } from "../../../../sdk/node/safe/files.js";
import { ServiceExchange } from "../../../../sdk/node/safe/service.js";
import { openSeveral } from "../../../../sdk/node/safe/several.js";
import { readWaiting } from "../../../../sdk/safe/sharing/overview.js";
import { signTransaction } from "../../../../sdk/safe/transactions/signatures.js";
import { kyosoError } from "../../support.js";
import { type Owners, payment, type Tampered, withOwners } from "../../safe/support.js";
import { Service } from "./serviceSupport.js";

const JUNK = `0x${"11".repeat(64)}1b`;

/** What somebody may put beside a transaction's file, under a name that comes before it. */
const COPIES: Readonly<Record<string, (file: Tampered, owners: Owners) => unknown>> = {
  "another payment under its hash": (file) => (file.transaction.value = "1"),
  "the same for another Safe under its hash": (file) => (file.safe = `0x${"12".repeat(20)}`),
  "the same on another chain under its hash": (file) => (file.chainId = "1"),
  "the same with other words": (file) => (file.calls = ["send nothing to nobody"]),
  "the same of another DAO": (file) => (file.dao = "other"),
  "the same with something that is to follow": (file) =>
    (file.followUp = { title: "More", calls: [{ to: file.safe, data: "0x", value: "0" }] }),
  "the same with a false signature of an owner": (file, { world }) =>
    (file.signatures = [{ signer: world.owners[0].address, signature: JUNK }]),
  "the same with a signature of a stranger": (file, { world }) =>
    (file.signatures = [{ signer: world.stranger.address, signature: JUNK }]),
};

async function withCopy(
  change: (file: Tampered, owners: Owners) => unknown,
  use: (owners: Owners, place: string, copy: string) => Promise<void>,
): Promise<void> {
  await withOwners(async (owners) => {
    const place = await owners.share(await owners.award(1));
    const copy = path.join(path.dirname(place), "a.json");
    await copyFile(place, copy);
    await owners.sign(place, owners.world.owners[0]);
    await owners.tamper(copy, (file) => change(file, owners));
    await use(owners, place, copy);
  });
}

describe("a copy that somebody has changed", () => {
  for (const [what, change] of Object.entries(COPIES)) {
    it(`hides no true transaction: ${what}`, () =>
      withCopy(change, async (owners, place, copy) => {
        const { world } = owners;
        const { live, account } = await owners.look();
        const pending = await owners.exchange.pending(0);
        const { waiting, problems } = await readWaiting(live, account, pending);
        expect(waiting.map(({ checked }) => [checked.place, checked.signatures.length])).to.deep.equal([
          [place, 1],
        ]);
        expect(waiting[0]?.rivals).to.deep.equal([]);
        expect(problems.map((each) => each.place?.split(",")[0])).to.include(copy);

        // The same once more is the one that waits, and not another one that takes its file.
        const [same] = await owners.prepare({ title: "A test", calls: [await owners.award(1)] });
        expect([same?.existing?.place, same?.file.hash]).to.deep.equal([
          place,
          (await readSafeFile(place)).hash,
        ]);

        const warnings: Problem[] = [];
        const folder = path.dirname(place);
        const several = await openSeveral(live, account, owners.exchange, [folder], (each) =>
          warnings.push(each),
        );
        expect(several.map(({ shared }) => shared.place)).to.deep.equal([place]);
        expect(warnings.map((each) => each.place?.split(",")[0])).to.include(copy);
        // One that somebody names is to be the one.
        await kyosoError(openSeveral(live, account, owners.exchange, [copy, place]));
        await owners.sign(place, world.owners[1]);
        await owners.send(place);
        expect(await owners.badges()).to.equal(1n);
      }));
  }

  it("is an error where there is no other", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      await owners.tamper(place, (file) => (file.transaction.value = "1"));
      const { live, account } = await owners.look();
      const { problems } = await kyosoError(
        openSeveral(live, account, owners.exchange, [path.dirname(place)]),
      );
      expect(problems.map(({ code }) => code)).to.deep.equal(["safe.file-changed"]);
    }));

  it("isn't told of as what announced something", () =>
    withOwners(async (owners) => {
      const { owners: accounts, stranger } = owners.world;
      const place = await owners.share(await owners.award(1));
      await owners.sign(place, accounts[0], accounts[1]);
      await owners.send(place);
      await owners.tamper(place, (file) => {
        file.followUp = { title: "More", calls: [{ to: stranger.address, data: "0x12345678", value: "0" }] };
      });
      const { live, account } = await owners.look();
      const { over, announcedBy } = await readWaiting(live, account, await owners.exchange.pending(0));
      expect([over, announcedBy.size]).to.deep.equal([1, 0]);
    }));
});

describe("FolderExchange", () => {
  it("writes over no other transaction, and loses no signature", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      const { file } = await owners.exchange.open(place);
      await owners.sign(place, owners.world.owners[0]);
      expect(await owners.exchange.propose(file)).to.equal(place);
      expect((await readSafeFile(place)).signatures).to.have.length(1);
      // Another one with a name that begins alike.
      await owners.tamper(place, (other) => (other.transaction.value = "1"));
      const before = await readFile(place, "utf8");
      const second = await owners.exchange.propose(file);
      expect(path.basename(second)).to.equal(`safe-0-${file.hash.slice(2)}.json`);
      expect(await readFile(place, "utf8")).to.equal(before);
      await writeFile(second, "{");
      const { problems } = await kyosoError(owners.exchange.propose(file));
      expect(problems[0]?.code).to.equal("safe.name-taken");
    }));

  it("adds no signature to what has taken a file's place", () =>
    withOwners(async (owners) => {
      const { stranger, owners: accounts } = owners.world;
      const place = await owners.share(await owners.award(1));
      const shared = await owners.exchange.open(place);
      const elsewhere = new FolderExchange(path.join(owners.folder, "other"));
      const [other] = await owners.prepare({ title: "Pay", calls: [payment(stranger.address, 0n)] });
      if (other === undefined) throw new Error("nothing was prepared");
      await copyFile(await elsewhere.propose(other.file), place);
      const { account } = await owners.look();
      const signature = await signTransaction(account, shared.file.transaction, accounts[0].address);
      const { problems } = await kyosoError(owners.exchange.confirm(shared, signature));
      expect(problems[0]?.code).to.equal("safe.other-transaction");
      expect((await readSafeFile(place)).signatures).to.deep.equal([]);
    }));
});

describe("ServiceExchange", () => {
  it("hides nothing behind what a service says falsely", async () => {
    const service = await Service.start();
    try {
      await withOwners(async (owners) => {
        const { record, owners: accounts } = owners.world;
        const options = { url: service.url, dao: record.slug, chainId: 31337n, safe: record.safe };
        const alone = new ServiceExchange(new FolderExchange(path.join(owners.folder, "empty")), options);
        const place = await owners.share(await owners.award(1));
        await owners.sign(place, accounts[0]);
        const { hash } = (await owners.exchange.open(place)).file;
        await alone.propose((await owners.exchange.open(place)).file);
        const stored = service.transactions.get(hash);
        if (stored === undefined) throw new Error("nothing was stored");
        // Something else under the same hash, before it; and a signature that isn't one.
        const { confirmations } = stored;
        const junk = { owner: accounts[1].address, signature: JUNK, signatureType: "EOA" };
        service.transactions.clear();
        service.transactions.set("0", { ...stored, value: "1" });
        service.transactions.set(hash, { ...stored, confirmations: [...confirmations, junk] });

        const both = new ServiceExchange(owners.exchange, options);
        const listed = await both.pending(0);
        expect(listed.transactions.map(({ file }) => file.signatures.length)).to.deep.equal([1]);
        expect(listed.problems.map(({ code }) => code)).to.deep.equal(["safe.file-changed"]);
        expect((await both.open(place)).file.signatures).to.have.length(1);
        const { live, account } = await owners.look();
        expect((await readWaiting(live, account, listed)).waiting).to.have.length(1);

        service.transactions.set(hash, { ...stored, value: "1" });
        const { problems } = await kyosoError(both.open(hash));
        expect(problems[0]?.code).to.equal("safe.file-changed");
      });
    } finally {
      await service.stop();
    }
  });
});
