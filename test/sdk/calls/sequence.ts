import { expect } from "chai";
import { parseEther } from "ethers";
import { call, named } from "../../../sdk/calls/plan.js";
import { simulateSequence } from "../../../sdk/calls/sequence.js";
import { badgeWorld, openAs } from "../badges/support.js";
import { load } from "../support.js";

describe("simulateSequence", () => {
  it("tries a call after those before it, as an account or as a contract, and changes nothing", async () => {
    const world = await load(badgeWorld);
    const { dao, holders, stranger, record } = world;
    const live = await openAs(world);
    const token = await named("token", dao.token);
    const transfer = call(token, "transfer", [stranger.address, parseEther("1")], "Send");
    const all = (amount: bigint) => call(token, "transfer", [stranger.address, amount], "Send all");
    for (const from of [holders[0].address, record.contracts.timelock]) {
      const balance = await dao.token.balanceOf(from);
      expect(await simulateSequence([transfer, all(balance - parseEther("1"))], from, live)).to.include({
        ok: true,
      });
      const outcome = await simulateSequence([transfer, all(balance)], from, live);
      expect(outcome.ok).to.equal(false);
      expect(!outcome.ok && outcome.reason).to.match(
        new RegExp(`^ERC20InsufficientBalance\\(sender: ${from}, balance: ${balance - parseEther("1")}`, "u"),
      );
      expect(await dao.token.balanceOf(from)).to.equal(balance);
    }
  });
});
