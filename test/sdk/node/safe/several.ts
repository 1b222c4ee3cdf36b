import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { parseEther } from "ethers";
import { call, named } from "../../../../sdk/calls/plan.js";
import { inTurn, numberOf, openSeveral } from "../../../../sdk/node/safe/several.js";
import { reviewInOrder } from "../../../../sdk/safe/transactions/order.js";
import { KyosoError } from "../../../../sdk/errors.js";
import { kindOf, problemThrownBy } from "../../../helpers/problems.js";
import { kyosoError } from "../../support.js";
import { delayedWorld, type Owners, withOwners } from "../../safe/support.js";

/** Files of the Safe's next transactions, in order. */
async function shareSome(owners: Owners, count: number): Promise<string[]> {
  const calls = [await owners.award(1), await owners.award(2), await owners.addKind("翻訳")];
  const places: string[] = [];
  for (const each of calls.slice(0, count)) places.push(await owners.share(each));
  return places;
}

const codesOf = async (run: () => Promise<unknown>) =>
  (await kyosoError(run())).problems.map(({ code }) => code);

const outbox = (owners: Owners) => path.join(owners.folder, "outbox");

async function open(owners: Owners, ...names: string[]) {
  const { live, account } = await owners.look();
  const several = await openSeveral(live, account, owners.exchange, names);
  return { live, account, several };
}

describe("several transactions of a Safe", () => {
  it("are opened by a folder or by their files, in their order, with the signatures of all copies", () =>
    withOwners(async (owners) => {
      const { owners: accounts } = owners.world;
      const [first = "", second = ""] = await shareSome(owners, 2);
      await writeFile(path.join(outbox(owners), "draft.md"), "# Draft");
      await writeFile(path.join(outbox(owners), "ballot.json"), '{"kind":"ballot"}');
      const copy = path.join(owners.folder, "copies", "second.json");
      await mkdir(path.dirname(copy));
      await copyFile(second, copy);
      await owners.sign(copy, accounts[1]);
      await owners.sign(second, accounts[0]);
      for (const names of [
        [outbox(owners), copy],
        [copy, second, first],
      ]) {
        const { several } = await open(owners, ...names);
        expect(several.map(numberOf)).to.deep.equal([0, 1]);
        expect(several.map(({ checked }) => checked.signatures.length)).to.deep.equal([0, 2]);
      }
    }));

  it("are carried out in turn; what was carried out before is passed over", () =>
    withOwners(async (owners) => {
      const { owners: accounts } = owners.world;
      const [first = "", second = "", third = ""] = await shareSome(owners, 3);
      for (const place of [first, second]) await owners.sign(place, accounts[0], accounts[1]);
      const all = await open(owners, outbox(owners));
      expect(() => inTurn(all.live, all.account, all.several)).to.throw(KyosoError, "0 of the 2 signatures");
      const gap = await open(owners, second);
      expect(kindOf(problemThrownBy(() => inTurn(gap.live, gap.account, gap.several)))).to.deep.equal([
        "safe.not-next",
        { nonce: 1, next: 0, earlier: undefined },
      ]);

      await owners.send(first);
      const { live, account, several } = await open(owners, first, second);
      const { ready, early } = inTurn(live, account, several);
      expect(ready.map(numberOf)).to.deep.equal([1]);
      expect(early).to.deep.equal([]);
      expect(await codesOf(() => open(owners, first))).to.deep.equal(["safe.carried-out-already"]);
      await owners.sign(third, accounts[0], accounts[1]);
      const rest = await open(owners, outbox(owners));
      expect(inTurn(rest.live, rest.account, rest.several).ready.map(numberOf)).to.deep.equal([1, 2]);
    }));

  it("aren't carried out where two have one number, or one was changed", () =>
    withOwners(async (owners) => {
      const { owners: accounts } = owners.world;
      const [first = ""] = await shareSome(owners, 1);
      const aside = path.join(owners.folder, "aside.json");
      await copyFile(first, aside);
      await rm(first);
      const rival = await owners.share(await owners.award(2));
      for (const place of [aside, rival]) await owners.sign(place, accounts[0], accounts[1]);
      const { live, account, several } = await open(owners, aside, rival);
      expect(kindOf(problemThrownBy(() => inTurn(live, account, several)))).to.deep.equal([
        "safe.same-number",
        { nonce: 0, other: aside },
      ]);
      await owners.tamper(rival, (file) => (file.transaction.value = "1"));
      expect(await codesOf(() => open(owners, rival, aside))).to.deep.equal(["safe.file-changed"]);
      const empty = path.join(owners.folder, "empty");
      await mkdir(empty);
      expect(await codesOf(() => open(owners, empty))).to.deep.equal(["safe.none-waiting"]);
    }));

  it("leave for later what isn't due yet", () =>
    withOwners(async (owners) => {
      const { owners: accounts } = owners.world;
      const announce = await owners.share(await owners.addKind("翻訳"));
      await owners.sign(announce, accounts[0], accounts[1]);
      await owners.send(announce);
      const later = await owners.share(await owners.addKind("翻訳"));
      await owners.sign(later, accounts[0], accounts[1]);
      const { live, account, several } = await open(owners, outbox(owners));
      const { ready, early } = inTurn(live, account, several);
      expect([ready.length, early.length]).to.deep.equal([0, 1]);
    }, delayedWorld));

  it("are tried one after the other: each can be made, and not both", () =>
    withOwners(async (owners) => {
      const { live, account } = await owners.look();
      const { stranger, dao } = owners.world;
      const token = await named("token", dao.token);
      await dao.token.connect(owners.world.holders[0]).transfer(live.safe, parseEther("10"));
      const pay = (amount: string) => [call(token, "transfer", [stranger.address, parseEther(amount)], "")];
      const outcomes = async (...amounts: string[]) => {
        const reviewed = await reviewInOrder(live, account, amounts.map(pay));
        return reviewed.map(([first]) => first?.simulation.ok);
      };
      expect(await outcomes("6", "4")).to.deep.equal([true, true]);
      // What comes after one that fails can still be made by itself.
      expect(await outcomes("6", "6", "1")).to.deep.equal([true, false, true]);
      const back = call(token, "transferFrom", [live.safe, live.safe, 1n], "");
      const approve = call(token, "approve", [live.safe, 1n], "");
      const [, after] = await reviewInOrder(live, account, [[approve], [back]]);
      expect(after?.[0]?.simulation.ok).to.equal(true);
    }));
});
