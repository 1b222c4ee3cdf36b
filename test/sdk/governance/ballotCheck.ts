import path from "node:path";
import { expect } from "chai";
import { parseEther, ZeroAddress } from "ethers";
import { isCast } from "../../../sdk/governance/ballotCheck.js";
import { useFolder } from "../signed/support.js";
import { kyosoError } from "../support.js";
import { MOOD, REASON, relayWorld, statuses } from "./ballotWorld.js";

const DAY = 86_400;

describe("relayBallots refuses, and casts the others around it,", () => {
  const folder = useFolder();

  async function world() {
    const all = await relayWorld(folder());
    const { bob, carol, mark, relay, tally, write } = all;
    /** Relays one bad ballot between two good ones: these are cast, and why it isn't is returned. */
    const refusal = async (bad: unknown) => {
      const file = await write(bad);
      const files = [
        await write((await mark(bob, "for", { proposal: 2 })).ballot),
        file,
        await write((await mark(carol, "for", { proposal: 2, reason: REASON })).ballot),
      ];
      const outcomes = await relay(files);
      expect(statuses(outcomes)).to.deep.equal(["cast", "refused", "cast"]);
      expect(await tally(2)).to.deep.equal([0n, 63_000n, 0n]);
      const { place = "", message = "", remedy = "" } = outcomes[1]?.problem ?? {};
      expect([place, remedy === ""]).to.deep.equal([file, false]);
      return message;
    };
    return { ...all, refusal };
  }

  it("one of another chain, another DAO, or no proposal", async () => {
    const { alice, mark, refusal, record } = await world();
    const { ballot } = await mark(alice, "for");
    const { token } = record.contracts;
    for (const [change, text] of [
      [{ chainId: "1" }, "chain 1,"],
      [{ governor: token }, token],
      [{ proposalId: "7" }, "there isn't"],
    ] as const) {
      await world();
      expect(await refusal({ ...ballot, ...change })).to.include(text);
    }
  });

  for (const [what, change] of [
    ["how it is marked", { support: "against" }],
    ["its reason", { reason: "No" }],
    ["its signature", { signature: `0x${"11".repeat(65)}` }],
    ["the length of its signature", { signature: "0x" }],
  ] as const) {
    it(`one of which ${what} was changed`, async () => {
      const { alice, mark, refusal } = await world();
      const { ballot } = await mark(alice, "for");
      expect(await refusal({ ...ballot, ...change })).to.include("isn't signed by");
    });
  }

  it("one whose signature has another form than contracts take", async () => {
    const { alice, mark, refusal } = await world();
    const { ballot } = await mark(alice, "for");
    const signature = `${ballot.signature.slice(0, -2)}02`;
    expect(await refusal({ ...ballot, signature })).to.include("isn't signed by");
  });

  it("one that somebody else signed", async () => {
    const { alice, carol, mark, refusal } = await world();
    const { ballot } = await mark(carol, "for");
    expect(await refusal({ ...ballot, voter: alice.address })).to.include("isn't signed by");
  });

  it("one of somebody who voted otherwise", async () => {
    const { alice, mark, refusal, dao } = await world();
    const { ballot } = await mark(alice, "for");
    await dao.governor.connect(alice).castVote(ballot.proposalId, 0);
    expect(await refusal(ballot)).to.include("voted against already");
  });

  it("one of somebody who had no votes at the snapshot", async () => {
    const { stranger, carol, mark, refusal, dao } = await world();
    const { ballot } = await mark(carol, "for");
    await dao.token.connect(carol).transfer(stranger, parseEther("10"));
    expect(await refusal({ ...ballot, voter: stranger.address })).to.include("no votes at the snapshot");
  });

  it("one for a proposal that isn't voted on yet, or any more", async () => {
    const { alice, mark, write, relay, refusal, connection } = await world();
    const { ballot } = await mark(alice, "for");
    expect(await refusal((await mark(alice, "for", { proposal: 3 })).ballot)).to.include("Voting opens");
    await connection.networkHelpers.time.increase(4 * DAY);
    const [late] = await relay([await write(ballot)]);
    expect(late?.problem?.message).to.include("defeated");
  });

  it("one of a Safe that too few of its owners signed", async () => {
    const { owners, mark, refusal, record } = await world();
    const { ballot } = await mark(owners[0], "for", { voter: record.safe });
    expect(await refusal(ballot)).to.include("1 of the 2 owners");
  });

  it("one of a Safe whose owners signed something else", async () => {
    const { owners, markAsSafe, refusal } = await world();
    const ballot = await markAsSafe([owners[0], owners[1]], "for");
    expect(await refusal({ ...ballot, support: "against" })).to.include("0 of the 2 owners");
  });

  for (const mood of ["burnsGas", "returnsMuch"] as const) {
    it(`one of a hostile wallet (${mood})`, async () => {
      const { stranger, wallet, become, mark, refusal } = await world();
      const { ballot } = await mark(stranger, "for", { voter: wallet });
      await become(MOOD[mood]);
      expect(await refusal(ballot)).to.include("doesn't accept");
    });
  }

  it("files that aren't ballots", async () => {
    const { alice, mark, refusal, relay } = await world();
    const { ballot } = await mark(alice, "for");
    expect(await refusal({ ...ballot, kind: "delegation" })).to.include("a delegation, and not a ballot");
    for (const [change, text] of [
      [{ support: "maybe" }, '"support"'],
      [{ reason: "味".repeat(667) }, '"reason"'],
      [{ voter: ZeroAddress }, '"voter"'],
      [{ dao: "\u001b[2J" }, '"dao"'],
      [{ kind: "\u001b[2J" }, "not a ballot"],
    ] as const) {
      await world();
      expect(await refusal({ ...ballot, ...change })).to.include(text);
    }
    const none = path.join(folder(), "none.json");
    expect((await relay([none]))[0]?.problem?.message).to.include("no such file");
  });
});

describe("isCast", () => {
  const folder = useFolder();

  it("is that the voter has voted, and as the ballot says: otherwise it tells how", async () => {
    const { alice, mark, dao, open } = await relayWorld(folder());
    const { ballot } = await mark(alice, "for");
    expect(await isCast(await open(), ballot)).to.equal(false);
    await dao.governor.connect(alice).castVote(ballot.proposalId, 0);
    const live = await open();
    expect(await isCast(live, { ...ballot, support: "against" })).to.equal(true);
    const [problem] = (await kyosoError(isCast(live, ballot))).problems;
    expect(problem).to.deep.include({ code: "vote.cast-already", place: alice.address });
    expect(problem?.data).to.deep.include({ voter: alice.address, support: "against" });
    expect(problem?.message).to.match(/^It voted “against” before, with [\d,]+ votes, and not “for”$/u);
  });
});
