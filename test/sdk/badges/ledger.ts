import { expect } from "chai";
import { id as hashOf, ZeroHash } from "ethers";
import { BadgeLedger, readLedger, readNewestLedger } from "../../../sdk/badges/ledger.js";
import { call, named } from "../../../sdk/calls/plan.js";
import { load, problemOf } from "../support.js";
import { asSafe, badgeWorld, KIND, openAs } from "./support.js";

/** Badges 1 to 6: of which 2 is revoked and 5 given up. */
async function world() {
  const found = await load(badgeWorld);
  const { badge, dao, holders, stranger } = found;
  const [alice, bob] = holders;
  await badge.awardBatch(
    KIND.REVIEW,
    [alice, bob, alice],
    [hashOf("a"), hashOf("b"), ZeroHash],
    "https://example.com/証拠",
  );
  await badge.award(KIND.AMBASSADOR, stranger, hashOf("c"));
  await badge.awardBatch(KIND.REVIEW, [stranger, bob], [hashOf("d"), hashOf("e")], "");
  await asSafe(found, [call(await named("badge", dao.badge), "revoke", [2, "Twice"], "Revoke")]);
  await dao.badge.connect(stranger).renounce(5);
  return { ...found, alice, bob, live: await openAs(found) };
}

describe("BadgeLedger", () => {
  it("knows who holds which badges", async () => {
    const { live, alice, bob, stranger, dao } = await world();
    const ledger = await readLedger(live);
    expect(ledger.ids.map((id) => [id, ledger.holderOf(id)])).to.deep.equal([
      [1, alice.address],
      [3, alice.address],
      [4, stranger.address],
      [6, bob.address],
    ]);
    expect(ledger.holders).to.have.members([alice, bob, stranger].map(({ address }) => address));
    for (const account of [alice, bob, stranger]) {
      expect(BigInt(ledger.badgesOf(account.address).length)).to.equal(await dao.badge.balanceOf(account));
    }
    for (const id of ledger.ids) expect(await dao.badge.ownerOf(id)).to.equal(ledger.holderOf(id));
  });

  it("knows what each was awarded for, also of those that are gone", async () => {
    const { live, issuer } = await world();
    const ledger = await readLedger(live);
    const hashes = ["a", "b", undefined, "c", "d", "e"].map((text) =>
      text === undefined ? ZeroHash : hashOf(text),
    );
    for (const [i, hash] of hashes.entries()) {
      const found = ledger.awardOf(i + 1);
      expect(found?.hash).to.equal(hash);
      expect(found?.award.issuer).to.equal(issuer.address);
      expect(found?.award.kind).to.equal(i === 3 ? KIND.AMBASSADOR : KIND.REVIEW);
      expect(found?.award.evidenceURI).to.equal(i < 3 ? "https://example.com/証拠" : "");
      expect(ledger.badgeFor(hash)).to.equal(hash === ZeroHash ? undefined : i + 1);
    }
    for (const id of [0, 7, -1]) expect(ledger.awardOf(id)).to.equal(undefined);
    expect(new BadgeLedger([]).awardOf(1)).to.equal(undefined);
    expect(ledger.badgeFor(hashOf("z"))).to.equal(undefined);
  });

  it("is as of the block that the DAO was opened at, or of now", async () => {
    const { live, badge, stranger } = await world();
    await badge.award(KIND.REVIEW, stranger, hashOf("late"));
    expect((await readLedger(live)).badgeFor(hashOf("late"))).to.equal(undefined);
    expect((await readNewestLedger(live)).badgeFor(hashOf("late"))).to.equal(7);
  });

  it("reads a place of evidence that isn't text", async () => {
    const found = await world();
    const { badge, issuer, record, stranger } = found;
    const data = badge.interface
      .encodeFunctionData("awardBatch", [KIND.REVIEW, [stranger.address], [hashOf("f")], "xxxx"])
      .replace("78787878", "ff78ff78");
    await issuer.sendTransaction({ to: record.contracts.badge, data });
    const ledger = await readLedger(await openAs(found));
    expect(ledger.badgeFor(hashOf("f"))).to.equal(7);
    expect(ledger.awardOf(7)?.award.evidenceURI).to.include("x");
  });

  it("notices that a node has left awards out", async () => {
    const { live, dao } = await world();
    const logs = await live.logsOf("badge");
    const { topicHash } = dao.badge.interface.getEvent("BadgesAwarded");
    const awards = logs.filter(({ topics }) => topics[0] === topicHash);
    const last = awards.at(-1);
    for (const missing of awards) {
      const leaky = { ...live, logsOf: () => Promise.resolve(logs.filter((log) => log !== missing)) };
      for (const read of [readLedger, readNewestLedger]) {
        const { place, message, remedy } = await problemOf(read(leaky));
        expect(place).to.equal("logs of the badge");
        const first = Number(missing.topics[3]);
        // One in the middle shows also where as many were awarded in the meantime.
        expect(message).to.include(
          missing === last ? `They end before badge ${first}` : `Those of badge ${first} aren't there`,
        );
        expect(remedy).to.include("another node");
      }
    }
    await problemOf(readNewestLedger({ ...live, logsOf: () => Promise.resolve([]) }));
  });
});
