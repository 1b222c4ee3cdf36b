import { expect } from "chai";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import type { Call } from "../../../sdk/calls/plan.js";
import { call, named } from "../../../sdk/calls/plan.js";
import { breakingSigner, impatient, launchedWorld, load, problemOf } from "../support.js";

async function world() {
  const live = await load(launchedWorld);
  const token = await named("token", live.dao.token);
  const pay = (amount: bigint): Call =>
    call(token, "transfer", [live.stranger.address, amount], `Pay ${amount}`);
  const balance = () => live.dao.token.balanceOf(live.stranger.address);
  return { ...live, pay, balance };
}

describe("executeAsSigner", () => {
  it("sends one transaction a call, in order, and tells of each before it is confirmed", async () => {
    const { pay, balance, holders } = await world();
    const sent: string[] = [];
    const hashes: string[] = [];
    const receipts = await executeAsSigner(
      { title: "Paying", calls: [pay(1n), pay(2n)] },
      holders[0],
      (paid, hash) => {
        sent.push(paid.purpose);
        hashes.push(hash);
      },
    );
    expect(sent).to.deep.equal(["Pay 1", "Pay 2"]);
    expect(receipts.map(({ hash }) => hash)).to.deep.equal(hashes);
    expect(receipts.map(({ status }) => status)).to.deep.equal([1, 1]);
    expect(await balance()).to.equal(3n);
  });

  it("sends the value of a call", async () => {
    const { connection, launcher, record } = await world();
    const donate: Call = {
      contract: "timelock",
      to: record.contracts.timelock,
      signature: "",
      args: [],
      data: "0x",
      value: 5n,
      purpose: "Donate",
    };
    await executeAsSigner({ title: "Donating", calls: [donate] }, launcher);
    expect(await connection.ethers.provider.getBalance(record.contracts.timelock)).to.equal(5n);
  });

  it("stops where one is refused; those before it stay done", async () => {
    const { pay, balance, holders } = await world();
    const calls = [pay(1n), pay(10n ** 30n), pay(2n)];
    const { place, message, remedy } = await problemOf(
      executeAsSigner({ title: "Paying", calls }, holders[0]),
    );
    expect(place).to.equal("Paying, call 2 of 3 (token.transfer(address,uint256))");
    expect(message)
      .to.include(`"Pay ${10n ** 30n}" failed`)
      .and.to.include("ERC20InsufficientBalance");
    expect(remedy).to.include("What was sent before it stands");
    expect(await balance()).to.equal(1n);
  });

  it("says so where the connection breaks", async () => {
    const { pay, balance, holders } = await world();
    const { place, message } = await problemOf(
      executeAsSigner(
        { title: "Paying", calls: [pay(1n), pay(2n)] },
        await impatient(breakingSigner(holders[0], 1)),
      ),
    );
    expect(place).to.equal(`account ${holders[0].address}`);
    expect(message).to.include('"Pay 2"').and.to.include("the connection broke");
    expect(await balance()).to.equal(1n);
  });

  it("does nothing for an empty plan", async () => {
    const { launcher } = await world();
    expect(await executeAsSigner({ title: "Nothing", calls: [] }, launcher)).to.deep.equal([]);
  });
});
