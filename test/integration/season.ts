import { readFile } from "node:fs/promises";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { parseEther, toQuantity, ZeroHash } from "ethers";
import {
  BrandToken__factory,
  ContributionBadge__factory,
  ContributionRewards__factory,
} from "../../typechain-types/index.js";
import type { LiveNode } from "./support.js";
import { accounts, describeCommandLine, expectFailure, expectSuccess, launchLive } from "./support.js";

const wallet = (index: number): HDNodeWallet => {
  const found = accounts[index];
  if (found === undefined) throw new RangeError(`there is no account ${index}`);
  return found;
};
const [FIRST_OWNER, SECOND_OWNER] = [wallet(1), wallet(2)];
const [ALICE, BOB, CAROL] = [wallet(4), wallet(5), wallet(6)];
const STRANGER = wallet(9);

const DAY = 86_400;
/** As short as they can be. */
const SEASON = 7 * DAY;
const WINDOW = 2 * DAY;

interface Listed {
  readonly seasons: readonly {
    readonly number: number;
    readonly state: string;
    readonly end: number;
    readonly opens: number;
    readonly closes: number;
    readonly points: number;
    readonly budgets: readonly Record<string, unknown>[];
  }[];
}

interface Shown {
  readonly account: string;
  readonly seasons: readonly {
    readonly number: number;
    readonly points: number;
    readonly totalPoints: number;
    readonly rewards: readonly Record<string, unknown>[];
  }[];
  readonly claims: readonly Record<string, unknown>[];
}

