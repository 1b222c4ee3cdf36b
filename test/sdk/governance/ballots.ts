import { expect } from "chai";
import { concat, dataLength, id, parseEther } from "ethers";
import type { Ballot } from "../../../sdk/governance/ballots.js";
import {
  BALLOT_FILE,
  ballotHash,
  LONGEST_REASON,
  sameBallot,
  signBallot,
  signedReason,
} from "../../../sdk/governance/ballots.js";
import { parseSupport } from "../../../sdk/governance/support.js";
import { domainOf } from "../../../sdk/signed/domain.js";
import { parseSigned } from "../../../sdk/signed/form.js";
import { SAFE_MESSAGE, safeDomain } from "../../../sdk/signed/wallets.js";
import { load, problemOf } from "../support.js";
import { ballotWorld, MOOD } from "./ballotWorld.js";

const DAY = 86_400;
const REASON = "新しい味を試したい";
const FOR = 1n;

describe("parseSupport", () => {
  it("reads the three ways to vote, and nothing else", async () => {
    expect(["for", " Against ", "ABSTAIN"].map(parseSupport)).to.deep.equal(["for", "against", "abstain"]);
    for (const text of ["", "yes", "1", "fo"]) {
      const reading = new Promise((resolve) => {
        resolve(parseSupport(text));
      });
      expect((await problemOf(reading)).message).to.include(`"${text}"`);
    }
  });
});

