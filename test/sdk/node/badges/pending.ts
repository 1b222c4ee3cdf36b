import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { id as hashOf } from "ethers";
import { awardCall } from "../../../../sdk/badges/awards/awards.js";
import { findPending } from "../../../../sdk/node/badges/pending.js";
import { call, named } from "../../../../sdk/calls/plan.js";
import { openSafe } from "../../../../sdk/node/safe/account.js";
import { FILE_KIND } from "../../../../sdk/safe/sharing/file.js";
import { writeSafeFile } from "../../../../sdk/node/safe/files.js";
import { transactionHash } from "../../../../sdk/safe/transactions/transaction.js";
import { buildTransaction } from "../../../../sdk/node/safe/build.js";
import { load } from "../../support.js";
import { asSafe, awardOf, badgeWorld, KIND, withFolder } from "../../badges/support.js";

async function world() {
  const found = await load(badgeWorld);
  const { context, record, stranger } = found;
  const [one, two] = ["one", "two"].map((text) => awardOf(KIND.REVIEW, stranger.address, text));
  if (one === undefined || two === undefined) throw new Error("there are no awards");
  const kind = { number: KIND.REVIEW, name: "レビュー", votes: 0n };
  const calls = [
    awardCall(record.contracts.badge, { kind, awards: [one] }),
    awardCall(record.contracts.badge, { kind, awards: [two, two] }),
  ];
  /** Writes the file that has these calls as the Safe's next transaction. */
  const write = async (file: string) => {
    const safe = await openSafe(context.provider, context.eip1193, record.safe);
    const transaction = await buildTransaction(safe, calls, safe.nonce);
    await writeSafeFile(file, {
      kind: FILE_KIND,
      version: 1,
      dao: record.slug,
      chainId: record.chainId,
      safe: record.safe,
      title: "Awarding badges",
      transaction,
      hash: transactionHash(safe, transaction),
      signatures: [],
    });
  };
  const hashes = new Set([one, two].map(({ evidence }) => evidence.hash));
  const find = (folder: string, wanted: ReadonlySet<string> = hashes) =>
    findPending(folder, wanted, context.provider);
  return { ...found, hashes, write, find };
}

describe("findPending", () => {
  it("finds hashes in a transaction that the Safe's owners have yet to sign", () =>
    withFolder(async (folder) => {
      const { write, find, hashes } = await world();
      const file = path.join(folder, "outbox", "deep", "0-awards.json");
      await write(file);
      expect([...(await find(folder))]).to.have.deep.members([...hashes].map((hash) => [hash, file]));
      expect((await find(folder, new Set([hashOf("another")]))).size).to.equal(0);
      expect((await find(folder, new Set())).size).to.equal(0);
    }));

  it("doesn't count one whose number was used by another", () =>
    withFolder(async (folder) => {
      const found = await world();
      await found.write(path.join(folder, "awards.json"));
      const badge = await named("badge", found.dao.badge);
      const other = call(badge, "award", [KIND.REVIEW, found.stranger.address, hashOf("other")], "Other");
      expect((await found.find(folder)).size).to.equal(2);
      await asSafe(found, [other]);
      expect((await found.find(folder)).size).to.equal(0);
    }));

  it("finds them in whatever else waits, and not in what was never finished", () =>
    withFolder(async (folder) => {
      const { find, hashes } = await world();
      const [hash = ""] = hashes;
      await writeFile(path.join(folder, "awards.json.123.tmp"), hash);
      await writeFile(path.join(folder, "unrelated.md"), `# Title\n${hashOf("unrelated")}`);
      expect((await find(folder)).size).to.equal(0);
      const draft = path.join(folder, "draft.md");
      await writeFile(draft, `actions:\n  - data: 0x1234${hash.slice(2).toUpperCase()}00\n`);
      expect([...(await find(folder))]).to.deep.equal([[hash, draft]]);
    }));

  it("finds nothing where there is no folder, and doesn't take another error for that", () =>
    withFolder(async (folder) => {
      const { find } = await world();
      expect((await find(path.join(folder, "none"))).size).to.equal(0);
      const file = path.join(folder, "file");
      await writeFile(file, "");
      await find(path.join(file, "inside")).then(
        () => expect.fail("nothing was thrown"),
        (error: unknown) => expect(String(error)).to.include("ENOTDIR"),
      );
      await mkdir(path.join(folder, "empty"));
      expect((await find(folder)).size).to.equal(0);
    }));
});
