import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { type HDNodeWallet, parseEther, parseUnits, Transaction } from "ethers";
import {
  BrandGovernor__factory,
  BrandToken__factory,
  ContributionRewards__factory,
} from "../../typechain-types/index.js";
import { ROOT } from "./commandLine.js";
import type { LiveNode } from "./support.js";
import {
  accounts,
  describeCommandLine,
  expectFailure,
  expectSuccess,
  launchLive,
  run,
  NodeProxy,
  SEND,
} from "./support.js";

const DAY = 86_400;
const [ALICE, BOB, CAROL, DAN, EVE] = accounts.slice(4, 9) as [
  HDNodeWallet,
  HDNodeWallet,
  HDNodeWallet,
  HDNodeWallet,
  HDNodeWallet,
];

describeCommandLine("what is sent, through a bad line", function () {
  let live: LiveNode;
  let proxy: NodeProxy;

  before(async () => {
    live = await launchLive();
    proxy = await NodeProxy.before(live.node);
  });

  afterEach(() => {
    proxy.mend();
  });

  after(async () => {
    await proxy.close();
    await live.stop();
  });

  const token = () => BrandToken__factory.connect(live.record.contracts.token, live.node.provider);
  const governor = () => BrandGovernor__factory.connect(live.record.contracts.governor, live.node.provider);
  const rewards = () =>
    ContributionRewards__factory.connect(live.record.contracts.rewards, live.node.provider);
  const budget = async () => (await rewards().budgetOf(1, token())).budget;
  const cli = (args: readonly string[], { privateKey: key }: HDNodeWallet, killOn?: Promise<unknown>) =>
    run([...args, "--dao", live.slug], { url: proxy.url, key, ...(killOn === undefined ? {} : { killOn }) });
  const nonce = ({ address }: HDNodeWallet) => live.node.provider.getTransactionCount(address);
  const fund = (amount: string) => ["season", "fund", "1", amount, "--via", "signer"];

  /** Transactions that are still written down. */
  const open = async ({ address }: HDNodeWallet) => {
    const first = await live.node.provider.getBlock(0);
    const chain = `31337-${first?.hash?.slice(2, 18) ?? ""}`;
    const folder = path.join(ROOT, "sent", chain, address.toLowerCase());
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  };

  /** Runs a command that is cut at each of its requests, and expects so many transactions of it. */
  async function cutEverywhere(
    args: readonly string[],
    who: HDNodeWallet,
    forwarded: boolean,
    count: number,
  ) {
    const before = await nonce(who);
    const cut = proxy.cutEachOnce(forwarded);
    const outcome = await cli(args, who);
    proxy.mend();
    expectSuccess(outcome);
    expect(cut.filter((method) => method === SEND)).to.have.length(count);
    expect(cut.length).to.be.above(10);
    expect((await nonce(who)) - before).to.equal(count);
    expect(await open(who)).to.deep.equal([]);
    return outcome;
  }

  it("is carried out once, whichever request is cut before and after the node got it", async () => {
    await cutEverywhere(fund("10 BLUE"), CAROL, true, 2);
    expect(await budget()).to.equal(parseEther("10"));
    await cutEverywhere(["token", "delegate", BOB.address], CAROL, false, 1);
    expect(await token().delegates(CAROL.address)).to.equal(BOB.address);
  });

  it("is found by the next run where the process was killed, and paid once", async () => {
    for (const [i, forwarded] of [true, false].entries()) {
      const [paid, before] = [await budget(), await nonce(CAROL)];
      // At the second transaction, which pays; the first one allows it to.
      const killOn = proxy.stopAt(2, forwarded, "hangs");
      const killed = await cli(fund(`${20 + i} BLUE`), CAROL, killOn);
      proxy.mend();
      expect(killed.code).to.equal(null);
      expect((await open(CAROL)).length).to.be.at.least(1);
      const again = await cli(fund(`${20 + i} BLUE`), CAROL);
      expectSuccess(again);
      expect(again.stdout).to.include("An earlier command had sent something").and.to.include("is confirmed");
      expect(await budget()).to.equal(paid + parseEther(String(20 + i)));
      expect((await nonce(CAROL)) - before).to.equal(2);
      expect(await open(CAROL)).to.deep.equal([]);
    }
  });

  for (const [what, cancels] of [
    ["sped up by a wallet counts as what it is, and is paid once", false],
    ["cancelled by a wallet failed, and says so", true],
  ] as const) {
    it(what, async () => {
      const { provider } = live.node;
      const paid = await budget();
      let sends = 0;
      // The wallet's transaction comes in while the command's is pending: it pays more, under the same number.
      proxy.handle = async ({ method, params, forward }) => {
        if (method !== SEND || ++sends !== 2) return forward();
        await provider.send("evm_setAutomine", [false]);
        try {
          const answer = await forward();
          const sent = Transaction.from(String(params[0]));
          const { nonce: number, gasLimit, to, data } = sent;
          const fees = {
            maxFeePerGas: parseUnits("90", "gwei"),
            maxPriorityFeePerGas: parseUnits("80", "gwei"),
          };
          const same = cancels ? { to: CAROL.address } : { to, data };
          await CAROL.connect(provider).sendTransaction({ nonce: number, gasLimit, ...fees, ...same });
          await provider.send("evm_mine", []);
          return answer;
        } finally {
          await provider.send("evm_setAutomine", [true]);
        }
      };
      const outcome = await cli([...fund("30 BLUE"), "--json"], CAROL);
      proxy.mend();
      if (cancels) {
        expectFailure(outcome, "won't be carried out", "another transaction");
        const { sent } = JSON.parse(outcome.stdout) as { sent: { state: string }[] };
        expect(sent.map(({ state }) => state)).to.deep.equal(["confirmed", "replaced"]);
        expect(await budget()).to.equal(paid);
      } else {
        expectSuccess(outcome);
        expect(await budget()).to.equal(paid + parseEther("30"));
      }
      expect(await open(CAROL)).to.deep.equal([]);
    });
  }

  it("is refused where the node asks for a crazy fee, and costs no more than was said", async () => {
    const before = await nonce(BOB);
    let asked = 0;
    proxy.handle = async ({ method, forward }) => {
      const answer = await forward();
      if (method !== "eth_maxPriorityFeePerGas") return answer;
      asked += 1;
      // 1,250 ETH for 200,000 units of gas.
      return JSON.stringify({ ...(JSON.parse(answer) as object), result: "0x16345785d8a000" });
    };
    const args = ["token", "delegate", CAROL.address];
    expectFailure(await cli(args, BOB), "far beyond what is usual", "--max-fee");
    expect(asked).to.be.above(0);
    expect(await nonce(BOB)).to.equal(before);
    const bounded = await cli([...args, "--max-fee", "50 gwei"], BOB);
    expectSuccess(bounded);
    expect(bounded.stdout).to.match(/Costs about .* ETH, and .* ETH at most/u);
    const block = await live.node.provider.getBlock("latest", true);
    const [sent] = block?.prefetchedTransactions ?? [];
    expect(sent?.from).to.equal(BOB.address);
    expect((sent?.maxFeePerGas ?? 0n) <= parseUnits("50", "gwei")).to.equal(true);
    expectFailure(await cli([...args, "--max-fee", "50"], BOB), "isn't a price", "gwei");
  });

  it("has gas enough though it reaches the quorum only after another one slipped in", async () => {
    const { provider } = live.node;
    const as = (who: HDNodeWallet) => governor().connect(who.connect(provider));
    for (const { address } of [DAN, EVE]) {
      await (await token().connect(ALICE.connect(provider)).transfer(address, parseEther("20000"))).wait();
    }
    await (await as(ALICE).propose([ALICE.address], [0], ["0x"], "# Taste the blend")).wait();
    const [created] = await governor().queryFilter(governor().filters.ProposalCreated());
    const id = created?.args.proposalId ?? 0n;
    // At the end, where the ballot that reaches the quorum extends the vote. Neither of the two does so alone.
    await live.pass(4 * DAY - 3_600);
    proxy.handle = async ({ method, forward }) => {
      if (method === SEND) await (await as(EVE).castVote(id, 1)).wait();
      return forward();
    };
    const outcome = await cli(["proposal", "vote", "1", "for"], DAN);
    proxy.mend();
    expectSuccess(outcome);
    expect(await governor().hasVoted(id, DAN.address)).to.equal(true);
  });
});
