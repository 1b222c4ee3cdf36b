import { expect } from "chai";
import { parseEther } from "ethers";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { planDelegation } from "../../../sdk/token/delegate.js";
import { readDelegate, readDelegates } from "../../../sdk/token/delegates.js";
import { load, problemOf } from "../support.js";
import { tokenWorld } from "./support.js";

const ALICE = parseEther("60000");
const BOB = parseEther("40100");

describe("planDelegation", () => {
  it("moves tokens' and earned votes, and leaves the tokens", async () => {
    const { open, alice, bob, dao } = await load(tokenWorld);
    const plan = await planDelegation(await open(), bob.address, alice.address);
    expect(plan).to.deep.include({ to: alice.address, moved: BOB });
    expect(plan.before.delegate).to.equal(bob.address);
    await executeAsSigner(plan, bob);
    expect(await dao.token.getVotes(alice)).to.equal(ALICE + BOB);
    expect(await dao.token.balanceOf(bob)).to.equal(parseEther("40000"));

    const back = await planDelegation(await open(), bob.address, "self");
    expect(back).to.deep.include({ to: bob.address, moved: BOB });
    expect(back.before.delegate).to.equal(alice.address);
    await executeAsSigner(back, bob);
    expect(await dao.token.getVotes(bob)).to.equal(BOB);
  });

  it("takes the Safe for a delegate, which can vote", async () => {
    const { open, alice, record } = await load(tokenWorld);
    expect((await planDelegation(await open(), alice.address, "safe")).to).to.equal(record.safe);
  });

  it("refuses what is so already", async () => {
    const { open, as, alice, bob } = await load(tokenWorld);
    const itself = await problemOf(planDelegation(await open(), alice.address, "self"));
    expect(itself.message).to.include("votes for itself already");
    await as(alice).delegate(bob);
    const other = await problemOf(planDelegation(await open(), alice.address, bob.address));
    expect(other.message).to.include(`${bob.address} votes for ${alice.address} already`);
  });

  it("refuses whoever can't vote", async () => {
    const { open, alice, record } = await load(tokenWorld);
    const live = await open();
    for (const to of ["treasury", record.contracts.timelock, "token", record.contracts.governor, "badge"]) {
      const { place, message } = await problemOf(planDelegation(live, alice.address, to));
      expect([place, message.includes("would be lost")], to).to.deep.equal(["to", true]);
    }
    for (const to of ["nobody", "alice.eth", `0x${"00".repeat(20)}`]) {
      expect((await problemOf(planDelegation(live, alice.address, to))).place, to).to.equal("to");
    }
  });

  it("refuses the treasury's own delegation, as the token does", async () => {
    const { open, alice, treasury, dao, connection } = await load(tokenWorld);
    const { place } = await problemOf(planDelegation(await open(), treasury, alice.address));
    expect(place).to.equal("treasury");
    await connection.networkHelpers.impersonateAccount(treasury);
    await connection.networkHelpers.setBalance(treasury, parseEther("1"));
    const signer = await connection.ethers.getSigner(treasury);
    await expect(dao.token.connect(signer).delegate(alice)).to.be.revertedWithCustomError(
      dao.token,
      "BrandTokenTreasuryCannotDelegate",
    );
  });
});

describe("readDelegates", () => {
  it("finds nobody where everybody votes for themselves", async () => {
    const { open } = await load(tokenWorld);
    expect(await readDelegates(await open())).to.deep.equal({ delegates: [], themselves: 3 });
  });

  it("says who votes with whose votes", async () => {
    const { open, as, alice, bob, carol, stranger } = await load(tokenWorld);
    await as(alice).delegate(stranger);
    await as(bob).delegate(stranger);
    await as(carol).delegate(bob);
    const live = await open();
    const expected = [
      {
        account: stranger.address,
        role: undefined,
        delegate: stranger.address,
        votes: ALICE + BOB,
        own: 0n,
        delegators: [
          { account: alice.address, votes: ALICE },
          { account: bob.address, votes: BOB },
        ],
      },
      {
        account: bob.address,
        role: undefined,
        delegate: stranger.address,
        votes: parseEther("30000"),
        own: 0n,
        delegators: [{ account: carol.address, votes: parseEther("30000") }],
      },
    ];
    expect(await readDelegates(live)).to.deep.equal({ delegates: expected, themselves: 0 });
    for (const each of expected) expect(await readDelegate(live, each.account)).to.deep.equal(each);
    expect(await readDelegate(live, carol.address)).to.deep.include({
      delegate: bob.address,
      votes: 0n,
      delegators: [],
    });
  });

  it("counts own votes beside those of others", async () => {
    const { open, as, alice, bob } = await load(tokenWorld);
    await as(alice).delegate(bob);
    const { delegates, themselves } = await readDelegates(await open());
    expect(delegates).to.have.length(1);
    expect(delegates[0]).to.deep.include({ account: bob.address, votes: ALICE + BOB, own: BOB });
    expect(themselves).to.equal(2);
  });

  it("knows whom an account trusts that holds nothing", async () => {
    const { open, as, alice, owners, stranger } = await load(tokenWorld);
    await as(stranger).delegate(alice);
    const live = await open();
    expect(await readDelegate(live, stranger.address)).to.deep.include({
      delegate: alice.address,
      votes: 0n,
    });
    expect(await readDelegate(live, owners[0].address)).to.deep.include({ delegate: owners[0].address });
    expect((await readDelegates(live)).delegates).to.deep.equal([]);
  });
});
