import { existsSync, readdirSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { type HDNodeWallet, parseEther, toQuantity, Transaction } from "ethers";
import { BrandGovernor__factory, BrandToken__factory } from "../../typechain-types/index.js";
import { ROOT } from "./commandLine.js";
import { type Handle, NodeProxy, SEND } from "./proxy.js";
import type { LiveNode } from "./support.js";
import {
  accounts,
  describeCommandLine,
  expectFailure,
  expectSuccess,
  forgetLogs,
  launchLive,
  run,
} from "./support.js";

const DAY = 86_400;
const [ALICE, BOB] = accounts.slice(4, 6) as [HDNodeWallet, HDNodeWallet];
const SOMEBODY = "0x1111111111111111111111111111111111111111";
/** Where a command that failed said where in Hardhat's code it did. */
const STACK = /\n\s+at .*\.js/u;

interface Log {
  readonly data: string;
}

describeCommandLine("nodes and records that lie", function () {
  let live: LiveNode;
  let proxy: NodeProxy;

  before(async () => {
    live = await launchLive();
    proxy = await NodeProxy.before(live.node);
    const { provider } = live.node;
    const { governor: address, token } = live.record.contracts;
    const pay = BrandToken__factory.createInterface().encodeFunctionData("transfer", [BOB.address, 5n]);
    const governor = BrandGovernor__factory.connect(address, ALICE.connect(provider));
    await (await governor.propose([token], [0], [pay], "# Nothing of importance")).wait();
    await live.pass(DAY + 1);
    for (let i = 0; i < 40; i++) await provider.send("evm_mine", []);
  });

  beforeEach(() => forgetLogs(live.record.contracts.governor));

  afterEach(() => {
    proxy.mend();
  });

  after(async () => {
    await proxy.close();
    await live.stop();
  });

  const cli = (args: readonly string[], more: { second?: string; network?: string } = {}) =>
    run([...args, "--dao", live.slug], { url: proxy.url, key: ALICE.privateKey, ...more });
  const ballot = () =>
    path.join(process.cwd(), "outbox", "31337", live.slug, "ballots", `1-${ALICE.address}.json`);
  const hasVoted = async () => {
    const governor = BrandGovernor__factory.connect(live.record.contracts.governor, live.node.provider);
    const [created] = await governor.queryFilter(governor.filters.ProposalCreated());
    return governor.hasVoted(created?.args.proposalId ?? 0n, ALICE.address);
  };

  /** Has the node make something else of what it answers to a method. */
  const lies =
    (method: string, change: (result: unknown, params: readonly unknown[]) => unknown): Handle =>
    async (passing) => {
      const answer = await passing.forward();
      if (passing.method !== method) return answer;
      const parsed = JSON.parse(answer) as { readonly result?: unknown };
      return JSON.stringify({ ...parsed, result: change(parsed.result, passing.params) });
    };

  it("show nobody a proposal that isn't what was proposed, and have nobody sign for it", async () => {
    const mine = BOB.address.slice(2).toLowerCase();
    proxy.handle = lies("eth_getLogs", (logs) =>
      (logs as Log[]).map((log) => ({ ...log, data: log.data.replaceAll(mine, SOMEBODY.slice(2)) })),
    );
    for (const args of [
      ["proposal", "show", "1"],
      ["proposal", "list"],
      ["proposal", "vote", "1", "for"],
      ["proposal", "sign", "1", "for"],
    ]) {
      const outcome = await cli(args);
      expectFailure(outcome, "isn't what was proposed", "Sign nothing");
      expect(outcome.stdout + outcome.stderr)
        .not.to.include(SOMEBODY)
        .and.not.match(STACK);
    }
    expect([existsSync(ballot()), await hasVoted()]).to.deep.equal([false, false]);
    proxy.mend();
    // What is signed for is shown first, and not its title alone.
    const signed = await cli(["proposal", "sign", "1", "for"]);
    expectSuccess(signed);
    expect(signed.stdout).to.match(/token\.transfer\(to: .*, value: 0\.000000000000000005 BLUE\)/u);
    expect(signed.stdout).to.include(BOB.address).and.include("Can't be undone");
    const dry = await cli(["proposal", "vote", "1", "for", "--dry-run"]);
    expectSuccess(dry);
    expect(dry.stdout).to.include(BOB.address).and.include("Can't be undone");
  });

  it("are found out where they have thrown logs away, and nothing of it is kept", async () => {
    proxy.handle = lies("eth_getLogs", () => []);
    for (const args of [
      ["proposal", "list"],
      ["drop", "status"],
    ]) {
      expectFailure(await cli(args), "Those of the launch aren't there", "left some out");
    }
    proxy.mend();
    const list = await cli(["proposal", "list"]);
    expectSuccess(list);
    expect(list.stdout).to.include("Nothing of importance");
  });

  it("are found out by a second node before anything is signed", async () => {
    const out = (name: string) => ["--out", path.join(live.brands.folder, `${name}.json`)];
    const second = live.node.url;
    expectSuccess(await cli(["proposal", "sign", "1", "against", ...out("honest")], { second }));
    // It was asked for all logs, also for those that the first one isn't asked for again.
    const cache = path.join(ROOT, "cache", "kyoso");
    const kept = readdirSync(cache, { recursive: true, encoding: "utf8" });
    const governor = `31337/${live.record.contracts.governor.toLowerCase()}.jsonl`;
    const ofSecond = kept.filter((name) => name.startsWith("second-") && name.endsWith(governor));
    expect(ofSecond).to.have.length(1);
    rmSync(path.join(cache, ofSecond[0]?.split("/")[0] ?? "second-none"), { recursive: true });
    let lied = 0;
    proxy.handle = lies("eth_getBlockByNumber", (block) => {
      lied += 1;
      return { ...(block as object), stateRoot: `0x${"12".repeat(32)}` };
    });
    const outcome = await cli(["proposal", "sign", "1", "abstain", ...out("lying")], { second });
    expect(lied).to.be.above(0);
    expectFailure(outcome, "KYOSO_CHECK_RPC_URL", "answers otherwise");
    expect(existsSync(path.join(live.brands.folder, "lying.json"))).to.equal(false);
  });

  it("are not believed that something was carried out, where a second node has no such receipt", async () => {
    const { provider, url: second } = live.node;
    const token = BrandToken__factory.connect(live.record.contracts.token, provider);
    const args = ["token", "delegate", BOB.address];
    const [number, block] = [
      await provider.getTransactionCount(ALICE.address),
      await provider.getBlock("latest"),
    ];
    let sent = "";
    proxy.handle = async ({ method, params, forward }) => {
      const answered = (result: unknown) => JSON.stringify({ jsonrpc: "2.0", id: 1, result });
      if (method === SEND) {
        sent = Transaction.from(String(params[0])).hash ?? "";
        return answered(sent);
      }
      if (sent === "") return forward();
      if (method === "eth_getTransactionCount") return answered(toQuantity(number + 1));
      if (method !== "eth_getTransactionReceipt") return forward();
      const nobody = { from: ALICE.address, to: live.record.contracts.token, contractAddress: null };
      const gas = { gasUsed: "0x5208", cumulativeGasUsed: "0x5208", effectiveGasPrice: "0x1" };
      return answered({
        ...{ transactionHash: sent, transactionIndex: "0x0", blockHash: block?.hash, logsBloom: "0x" },
        ...{
          blockNumber: toQuantity(block?.number ?? 0),
          status: "0x1",
          type: "0x2",
          logs: [],
          ...gas,
          ...nobody,
        },
      });
    };
    const outcome = await cli(args, { second });
    expect(sent).not.to.equal("");
    expectFailure(outcome, "It isn't known yet what becomes of", sent, "eth_getTransactionReceipt");
    expect(outcome.stdout).not.to.include(sent);
    expect(await token.delegates(ALICE.address)).to.equal(ALICE.address);
    proxy.mend();
    // The next run hands it in again: what was written down isn't forgotten for a made-up receipt.
    expectFailure(await cli(args, { second }), "it is done", sent);
    expect(await token.delegates(ALICE.address)).to.equal(BOB.address);
    expect(await provider.getTransactionCount(ALICE.address)).to.equal(number + 1);
    expectSuccess(await cli(["token", "delegate", ALICE.address], { second }));
  });

  it("can't have a transaction that is under way replaced, which they hide and a second node knows", async () => {
    const { provider, url: second } = live.node;
    await provider.send("evm_setAutomine", [false]);
    const wallet = ALICE.connect(provider);
    try {
      const waiting = await wallet.sendTransaction({ to: BOB.address, value: 1n });
      const latest = toQuantity(await provider.getTransactionCount(ALICE.address, "latest"));
      proxy.handle = lies("eth_getTransactionCount", () => latest);
      const outcome = await cli(["token", "delegate", BOB.address, "--max-fee", "900 gwei"], { second });
      expectFailure(outcome, "KYOSO_CHECK_RPC_URL", "answers otherwise", "eth_getTransactionCount");
      await provider.send("evm_mine", []);
      expect((await waiting.wait())?.status).to.equal(1);
    } finally {
      await provider.send("evm_setAutomine", [true]);
    }
  });

  it("are found out in what was only shown, where a second node says otherwise", async () => {
    const { url: second } = live.node;
    const args = ["token", "balance", BOB.address];
    expectSuccess(await cli(args, { second }));
    const [has, said] = ["40000", "50000"].map((tokens) => parseEther(tokens).toString(16));
    proxy.handle = lies("eth_call", (answer) => String(answer).replaceAll(has ?? "", said ?? ""));
    expectFailure(await cli(args, { second }), "KYOSO_CHECK_RPC_URL", "what was shown may not be so");
  });

  it("say what they have against a request, without a stack trace", async () => {
    proxy.handle = ({ method, forward }) =>
      method === "eth_call" ? Promise.resolve("<!DOCTYPE html><title>Just a moment...</title>") : forward();
    const page = await cli(["proposal", "list"]);
    expectFailure(page, "something else than JSON-RPC");
    expect(page.stdout + page.stderr).not.to.match(STACK);
    proxy.handle = async ({ method, forward }) => {
      if (method !== "eth_call") return forward();
      const { id } = JSON.parse(await forward()) as { id: number };
      const error = { code: -32_000, message: "missing trie node 1234 (path ) state 0x12 is not available" };
      return JSON.stringify({ jsonrpc: "2.0", id, error });
    };
    const gone = await cli(["dao", "status"]);
    expectFailure(gone, "missing trie node 1234");
    expect(gone.stdout + gone.stderr).not.to.match(STACK);
  });

  it("give a planted record no names, and an audit no peace", async () => {
    const file = live.files.record;
    const text = await readFile(file, "utf8");
    const record = JSON.parse(text) as Record<string, unknown>;
    const plant = (change: object) => writeFile(file, JSON.stringify({ ...record, ...change }));
    try {
      for (const change of [
        { safe: SOMEBODY },
        { contracts: { ...live.record.contracts, handover: live.record.contracts.token } },
      ]) {
        await plant(change);
        for (const args of [
          ["proposal", "show", "1"],
          ["dao", "status"],
        ]) {
          expectFailure(await cli(args), "The record", "was changed");
        }
      }
      await plant({ factory: SOMEBODY });
      expectFailure(await cli(["proposal", "show", "1"]), SOMEBODY, "KYOSO_FACTORY");
      const audit = await cli(["dao", "audit", "--brand", live.files.brand]);
      expectFailure(audit, "checks failed");
      expect(audit.stdout).to.include("the factory is one that this version knows");
    } finally {
      await writeFile(file, text);
    }
  });
});
