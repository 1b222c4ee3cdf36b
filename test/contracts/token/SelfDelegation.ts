import { expect } from "chai";
import { MaxUint256, Signature, ZeroAddress } from "ethers";
import { connect, now, tokens } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";
import { STACKS } from "../../helpers/openZeppelins.js";
import { enactLater } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

for (const [whose, launch] of STACKS) {
  describe(`SelfDelegation, ${whose}`, function () {
    let dao: DAO;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launch);
    });

    describe("delegates", function () {
      it("is the account itself until it chooses, and nobody for the zero address", async function () {
        const { token, holders, stranger } = dao;
        expect(await token.delegates(holders[0])).to.equal(holders[0]);
        expect(await token.delegates(stranger)).to.equal(stranger);
        expect(await token.delegates(ZeroAddress)).to.equal(ZeroAddress);
      });
    });

    describe("votes", function () {
      it("are there without delegating, from the first token on", async function () {
        const { token, holders, stranger } = dao;
        const [alice] = holders;
        expect(await token.getVotes(alice)).to.equal(tokens(300_000));
        await expect(token.connect(alice).transfer(stranger, tokens(1)))
          .to.emit(token, "DelegateVotesChanged")
          .withArgs(alice, tokens(300_000), tokens(299_999))
          .and.to.emit(token, "DelegateVotesChanged")
          .withArgs(stranger, 0, tokens(1));
      });

      it("are counted once when an account sends to itself", async function () {
        const { token, holders } = dao;
        const [alice] = holders;
        await token.connect(alice).transfer(alice, tokens(10));
        expect(await token.getVotes(alice)).to.equal(tokens(300_000));
      });
    });

    describe("delegate", function () {
      it("moves all votes away from the account, and what it receives later", async function () {
        const { token, holders, stranger } = dao;
        const [alice, bob] = holders;
        await expect(token.connect(alice).delegate(stranger))
          .to.emit(token, "DelegateChanged")
          .withArgs(alice, alice, stranger)
          .and.to.emit(token, "DelegateVotesChanged")
          .withArgs(stranger, 0, tokens(300_000));
        await token.connect(bob).transfer(alice, tokens(5));
        expect(await token.getVotes(alice)).to.equal(0);
        expect(await token.getVotes(stranger)).to.equal(tokens(300_005));
      });

      it("changes nothing when an account chooses itself", async function () {
        const { token, holders } = dao;
        const [alice] = holders;
        await token.connect(alice).delegate(alice);
        expect(await token.getVotes(alice)).to.equal(tokens(300_000));
        expect(await token.delegates(alice)).to.equal(alice);
      });

      it("to the zero address means back to oneself, and transfers go on", async function () {
        const { token, holders, stranger } = dao;
        const [alice] = holders;
        await token.connect(alice).delegate(stranger);
        await expect(token.connect(alice).delegate(ZeroAddress))
          .to.emit(token, "DelegateChanged")
          .withArgs(alice, stranger, alice);
        expect(await token.delegates(alice)).to.equal(alice);
        expect(await token.getVotes(alice)).to.equal(tokens(300_000));
        expect(await token.getVotes(stranger)).to.equal(0);
        await token.connect(alice).transfer(stranger, tokens(300_000));
        expect(await token.getVotes(alice)).to.equal(0);
        expect(await token.getVotes(stranger)).to.equal(tokens(300_000));
      });

      it("to the zero address is harmless for one who never chose", async function () {
        const { token, holders, stranger } = dao;
        const [alice] = holders;
        await token.connect(alice).delegate(ZeroAddress);
        await token.connect(alice).transfer(stranger, tokens(1));
        expect(await token.getVotes(alice)).to.equal(tokens(299_999));
      });

      it("keeps the past as it was", async function () {
        const { connection, token, holders, stranger } = dao;
        const [alice] = holders;
        const before = await now(connection);
        await token.connect(alice).delegate(stranger);
        const after = await now(connection);
        await networkHelpers.mine();
        expect(await token.getPastVotes(alice, before)).to.equal(tokens(300_000));
        expect(await token.getPastVotes(alice, after)).to.equal(0);
        expect(await token.getPastTotalSupply(before)).to.equal(tokens(4_600_000));
      });
    });

    describe("delegateBySig", function () {
      const types = {
        Delegation: [
          { name: "delegatee", type: "address" },
          { name: "nonce", type: "uint256" },
          { name: "expiry", type: "uint256" },
        ],
      };

      it("delegates, to the zero address too, and only once", async function () {
        const { token, holders, stranger, at, config } = dao;
        const [alice] = holders;
        const { chainId } = await ethers.provider.getNetwork();
        const domain = { name: config.token.name, version: "1", chainId, verifyingContract: at.token };
        const choices = [stranger.address, ZeroAddress];
        for (const [nonce, delegatee] of choices.entries()) {
          const message = { delegatee, nonce, expiry: MaxUint256 };
          const { v, r, s } = Signature.from(await alice.signTypedData(domain, types, message));
          await token.delegateBySig(delegatee, nonce, MaxUint256, v, r, s);
          expect(await token.delegates(alice)).to.equal(nonce === 0 ? stranger : alice);
          await expect(token.delegateBySig(delegatee, nonce, MaxUint256, v, r, s))
            .to.be.revertedWithCustomError(token, "InvalidAccountNonce")
            .withArgs(alice, nonce + 1);
        }
      });
    });

    describe("the treasury", function () {
      it("is its own delegate, so that its share of the votes is known", async function () {
        const { token, at } = dao;
        expect(await token.delegates(at.timelock)).to.equal(at.timelock);
        expect(await token.getVotes(at.timelock)).to.equal(tokens(4_000_000));
      });
    });
  });
}

describe("SelfDelegation, of the treasury", function () {
  it("can't delegate, not even by a passed proposal", async function () {
    const dao = await networkHelpers.loadFixture(launchDAO);
    const { token, governor, holders } = dao;
    for (const delegatee of [holders[0].address, ZeroAddress]) {
      const call = await token.delegate.populateTransaction(delegatee);
      const proposal = enactLater(dao, [call], `# Delegate to ${delegatee}`);
      await proposal;
      await expect(governor.execute(...proposal.args)).to.be.revertedWithCustomError(
        token,
        "BrandTokenTreasuryCannotDelegate",
      );
    }
  });
});
