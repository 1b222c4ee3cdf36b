import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { ballotDomain, BALLOT, signBallot, signBallotAsSafe } from "../../helpers/ballots.js";
import { connect, type Signer, tokens } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";
import { STACKS } from "../../helpers/openZeppelins.js";
import { Proposal, SUPPORT } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const REASON = "新しい味を試したい";

for (const [whose, launch] of STACKS) {
  describe(`BrandGovernor, ballots by signature, ${whose}`, function () {
    let dao: DAO;
    let first: Proposal;
    let second: Proposal;
    let alice: Signer;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launch);
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
      it("counts a ballot that is signed with the number that the governor tells, whoever brings it", async function () {
        const { governor, stranger } = dao;
        for (const proposal of [first, second]) {
          const signature = await sign(alice, proposal, SUPPORT.for);
          await expect(governor.connect(stranger).castVoteBySig(proposal.id, SUPPORT.for, alice, signature))
            .to.emit(governor, "VoteCast")
            .withArgs(alice, proposal.id, SUPPORT.for, tokens(300_000), "");
          expect(await votesFor(proposal)).to.equal(tokens(300_000));
        }
      });

      it("takes no other number", async function () {
        const { governor } = dao;
        const signature = await sign(alice, first, SUPPORT.for, 1n);
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
        const message = { proposalId: first.id, support: SUPPORT.for, voter: alice.address, nonce: 0n };
        const forged = await stranger.signTypedData(await ballotDomain(governor), BALLOT, message);
        await expect(governor.castVoteBySig(first.id, SUPPORT.for, alice, forged))
          .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
          .withArgs(alice);
      });
    });

    // OpenZeppelin's have one number after the other.
    if (launch === launchDAO)
      describe("without a number", function () {
        for (const order of ["in the order of signing", "in the other order"]) {
          it(`counts two ballots for two proposals, ${order}`, async function () {
            const { governor, stranger } = dao;
            const ballots = [
              { proposal: first, signature: await sign(alice, first, SUPPORT.for) },
              { proposal: second, signature: await sign(alice, second, SUPPORT.for) },
            ];
            if (order !== "in the order of signing") ballots.reverse();
            for (const { proposal, signature } of ballots) {
              await expect(
                governor.connect(stranger).castVoteBySig(proposal.id, SUPPORT.for, alice, signature),
              )
                .to.emit(governor, "VoteCast")
                .withArgs(alice, proposal.id, SUPPORT.for, tokens(300_000), "");
            }
            expect(await votesFor(first)).to.equal(tokens(300_000));
            expect(await votesFor(second)).to.equal(tokens(300_000));
          });
        }

        it("takes the plain nonce, as any page of a Governor signs, which stays 0", async function () {
          const { governor } = dao;
          for (const proposal of [first, second]) {
            const signature = await sign(alice, proposal, SUPPORT.for, await governor.nonces(alice));
            await governor.castVoteBySig(proposal.id, SUPPORT.for, alice, signature);
            expect(await votesFor(proposal)).to.equal(tokens(300_000));
            expect(await governor.nonces(alice)).to.equal(0);
          }
        });

        it("takes no other nonce, keyed ones neither", async function () {
          const { governor } = dao;
          for (const nonce of [1n, BigInt.asUintN(192, first.id) << 64n]) {
            const signature = await sign(alice, first, SUPPORT.for, nonce);
            await expect(governor.castVoteBySig(first.id, SUPPORT.for, alice, signature))
              .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
              .withArgs(alice);
          }
        });
      });

    describe("castVoteWithReasonAndParamsBySig", function () {
      it("counts a ballot with its reason, and refuses one with another", async function () {
        const { governor } = dao;
        const { signature } = await signBallot(governor, alice, first, {
          support: SUPPORT.abstain,
          reason: REASON,
        });
        const cast = (reason: string, params = "0x") =>
          governor.castVoteWithReasonAndParamsBySig(
            first.id,
            SUPPORT.abstain,
            alice,
            reason,
            params,
            signature,
          );
        for (const call of [() => cast("No reason"), () => cast(REASON, "0x01"), () => cast("")]) {
          await expect(call())
            .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
            .withArgs(alice);
        }
        await expect(cast(REASON))
          .to.emit(governor, "VoteCast")
          .withArgs(alice, first.id, SUPPORT.abstain, tokens(300_000), REASON);
      });
    });

    describe("a second ballot of a voter", function () {
      /** Casts a ballot of Alice's for the first proposal, signed with the number that the governor tells then: of ours always 0. */
      const ways: Record<string, () => Promise<ContractTransactionResponse>> = {
        plain: () => castSigned(SUPPORT.for),
        "plain, marked otherwise": () => castSigned(SUPPORT.against),
        extended: () => castSigned(SUPPORT.for, REASON),
        "by oneself": () => dao.governor.connect(alice).castVote(first.id, SUPPORT.for),
      };

      async function castSigned(support: bigint, reason?: string): Promise<ContractTransactionResponse> {
        const { governor, stranger } = dao;
        const marked = reason === undefined ? { support } : { support, reason };
        const { signature } = await signBallot(governor, alice, first, marked);
        const relayed = governor.connect(stranger);
        return reason === undefined
          ? relayed.castVoteBySig(first.id, support, alice, signature)
          : relayed.castVoteWithReasonAndParamsBySig(first.id, support, alice, reason, "0x", signature);
      }

      for (const one of ["plain", "extended", "by oneself"]) {
        it(`is refused, whatever its form, after one that was cast: ${one}`, async function () {
          const { governor } = dao;
          await ways[one]?.();
          const tally = await governor.proposalVotes(first.id);
          for (const again of Object.values(ways)) {
            await expect(again())
              .to.be.revertedWithCustomError(governor, "GovernorAlreadyCastVote")
              .withArgs(alice);
          }
          expect(await governor.proposalVotes(first.id)).to.deep.equal(tally);
        });
      }

      it("is refused also where it had no votes, and after the vote", async function () {
        const { governor, stranger } = dao;
        const cast = async () =>
          governor.castVoteBySig(first.id, SUPPORT.for, stranger, await sign(stranger, first, SUPPORT.for));
        await cast();
        await expect(cast())
          .to.be.revertedWithCustomError(governor, "GovernorAlreadyCastVote")
          .withArgs(stranger);
        await first.pass();
        await expect(cast()).to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState");
      });

      it("isn't taken for another proposal, nor by another governor of the same token", async function () {
        const { governor, stranger } = dao;
        const signature = await sign(alice, first, SUPPORT.for);
        await expect(governor.castVoteBySig(second.id, SUPPORT.for, alice, signature))
          .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
          .withArgs(alice);
        const domain = { ...(await ballotDomain(governor)), verifyingContract: stranger.address };
        const message = { proposalId: first.id, support: SUPPORT.for, voter: alice.address, nonce: 0n };
        const foreign = await alice.signTypedData(domain, BALLOT, message);
        await expect(governor.castVoteBySig(first.id, SUPPORT.for, alice, foreign))
          .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
          .withArgs(alice);
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
        const { signature } = await signBallotAsSafe(governor, alone, owners, first, {
          support: SUPPORT.for,
        });
        await expect(governor.castVoteBySig(first.id, SUPPORT.for, safe.address, signature))
          .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
          .withArgs(safe.address);
      });
    });
  });
}