describe("signBallot", () => {
  async function world() {
    const all = await load(ballotWorld);
    const { governor } = all.dao;
    /** Has the governor itself take a ballot. */
    const cast = ({ proposalId, voter, reason, signature }: Ballot) =>
      reason === ""
        ? governor.castVoteBySig(proposalId, FOR, voter, signature)
        : governor.castVoteWithReasonAndParamsBySig(proposalId, FOR, voter, reason, "0x", signature);
    return { ...all, governor, cast };
  }

  for (const reason of ["", REASON, "x".repeat(LONGEST_REASON)]) {
    it(`makes what the governor takes, with a reason of ${Buffer.byteLength(reason)} bytes`, async () => {
      const { alice, cast, governor, mark, record } = await world();
      const { ballot, signatures, threshold } = await mark(alice, "for", { reason });
      expect([signatures, threshold]).to.deep.equal([1, 1]);
      expect(ballot).to.deep.include({
        kind: "ballot",
        version: 1,
        dao: record.slug,
        chainId: "31337",
        governor: record.contracts.governor,
        support: "for",
        voter: alice.address,
        reason,
      });
      await expect(cast(ballot))
        .to.emit(governor, "VoteCast")
        .withArgs(alice, ballot.proposalId, FOR, parseEther("50000"), reason);
    });
  }

  it("makes and reads what the governor takes whatever a wallet ends signatures with, and a file may begin with its mark", async () => {
    const { alice, cast, governor, mark } = await world();
    const ending = (signature: string) =>
      `${signature.slice(0, -2)}${(parseInt(signature.slice(-2), 16) - 27).toString(16).padStart(2, "0")}`;
    // As hardware wallets sign.
    const signTypedData: typeof alice.signTypedData = async (...args) =>
      ending(await alice.signTypedData(...args));
    const wallet = new Proxy(alice, {
      get: (target, key, receiver): unknown =>
        key === "signTypedData" ? signTypedData : Reflect.get(target, key, receiver),
    });
    const { ballot } = await mark(wallet, "for");
    expect(parseInt(ballot.signature.slice(-2), 16)).to.be.oneOf([27, 28]);
    const text = `\ufeff${JSON.stringify({ ...ballot, signature: ending(ballot.signature) })}`;
    const { value = expect.fail("it wasn't read") } = parseSigned(text, "a.json", BALLOT_FILE);
    expect(value).to.deep.equal(ballot);
    await expect(cast(value)).to.emit(governor, "VoteCast");
    // What an owner approved on a Safe, and what no account signs, stay as they are.
    const approved = `0x${"00".repeat(12)}${"11".repeat(20)}${"00".repeat(32)}01`;
    for (const other of ["0x", "0x1234", approved, `${ballot.signature}00`]) {
      expect(
        parseSigned(JSON.stringify({ ...ballot, signature: other }), "a", BALLOT_FILE).value?.signature,
      ).to.equal(other);
    }
  });

  it("makes ballots for several proposals, which don't wait for each other", async () => {
    const { alice, cast, mark } = await world();
    const second = await mark(alice, "for", { proposal: 2 });
    const first = await mark(alice, "for");
    await cast(second.ballot);
    await cast(first.ballot);
  });

  it("can be done before voting opens", async () => {
    const { alice, cast, mark, connection } = await world();
    const { ballot } = await mark(alice, "for", { proposal: 3 });
    await connection.networkHelpers.time.increase(DAY + 1);
    await cast(ballot);
  });

  describe("refuses", () => {
    it("whoever has voted", async () => {
      const { alice, cast, mark } = await world();
      await cast((await mark(alice, "for")).ballot);
      const { place, message } = await problemOf(mark(alice, "against"));
      expect(place).to.equal("proposal #1");
      expect(message).to.include("voted for already");
    });

    it("whoever had no votes at the snapshot", async () => {
      const { dao, alice, mark, stranger } = await world();
      await dao.token.connect(alice).transfer(stranger, 1n);
      expect((await problemOf(mark(stranger, "for"))).message).to.include("no votes at the snapshot");
    });

    it("a proposal that is over", async () => {
      const { alice, mark, connection } = await world();
      await connection.networkHelpers.time.increase(4 * DAY);
      expect((await problemOf(mark(alice, "for"))).place).to.equal("proposal #1");
    });

    it("the treasury", async () => {
      const { alice, mark, record } = await world();
      const { message } = await problemOf(mark(alice, "for", { voter: record.contracts.timelock }));
      expect(message).to.include("counts its votes nowhere");
    });

    it("a reason that is too long, in bytes, or broken", async () => {
      const { alice, mark } = await world();
      const long = await problemOf(mark(alice, "for", { reason: "味".repeat(667) }));
      expect(long.place).to.equal("--reason");
      expect(long.message).to.include("2,001 bytes");
      expect((await problemOf(mark(alice, "for", { reason: "\ud83d" }))).place).to.equal("--reason");
    });

    it("to sign for another account, which has its own key", async () => {
      const { alice, bob, mark } = await world();
      const { place, message } = await problemOf(mark(alice, "for", { voter: bob.address }));
      expect(place).to.equal("--voter");
      expect(message).to.include("only its own key");
    });
  });

  describe("for a Safe", () => {
    for (const [one, other] of [
      [0, 1],
      [2, 0],
    ] as const) {
      it(`collects the signatures of owners, first ${one} and then ${other}`, async () => {
        const { cast, governor, mark, owners, record } = await world();
        const voter = record.safe;
        const first = await mark(owners[one], "for", { voter, reason: REASON });
        expect([first.signatures, first.threshold]).to.deep.equal([1, 2]);
        const second = await mark(owners[other], "for", { voter, reason: REASON, existing: first.ballot });
        expect([second.signatures, second.threshold]).to.deep.equal([2, 2]);
        expect(sameBallot(first.ballot, second.ballot)).to.equal(true);
        await expect(cast(second.ballot))
          .to.emit(governor, "VoteCast")
          .withArgs(voter, second.ballot.proposalId, FOR, parseEther("10000"), REASON);
      });
    }

    it("takes more signatures than it needs, and each once", async () => {
      const { cast, governor, mark, markAsSafe, owners, record } = await world();
      const voter = record.safe;
      const existing = await markAsSafe([owners[2], owners[1]], "for");
      const again = await mark(owners[2], "for", { voter, existing });
      expect(again).to.deep.equal({ ballot: existing, signatures: 2, threshold: 2 });
      const all = await mark(owners[0], "for", { voter, existing });
      expect([all.signatures, all.threshold]).to.deep.equal([3, 2]);
      await expect(cast(all.ballot)).to.emit(governor, "VoteCast");
    });

    it("drops what isn't a signature of an owner of the same ballot", async () => {
      const { alice, markAsSafe, mark, open, owners, record } = await world();
      const voter = record.safe;
      const against = (await mark(owners[0], "against", { voter })).ballot;
      expect((await mark(owners[1], "for", { voter, existing: against })).signatures).to.equal(1);
      const first = (await mark(owners[0], "for", { voter })).ballot;
      const live = await open();
      const message = ballotHash(await domainOf(live, "governor"), first);
      const stranger = await alice.signTypedData(safeDomain(live, voter), SAFE_MESSAGE, { message });
      const signature = concat([stranger, `0x${"11".repeat(65)}`, first.signature, "0x1234"]);
      const junk = { ...first, signature };
      const { ballot, signatures } = await mark(owners[1], "for", { voter, existing: junk });
      expect([signatures, dataLength(ballot.signature)]).to.deep.equal([2, 130]);
      expect(ballot).to.deep.equal(await markAsSafe([owners[0], owners[1]], "for"));
    });

    it("refuses one that says yes to no signature, for lack of a handler", async () => {
      const { connection, mark, owners, record } = await world();
      const voter = record.safe;
      const first = await mark(owners[0], "for", { voter });
      const slot = BigInt(id("fallback_manager.handler.address"));
      await connection.networkHelpers.setStorageAt(voter, slot, 0);
      const second = mark(owners[1], "for", { voter, existing: first.ballot });
      expect((await problemOf(second)).message).to.include("doesn't accept");
    });

    it("refuses whoever isn't an owner, and names the owners", async () => {
      const { alice, mark, owners, record } = await world();
      const { message, remedy } = await problemOf(mark(alice, "for", { voter: record.safe }));
      expect(message).to.include(alice.address);
      for (const { address } of owners) expect(remedy).to.include(address);
    });
  });

  describe("before anything is signed", () => {
    it("tells what is going to be, and signs nothing where that isn't wanted", async () => {
      const { alice, open, owners, proposal, record } = await world();
      const live = await open();
      for (const [signer, voter] of [
        [alice, undefined],
        [owners[0], record.safe],
      ] as const) {
        const told: Ballot[] = [];
        let signed = 0;
        const counting = new Proxy(signer, {
          get(target, key) {
            if (key === "signTypedData") signed += 1;
            const value: unknown = Reflect.get(target, key);
            return typeof value === "function" ? (value.bind(target) as unknown) : value;
          },
        });
        const onSigning = (unsigned: Ballot) => {
          told.push(unsigned);
          return Promise.reject(new Error("not wanted"));
        };
        const marking = { support: "for", reason: REASON, voter, onSigning } as const;
        await expect(signBallot(live, counting, await proposal(), marking)).to.be.rejectedWith("not wanted");
        expect(told.map(({ reason, voter: whose, signature }) => [reason, whose, signature])).to.deep.equal([
          [REASON, voter ?? alice.address, "0x"],
        ]);
        expect(signed).to.equal(0);
      }
    });

    it("takes over the reason of the same ballot alone, and where somebody has signed it", async () => {
      const { alice, bob, mark, markAsSafe, open, owners, proposal, record } = await world();
      const live = await open();
      const { id: proposalId } = await proposal();
      const own = (await mark(alice, "for", { reason: REASON })).ballot;
      const wanted = { proposalId, support: "for", voter: alice.address } as const;
      expect(await signedReason(live, own, wanted)).to.equal(REASON);
      const safe = await markAsSafe([owners[0]], "for", REASON);
      expect(await signedReason(live, safe, { ...wanted, voter: record.safe })).to.equal(REASON);
      const others: [Ballot, Pick<Ballot, "proposalId" | "support" | "voter">][] = [
        [{ ...own, reason: "I was paid for it" }, wanted],
        [{ ...own, signature: "0x" }, wanted],
        [
          { ...safe, reason: "I was paid for it" },
          { ...wanted, voter: record.safe },
        ],
        [
          { ...safe, signature: "0x" },
          { ...wanted, voter: record.safe },
        ],
        [own, { ...wanted, support: "against" }],
        [own, { ...wanted, voter: bob.address }],
        [own, { ...wanted, proposalId: (await proposal(2)).id }],
        [{ ...own, chainId: "1" }, wanted],
        [{ ...own, governor: alice.address }, wanted],
      ];
      for (const [i, [existing, as]] of others.entries()) {
        expect(await signedReason(live, existing, as), i.toString()).to.equal(undefined);
      }
    });
  });

  describe("for another contract wallet", () => {
    it("takes what the wallet accepts", async () => {
      const { stranger, wallet, cast, governor, mark } = await world();
      const { ballot, signatures } = await mark(stranger, "for", { voter: wallet });
      expect(signatures).to.equal(1);
      await expect(cast(ballot))
        .to.emit(governor, "VoteCast")
        .withArgs(wallet, ballot.proposalId, FOR, parseEther("5000"), "");
    });

    it("refuses what it doesn't", async () => {
      const { stranger, wallet, become, mark } = await world();
      for (const mood of [MOOD.burnsGas, MOOD.returnsMuch]) {
        await become(mood);
        const { place, message } = await problemOf(mark(stranger, "for", { voter: wallet }));
        expect(place).to.include(wallet);
        expect(message).to.include("doesn't accept");
      }
    });

    it("refuses an account's own signature where its code does (EIP-7702)", async () => {
      const { carol, wallet, become, mark, connection } = await world();
      await become(MOOD.agrees);
      const { provider } = connection.ethers;
      await connection.networkHelpers.setCode(carol.address, await provider.getCode(wallet));
      // The mood is in storage, and that of this account agrees.
      expect((await mark(carol, "for")).ballot.voter).to.equal(carol.address);
      await connection.networkHelpers.setStorageAt(carol.address, 0, MOOD.burnsGas);
      expect((await problemOf(mark(carol, "for"))).message).to.include("doesn't accept");
    });
  });
});
