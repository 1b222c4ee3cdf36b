import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { type SafeFile } from "../../../../sdk/safe/sharing/file.js";
import { oneLine } from "../../../../sdk/text.js";
import { readSafeFile, writeSafeFile } from "../../../../sdk/node/safe/files.js";
import { kyosoError, problemOf } from "../../support.js";
import { type Owners, type Tampered, withOwners } from "../support.js";

async function written(owners: Owners, content: string): Promise<string> {
  const place = path.join(owners.folder, "a.json");
  await writeFile(place, content);
  return place;
}

/** What reading a file that somebody changed says. */
async function problemsOf(change: (file: Tampered) => unknown) {
  let problems: Awaited<ReturnType<typeof kyosoError>>["problems"] = [];
  await withOwners(async (owners) => {
    const place = await owners.share(await owners.award(1));
    await owners.tamper(place, change);
    ({ problems } = await kyosoError(readSafeFile(place)));
    for (const problem of problems) expect(problem.place).to.include(place);
  });
  return problems;
}

describe("files of Safe transactions", () => {
  it("are read as they were written", () =>
    withOwners(async (owners) => {
      const [prepared] = await owners.prepare({ title: "試し", calls: [await owners.award(1)] });
      if (prepared === undefined) throw new Error("nothing was prepared");
      const { file } = prepared;
      const followUp = { title: "後で", calls: [{ to: file.safe, data: "0x12", value: 10n ** 18n }] };
      const signatures = [{ signer: owners.world.stranger.address, signature: "0x1234" }];
      const whole: SafeFile = { ...file, signatures, followUp };
      const place = path.join(owners.folder, "deep", "a.json");
      await writeSafeFile(place, whole);
      expect(await readSafeFile(place)).to.deep.equal(whole);
      expect(JSON.parse(await readFile(place, "utf8"))).to.include({
        kind: "safe-transaction",
        version: 1,
        chainId: "31337",
        title: "試し",
      });
    }));

  it("are written as a whole: nothing else is left in the folder", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      expect(await readdir(path.dirname(place))).to.deep.equal([path.basename(place)]);
    }));

  it("have no characters that would move a terminal's cursor or turn the writing round", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      await owners.tamper(place, (file) => (file.title = "Pay\u001b[2K\u009b1A\u202eyaP 👨‍👩‍👧"));
      expect((await readSafeFile(place)).title).to.equal("Pay\\u001b[2K\\u009b1A\\u202eyaP 👨‍👩‍👧");
      expect(oneLine("a\r\nb\tc")).to.equal("a b c");
    }));

  it("may be without the texts", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      await owners.tamper(place, (file) => Reflect.deleteProperty(file, "calls"));
      expect(await readSafeFile(place)).not.to.have.property("calls");
    }));

  it("have to be there", () =>
    withOwners(async (owners) => {
      const { message } = await problemOf(readSafeFile(path.join(owners.folder, "none.json")));
      expect(message).to.include("no such file");
    }));

  it("have to be files", () =>
    withOwners(async (owners) => {
      const place = path.join(owners.folder, "folder.json");
      await mkdir(place);
      expect((await problemOf(readSafeFile(place))).message).to.include("can't be read");
    }));

  it("have to be whole", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      await writeFile(place, (await readFile(place, "utf8")).slice(0, 200));
      const problem = await problemOf(readSafeFile(place));
      expect(problem.place).to.equal(place);
      expect(problem.message).to.include("whole JSON");
    }));

  it("have to be of this kind", () =>
    withOwners(async (owners) => {
      for (const other of ["{}", "null", "[]", '"text"', '{"kind":"ballot","version":1}']) {
        const { message } = await problemOf(readSafeFile(await written(owners, other)));
        expect(message, other).to.include("isn't the file of a Safe transaction");
      }
    }));

  it("are told apart from those of the Transaction Builder", () =>
    withOwners(async (owners) => {
      const { message, remedy } = await problemOf(
        readSafeFile(await written(owners, '{"version":"1.0","meta":{},"transactions":[]}')),
      );
      expect(message).to.include("Transaction Builder");
      expect(remedy).to.include("safe import");
    }));

  it("have to be of a version that is known", async () => {
    const [problem] = await problemsOf((file) => Object.assign(file, { version: 2 }));
    expect(problem?.message).to.include("version 2");
  });

  it("may not be larger than any transaction is", () =>
    withOwners(async (owners) => {
      const place = await written(owners, " ".repeat(5 * 1024 * 1024));
      expect((await problemOf(readSafeFile(place))).message).to.include("too large");
    }));

  it("have all that is wrong with them named at once", async () => {
    const problems = await problemsOf((file) => {
      file.safe = "0x70997970c51812dc3A010C7d01b50e0d17dc79C8";
      file.transaction.value = "1e18";
      file.transaction.data = "0x123";
      file.transaction.nonce = -1;
      file.hash = "hash";
      Object.assign(file.transaction, { operation: 2, more: 1 });
      file.signatures = [{ signer: "0x12", signature: "0x" }];
    });
    const places = problems.map(({ place }) => place?.split(", ").at(-1));
    expect(places).to.include.members([
      "safe",
      "transaction.value",
      "transaction.data",
      "transaction.nonce",
      "transaction.operation",
      "transaction",
      "hash",
      "signatures.0.signer",
    ]);
  });

  for (const value of ["-1", "01", "", (2n ** 256n).toString(), "0x10"]) {
    it(`refuse ${JSON.stringify(value.slice(0, 8))} for a number`, async () => {
      const [problem] = await problemsOf((file) => (file.transaction.value = value));
      expect(problem?.message).to.include("number");
    });
  }
});
