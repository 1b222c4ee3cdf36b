import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { Provider } from "ethers";
import { keccak256, parseUnits } from "ethers";
import type { Account, AccountOptions, Cost } from "../../../sdk/execute/account.js";
import type { TransactionFate } from "../../../sdk/execute/fate.js";
import { fateOf } from "../../../sdk/execute/find.js";
import { MemoryOutbox, type Outbox, type Posted } from "../../../sdk/execute/outbox.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { call, named } from "../../../sdk/calls/plan.js";
import { FileOutbox } from "../../../sdk/node/execute/outbox.js";
import { thisProcess } from "../../../sdk/node/lock.js";
import { withFolder } from "../badges/support.js";
import { kyosoError, launchedWorld, load, problemOf } from "../support.js";
import { accountOver, openLine, providerOver, walletOf } from "./support.js";

/** Of the chain's accounts, the first holder of tokens. */
const HOLDER = 4;
const GWEI = parseUnits("1", "gwei");

async function world() {
  const found = await load(launchedWorld);
  const { connection, dao, stranger } = found;
  const line = openLine();
  const provider = providerOver(line, connection.provider);
  /** Begins as another process does, over a line of its own: what was killed stays dead. */
  const restart = (options?: AccountOptions): Promise<Account> =>
    accountOver(providerOver(openLine(), connection.provider), HOLDER, options);
  const token = await named("token", dao.token);
  const start = (options?: AccountOptions): Promise<Account> => accountOver(provider, HOLDER, options);
  const pay = (amount: bigint) => call(token, "transfer", [stranger.address, amount], `Pay ${amount}`);
  const balance = () => dao.token.balanceOf(stranger.address);
  const mine = () => connection.networkHelpers.mine();
  /** Has blocks made by `mine` only while `use` runs. */
  const byHand = async <Result>(use: () => Promise<Result>): Promise<Result> => {
    await connection.provider.request({ method: "evm_setAutomine", params: [false] });
    try {
      return await use();
    } finally {
      await connection.provider.request({ method: "evm_setAutomine", params: [true] });
      await mine();
    }
  };
  const wallet = walletOf(HOLDER).connect(connection.ethers.provider);
  return { ...found, line, provider, start, restart, pay, balance, mine, byHand, wallet };
}

