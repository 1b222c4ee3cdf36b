import { expect } from "chai";
import { AbiCoder, TypedDataEncoder } from "ethers";
import { connect, type Signer, tokens } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";
import { Proposal, SUPPORT } from "../../helpers/proposal.js";
import { signAsSafe } from "../../helpers/safe.js";

const { ethers, networkHelpers } = await connect();

const BALLOT = {
  Ballot: [
    { name: "proposalId", type: "uint256" },
    { name: "support", type: "uint8" },
    { name: "voter", type: "address" },
    { name: "nonce", type: "uint256" },
  ],
};

const EXTENDED_BALLOT = {
  ExtendedBallot: [...BALLOT.Ballot, { name: "reason", type: "string" }, { name: "params", type: "bytes" }],
};

describe("BrandGovernor, ballots by signature", function () {
  let dao: DAO;
  let first: Proposal;
  let second: Proposal;
  let alice: Signer;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
    const { governor, stranger, holders } = dao;
    [alice] = holders;
    first = new Proposal(governor, [{ to: stranger.address, data: "0x" }], "# First");
    second = new Proposal(governor, [{ to: stranger.address, data: "0x" }], "# Second");
    await first.propose(alice);
    await second.propose(alice).start();
    await first.start();
  });

  async function domain() {
    const { chainId } = await ethers.provider.getNetwork();
    return { name: await dao.governor.name(), version: "1", chainId, verifyingContract: dao.at.governor };
  }

  /** The next nonce of a voter for a proposal: the proposal's lower 192 bits are its key. */
  function nonceFor(voter: string, { id }: Proposal): Promise<bigint> {
    return dao.governor["nonces(address,uint192)"](voter, BigInt.asUintN(192, id));
  }

  async function sign(voter: Signer, proposal: Proposal, support: bigint, nonce?: bigint): Promise<string> {
    const message = {
      proposalId: proposal.id,
      support,
      voter: voter.address,
      nonce: nonce ?? (await nonceFor(voter.address, proposal)),
    };
    return voter.signTypedData(await domain(), BALLOT, message);
  }

  async function votesFor({ id }: Proposal): Promise<bigint> {
    return (await dao.governor.proposalVotes(id)).forVotes;
  }

  describe("castVoteBySig", function () {
    for (const order of ["in the order of signing", "in the other order"]) {
      it(`counts two ballots for two proposals, ${order}`, async function () {
        const { governor, stranger } = dao;
        const ballots = [
          { proposal: first, signature: await sign(alice, first, SUPPORT.for) },
          { proposal: second, signature: await sign(alice, second, SUPPORT.for) },
        ];
        if (order !== "in the order of signing") ballots.reverse();
        for (const { proposal, signature } of ballots) {
          await expect(governor.connect(stranger).castVoteBySig(proposal.id, SUPPORT.for, alice, signature))
            .to.emit(governor, "VoteCast")
            .withArgs(alice, proposal.id, SUPPORT.for, tokens(300_000), "");
        }
        expect(await votesFor(first)).to.equal(tokens(300_000));
        expect(await votesFor(second)).to.equal(tokens(300_000));
      });
    }

    it("uses up the nonce of that proposal only, and refuses a replay", async function () {
      const { governor } = dao;
      const signature = await sign(alice, first, SUPPORT.for);
      const before = await nonceFor(alice.address, first);
      await governor.castVoteBySig(first.id, SUPPORT.for, alice, signature);
      expect(await nonceFor(alice.address, first)).to.equal(before + 1n);
      expect(await governor["nonces(address)"](alice)).to.equal(0);
      await expect(governor.castVoteBySig(first.id, SUPPORT.for, alice, signature))
        .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
        .withArgs(alice);
    });

    it("takes the plain nonce too, as any page of a Governor signs", async function () {
      const { governor } = dao;
      const signature = await sign(alice, first, SUPPORT.for, 0n);
      await governor.castVoteBySig(first.id, SUPPORT.for, alice, signature);
      expect(await votesFor(first)).to.equal(tokens(300_000));
      expect(await governor["nonces(address)"](alice)).to.equal(1);
      await expect(governor.castVoteBySig(first.id, SUPPORT.for, alice, signature))
        .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
        .withArgs(alice);
    });

    it("refuses a ballot that was marked otherwise, or signed by somebody else", async function () {
      const { governor, stranger } = dao;
      const signature = await sign(alice, first, SUPPORT.against);
      await expect(governor.castVoteBySig(first.id, SUPPORT.for, alice, signature))
        .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
        .withArgs(alice);
      const nonce = await nonceFor(alice.address, first);
      const message = { proposalId: first.id, support: SUPPORT.for, voter: alice.address, nonce };
      const forged = await stranger.signTypedData(await domain(), BALLOT, message);
      await expect(governor.castVoteBySig(first.id, SUPPORT.for, alice, forged))
        .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
        .withArgs(alice);
    });
  });

  describe("castVoteWithReasonAndParamsBySig", function () {
    for (const keyed of [true, false]) {
      it(`counts a ballot with its reason, with the ${keyed ? "keyed" : "plain"} nonce`, async function () {
        const { governor } = dao;
        const reason = "新しい味を試したい";
        const message = {
          proposalId: first.id,
          support: SUPPORT.abstain,
          voter: alice.address,
          nonce: keyed ? await nonceFor(alice.address, first) : 0n,
          reason,
          params: "0x",
        };
        const signature = await alice.signTypedData(await domain(), EXTENDED_BALLOT, message);
        const cast = () =>
          governor.castVoteWithReasonAndParamsBySig(
            first.id,
            SUPPORT.abstain,
            alice,
            reason,
            "0x",
            signature,
          );
        await expect(cast())
          .to.emit(governor, "VoteCast")
          .withArgs(alice, first.id, SUPPORT.abstain, tokens(300_000), reason);
        await expect(cast())
          .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
          .withArgs(alice);
      });
    }
  });

  describe("nonces", function () {
    it("are checked with their key, also by code that knows of no keys", async function () {
      const { stranger } = dao;
      const governor = await ethers.deployContract("ExposedGovernor");
      const use = governor.getFunction("useCheckedNonce");
      const nonces = governor.getFunction("nonces(address,uint192)");
      const keyed = (7n << 64n) | 0n;
      await use.send(stranger, keyed);
      expect(await nonces.staticCall(stranger, 7)).to.equal(keyed + 1n);
      expect(await nonces.staticCall(stranger, 0)).to.equal(0n);
      await expect(use.send(stranger, keyed))
        .to.be.revertedWithCustomError(governor, "InvalidAccountNonce")
        .withArgs(stranger, keyed + 1n);
      await use.send(stranger, 0);
      expect(await nonces.staticCall(stranger, 0)).to.equal(1n);
    });
  });

  describe("a voter that is a Safe", function () {
    it("votes by an ERC-1271 signature of its owners", async function () {
      const { governor, token, safe, owners, stranger } = dao;
      await token.connect(alice).transfer(safe.address, tokens(50_000));
      const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }], "# Third");
      await proposal.propose(alice).start();
      const message = {
        proposalId: proposal.id,
        support: SUPPORT.for,
        voter: safe.address,
        nonce: await nonceFor(safe.address, proposal),
      };
      const ballot = TypedDataEncoder.hash(await domain(), BALLOT, message);
      // The Safe's handler signs the ABI encoding of the hash, which for 32 bytes is the hash itself.
      expect(AbiCoder.defaultAbiCoder().encode(["bytes32"], [ballot])).to.equal(ballot);
      const signature = await signAsSafe(safe, owners, ballot);
      await expect(
        governor.connect(stranger).castVoteBySig(proposal.id, SUPPORT.for, safe.address, signature),
      )
        .to.emit(governor, "VoteCast")
        .withArgs(safe.address, proposal.id, SUPPORT.for, tokens(50_000), "");
    });

    it("doesn't by the signature of one owner, where two must sign", async function () {
      const { governor, safe, owners } = dao;
      const message = {
        proposalId: first.id,
        support: SUPPORT.for,
        voter: safe.address,
        nonce: await nonceFor(safe.address, first),
      };
      const ballot = TypedDataEncoder.hash(await domain(), BALLOT, message);
      const signature = await signAsSafe({ ...safe, threshold: 1 }, owners, ballot);
      await expect(governor.castVoteBySig(first.id, SUPPORT.for, safe.address, signature))
        .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
        .withArgs(safe.address);
    });
  });
});
