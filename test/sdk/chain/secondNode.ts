import { expect } from "chai";
import { toQuantity, ZeroHash } from "ethers";
import type { Eip1193Provider } from "../../../sdk/chain/eip1193.js";
import { LogCache } from "../../../sdk/chain/logCache.js";
import { MemoryLogs } from "../../../sdk/chain/logStore.js";
import type { ChainLog, PackedLogs } from "../../../sdk/chain/packedLogs.js";
import { packLogs, unpackLogs } from "../../../sdk/chain/packedLogs.js";
import { SecondNode } from "../../../sdk/chain/secondNode.js";
import { openDao } from "../../../sdk/live.js";
import { readProposals } from "../../../sdk/governance/proposals.js";
import { proposalWorld } from "../governance/support.js";
import { kyosoError, load } from "../support.js";

type Args = Parameters<Eip1193Provider["request"]>[0];

describe("a second node", () => {
  /** A DAO as a command reads it that has a second node. */
  async function world(change: (args: Args, answer: unknown) => unknown = (_, answer) => answer) {
    const at = await load(proposalWorld);
    await at.propose("One");
    const chain = at.context.eip1193;
    const asked: string[] = [];
    const first: Eip1193Provider = { request: async (args) => change(args, await chain.request(args)) };
    const honest: Eip1193Provider = {
      request: (args) => {
        asked.push(args.method);
        return chain.request(args);
      },
    };
    const second = new SecondNode(honest);
    second.watch(first);
    return { ...at, first, second, asked, read: () => openDao(at.record, at.context.provider, first) };
  }

  const codeOf = async (promise: Promise<unknown>) =>
    (await kyosoError(promise)).problems.map(({ code }) => code);

  it("agrees with an honest one, and isn't asked twice", async () => {
    const { read, second, asked } = await world();
    await readProposals(await read());
    await second.confirm();
    expect(asked).to.include("eth_getLogs").and.include("eth_call");
    const count = asked.length;
    await second.confirm();
    // Only how far it is.
    expect(asked.slice(count)).to.deep.equal(["eth_getBlockByNumber"]);
  });

  it("agrees where blocks have come in between", async () => {
    const { read, second, first, connection } = await world();
    const latest = await first.request({ method: "eth_getBlockByNumber", params: ["latest", false] });
    expect(latest).to.have.property("number");
    await first.request({ method: "eth_getCode", params: [(await read()).record.contracts.token, "latest"] });
    await connection.networkHelpers.mine(3);
    await second.confirm();
  });

  it("refuses whatever the first one makes up", async () => {
    const flip = (text: string) => text.replace(/[0-9a-f]$/u, (digit) => (digit === "0" ? "1" : "0"));
    const lies: [method: string, lie: (answer: unknown) => unknown][] = [
      ["eth_call", (answer) => flip(String(answer))],
      ["eth_getCode", () => "0x00"],
      ["eth_getLogs", () => []],
      ["eth_getLogs", (answer) => (answer as object[]).map((log) => ({ ...log, data: "0x" }))],
      ["eth_getBlockByNumber", (answer) => ({ ...(answer as object), stateRoot: `0x${"0".repeat(64)}` })],
      ["eth_getBlockByNumber", (answer) => ({ ...(answer as object), timestamp: "0x7fffffff" })],
      ["eth_getBlockByNumber", (answer) => ({ ...(answer as object), baseFeePerGas: "0x746a528800" })],
      ["eth_getBalance", (answer) => flip(String(answer))],
      ["eth_getTransactionCount", (answer) => `0x${(Number(answer) + 1).toString(16)}`],
      ["eth_getTransactionReceipt", (answer) => ({ ...(answer as object), status: "0x0" })],
      ["eth_getTransactionReceipt", (answer) => ({ ...(answer as object), logs: [] })],
      ["eth_getTransactionReceipt", (answer) => ({ ...(answer as object), transactionHash: ZeroHash })],
      ["eth_getTransactionByHash", (answer) => ({ ...(answer as object), input: "0x" })],
    ];
    for (const [method, lie] of lies) {
      const { first, second, record, context } = await world((args, answer) =>
        args.method === method ? lie(answer) : answer,
      );
      const { governor } = record.contracts;
      const newest = await context.provider.getBlock("latest");
      const block = toQuantity(newest?.number ?? 0);
      const [hash] = newest?.transactions ?? [];
      const params = {
        eth_call: [{ to: governor, data: "0x3932abb1" }, block],
        eth_getCode: [governor, "latest"],
        eth_getLogs: [{ address: governor, fromBlock: "0x0", toBlock: block }],
        eth_getBlockByNumber: ["latest", false],
        eth_getBalance: [governor, "latest"],
        eth_getTransactionCount: [governor, "latest"],
        eth_getTransactionReceipt: [hash],
        eth_getTransactionByHash: [hash],
      }[method];
      await first.request({ method: "eth_blockNumber" });
      await first.request({ method, params: params ?? [] });
      expect(await codeOf(second.confirm()), method).to.deep.equal(["node.differs"]);
      // And so does whoever would sign by the node itself.
      expect(await codeOf(first.request({ method: "eth_sendRawTransaction", params: ["0x"] }))).to.deep.equal(
        ["node.differs"],
      );
    }
  });

  it("refuses a block in which a transaction is another", async () => {
    const { first, second } = await world((args, answer) => {
      const { transactions = [], ...rest } = (answer ?? {}) as { transactions?: object[] };
      if (args.method !== "eth_getBlockByNumber") return answer;
      return { ...rest, transactions: transactions.map((each) => ({ ...each, input: "0x" })) };
    });
    await first.request({ method: "eth_getBlockByNumber", params: ["latest", true] });
    expect(await codeOf(second.confirm())).to.deep.equal(["node.differs"]);
  });

  it("refuses where the first one hides what an account has under way, and not where itself doesn't know of it", async () => {
    const { context } = await load(proposalWorld);
    const [sender] = (await context.eip1193.request({ method: "eth_accounts" })) as string[];
    for (const [said, known, refused] of [
      [3, 4, true],
      [4, 4, false],
      [4, 3, false],
    ] as const) {
      const count = (number: number): Eip1193Provider => ({
        request: (args) =>
          args.method === "eth_getTransactionCount"
            ? Promise.resolve(toQuantity(number))
            : context.eip1193.request(args),
      });
      const first = count(said);
      const second = new SecondNode(count(known), undefined, { attempts: 2, firstWait: 1 });
      second.watch(first);
      await first.request({ method: "eth_getTransactionCount", params: [sender, "pending"] });
      const found = await second.confirm().then(
        () => false,
        () => true,
      );
      expect(found, `${said} and ${known}`).to.equal(refused);
    }
  });

  it("waits for one that has come to the block and not looked through it yet, and asks for nothing that isn't in one", async () => {
    const { context } = await load(proposalWorld);
    const [hash] = (await context.provider.getBlock("latest"))?.transactions ?? [];
    let asked = 0;
    const slow: Eip1193Provider = {
      request: (args) =>
        args.method === "eth_getTransactionReceipt" && ++asked < 2
          ? Promise.resolve(null)
          : context.eip1193.request(args),
    };
    const first: Eip1193Provider = { request: (args) => context.eip1193.request(args) };
    const second = new SecondNode(slow, undefined, { attempts: 3, firstWait: 1 });
    second.watch(first);
    await first.request({ method: "eth_getTransactionReceipt", params: [ZeroHash] });
    await second.confirm();
    expect(asked).to.equal(0);
    await first.request({ method: "eth_getTransactionReceipt", params: [hash] });
    await second.confirm();
    expect(asked).to.equal(2);
  });

  describe("of logs that were kept", () => {
    type Change = (logs: readonly ChainLog[]) => readonly ChainLog[];

    /** A DAO of which a command has kept the logs once, when it had no second node; and then opens it with one. */
    async function kept() {
      const at = await load(proposalWorld);
      await at.propose("One");
      await at.connection.networkHelpers.mine(40);
      const { eip1193: chain, provider } = at.context;
      const [lines, own] = [new MemoryLogs(), new MemoryLogs()];
      const before = await openDao(at.record, provider, chain, { cache: new LogCache(lines) });
      await before.logsOf("governor");
      const asked: { readonly fromBlock: string }[] = [];
      const node: Eip1193Provider = {
        request: (args) => {
          if (args.method === "eth_getLogs") asked.push(...(args.params as typeof asked));
          return chain.request(args);
        },
      };
      const first: Eip1193Provider = { request: (args) => chain.request(args) };
      const place = { chainId: BigInt(at.record.chainId), address: at.record.contracts.governor };
      return {
        asked,
        again: async () => {
          const second = new SecondNode(node, new LogCache(own));
          second.watch(first);
          const cache = new LogCache(lines, second.remember);
          const live = await openDao(at.record, provider, first, { cache });
          expect(await live.logsOf("governor")).to.have.length.above(3);
          return second;
        },
        change: async (change: Change, of: "first" | "second" = "first") => {
          const store = of === "first" ? lines : own;
          const { lines: found } = await store.read(place);
          expect(found).to.have.length(1);
          const [line = ""] = found.map((text) => {
            const segment = JSON.parse(text) as PackedLogs;
            return JSON.stringify({ ...segment, ...packLogs(change(unpackLogs(segment) ?? [])) });
          });
          await store.keep(place, 0);
          await store.append(place, line);
        },
      };
    }

    it("is asked for these too, and once for what is settled", async () => {
      const { again, asked } = await kept();
      await (await again()).confirm();
      expect(asked.length).to.be.above(0);
      const first = Math.min(...asked.map(({ fromBlock }) => Number(fromBlock)));
      asked.length = 0;
      await (await again()).confirm();
      expect(Math.min(...asked.map(({ fromBlock }) => Number(fromBlock)))).to.be.above(first);
    });

    it("refuses where one was left out, or is another", async () => {
      const changes: readonly Change[] = [
        (logs) => logs.slice(0, -1),
        (logs) =>
          logs.map(({ blockNumber, index, transactionHash, topics, data }) => ({
            ...{ blockNumber, index, transactionHash, topics },
            data: data.replace("4f6e65", "4f6e66"),
          })),
      ];
      for (const change of changes) {
        const world = await kept();
        await world.change(change);
        expect(await codeOf((await world.again()).confirm())).to.deep.equal(["node.differs"]);
      }
    });

    it("isn't held to what another one said that stood in its place before", async () => {
      const { again, change } = await kept();
      await (await again()).confirm();
      await change((logs) => logs.slice(0, -1), "second");
      await (await again()).confirm();
    });
  });

  it("is asked for what a contract refused, too: a trial of a Safe's transaction says all by that", async () => {
    const { record, context } = await load(proposalWorld);
    const call = { to: record.contracts.governor, data: "0x12345678" };
    const asked = { method: "eth_call", params: [call, "latest"] };
    const refusal = (data: string) => Object.assign(new Error("execution reverted"), { code: 3, data });
    const chain = (data: string): Eip1193Provider => ({
      request: (args) =>
        args.method === "eth_call" ? Promise.reject(refusal(data)) : context.eip1193.request(args),
    });
    for (const [told, own] of [
      ["0x11111111", "0x11111111"],
      ["0x11111111", "0x22222222"],
    ] as const) {
      const first = chain(told);
      const second = new SecondNode(chain(own), undefined, { attempts: 1, firstWait: 1 });
      second.watch(first);
      await first.request(asked).then(
        () => expect.fail("It isn't refused"),
        () => undefined,
      );
      if (told === own) await second.confirm();
      else expect(await codeOf(second.confirm())).to.deep.equal(["node.differs"]);
    }
  });

  it("goes on where one of several nodes behind the first one's address was a little behind", async () => {
    const { record, context } = await load(proposalWorld);
    const count = { method: "eth_getTransactionCount", params: [record.launcher, "latest"] };
    const now = await context.eip1193.request(count);
    const answers = ["0x0", now];
    const first: Eip1193Provider = {
      request: (args) =>
        args.method === count.method ? Promise.resolve(answers.shift()) : context.eip1193.request(args),
    };
    const second = new SecondNode(context.eip1193, undefined, { attempts: 1, firstWait: 1 });
    second.watch(first);
    await first.request(count);
    await first.request(count);
    await second.confirm();
  });

  it("is asked for what is newest where it has no old states, and says on one line why it doesn't answer", async () => {
    const { record, context } = await load(proposalWorld);
    const code = { method: "eth_getCode", params: [record.contracts.token, "latest"] };
    const forgetful: Eip1193Provider = {
      request: (args) =>
        args.method === "eth_getCode" && args.params?.[1] !== "latest"
          ? Promise.reject(new Error("missing trie node\n✓ Paid"))
          : context.eip1193.request(args),
    };
    const first: Eip1193Provider = { request: (args) => context.eip1193.request(args) };
    const second = new SecondNode(forgetful, undefined, { attempts: 1, firstWait: 1 });
    second.watch(first);
    await first.request({ method: "eth_blockNumber" });
    await first.request(code);
    await second.confirm();
    await first.request({ ...code, params: [record.contracts.token, "0x1"] });
    const { problems } = await kyosoError(second.confirm());
    expect(problems.map(({ code: each }) => each)).to.deep.equal(["node.second-silent"]);
    expect(problems[0]?.message).not.to.include("\n");
  });

  it("notices that the first one stands still, however true what it says was", async () => {
    const { connection, context } = await load(proposalWorld);
    const chain = context.eip1193;
    const stopped = await chain.request({ method: "eth_getBlockByNumber", params: ["latest", false] });
    const first: Eip1193Provider = {
      request: (args) =>
        args.method === "eth_getBlockByNumber" ? Promise.resolve(stopped) : chain.request(args),
    };
    for (const [seconds, refused] of [
      [200, false],
      [301, true],
    ] as const) {
      const second = new SecondNode(chain);
      second.watch(first);
      const { timestamp } = stopped as { readonly timestamp: string };
      await connection.networkHelpers.time.increaseTo(Number(timestamp) + seconds);
      await first.request({ method: "eth_getBlockByNumber", params: ["latest", false] });
      if (!refused) await second.confirm();
      else expect(await codeOf(second.confirm())).to.deep.equal(["node.stands-still"]);
    }
  });

  it("goes on after a reorganisation where all is read anew, and with a transaction that is in another block then", async () => {
    let orphaned = true;
    const { first, second, context, record } = await world((args, answer) =>
      args.method === "eth_call" && orphaned ? "0x01" : answer,
    );
    const { governor } = record.contracts;
    await first.request({ method: "eth_call", params: [{ to: governor, data: "0x3932abb1" }, "latest"] });
    for (const round of [1, 2])
      expect(await codeOf(second.confirm()), `${round}`).to.deep.equal(["node.differs"]);
    orphaned = false;
    second.forget();
    await first.request({ method: "eth_call", params: [{ to: governor, data: "0x3932abb1" }, "latest"] });
    await second.confirm();

    const [hash] = (await context.provider.getBlock("latest"))?.transactions ?? [];
    const receipt = { method: "eth_getTransactionReceipt", params: [hash] };
    const real = await context.eip1193.request(receipt);
    const answers = [{ ...(real as object), blockNumber: "0x1" }, real];
    const changing: Eip1193Provider = {
      request: (args) =>
        args.method === receipt.method ? Promise.resolve(answers.shift()) : context.eip1193.request(args),
    };
    const other = new SecondNode(context.eip1193);
    other.watch(changing);
    await changing.request(receipt);
    await changing.request(receipt);
    await other.confirm();
  });

  it("refuses where it doesn't answer itself", async () => {
    const { first } = await world();
    const second = new SecondNode({ request: () => Promise.reject(new Error("gone")) });
    second.watch(first);
    await first.request({ method: "eth_chainId" });
    expect(await codeOf(second.confirm())).to.deep.equal(["node.second-silent"]);
  });
});