describeCommandLine("seasons", function () {
  let live: LiveNode;

  before(async () => {
    live = await launchLive((tree) => {
      Object.assign(tree, { rewards: { disputeWindow: "2 days" } });
      Object.assign(tree.badges, { season: "7 days" });
    });
    // Alice earns 30 points of the first season, and Bob 10.
    const { provider } = live.node;
    const { safe } = live.record;
    await provider.send("hardhat_impersonateAccount", [safe]);
    await provider.send("hardhat_setBalance", [safe, toQuantity(10n ** 18n)]);
    const badge = ContributionBadge__factory.createInterface();
    const data = badge.encodeFunctionData("awardBatch", [
      1,
      [ALICE.address, ALICE.address, ALICE.address, BOB.address],
      [ZeroHash, ZeroHash, ZeroHash, ZeroHash],
      "",
    ]);
    await provider.send("eth_sendTransaction", [{ from: safe, to: live.record.contracts.badge, data }]);
  });

  after(() => live.stop());

  const token = () => BrandToken__factory.connect(live.record.contracts.token, live.node.provider);
  const rewards = () =>
    ContributionRewards__factory.connect(live.record.contracts.rewards, live.node.provider);
  const show = (account: HDNodeWallet) => live.json<Shown>(["season", "show"], account);

  /** Lets time pass until some seconds after the end of the first season. */
  async function afterFirst(seconds: number): Promise<void> {
    const { seasons } = await live.json<Listed>(["season", "list"]);
    const end = seasons.at(-1)?.end ?? 0;
    const now = (await live.node.provider.getBlock("latest"))?.timestamp ?? 0;
    await live.pass(end + seconds - now);
  }

  async function refused(args: string[], account: HDNodeWallet, ...texts: string[]): Promise<void> {
    const block = await live.node.provider.getBlockNumber();
    expectFailure(await live.cli(args, account), ...texts, "→");
    expect(await live.node.provider.getBlockNumber()).to.equal(block);
  }

  it("are funded by whoever likes to", async () => {
    const fund = ["season", "fund", "current", "1,000 BLUE", "--via", "signer"];
    const before = await live.node.provider.getBlockNumber();
    expectSuccess(await live.cli([...fund, "--dry-run"], CAROL));
    expect(await live.node.provider.getBlockNumber()).to.equal(before);

    const funded = await live.json<Record<string, unknown>>(fund, CAROL);
    expect(funded).to.deep.include({
      season: 1,
      symbol: "BLUE",
      amount: parseEther("1000").toString(),
      funder: CAROL.address,
      dryRun: false,
    });
    expect(funded.transactions).to.have.length(2);
    expect((await rewards().budgetOf(1, token())).budget).to.equal(parseEther("1000"));
    const { seasons } = await live.json<Listed>(["season", "list"]);
    expect(seasons[0]).to.deep.include({ number: 1, state: "running", points: 40 });
    expect(seasons[0]?.opens).to.equal((seasons[0]?.end ?? 0) + WINDOW);
    expect(seasons[0]?.closes).to.equal((seasons[0]?.end ?? 0) + SEASON);
    expect(seasons[0]?.budgets[0]).to.deep.include({ symbol: "BLUE", budget: parseEther("1000").toString() });
  });

  it("are funded by the Safe, whose owners sign", async () => {
    // The Safe has nothing until somebody gives it something.
    const args = ["season", "fund", "2", "50"];
    await refused(args, STRANGER, live.record.safe, "It has 0 BLUE, less than 50 BLUE");
    await (
      await token().connect(CAROL.connect(live.node.provider)).transfer(live.record.safe, parseEther("50"))
    ).wait();
    const { files } = await live.json<{ files: string[] }>(args, STRANGER);
    const [file = ""] = files;
    for (const owner of [FIRST_OWNER, SECOND_OWNER])
      expectSuccess(await live.cli(["safe", "sign", file], owner));
    expectSuccess(await live.cli(["safe", "execute", file], STRANGER));
    expect((await rewards().budgetOf(2, token())).budget).to.equal(parseEther("50"));
  });

  it("are funded by the treasury, with a proposal", async () => {
    const args = ["season", "fund", "3", "500", "--via", "proposal"];
    const { files } = await live.json<{ files: string[] }>(args, STRANGER);
    const [file = ""] = files;
    const draft = await readFile(file, "utf8");
    expect(draft).to.include("approve").and.to.include("500 BLUE");
    const created = await live.cli(["proposal", "create", file], ALICE);
    expectSuccess(created);
    expect(created.stdout).to.include("rewards.fund(season: 3").and.to.include("amount: 500 BLUE");
    await live.pass(DAY + 60);
    expectSuccess(await live.cli(["proposal", "vote", "1", "for"], ALICE));
    await live.pass(3 * DAY);
    expectSuccess(await live.cli(["proposal", "queue", "1"], ALICE));
    await live.pass(2 * DAY);
    expectSuccess(await live.cli(["proposal", "execute", "1"], ALICE));
    expect((await rewards().budgetOf(3, token())).budget).to.equal(parseEther("500"));
  });

  it("show their members what they will get, and why not yet", async () => {
    const { account, seasons } = await show(ALICE);
    expect(account).to.equal(ALICE.address);
    expect(seasons[0]).to.deep.include({ number: 1, points: 30, totalPoints: 40 });
    expect(seasons[0]?.rewards[0]).to.deep.include({ share: parseEther("750").toString(), claimable: "0" });
    expect(String((seasons[0]?.rewards[0]?.problem as { message?: string }).message)).to.include(
      "runs until",
    );
    const text = await live.cli(["season", "show"], ALICE);
    expectSuccess(text);
    expect(text.stdout)
      .to.include("runs until")
      .and.to.match(/→ Claim from \d{4}-/u);
    await refused(["season", "claim", "1"], ALICE, "season 1", "runs until", "Claim from");
    await afterFirst(60);
    await refused(["season", "claim", "1"], ALICE, "can still be disputed", "Claim from");
    await refused(["season", "fund", "1", "1", "--via", "signer"], CAROL, "Season 1 ended", '"current"');
  });

  it("pay what is claimed, to whom it belongs", async () => {
    await afterFirst(WINDOW + 60);
    const claim = (...more: string[]) => ["season", "claim", "1", ...more];
    const aliceBefore = await token().balanceOf(ALICE.address);
    expectSuccess(await live.cli(claim("--dry-run"), ALICE));
    expect(await token().balanceOf(ALICE.address)).to.equal(aliceBefore);

    // Somebody else pays the gas.
    const claimed = await live.json<Record<string, unknown>>(claim(ALICE.address), STRANGER);
    expect(claimed).to.deep.include({ season: 1, account: ALICE.address, dryRun: false });
    const [paid] = claimed.claims as { amount: string }[];
    expect(paid?.amount).to.equal(parseEther("750").toString());
    expect((await token().balanceOf(ALICE.address)) - aliceBefore).to.equal(parseEther("750"));
    const { seasons, claims } = await show(ALICE);
    expect(seasons[1]?.rewards[0]).to.deep.include({ claimed: parseEther("750").toString(), claimable: "0" });
    expect(claims).to.have.length(1);

    await refused(claim(), ALICE, "nothing left to claim");
    await refused(claim(), STRANGER, "has no points of season 1");
    await refused(["season", "claim", "9"], BOB, "too far ahead");
    await refused(["season", "claim", "1", ALICE.address, "--all"], BOB, "all members");
    const rest = await live.cli(["season", "claim", "--all", "--dry-run"], STRANGER);
    expectSuccess(rest);
    expect(rest.stdout).to.include("1 claim of season 1").and.to.include(`${BOB.address}  250 BLUE`);
    const text = await live.cli(["season", "show", BOB.address]);
    expectSuccess(text);
    expect(text.stdout).to.include("250 BLUE").and.to.include("ブルー自転車");
  });

  it("return to the treasury what nobody claimed", async () => {
    await refused(["season", "return"], STRANGER, "belong to seasons");
    await afterFirst(SEASON + 60);
    await refused(["season", "claim", "1"], BOB, "Claims of season 1 closed", "season return");
    const { timelock } = live.record.contracts;
    const before = await token().balanceOf(timelock);
    const returned = await live.json<Record<string, unknown>>(["season", "return"], STRANGER);
    expect(returned).to.deep.include({ symbol: "BLUE", amount: parseEther("250").toString() });
    expect((await token().balanceOf(timelock)) - before).to.equal(parseEther("250"));
    const { seasons } = await live.json<Listed>(["season", "list"]);
    expect(seasons.at(-1)).to.deep.include({ number: 1, state: "over" });
    const text = await live.cli(["season", "list"]);
    expectSuccess(text);
    expect(text.stdout)
      .to.include("1,000 BLUE")
      .and.to.match(/closed \d{4}-/u);
  });

  it("say what is wrong with what they are told", async () => {
    await refused(["season", "fund", "next", "1"], CAROL, "season", '"next"');
    await refused(["season", "fund", "current", "1 RED"], CAROL, "amount", '"RED"');
    await refused(["season", "fund", "current", "0", "--via", "signer"], CAROL, "amount", "It is zero");
    await refused(
      ["season", "fund", "current", "1", "--token", STRANGER.address],
      CAROL,
      "--token",
      "isn't an ERC-20",
    );
    await refused(["season", "show", "alice"], CAROL, '"alice"');
  });
});
