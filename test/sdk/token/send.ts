import { expect } from "chai";
import { parseEther, ZeroAddress } from "ethers";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { requireRewardToken } from "../../../sdk/rewards/token.js";
import { planSend } from "../../../sdk/token/send.js";
import { kyosoError, load } from "../support.js";
import { tokenWorld } from "./support.js";

describe("planSend", () => {
  async function opened() {
    const world = await load(tokenWorld);
    const live = await world.open();
    const token = await requireRewardToken(live, undefined);
    const send = (amount: bigint, from: string, to: string) => planSend(live, { token, amount }, from, to);
    const codes = async (amount: bigint, from: string, to: string) =>
      (await kyosoError(send(amount, from, to))).problems.map(({ code }) => code);
    return { ...world, live, send, codes };
  }

  it("sends what somebody has", async () => {
    const { send, dao, alice, stranger, treasury } = await opened();
    const plan = await send(parseEther("60000"), alice.address, stranger.address);
    expect(plan.title).to.equal(`Send 60,000 BLUE to ${stranger.address}`);
    await executeAsSigner(plan, alice);
    expect(await dao.token.balanceOf(stranger)).to.equal(parseEther("60000"));
    expect((await send(1n, treasury, alice.address)).calls[0]?.contract).to.equal("token");
  });

  it("refuses what isn't there, in the token's own units", async () => {
    const { send, codes, alice, stranger, bob } = await opened();
    const { message } = await kyosoError(send(parseEther("60000.5"), alice.address, bob.address));
    expect(message).to.include("has 60,000 BLUE, less than 60,000.5 BLUE").and.to.include("at most 60,000");
    expect(await codes(1n, stranger.address, bob.address)).to.deep.equal(["token.amount-not-there"]);
    expect(await codes(0n, alice.address, bob.address)).to.deep.equal(["token.amount-not-there"]);
  });

  it("refuses to send it to where it is lost", async () => {
    const { send, codes, live, alice, treasury, record } = await opened();
    const { token, governor, rewards } = record.contracts;
    for (const to of [token, governor, rewards, ZeroAddress, record.factory]) {
      expect(await codes(1n, alice.address, to), to).to.deep.equal(["token.would-be-lost"]);
    }
    expect(await codes(1n, alice.address, alice.address)).to.deep.equal(["token.to-itself"]);
    for (const to of [treasury, live.safe])
      expect((await send(1n, alice.address, to)).calls).to.have.length(1);
  });
});
