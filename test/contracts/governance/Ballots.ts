import { expect } from "chai";
import { network } from "hardhat";
import { ballotDomain, BALLOT, nonceFor, signBallot, signBallotAsSafe } from "../../helpers/ballots.js";
import { connect, type Signer, tokens } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";
import { Proposal, SUPPORT } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

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

  async function sign(voter: Signer, proposal: Proposal, support: bigint, nonce?: bigint): Promise<string> {
    const marked = nonce === undefined ? { support } : { support, nonce };
    return (await signBallot(dao.governor, voter, proposal, marked)).signature;
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
      const before = await nonceFor(governor, alice.address, first);
      await governor.castVoteBySig(first.id, SUPPORT.for, alice, signature);
      expect(await nonceFor(governor, alice.address, first)).to.equal(before + 1n);
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
      const nonce = await nonceFor(governor, alice.address, first);
      const message = { proposalId: first.id, support: SUPPORT.for, voter: alice.address, nonce };
      const forged = await stranger.signTypedData(await ballotDomain(governor), BALLOT, message);
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
        const marked = { support: SUPPORT.abstain, reason, ...(keyed ? {} : { nonce: 0n }) };
        const { signature } = await signBallot(governor, alice, first, marked);
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
      // Compiled as tests are, it is larger than what may be deployed.
      const chain = await network.create({ override: { allowUnlimitedContractSize: true } });
      const [stranger] = await chain.ethers.getSigners();
      const governor = await chain.ethers.deployContract("ExposedGovernor");
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
      await chain.close();
    });
  });

  describe("a voter that is a Safe", function () {
    it("votes by an ERC-1271 signature of its owners", async function () {
      const { governor, token, safe, owners, stranger } = dao;
      await token.connect(alice).transfer(safe.address, tokens(50_000));
      const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }], "# Third");
      await proposal.propose(alice).start();
      const marked = { support: SUPPORT.for };
      const { signature } = await signBallotAsSafe(governor, safe, owners, proposal, marked);
      await expect(
        governor.connect(stranger).castVoteBySig(proposal.id, SUPPORT.for, safe.address, signature),
      )
        .to.emit(governor, "VoteCast")
        .withArgs(safe.address, proposal.id, SUPPORT.for, tokens(50_000), "");
    });

    it("doesn't by the signature of one owner, where two must sign", async function () {
      const { governor, safe, owners } = dao;
      const alone = { ...safe, threshold: 1 };
      const { signature } = await signBallotAsSafe(governor, alone, owners, first, { support: SUPPORT.for });
      await expect(governor.castVoteBySig(first.id, SUPPORT.for, safe.address, signature))
        .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
        .withArgs(safe.address);
    });
  });
});
