import { copyFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { Call } from "../../../../sdk/calls/plan.js";
import { readSafeFile } from "../../../../sdk/node/safe/files.js";
import type { PreparedTransaction } from "../../../../sdk/node/safe/prepare.js";
import type { SafeFile } from "../../../../sdk/safe/sharing/file.js";
import { FILE_KIND, parseSafeFile } from "../../../../sdk/safe/sharing/file.js";
import { checkSafeFile, textsOf } from "../../../../sdk/safe/transactions/check.js";
import { signTransaction } from "../../../../sdk/safe/transactions/signatures.js";
import { transactionHash } from "../../../../sdk/safe/transactions/transaction.js";
import { buildTransaction } from "../../../../sdk/node/safe/build.js";
import { randomFrom } from "../../fuzzing.js";
import { kyosoError } from "../../support.js";
import type { Owners, Tampered } from "../../safe/support.js";
import { withOwners } from "../../safe/support.js";

const JUNK = `0x${"11".repeat(64)}1b`;

/** The same calls, with something else that owners would sign. */
const PLANTED: Readonly<Record<string, (file: Tampered, owners: Owners) => unknown>> = {
  "a refund of gas": (file, { world }) => {
    file.transaction.gasPrice = "1000000000000000000";
    file.transaction.baseGas = "1000000";
    file.transaction.refundReceiver = world.stranger.address;
  },
  "gas that isn't enough": (file) => (file.transaction.safeTxGas = "1"),
  "a token to pay for gas": (file) => (file.transaction.gasToken = file.safe),
  "a number that is far away": (file) => (file.transaction.nonce = 1_000_000),
  "other words": (file) => (file.calls = ["send nothing to nobody"]),
  "a signature of a stranger": (file, { world }) =>
    (file.signatures = [{ signer: world.stranger.address, signature: JUNK }]),
  "a signature that isn't one": (file, { world }) =>
    (file.signatures = [{ signer: world.owners[0].address, signature: JUNK }]),
};

async function prepareAgain(owners: Owners): Promise<PreparedTransaction> {
  const [prepared] = await owners.prepare({ title: "A test", calls: [await owners.award(1)] });
  if (prepared === undefined) throw new Error("nothing was prepared");
  return prepared;
}

describe("a transaction that somebody put there beforehand", () => {
  for (const [what, change] of Object.entries(PLANTED)) {
    it(`isn't taken for the one that is wanted, and keeps nobody from making that: ${what}`, () =>
      withOwners(async (owners) => {
        const { account } = await owners.look();
        const place = await owners.share(await owners.award(1));
        const honest = (await readSafeFile(place)).transaction;
        await owners.tamper(place, (file) => {
          change(file, owners);
          file.hash = transactionHash(account, file.transaction);
        });
        const again = await prepareAgain(owners);
        expect(again.existing).to.equal(undefined);
        expect(again.file.transaction).to.deep.equal(honest);
        expect(again.refused.map((each) => [each.code, each.place])).to.deep.equal([
          [what.startsWith("a number") ? "safe.far-off" : "safe.not-taken", place],
        ]);
        // Whoever signs it and sends it gets what was shown.
        const written = await owners.exchange.propose(again.file, account.owners);
        await owners.sign(written, owners.world.owners[0], owners.world.owners[1]);
        await owners.send(written);
        expect(await owners.badges()).to.equal(1n);
      }));
  }

  it("is taken where an owner has signed it, whatever its number", () =>
    withOwners(async (owners) => {
      const { account } = await owners.look();
      const place = await owners.share(await owners.award(1));
      await owners.tamper(place, (file) => {
        file.transaction.nonce = 7;
        file.hash = transactionHash(account, file.transaction);
      });
      await owners.sign(place, owners.world.owners[0]);
      const again = await prepareAgain(owners);
      expect([again.existing?.place, again.refused]).to.deep.equal([place, []]);
    }));
});

describe("signTransaction", () => {
  it("signs nothing of which it can't be told what it does", () =>
    withOwners(async (owners) => {
      const { account } = await owners.look();
      const { owners: accounts, stranger } = owners.world;
      const good = await buildTransaction(account, [await owners.award(1)], 0);
      const silent = { ...account, eip1193: { request: () => Promise.reject(new Error("it was asked")) } };
      for (const [change, code] of [
        [{ gasPrice: "1" }, "safe.refunds-gas"],
        [{ baseGas: "1" }, "safe.fixes-gas"],
        [{ operation: 1, to: stranger.address }, "safe.delegatecall"],
      ] as const) {
        const { problems } = await kyosoError(
          signTransaction(silent, { ...good, ...change }, accounts[0].address),
        );
        expect(problems.map((each) => each.code)).to.deep.equal([code]);
      }
    }));

  it("returns no signature that the Safe wouldn't take", () =>
    withOwners(async (owners) => {
      const { account } = await owners.look();
      const { owners: accounts } = owners.world;
      const place = await owners.share(await owners.award(1));
      const { transaction } = await readSafeFile(place);
      const other = await signTransaction(account, { ...transaction, nonce: 1 }, accounts[0].address);
      for (const answer of [other.signature, JUNK, "0x"]) {
        const lying = { ...account, eip1193: { request: () => Promise.resolve(answer) } };
        const { problems } = await kyosoError(signTransaction(lying, transaction, accounts[0].address));
        expect(problems.map((each) => each.code)).to.deep.equal(["safe.signed-otherwise"]);
      }
    }));
});

/** What people write, and what nobody should. */
const TEXTS = [
  "レビュー　大賞",
  "緊急　停止",
  " two  spaces ",
  "a\u00a0b",
  "line\nbreak\r\n",
  "\t",
  "\u001b[31m red",
  "e\u0301 👨‍👩‍👧 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
  "\u202eabc\u2066",
  "\ufeff",
  "葛\u{e0100}城",
];

describe("what a file says that it does", () => {
  it("is what it does, whatever the texts in it are", () =>
    withOwners(async (owners) => {
      const { live, account } = await owners.look();
      const below = randomFrom(20_261);
      const pieces = Array.from("aé　  \t\n\u0000\u200b\u200d\ufe0f\u2028\u00ad\u{e0061}👍夏1\\\"'");
      const random = Array.from({ length: 60 }, () =>
        Array.from({ length: 1 + below(12) }, () => pieces[below(pieces.length)] ?? "").join(""),
      );
      const [first] = await owners.prepare({ title: "New", calls: [await owners.addKind("New")] });
      if (first === undefined) throw new Error("nothing was prepared");
      for (const text of [...TEXTS, ...random]) {
        const call: Call = await owners.addKind(text);
        const transaction = { ...first.file.transaction, data: call.data };
        const file: SafeFile = {
          ...first.file,
          kind: FILE_KIND,
          title: text,
          calls: textsOf(live, [call]),
          transaction,
          hash: transactionHash(account, transaction),
        };
        const read = parseSafeFile(JSON.stringify(file), "a.json");
        const { hash } = await checkSafeFile(live, account, read, "a.json");
        expect(hash, JSON.stringify(text)).to.equal(file.hash);
      }
    }));

  it("names its DAO as DAOs are named, and nothing that a shell would run", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      const copy = path.join(path.dirname(place), "copy.json");
      for (const dao of ["a;id", "$(id)", "a b", "--from", "", "`id`", "a\nb"]) {
        await copyFile(place, copy);
        await owners.tamper(copy, (file) => (file.dao = dao));
        const { problems } = await kyosoError(readSafeFile(copy));
        expect(
          problems.map((each) => each.code),
          dao,
        ).to.deep.equal(["safe.file-invalid"]);
      }
      await writeFile(copy, "");
    }));
});
