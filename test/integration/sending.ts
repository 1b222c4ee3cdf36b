import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { formatEther, type HDNodeWallet, parseEther, parseUnits, toQuantity, Transaction } from "ethers";
import {
  BrandGovernor__factory,
  BrandToken__factory,
  ContributionRewards__factory,
} from "../../typechain-types/index.js";
import { sentOn, underWay } from "./cut.js";
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

/** A command that is killed. */
interface Killed {
  readonly args: readonly string[];
  /** Done before it. */
  readonly first?: () => Promise<void>;
  readonly isDone: () => Promise<boolean>;
}

const [ALICE, BOB, CAROL, DAN, EVE] = accounts.slice(4, 9) as [
  HDNodeWallet,
  HDNodeWallet,
  HDNodeWallet,
  HDNodeWallet,
  HDNodeWallet,
];
const OWNERS = accounts.slice(1, 3) as [HDNodeWallet, HDNodeWallet];

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
  const open = ({ address }: HDNodeWallet) => underWay(live.node.provider, address);

  /** Has what is written down of a transaction be as old. */
  async function ageBy({ address }: HDNodeWallet, name: string, milliseconds: number): Promise<void> {
    const file = path.join(await sentOn(live.node.provider), address.toLowerCase(), name);
    const posted = JSON.parse(await readFile(file, "utf8")) as { at: number };
    await writeFile(file, JSON.stringify({ ...posted, at: posted.at - milliseconds }));
  }

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

  /** Kinds of sending, each with a command for each of the points at which it is killed, and what is to be there after it. */
  const KINDS: readonly {
    readonly what: string;
    /** Which of its transactions it is killed at. */
    readonly transaction: number;
    readonly who: HDNodeWallet;
    /** Commands as often as they are asked for; `count` is how many transactions each sends. */
    readonly prepare: (times: number) => Promise<readonly Killed[]>;
    readonly count: number;
  }[] = [
    {
      what: "calls one after the other",
      // The second one pays; the first one allows it to.
      ...{ transaction: 2, count: 2, who: CAROL },
      prepare: async (times) => {
        const before = await budget();
        let sum = before;
        return Array.from({ length: times }, (_, i) => {
          const wanted = (sum += parseEther(String(20 + i)));
          return {
            args: fund(`${20 + i} BLUE`),
            isDone: async () => (await budget()) === wanted,
          };
        });
      },
    },
    {
      what: "a batch of what others signed",
      ...{ transaction: 1, count: 2, who: DAN },
      prepare: async (times) => {
        const made: Killed[] = [];
        for (let i = 0; i < times; i++) {
          const files = [BOB, CAROL].map(({ address }) =>
            path.join(live.brands.folder, `${i}-${address}.json`),
          );
          const to = accounts[i]?.address ?? "";
          made.push({
            args: ["token", "relay", ...files],
            first: async () => {
              for (const [j, signer] of [BOB, CAROL].entries()) {
                expectSuccess(await live.cli(["token", "sign", to, "--out", files[j] ?? ""], signer));
              }
            },
            isDone: async () =>
              (await Promise.all([BOB, CAROL].map(({ address }) => token().delegates(address)))).every(
                (delegate) => delegate === to,
              ),
          });
        }
        return Promise.resolve(made);
      },
    },
    {
      what: "a transaction of the Safe",
      ...{ transaction: 1, count: 1, who: EVE },
      prepare: async (times) => {
        const { provider } = live.node;
        await (
          await token().connect(ALICE.connect(provider)).transfer(live.record.safe, parseEther("9"))
        ).wait();
        const files: string[] = [];
        for (let i = 1; i <= times; i++) {
          const args = ["token", "send", DAN.address, String(i), "--via", "safe"];
          files.push(...(await live.json<{ files: string[] }>(args, OWNERS[0])).files);
        }
        for (const owner of OWNERS) expectSuccess(await live.cli(["safe", "sign", ...files], owner));
        let wanted = await token().balanceOf(DAN.address);
        return files.map((file, i) => {
          const sum = (wanted += parseEther(String(i + 1)));
          return {
            args: ["safe", "execute", file],
            isDone: async () => (await token().balanceOf(DAN.address)) === sum,
          };
        });
      },
    },
  ];

  for (const { what, transaction, who, prepare, count } of KINDS) {
    it(`is found by the next run where the process was killed, and done once: ${what}`, async () => {
      const points = ["written down", "sent", "answered"] as const;
      const commands = await prepare(points.length);
      for (const [i, point] of points.entries()) {
        const { args, first, isDone } = commands[i] ?? expect.fail("no command");
        await first?.();
        const before = await nonce(who);
        const killOn = proxy.stopAt(transaction, point, "hangs");
        const killed = await cli(args, who, killOn);
        proxy.mend();
        expect(killed.code, `${point}: ${killed.stdout}${killed.stderr}`).to.equal(null);
        expect((await open(who)).length, point).to.be.at.least(1);
        const again = await cli(args, who);
        expectSuccess(again);
        expect(again.stdout, point)
          .to.include("An earlier command had sent something")
          .and.to.include("is confirmed");
        expect(await isDone(), point).to.equal(true);
        expect((await nonce(who)) - before, point).to.equal(count);
        expect(await open(who), point).to.deep.equal([]);
      }
    });
  }

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

  for (const message of [
    "Internal error",
    "Temporary internal error. Please retry",
    "already reserved",
    "upstream said no",
  ]) {
    it(`isn't sent twice where what is in front of a node answers "${message}" once the node has it`, async () => {
      const { provider } = live.node;
      const before = await token().balanceOf(CAROL.address);
      let sends = 0;
      proxy.handle = async ({ method, forward }) => {
        if (method !== SEND || ++sends !== 1) return forward();
        await provider.send("evm_setAutomine", [false]);
        await forward();
        setTimeout(() => {
          void provider.send("evm_mine", []).then(() => provider.send("evm_setAutomine", [true]));
        }, 500);
        return JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code: -32_603, message } });
      };
      expectSuccess(await cli(["token", "send", CAROL.address, "7"], BOB));
      proxy.mend();
      expect((await token().balanceOf(CAROL.address)) - before).to.equal(parseEther("7"));
      expect(await open(BOB)).to.deep.equal([]);
    });
  }

  it("is told of where an earlier run has done it, and done once more only where that is meant", async () => {
    const [before, have] = await Promise.all([
      token().balanceOf(EVE.address),
      token().balanceOf(ALICE.address),
    ]);
    // Not enough is left for a second time.
    const amount = (have * 6n) / 10n;
    const args = ["token", "send", EVE.address, formatEther(amount)];
    await cli(args, ALICE, proxy.stopAt(1, "answered", "hangs"));
    proxy.mend();
    const sent = (await token().balanceOf(EVE.address)) - before;
    expect(sent).to.equal(amount);
    for (const how of [[], ["--json"]]) {
      const again = await cli([...args, ...how], ALICE);
      expectFailure(again, "less than", "was carried out, which an earlier command had sent", "it is done");
    }
    const [file = ""] = await open(ALICE);
    await ageBy(ALICE, file, 2 * 3_600_000);
    const giveBack = async () =>
      (await token().connect(EVE.connect(live.node.provider)).transfer(ALICE.address, amount)).wait();
    await giveBack();
    expectFailure(await cli([...args, "--json"], ALICE), "was carried out", "if you want it once more");
    expect(await token().balanceOf(EVE.address)).to.equal(before);
    expect(await open(ALICE)).to.deep.equal([]);
    expectSuccess(await cli(args, ALICE));
    expect((await token().balanceOf(EVE.address)) - before).to.equal(amount);
    await giveBack();
  });

  it("is told of while nobody knows what becomes of it, where another command fails before it would send", async () => {
    const { provider } = live.node;
    await provider.send("evm_setAutomine", [false]);
    try {
      await cli(["token", "send", EVE.address, "2"], CAROL, proxy.stopAt(1, "answered", "hangs"));
      proxy.mend();
      const vote = ["proposal", "vote", "999", "for", "--patience", "1"];
      expectFailure(
        await cli(vote, CAROL),
        "There is no proposal",
        "It isn't known yet what becomes of",
        "Send 2 ",
      );
    } finally {
      await provider.send("evm_setAutomine", [true]);
      await provider.send("evm_mine", []);
    }
    expectFailure(
      await cli(["token", "send", EVE.address, "100000000"], CAROL),
      "less than",
      "was carried out",
    );
  });

  it("isn't sent through a node that doesn't know yet what was sent a moment ago, and isn't taken for that", async () => {
    const args = ["token", "send", DAN.address, "3"];
    const before = await token().balanceOf(DAN.address);
    expectSuccess(await cli(args, BOB));
    const behind = toQuantity((await nonce(BOB)) - 1);
    proxy.handle = async ({ method, forward }) => {
      const answer = await forward();
      if (method !== "eth_getTransactionCount") return answer;
      return JSON.stringify({ ...(JSON.parse(answer) as object), result: behind });
    };
    expectFailure(await cli(args, BOB), "was carried out already", "is behind");
    proxy.mend();
    expect((await token().balanceOf(DAN.address)) - before).to.equal(parseEther("3"));
    expectSuccess(await cli(args, BOB));
    expect((await token().balanceOf(DAN.address)) - before).to.equal(parseEther("6"));
  });

  it("says on one line why a node refuses", async () => {
    proxy.handle = async ({ method, forward }) =>
      method === SEND
        ? JSON.stringify({
            jsonrpc: "2.0",
            id: 1,
            error: { code: -32_000, message: "insufficient funds\n\n✓ Paid: 0xabc\n✓ done" },
          })
        : forward();
    const { stderr } = await cli(["token", "send", CAROL.address, "7"], BOB);
    expect(stderr).to.include("insufficient funds ✓ Paid");
  });

  it("shows a symbol that a node makes up as a part of a line", async () => {
    const hex = (text: string) => Buffer.from(text).toString("hex");
    proxy.handle = async ({ method, forward }) => {
      const answer = await forward();
      return method === "eth_call" ? answer.replaceAll(hex("BLUE"), hex("\n☠")) : answer;
    };
    const { stdout } = await cli(["token", "send", CAROL.address, "7", "--dry-run"], BOB);
    expect(stdout).to.include("7 ☠").and.not.match(/^☠/mu);
  });

  it("is refused where a node makes up a base fee that its tip would be usual with", async () => {
    const before = await nonce(BOB);
    proxy.handle = async ({ method, forward }) => {
      const answer = await forward();
      const result =
        method === "eth_maxPriorityFeePerGas" ? toQuantity(parseUnits("900", "gwei")) : undefined;
      if (result !== undefined) return JSON.stringify({ ...(JSON.parse(answer) as object), result });
      return answer.replaceAll(
        /"baseFeePerGas":"0x[0-9a-f]+"/gu,
        `"baseFeePerGas":"${toQuantity(parseUnits("500", "gwei"))}"`,
      );
    };
    expectFailure(
      await cli(["token", "send", CAROL.address, "7"], BOB),
      "far beyond what is usual",
      "--max-fee",
    );
    expect(await nonce(BOB)).to.equal(before);
  });

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
