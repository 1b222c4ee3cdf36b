import { expect } from "chai";
import type { KindName } from "../../relay/jobs/job.js";
import { KINDS } from "../../relay/jobs/job.js";
import { Room } from "../../relay/jobs/room.js";

/** What can't go on yet waits where it is, and mustn't keep anything else out. */
describe("the room of what waits", () => {
  /** Takes as much of something as there is room for. */
  function fill(room: Room, kind: KindName, share: string | null): number {
    for (let taken = 0; ; taken++) {
      if (room.problemOf({ kind, share }) !== undefined) return taken;
      room.take({ kind, share });
    }
  }

  it("is a third at most for one campaign, and for each after it a part of what is left", () => {
    const room = new Room(9_000, []);
    expect(["a", "b", "c", "d"].map((campaign) => fill(room, "claim", campaign))).to.deep.equal([
      3_000, 1_000, 334, 111,
    ]);
    expect(fill(room, "ballot", "1")).to.be.above(1_000);
  });

  it("is never used up for all by many campaigns, whose share each is its own: half of it is for the other kinds", () => {
    const room = new Room(10_000, []);
    let taken = 0;
    for (let campaign = 0; campaign < 200; campaign++) taken += fill(room, "claim", campaign.toString());
    expect(taken).to.be.within(4_900, 5_000);
    expect(fill(room, "delegation", null)).to.be.above(2_400);
    for (let vote = 0; vote < 200; vote++) fill(room, "ballot", vote.toString());
    expect(room.problemOf({ kind: "voucher", share: "1" })).to.equal(undefined);
    fill(room, "voucher", "1");
    expect(room.problemOf({ kind: "reward", share: null })).to.equal(undefined);
  });

  it("is there for one at least of each kind, however little there is, until it is used up", () => {
    const room = new Room(KINDS.length, []);
    for (const kind of KINDS) {
      expect(room.problemOf({ kind, share: kind }), kind).to.equal(undefined);
      room.take({ kind, share: kind });
    }
    expect(room.problemOf({ kind: "claim", share: "other" })?.code).to.equal("relay.queue-full");
  });

  it("is counted with what waits already", () => {
    const room = new Room(12, [{ kind: "claim", share: "a", count: 4 }]);
    expect(room.problemOf({ kind: "claim", share: "a" })?.data).to.deep.equal({ waiting: 4 });
    expect(fill(room, "claim", "b")).to.equal(2);
  });
});
