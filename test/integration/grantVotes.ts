import { expect } from "chai";
import { parseEther, toQuantity, ZeroHash } from "ethers";
import { BrandToken__factory, ContributionBadge__factory } from "../../typechain-types/index.js";
import type { LiveNode } from "./support.js";
import { accounts, describeCommandLine, expectFailure, expectSuccess, launchLive } from "./support.js";

const VOTES = parseEther("100");
const VOTING_KIND = 2;

const account = (index: number) => {
  const found = accounts[index];
  if (found === undefined) throw new RangeError(`there is no account ${index}`);
  return found;
};
const [ALICE, BOB] = [account(4).address, account(5).address];
const ANYBODY = account(9);

describeCommandLine("votes that were withheld", function () {
  let live: LiveNode;
  /** Of the first of Bob's two badges: the bucket was used up by Alice's. */
  let first: number;

  before(async () => {
    live = await launchLive();
    const { provider } = live.node;
    const { safe, contracts } = live.record;
    await provider.send("hardhat_impersonateAccount", [safe]);
    await provider.send("hardhat_setBalance", [safe, toQuantity(10n ** 18n)]);
    const { available } = await BrandToken__factory.connect(contracts.token, provider).contributionLimit();
    const count = Number(available / VOTES);
    const to = [...Array.from({ length: count }, () => ALICE), BOB, BOB];
    const data = ContributionBadge__factory.createInterface().encodeFunctionData("awardBatch", [
      VOTING_KIND,
      to,
      to.map(() => ZeroHash),
      "",
    ]);
    await provider.send("eth_sendTransaction", [{ from: safe, to: contracts.badge, data }]);
    first = count + 1;
  });

  after(() => live.stop());

  it("are shown, and given by anyone once there is room", async () => {
    const { provider } = live.node;
    const page = await live.json<{ votes: string; withheld: string }>(["badge", "show", BOB]);
    expect(page).to.deep.include({ votes: "0", withheld: (2n * VOTES).toString() });
    const text = await live.cli(["badge", "show", BOB]);
    expectSuccess(text);
    expect(text.stdout).to.include("100 BLUE withheld").and.to.include("badge grant-votes");
    expectFailure(await live.cli(["badge", "grant-votes", BOB], ANYBODY), "200 BLUE are withheld", "→");
    expectFailure(await live.cli(["badge", "grant-votes", "1"], ANYBODY), "No votes", "→");

    // As much as one of them takes.
    await provider.send("evm_increaseTime", [2 * 86_400]);
    await provider.send("evm_mine", []);
    interface Granted {
      readonly dryRun: boolean;
      readonly transactions: string[];
      readonly granted: { id: number; account: string; votes: string }[];
      readonly left: { id: number }[];
    }
    const dry = await live.json<Granted>(["badge", "grant-votes", BOB, "--dry-run"], ANYBODY);
    expect(dry).to.deep.include({ dryRun: true, transactions: [] });
    const done = await live.json<Granted>(["badge", "grant-votes", BOB], ANYBODY);
    expect(done.transactions).to.have.length(1);
    expect(done.granted).to.deep.equal([{ id: first, account: BOB, votes: VOTES.toString() }]);
    expect(done.left.map(({ id }) => id)).to.deep.equal([first + 1]);
    const after = await live.json<{ votes: string; withheld: string }>(["badge", "show", BOB]);
    expect(after).to.deep.include({ votes: VOTES.toString(), withheld: VOTES.toString() });

    await provider.send("evm_increaseTime", [2 * 86_400]);
    await provider.send("evm_mine", []);
    const rest = await live.cli(["badge", "grant-votes", `#${first + 1}`], ANYBODY);
    expectSuccess(rest);
    expect(rest.stdout).to.include("1 badge got what was withheld: 100 BLUE");
  });
});
