import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { draftProposal } from "../../sdk/governance/actions.js";
import { prepare } from "../../sdk/node/safe/prepare.js";
import { openSeveral } from "../../sdk/node/safe/several.js";
import { writeDraft } from "../../tasks/draft.js";
import { warnOfGaps } from "../../tasks/safe/signSeveral.js";
import { kyosoError } from "../sdk/support.js";
import { type Owners, payment, withOwners } from "../sdk/safe/support.js";

const DIGEST = `0x${"0123456789abcdef".repeat(4)}`;

/** Writes drafts of a payment to the stranger into a folder. */
async function drafts(owners: Owners) {
  const { live } = await owners.look();
  const folder = await mkdtemp(path.join(tmpdir(), "kyoso-draft-"));
  const pay = [payment(owners.world.stranger.address, 1n)];
  const text = draftProposal(pay, "Pay", "Why", live);
  const other = draftProposal([payment(owners.world.stranger.address, 2n)], "Pay", "Why", live);
  return { folder, text, other, write: () => writeDraft(folder, DIGEST, live, pay, text) };
}

describe("a draft at its foreseen name", () => {
  it("stays as it is where it makes the same calls: somebody may have worked on its text", () =>
    withOwners(async (owners) => {
      const { folder, text, write } = await drafts(owners);
      try {
        const first = await write();
        expect([path.basename(first.file), first.before]).to.deep.equal(["proposal-01234567.md", false]);
        const better = text.replace("# Pay", "# Pay the hall");
        await writeFile(first.file, better);
        expect(await write()).to.deep.equal({ file: first.file, before: true, problems: [] });
        expect(await readFile(first.file, "utf8")).to.equal(better);
      } finally {
        await rm(folder, { recursive: true });
      }
    }));

  it("is left alone, and told of, where it makes other calls or can't be read", () =>
    withOwners(async (owners) => {
      const { folder, text, other, write } = await drafts(owners);
      try {
        const { file: planted } = await write();
        for (const content of [other, "# Nothing", ""]) {
          await writeFile(planted, content);
          const { file, problems } = await write();
          expect(path.basename(file)).to.equal("proposal-0123456789abcdef.md");
          expect(problems.map((each) => [each.code, each.place])).to.deep.equal([
            ["draft.other-calls", planted],
          ]);
          expect(await readFile(file, "utf8")).to.equal(text);
          expect(await readFile(planted, "utf8")).to.equal(content);
        }
        // Whoever puts something at all of its names is told of, and nothing is handed on.
        for (const digits of [16, 64]) {
          await writeFile(path.join(folder, `proposal-${DIGEST.slice(2, 2 + digits)}.md`), other);
        }
        expect((await kyosoError(write())).problems).to.have.length(3);
      } finally {
        await rm(folder, { recursive: true });
      }
    }));
});

describe("who signs several transactions of a Safe", () => {
  it("is warned where two have the same number, and of those that come before", () =>
    withOwners(async (owners) => {
      const { live, account } = await owners.look();
      const place = await owners.share(await owners.award(1));
      const [rival] = await prepare(live, account, [{ title: "Rival", calls: [await owners.award(2)] }], []);
      if (rival === undefined) throw new Error("nothing was prepared");
      await owners.exchange.propose(rival.file);
      const several = await openSeveral(live, account, owners.exchange, [path.dirname(place)]);
      const { log } = console;
      const lines: string[] = [];
      console.log = (line: string) => lines.push(line);
      try {
        warnOfGaps({ account }, several);
        warnOfGaps({ account: { ...account, nonce: -1 } }, several.slice(0, 1));
      } finally {
        console.log = log;
      }
      expect(lines).to.have.length(2);
      expect(lines[0]).to.include("It has the number 0, and so has ");
      expect(lines[1]).to.include("before 0");
    }));
});