/** Waits until something is so. */
async function until(so: () => Promise<boolean> | boolean): Promise<void> {
  for (let look = 0; !(await so()); look++) {
    if (look > 500) expect.fail("it never came");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A local chain's name in an outbox. */
async function chainOf(provider: Provider): Promise<string> {
  return `31337-${(await provider.getBlock(0))?.hash?.slice(2, 18) ?? ""}`;
}

function expectState(fate: TransactionFate, state: TransactionFate["state"]): void {
  expect(
    fate.state,
    JSON.stringify(fate, (_, value: unknown) => String(value)),
  ).to.equal(state);
}

describe("Account", () => {
  for (const forwarded of [false, true]) {
    it(`carries out once what it sends, whichever request is cut ${forwarded ? "after" : "before"} the node got it`, async () => {
      const { line, start, pay, balance } = await world();
      line.forwarded = forwarded;
      let paid = 0n;
      for (let at = 1; ; at++) {
        line.asked.length = 0;
        line.cutAt = at;
        const receipts = await executeAsSigner({ title: "Paying", calls: [pay(1n), pay(2n)] }, await start());
        paid += 3n;
        expect(receipts, `cut at request ${at}`).to.have.length(2);
        expect(await balance(), `cut at request ${at}`).to.equal(paid);
        if (line.asked.length < at) break;
      }
      expect(paid).to.be.above(3n * 15n);
    });
  }

  it("writes down what it has signed before anything leaves", async () => {
    const { line, start, pay } = await world();
    const log: string[] = [];
    const outbox = new MemoryOutbox();
    const write = outbox.write.bind(outbox);
    outbox.write = (posted) => {
      log.push(`written ${posted.attempts.at(-1)?.hash ?? ""}`);
      return write(posted);
    };
    line.answer = (method, real) => {
      if (method === "eth_sendRawTransaction") log.push("sent");
      return real();
    };
    const fate = await (await start({ outbox })).post(pay(1n));
    expectState(fate, "confirmed");
    const hash = fate.state === "confirmed" ? fate.receipt.hash : "";
    expect(log).to.deep.equal([`written ${hash}`, "sent"]);
  });

  it("doesn't know what became of it where somebody else doesn't see that, and asks again in the next run", async () => {
    const { start, pay, balance } = await world();
    const outbox = new MemoryOutbox();
    const confirm = () => Promise.reject(new Error("seen by nobody"));
    const account = await start({ outbox, confirm });
    const fate = await account.post(pay(1n));
    expect(fate).to.include({ state: "not known", used: false, reason: "seen by nobody" });
    await account.release();
    for (const seen of [false, true]) {
      const next = await start({ outbox, ...(seen ? {} : { confirm }) });
      const [problem] = (await kyosoError(next.settle())).problems;
      expect(problem?.code).to.equal(seen ? "account.earlier-found" : "transaction.not-known");
      await next.release();
    }
    expect(await balance()).to.equal(1n);
  });

  it("hands the same bytes in again where the node has lost them", async () => {
    const { line, start, pay, balance, byHand, connection, mine } = await world();
    const sent = new Set<string>();
    let lost = 0;
    line.answer = async (method, real) => {
      const answer = await real();
      if (method === "eth_sendRawTransaction") {
        sent.add(String(answer));
        if (lost++ < 2)
          await connection.provider.request({ method: "hardhat_dropTransaction", params: [answer] });
      }
      return answer;
    };
    await byHand(async () => {
      const fate = (await start()).post(pay(1n));
      await until(() => lost > 2);
      await mine();
      expectState(await fate, "confirmed");
    });
    expect(sent.size).to.equal(1);
    expect(await balance()).to.equal(1n);
  });

  it("raises the fee of what is stuck, under the same number, and keeps all hashes", async () => {
    const { start, pay, balance, byHand, mine } = await world();
    const outbox = new MemoryOutbox();
    const raises: number[] = [];
    const account = await start({
      outbox,
      pace: { raiseAfter: 30, raises: 2 },
      onRaised: ({ attempts }) => raises.push(attempts.length),
    });
    await byHand(async () => {
      const fate = account.post(pay(1n));
      await until(() => raises.length === 2);
      const [posted] = await outbox.open(await chainOf(account.provider), account.address);
      const attempts = posted?.attempts ?? [];
      expect(new Set(attempts.map(({ hash }) => hash)).size).to.equal(3);
      for (const [i, { fee, tip }] of attempts.slice(1).entries()) {
        expect(fee * 100n >= (attempts[i]?.fee ?? 0n) * 110n).to.equal(true);
        expect(tip * 100n >= (attempts[i]?.tip ?? 0n) * 110n).to.equal(true);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(raises, "raises are bounded").to.have.length(2);
      await mine();
      const found = await fate;
      expectState(found, "confirmed");
    });
    expect(await balance()).to.equal(1n);
  });

  it("goes on with what it was before where a node doesn't take it with a higher fee, nor has it any more", async () => {
    const { line, start, pay, balance } = await world();
    let higher: string | undefined;
    const refused: string[] = [];
    line.answer = (method, real, [raw] = []) => {
      if (method !== "eth_sendRawTransaction") return real();
      // What a node took and lost.
      if (higher === undefined) return Promise.resolve(keccak256(raw as string));
      if (raw !== higher) return real();
      refused.push(raw);
      return Promise.reject(
        Object.assign(new Error("insufficient funds for gas * price + value"), { code: -32_000 }),
      );
    };
    const account = await start({
      pace: { raiseAfter: 30, raises: 1 },
      onRaised: ({ attempts }) => (higher = attempts.at(-1)?.raw),
    });
    expectState(await account.post(pay(1n)), "confirmed");
    expect(refused).to.have.length(1);
    expect(await balance()).to.equal(1n);
  });

  it("raises it further in a later run: whoever starts one wants that", async () => {
    const { start, pay, balance, byHand, mine } = await world();
    const outbox = new MemoryOutbox();
    const raises: number[] = [];
    const run = (patience: number) =>
      start({
        outbox,
        pace: { raiseAfter: 20, raises: 1, patience },
        onRaised: ({ attempts }) => raises.push(attempts.length),
      });
    const first = await run(300);
    await byHand(async () => {
      expectState(await first.post(pay(1n)), "not known");
      await first.hold(() => Promise.resolve()).catch(() => undefined);
      expect(raises, "in a run").to.deep.equal([2]);
      const later = (await run(5_000)).hold(() => Promise.resolve());
      await until(() => raises.length === 2);
      await mine();
      await later.catch((error: unknown) => {
        expect(error).to.have.nested.property("problems[0].code", "account.earlier-found");
      });
    });
    expect(raises).to.deep.equal([2, 3]);
    expect(await balance()).to.equal(1n);
  });

  it("raises no further than it may", async () => {
    const { start, pay, byHand, mine } = await world();
    const raised: bigint[] = [];
    const maxFee = 4n * GWEI;
    const account = await start({
      maxFee,
      pace: { raiseAfter: 10, raises: 5 },
      onRaised: ({ attempts }) => raised.push(attempts.at(-1)?.fee ?? 0n),
    });
    await byHand(async () => {
      const fate = account.post(pay(1n));
      await new Promise((resolve) => setTimeout(resolve, 400));
      await mine();
      expectState(await fate, "confirmed");
    });
    for (const fee of raised) expect(fee <= maxFee).to.equal(true);
  });

  describe("another transaction with the same number", () => {
    const replaced = async (change: { value?: bigint; to?: string; data?: string }) => {
      const { start, pay, balance, byHand, mine, wallet, connection } = await world();
      const account = await start();
      const nonce = await wallet.getNonce();
      const fate = await byHand(async () => {
        const following = account.post(pay(5n));
        await until(async () => (await wallet.getNonce("pending")) > nonce);
        const { to, data } = pay(5n);
        const fees = { maxFeePerGas: 20n * GWEI, maxPriorityFeePerGas: 15n * GWEI };
        const raw = await wallet.signTransaction(
          await wallet.populateTransaction({ to, data, nonce, gasLimit: 200_000n, ...fees, ...change }),
        );
        await connection.provider.request({ method: "eth_sendRawTransaction", params: [raw] });
        await mine();
        return following;
      });
      return { fate, balance: await balance() };
    };

    it("is as good where it does the same, as a wallet has it that speeds up", async () => {
      const { fate, balance } = await replaced({});
      expectState(fate, "confirmed");
      expect(fate).to.have.property("replaced", true);
      expect(balance).to.equal(5n);
    });

    it("is told where it does something else, as a wallet has it that cancels", async () => {
      const { fate, balance } = await replaced({ to: walletOf(HOLDER).address, data: "0x" });
      expectState(fate, "replaced");
      expect(balance).to.equal(0n);
    });
  });

  it("names it where a transaction ran out of gas, and why another one reverted", async () => {
    const { pay, wallet, provider, connection } = await world();
    const reverted = async (data: string, gasLimit: bigint) => {
      const { to } = pay(1n);
      const nonce = await wallet.getNonce();
      await wallet.sendTransaction({ to, data, gasLimit }).catch(() => undefined);
      const block = await connection.ethers.provider.getBlock("latest");
      const receipt = await provider.getTransactionReceipt(block?.transactions[0] ?? "");
      if (receipt === null) return expect.fail("there is no receipt");
      const posted = { to, data, value: 0n, from: wallet.address, nonce, gasLimit } as Posted;
      return fateOf(provider, posted, receipt, false);
    };
    const starved = await reverted(pay(1n).data, 40_000n);
    expect(starved).to.deep.include({ state: "reverted", outOfGas: true });
    expect(starved).to.have.property("reason").that.includes("ran out of gas").and.includes("40000");
    const refused = await reverted(pay(10n ** 30n).data, 300_000n);
    expect(refused).to.deep.include({ state: "reverted", outOfGas: false });
    expect(refused).to.have.property("reason").that.includes("ERC20InsufficientBalance");
  });

  it("says what it costs, before anything leaves", async () => {
    const { line, start, pay } = await world();
    const told: Cost[] = [];
    const onCost: AccountOptions["onCost"] = (cost) => {
      expect(line.asked).not.to.include("eth_sendRawTransaction");
      told.push(cost);
    };
    expectState(await (await start({ onCost })).post(pay(1n)), "confirmed");
    const maxFee = GWEI * 50n;
    line.asked.length = 0;
    expectState(await (await start({ onCost, maxFee })).post(pay(1n)), "confirmed");
    expect(told).to.have.length(2);
    for (const { likely, gas, fee } of told) expect(likely > 0n && likely <= gas * fee).to.equal(true);
    // As far as fees may be raised: see "raises no further than it may".
    expect(told.map(({ gas, fee, most }) => most >= gas * fee * 4n)).to.deep.equal([true, true]);
    expect((told[1]?.most ?? 0n) >= maxFee * (told[1]?.gas ?? 0n)).to.equal(true);
  });

  describe("a node that asks for too much", () => {
    const crazy = (tip: bigint, base?: bigint) => async (method: string, real: () => Promise<unknown>) => {
      const answer = await real();
      if (method === "eth_maxPriorityFeePerGas") return `0x${tip.toString(16)}`;
      if (base !== undefined && method === "eth_getBlockByNumber") {
        return { ...(answer as object), baseFeePerGas: `0x${base.toString(16)}` };
      }
      return answer;
    };

    for (const [what, tip, base] of [
      ["above the base fee", 6_250_000n * GWEI, undefined],
      ["with a base fee that it has made up", 4_000_000n * GWEI, 4_000_000n * GWEI],
      ["a little at a time", 120n * GWEI, undefined],
    ] as const) {
      it(`is refused: ${what}`, async () => {
        const { line, start, pay, balance } = await world();
        line.answer = crazy(tip, base);
        const { message, remedy } = await problemOf(
          executeAsSigner({ title: "Paying", calls: [pay(1n)] }, await start()),
        );
        expect(message).to.include("far beyond what is usual");
        expect(remedy).to.include("--max-fee").and.to.include("Nothing was sent");
        expect(line.asked).not.to.include("eth_sendRawTransaction");
        expect(await balance()).to.equal(0n);
      });
    }

    it("gets no more than was said", async () => {
      const { line, start, pay } = await world();
      line.answer = crazy(6_250_000n * GWEI);
      const fate = await (await start({ maxFee: 3n * GWEI })).post(pay(1n));
      expectState(fate, "confirmed");
      expect(fate.state === "confirmed" && fate.receipt.gasPrice <= 3n * GWEI).to.equal(true);
    });

    it("is not paid where the base fee alone is more than was said", async () => {
      const { start, pay } = await world();
      const { message } = await problemOf(
        executeAsSigner({ title: "Paying", calls: [pay(1n)] }, await start({ maxFee: 1n })),
      );
      expect(message).to.include("at most");
    });
  });
});

/** Where a process is killed: at its n-th step of these. */
class Killed extends Error {}

/** An outbox and a line that stop for ever at one of their steps, as a process does that is killed. */
function deadly(outbox: Outbox, line: ReturnType<typeof openLine>, at: number) {
  let steps = 0;
  let dead: (() => void) | undefined;
  const died = new Promise<never>((_, reject) => {
    dead = () => {
      reject(new Killed());
    };
  });
  died.catch(() => undefined);
  const step = async () => {
    steps += 1;
    if (steps < at) return;
    line.dead = true;
    dead?.();
    await new Promise(() => undefined);
  };
  const wrapped: Outbox = {
    open: (...args) => outbox.open(...args),
    async write(posted) {
      await step();
      await outbox.write(posted);
      await step();
    },
    async settle(posted, isUsed) {
      await step();
      await outbox.settle(posted, isUsed);
    },
    spent: (...args) => outbox.spent(...args),
    alone: (_, __, use) => use(false),
  };
  const answer = line.answer;
  line.answer = async (method, real, params) => {
    if (method !== "eth_sendRawTransaction" && method !== "eth_getTransactionReceipt")
      return answer(method, real, params);
    await step();
    const found = await answer(method, real, params);
    await step();
    return found;
  };
  return { outbox: wrapped, died, steps: () => steps };
}

describe("after a kill", () => {
  it("the next run finds what became of it, wherever that was, and pays once", () =>
    withFolder(async (folder) => {
      let at = 1;
      for (let done = false; !done; at++) {
        const { line, start, restart, pay, balance } = await world();
        // Each time it is another chain, though it begins as the one before.
        const outbox = new FileOutbox(path.join(folder, at.toString()));
        const plan = { title: "Paying", calls: [pay(7n)] };
        const trap = deadly(outbox, line, at);
        const account = await start({ outbox: trap.outbox });
        const first = executeAsSigner(plan, account).then(() => account.release());
        done = await Promise.race([first, trap.died]).then(
          () => true,
          (error: unknown) => {
            if (error instanceof Killed) return false;
            throw error;
          },
        );
        const again = await restart({ outbox });
        const before = await balance();
        const found = await again.settle().then(
          () => undefined,
          (error: unknown) => String(error),
        );
        // What was never written down never left: it is sent now. All else is found, and not sent again.
        if (!done) await executeAsSigner(plan, again);
        expect(await balance(), `killed at step ${at}, ${String(before)} before`).to.equal(7n);
        if (found !== undefined) expect(found).to.include('"Pay 7" is confirmed');
        await again.release();
        expect(await outbox.open(await chainOf(again.provider), again.address)).to.deep.equal([]);
      }
      expect(at).to.be.above(6);
    })).timeout(120_000);

  it("what somebody sent who is still there isn't taken for what this one is to do, nor forgotten", async function () {
    // Elsewhere the system doesn't say which process it is.
    if (!existsSync("/proc/self/stat")) this.skip();
    await withFolder(async (folder) => {
      const { start, restart, pay, balance, provider } = await world();
      const outbox = new FileOutbox(folder);
      const plan = { title: "Paying", calls: [pay(7n)] };
      // It has said nothing yet of what it sent.
      await executeAsSigner(plan, await start({ outbox }));
      const [posted] = await outbox.open(await chainOf(provider), walletOf(HOLDER).address);
      if (posted === undefined) expect.fail("nothing is written down");
      const parent = (await readFile(`/proc/${process.ppid}/stat`, "utf8")).split(") ")[1]?.split(" ")[19];
      const [, , , place = ""] = thisProcess().split(" ");
      await outbox.write({ ...posted, by: `${process.ppid} ${parent ?? ""} 0 ${place}` });

      const other = await restart({ outbox });
      const { problems } = await kyosoError(executeAsSigner(plan, other));
      expect(problems[0]).to.deep.include({ code: "account.earlier-found" });
      expect(problems[0]?.message).to.include("Another command has sent as this account meanwhile");
      await executeAsSigner(plan, other);
      expect(await balance()).to.equal(14n);
      await other.release();
      const left = await outbox.open(await chainOf(provider), other.address);
      expect(left.map(({ nonce }) => nonce)).to.deep.equal([posted.nonce]);

      // Once it is gone, and has told nobody, it is as after a kill.
      await outbox.write({ ...posted, by: `99999999 1 0 ${place}` });
      const next = await restart({ outbox });
      expect((await kyosoError(executeAsSigner(plan, next))).problems[0]?.message).to.include(
        "An earlier command",
      );
      await executeAsSigner(plan, next);
      expect(await balance()).to.equal(14n);
    });
  });

  it("what is stuck is followed before anything new is sent", () =>
    withFolder(async (folder) => {
      const { line, start, pay, balance, byHand, mine } = await world();
      const outbox = new FileOutbox(folder);
      await byHand(async () => {
        const first = await start({ outbox, pace: { patience: 50 } });
        const { problems } = await kyosoError(executeAsSigner({ title: "Paying", calls: [pay(1n)] }, first));
        expect(problems[0]).to.deep.include({ code: "transaction.not-known" });
        const second = await start({ outbox, pace: { patience: 50 } });
        const still = await kyosoError(executeAsSigner({ title: "Paying", calls: [pay(2n)] }, second));
        expect(still.problems[0]).to.deep.include({ code: "transaction.not-known" });
        const sent = line.asked.filter((method) => method === "eth_sendRawTransaction").length;
        expect(sent, "the same bytes, twice").to.be.at.least(2);
        await mine();
        const third = await start({ outbox });
        const found = await kyosoError(executeAsSigner({ title: "Paying", calls: [pay(2n)] }, third));
        expect(found.problems[0]).to.deep.include({ code: "account.earlier-found" });
        await third.release();
      });
      expect(await balance()).to.equal(1n);
      const last = await start({ outbox });
      await executeAsSigner({ title: "Paying", calls: [pay(2n)] }, last);
      expect(await balance()).to.equal(3n);
    }));

  it("what was written down long ago, and nobody knows of, isn't sent any more; its number is used", () =>
    withFolder(async (folder) => {
      const { line, start, pay, balance, wallet } = await world();
      const outbox = new FileOutbox(folder);
      const nonce = await wallet.getNonce();
      const trap = deadly(outbox, line, 2);
      const first = executeAsSigner(
        { title: "Paying", calls: [pay(1n)] },
        await start({ outbox: trap.outbox }),
      );
      await Promise.race([first, trap.died]).catch(() => undefined);
      line.dead = false;
      line.answer = (_, real) => real();
      const later = await start({ outbox, pace: { fresh: 0 } });
      const [posted] = await outbox.open(await chainOf(later.provider), wallet.address);
      expect(posted?.nonce).to.equal(nonce);
      await executeAsSigner({ title: "Paying", calls: [pay(2n)] }, later);
      expect(await wallet.getNonce()).to.equal(nonce + 1);
      expect(await balance()).to.equal(2n);
    }));
});
