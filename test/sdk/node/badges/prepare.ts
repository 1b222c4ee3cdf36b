import { appendFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { ZeroHash } from "ethers";
import { readContributions } from "../../../../sdk/node/badges/contributions.js";
import { inPieces } from "../tables/support.js";
import { readKinds } from "../../../../sdk/badges/kinds/kinds.js";
import { readNewestLedger } from "../../../../sdk/badges/ledger.js";
import type { PreparedAwards } from "../../../../sdk/node/badges/prepare.js";
import { prepareAwards, readStandings } from "../../../../sdk/node/badges/prepare.js";
import type { SendingSigner } from "../../../../sdk/execute/account.js";
import { executeAsSigner } from "../../../../sdk/execute/signer.js";
import { breakingSigner, impatient, load, problemOf } from "../../support.js";
import { badgeWorld, openAs, withFolder } from "../../badges/support.js";

/** Runs `use` with a world in which commands can award the badges of a file, in a folder of its own. */
async function withWorld(use: (world: World) => Promise<void>): Promise<void> {
  await withFolder(async (root) => use(await worldIn(root)));
}

type World = Awaited<ReturnType<typeof worldIn>>;

async function worldIn(root: string) {
  const found = await load(badgeWorld);
  const { holders, issuer, record, stranger } = found;
  const [alice, bob] = holders.map(({ address }) => address);
  const csv = [
    "kind,account,evidence",
    `レビュー,${alice ?? ""},review`,
    `Ambassador,${bob ?? ""},friends`,
    `レビュー,${bob ?? ""},review`,
    `レシピ,${stranger.address},cake`,
  ].join("\n");
  const folders = { folder: path.join(root, "private"), outbox: path.join(root, "outbox") };

  const prepare = async (text = csv, file = "blue.csv", more = {}) => {
    const live = await openAs(found);
    const kinds = await readKinds(live);
    return prepareAwards(live, await readContributions(file, kinds, inPieces(text)), kinds, {
      via: "signer",
      actor: issuer.address,
      ...folders,
      ...more,
    });
  };
  /** What a command does; the signer may break. */
  const carryOut = async ({ journal, unwritten, plans }: PreparedAwards, signer: SendingSigner = issuer) => {
    await journal.add(unwritten);
    for (const plan of plans) await executeAsSigner(plan, signer);
  };
  /** Expects that each line was awarded exactly once, to whom it belongs. */
  const expectAll = async () => {
    const again = await prepare();
    expect(again.plans).to.deep.equal([]);
    expect(again.standings.map(({ state }) => state)).to.deep.equal([
      "awarded",
      "awarded",
      "awarded",
      "awarded",
    ]);
    const ledger = await readNewestLedger(await openAs(found));
    expect(ledger.ids.length).to.equal(4);
    for (const standing of again.standings) {
      if (standing.state !== "awarded") continue;
      expect(ledger.holderOf(standing.badge)).to.equal(standing.award.account);
      expect(ledger.awardOf(standing.badge)?.hash).to.equal(standing.award.evidence.hash);
    }
  };
  const states = ({ standings }: PreparedAwards) => standings.map(({ state }) => state).join(", ");
  return { ...found, ...folders, record, alice, bob, csv, prepare, carryOut, expectAll, states };
}

describe("prepareAwards", () => {
  it("plans what is open, and writes nothing by itself", () =>
    withWorld(async ({ prepare, states, carryOut, expectAll }) => {
      const prepared = await prepare();
      expect(states(prepared)).to.equal("open, open, open, open");
      expect(prepared.unwritten).to.have.length(4);
      expect(prepared.warnings).to.deep.equal([]);
      expect(prepared.plans.flatMap(({ calls }) => calls.map(({ purpose }) => purpose))).to.deep.equal([
        'Award "レビュー" to 2 people',
        'Award "Ambassador" to 1 person',
        'Award "レシピ" to 1 person',
      ]);
      // New salts each time, as nothing was kept.
      const [first] = prepared.unwritten;
      const again = await prepare();
      expect(again.unwritten).to.have.length(4);
      expect(again.unwritten[0]?.evidence.hash).not.to.equal(first?.evidence.hash);
      await carryOut(again);
      await expectAll();
    }));

  for (const sent of [false, true]) {
    for (const count of [0, 1, 2]) {
      it(`goes on after a break at transaction ${count + 1}${sent ? ", which got through" : ""}`, () =>
        withWorld(async ({ prepare, issuer, carryOut, expectAll, states }) => {
          const prepared = await prepare();
          const breaking = await impatient(breakingSigner(issuer, count, sent));
          // Where only answers are lost, it is found out what became of each, and all is done.
          if (sent) await carryOut(prepared, breaking);
          else await problemOf(carryOut(prepared, breaking));
          const next = await prepare();
          // All is written down already: with the same hashes.
          expect(next.unwritten).to.deep.equal([]);
          for (const [i, { award }] of next.standings.entries()) {
            expect(award.evidence.hash).to.equal(prepared.standings[i]?.award.evidence.hash);
          }
          const done = (
            [
              "open, open, open, open",
              "awarded, open, awarded, open",
              "awarded, awarded, awarded, open",
            ] as const
          )[sent ? 3 : count];
          expect(states(next)).to.equal(done ?? "awarded, awarded, awarded, awarded");
          await carryOut(next);
          await expectAll();
        }));
    }
  }

  it("knows a line again in another file, in another order, beside new ones", () =>
    withWorld(async ({ csv, prepare, carryOut, states, alice, expectAll }) => {
      await carryOut(await prepare());
      const [head = "", ...lines] = csv.split("\n");
      const more = [head, `1,${alice ?? ""},another`, ...lines.reverse(), ""].join("\r\n");
      const next = await prepare(more, "renamed.csv");
      expect(states(next)).to.equal("open, awarded, awarded, awarded, awarded");
      expect(next.unwritten.map(({ text }) => text)).to.deep.equal(["another"]);
      await expectAll();
    }));

  it("leaves out what waits for the Safe's owners", () =>
    withWorld(async ({ prepare, states, outbox, record, folder }) => {
      const prepared = await prepare(undefined, undefined, { via: "safe", actor: record.safe });
      await prepared.journal.add(prepared.unwritten);
      const [, friends] = prepared.unwritten;
      expect(states(await prepare())).to.equal("open, open, open, open");
      const file = path.join(outbox, "draft.json");
      await mkdir(outbox);
      await writeFile(file, JSON.stringify({ data: friends?.evidence.hash }));
      const next = await prepare();
      expect(states(next)).to.equal("open, under way, open, open");
      expect(next.standings[1]).to.deep.include({ file });
      expect(next.plans.flatMap(({ calls }) => calls)).to.have.length(2);
      expect(next.journal.file.startsWith(folder)).to.equal(true);
    }));

  it("counts what is under way against the supply", () =>
    withWorld(async ({ prepare, outbox, stranger, badge, connection }) => {
      for (let i = 0; i < 3; i++) await badge.award(3, stranger, ZeroHash);
      await connection.networkHelpers.time.increase(86_400);
      const csv = (...texts: string[]) =>
        `kind,account,evidence\n${texts.map((text) => `レシピ,${stranger.address},${text}`).join("\n")}`;
      const first = await prepare(csv("one"));
      await first.journal.add(first.unwritten);
      await mkdir(outbox);
      await writeFile(path.join(outbox, "draft"), first.unwritten[0]?.evidence.hash ?? "");
      await prepare(csv("one", "two"));
      const { message } = await problemOf(prepare(csv("one", "two", "three")));
      expect(message).to.include("beside 1 badge under way");
    }));

  it("doesn't award again what was taken back or given up", () =>
    withWorld(async ({ prepare, carryOut, states, dao, stranger }) => {
      await carryOut(await prepare());
      await dao.badge.connect(stranger).renounce(4);
      expect(states(await prepare())).to.equal("awarded, awarded, awarded, awarded");
    }));

  it("refuses an account whose transactions are under way", () =>
    withWorld(async ({ prepare, connection, issuer, record }) => {
      const { provider } = connection;
      await provider.request({ method: "evm_setAutomine", params: [false] });
      try {
        await issuer.sendTransaction({ to: issuer.address });
        const { place } = await problemOf(prepare());
        expect(place).to.include(issuer.address);
        // It isn't the account that acts.
        await prepare(undefined, undefined, { via: "safe", actor: record.safe });
      } finally {
        await connection.networkHelpers.mine();
        await provider.request({ method: "evm_setAutomine", params: [true] });
      }
    }));

  it("refuses a journal that was changed", () =>
    withWorld(async ({ prepare, carryOut }) => {
      const prepared = await prepare();
      await carryOut(prepared);
      await appendFile(prepared.journal.file, "nonsense\n");
      const { place } = await problemOf(prepare());
      expect(place).to.equal(`${prepared.journal.file}:5`);
    }));

  it("warns where a badge may have been awarded for the same from another computer", () =>
    withWorld(async ({ prepare, badge, alice, bob, carryOut }) => {
      await badge.award(1, alice ?? "", ZeroHash);
      const { warnings, plans } = await prepare();
      expect(plans).not.to.deep.equal([]);
      expect(warnings).to.have.length(1);
      expect(warnings[0]?.message)
        .to.include(alice ?? "")
        .and.not.to.include("more");
      await badge.award(1, bob ?? "", ZeroHash);
      const both = await prepare();
      expect(both.warnings[0]?.message).to.include("and 1 more");
      // Once they are awarded, there is nothing to warn of.
      await carryOut(both);
      expect((await prepare()).warnings).to.deep.equal([]);
    }));
});

describe("readStandings", () => {
  it("sees what was carried out since the DAO was opened", () =>
    withWorld(async (world) => {
      const live = await openAs(world);
      const prepared = await world.prepare();
      await world.carryOut(prepared);
      const contributions = prepared.standings.map(({ award }) => award);
      const { standings } = await readStandings(live, contributions, prepared.journal, world.outbox);
      expect(
        standings.map((standing) => (standing.state === "awarded" ? standing.badge : undefined)),
      ).to.deep.equal([1, 3, 2, 4]);
    }));
});
