import { appendFile, chmod, mkdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { Wallet } from "ethers";
import { EvidenceJournal } from "../../../../sdk/node/badges/journal.js";
import { KyosoError } from "../../../../sdk/errors.js";
import { awardOf, withFolder } from "../../badges/support.js";

const ALICE = Wallet.createRandom().address;
const BOB = Wallet.createRandom().address;

const modeOf = async (file: string) => (await stat(file)).mode & 0o777;

describe("EvidenceJournal", () => {
  it("keeps what badges are for, for its owner alone", () =>
    withFolder(async (root) => {
      const folder = path.join(root, "private", "31337", "blue");
      const journal = await EvidenceJournal.open(folder);
      const award = awardOf(1, ALICE, "夏ブレンド\n試飲会", 7);
      await journal.add([award]);
      expect(journal.entryOf(award.evidence.hash)).to.deep.equal(award);

      const text = await readFile(journal.file, "utf8");
      expect(text.endsWith("\n")).to.equal(true);
      expect(JSON.parse(text)).to.deep.equal({
        ...award.evidence,
        kind: 1,
        account: ALICE,
        file: "blue.csv",
        line: 7,
      });
      if (process.platform !== "win32") {
        expect(await modeOf(journal.file)).to.equal(0o600);
        for (const each of [folder, path.dirname(folder)]) expect(await modeOf(each)).to.equal(0o700);
      }
      const again = await EvidenceJournal.open(folder);
      expect(again.entryOf(award.evidence.hash)).to.deep.equal(award);
      expect(again.damaged).to.deep.equal([]);
    }));

  it("only ever adds", () =>
    withFolder(async (folder) => {
      const journal = await EvidenceJournal.open(folder);
      await journal.add([awardOf(1, ALICE, "one"), awardOf(1, BOB, "two")]);
      const before = await readFile(journal.file, "utf8");
      await (await EvidenceJournal.open(folder)).add([{ ...awardOf(1, ALICE, "three"), source: null }]);
      await journal.add([]);
      const after = await readFile(journal.file, "utf8");
      expect(after.startsWith(before)).to.equal(true);
      expect(after.split("\n")).to.have.length(4);
      expect(JSON.parse(after.split("\n")[2] ?? "")).to.deep.include({
        text: "three",
        file: null,
        line: null,
      });
    }));

  it("closes a file that was copied here for others to read", () =>
    withFolder(async (folder) => {
      const journal = await EvidenceJournal.open(folder);
      await journal.add([awardOf(1, ALICE, "one")]);
      await chmod(journal.file, 0o644);
      await journal.add([awardOf(1, ALICE, "two")]);
      if (process.platform !== "win32") expect(await modeOf(journal.file)).to.equal(0o600);
    }));

  it("finds the same contribution again, whatever its file and however its characters are composed", () =>
    withFolder(async (folder) => {
      const journal = await EvidenceJournal.open(folder);
      const award = awardOf(1, ALICE, "がんばる");
      await journal.add([award]);
      const same = { kind: 1, account: ALICE, text: "がんばる".normalize("NFD") };
      expect(journal.entriesFor({ ...same, source: { file: "renamed.csv", line: 99 } })).to.deep.equal([
        award,
      ]);
      expect(journal.entriesFor({ ...same, source: null })).to.deep.equal([award]);
      for (const other of [{ kind: 2 }, { account: BOB }, { text: "別" }]) {
        expect(journal.entriesFor({ ...same, ...other, source: award.source })).to.deep.equal([]);
      }
    }));

  it("goes on after a writer that was killed, wherever it was", () =>
    withFolder(async (root) => {
      const awards = [awardOf(1, ALICE, "一"), awardOf(1, BOB, "二"), awardOf(2, BOB, "三")];
      const whole = await EvidenceJournal.open(path.join(root, "whole"));
      await whole.add(awards);
      const text = await readFile(whole.file);
      const first = text.indexOf("\n") + 1;
      // Also within a character, and between the last character of a line and its end.
      for (let end = 0; end < text.length; end += end < first - 1 || end > first ? 37 : 1) {
        const folder = path.join(root, `cut-${end}`);
        await mkdir(folder);
        await writeFile(path.join(folder, "evidence.jsonl"), text.subarray(0, end));
        const journal = await EvidenceJournal.open(folder);
        const kept = text.subarray(0, end).toString("latin1").split("\n").length - 1;
        const known = awards.filter(({ evidence }) => journal.entryOf(evidence.hash) !== undefined);
        expect(known, `cut at ${end}`).to.deep.equal(awards.slice(0, kept));
        expect(journal.damaged).to.deep.equal([]);
        await journal.add(awards.slice(kept));
        expect(await readFile(journal.file), `cut at ${end}`).to.deep.equal(text);
      }
    }));

  it("names lines that somebody has changed or broken", () =>
    withFolder(async (folder) => {
      const journal = await EvidenceJournal.open(folder);
      const [one, two] = [awardOf(1, ALICE, "one"), awardOf(1, BOB, "two")];
      await journal.add([one, two]);
      journal.requireWhole();
      const text = await readFile(journal.file, "utf8");
      await writeFile(journal.file, text.replace('"one"', '"won"'));
      await appendFile(journal.file, "\nnonsense\n{}\n");

      const changed = await EvidenceJournal.open(folder);
      expect(changed.entryOf(one.evidence.hash)).to.equal(undefined);
      expect(changed.entryOf(two.evidence.hash)).to.deep.equal(two);
      const lines = [1, 4, 5].map((line) => `${journal.file}:${line}`);
      expect(changed.damaged.map(({ place }) => place)).to.deep.equal(lines);
      expect(() => {
        changed.requireWhole();
      }).to.throw(KyosoError, "Restore the file from a copy");
    }));

  it("forgets what is removed", () =>
    withFolder(async (folder) => {
      const journal = await EvidenceJournal.open(folder);
      const [one, two] = [awardOf(1, ALICE, "one"), awardOf(1, BOB, "two")];
      await journal.add([one, two]);
      const text = await readFile(journal.file, "utf8");
      await truncate(journal.file, 0);
      await writeFile(journal.file, text.split("\n").slice(1).join("\n"));
      const erased = await EvidenceJournal.open(folder);
      expect(erased.damaged).to.deep.equal([]);
      expect(erased.entryOf(one.evidence.hash)).to.equal(undefined);
      expect(erased.entryOf(two.evidence.hash)).to.deep.equal(two);
    }));
});
