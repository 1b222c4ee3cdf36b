import { expect } from "chai";
import { prepare } from "../../../../sdk/node/safe/prepare.js";
import { turnOf, turnProblem } from "../../../../sdk/safe/transactions/turn.js";
import { kindOf } from "../../../helpers/problems.js";
import { type Owners, withOwners } from "../support.js";

/** How a file's number stands, and why it can't be sent. */
async function turn(owners: Owners, place: string, earlier?: string) {
  const { live, account } = await owners.look();
  const { file } = await owners.exchange.open(place);
  const { nonce } = file.transaction;
  const found = await turnOf(live, account, { nonce, hash: file.hash });
  const problem = turnProblem(found, { nonce, place, ...(earlier === undefined ? {} : { earlier }) });
  return { turn: found, problem };
}

async function carriedOut(owners: Owners, place: string): Promise<string> {
  const { owners: accounts } = owners.world;
  await owners.sign(place, accounts[0], accounts[1]);
  return (await owners.send(place)).hash;
}

describe("the turn of a Safe transaction", () => {
  it("has come for the Safe's next number, and not for those after it", () =>
    withOwners(async (owners) => {
      const [first, second] = [
        await owners.share(await owners.award(1)),
        await owners.share(await owners.award(2)),
      ];
      expect(await turn(owners, first)).to.deep.equal({ turn: { state: "next" }, problem: undefined });
      const { turn: later, problem } = await turn(owners, second);
      expect(later).to.deep.equal({ state: "later", after: 0 });
      expect(problem?.message).to.include("number 1").and.to.include("at 0");
      expect(problem?.remedy).to.include("free number");
      expect(problem && kindOf(problem)).to.deep.equal([
        "safe.not-next",
        { nonce: 1, next: 0, earlier: undefined },
      ]);
      expect((await turn(owners, second, first)).problem?.message).to.include(first);
    }));

  it("is over once it was carried out, and says by which transaction", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      const transaction = await carriedOut(owners, place);
      const { turn: over, problem } = await turn(owners, place);
      expect(over).to.deep.equal({ state: "executed", transaction });
      expect(problem?.message).to.include("carried out already").and.to.include(transaction);
      expect(problem && kindOf(problem)).to.deep.equal(["safe.carried-out-already", { transaction }]);
    }));

  it("is over once another one took its number, and says which", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      const { file } = await owners.exchange.open(place);
      const { live, account } = await owners.look();
      // Made on another machine, whose outbox knows nothing of the first one.
      const [rival] = await prepare(live, account, [{ title: "Rival", calls: [await owners.award(2)] }], []);
      if (rival === undefined) throw new Error("nothing was prepared");
      expect(rival.file.transaction.nonce).to.equal(file.transaction.nonce);
      const transaction = await carriedOut(owners, await owners.exchange.propose(rival.file));
      // Numbers are counted back from the newest.
      await carriedOut(owners, await owners.share(await owners.award(1)));

      const { turn: over, problem } = await turn(owners, place);
      expect(over).to.deep.equal({
        state: "replaced",
        by: { hash: rival.file.hash, transaction },
      });
      expect(problem?.message).to.include(rival.file.hash).and.to.include(transaction);
    }));

  it("is over also where the logs don't reach back", () => {
    const problem = turnProblem({ state: "replaced" }, { nonce: 3, place: "a.json" });
    expect(problem?.message)
      .to.include("3")
      .and.to.match(/another transaction$/);
  });
});
