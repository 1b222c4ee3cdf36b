import { expect } from "chai";
import { toQuantity } from "ethers";
import { parseAnswers } from "../../../sdk/chain/batch.js";
import type { Read } from "../../../sdk/chain/reads.js";
import { readerAt, readMany } from "../../../sdk/chain/reads.js";
import type { Eip1193Provider } from "../../../sdk/chain/eip1193.js";
import { multicall3 } from "../../helpers/multicall.js";
import { launchedWorld, load, problemOf } from "../support.js";

describe("readMany", () => {
  /** Reads of a live DAO, and how many requests they take. */
  async function counted() {
    const world = await load(launchedWorld);
    let requests = 0;
    const eip1193: Eip1193Provider = {
      request: (args) => {
        if (args.method === "eth_call") requests += 1;
        return world.connection.provider.request({ method: args.method, params: [...(args.params ?? [])] });
      },
    };
    const { token } = world.dao;
    const balanceOf = (account: string): Read => ({
      address: world.record.contracts.token,
      interface: token.interface,
      name: "balanceOf",
      args: [account],
    });
    const block = await world.context.provider.getBlockNumber();
    return { ...world, eip1193, balanceOf, block, requests: () => requests };
  }

  it("reads the same as one by one, in order and in few requests", async () => {
    const { eip1193, block, balanceOf, dao, holders, stranger, requests } = await counted();
    const accounts = [...holders, stranger].map(({ address }) => address);
    const many = Array.from({ length: 1_200 }, (_, i) => accounts[i % accounts.length] ?? "");
    const balances = await readMany<bigint>(eip1193, block, many.map(balanceOf));
    expect(requests()).to.equal(2);
    const expected = await Promise.all(accounts.map((account) => dao.token.balanceOf(account)));
    expect(balances).to.deep.equal(many.map((_, i) => expected[i % accounts.length]));
  });

  it("takes what a chain has for it where results are long, and gives the same", async () => {
    const { eip1193, block, balanceOf, holders, requests, connection, record, dao, context } =
      await counted();
    const kind = {
      address: record.contracts.badge,
      interface: dao.badge.interface,
      name: "kindOf",
      args: [1],
    };
    const many = [
      ...Array.from({ length: 255 }, () => kind),
      ...Array.from({ length: 510 }, (_, i) => balanceOf(holders[i % 3]?.address ?? "")),
      kind,
    ];
    const without = await readMany(eip1193, block, many);
    expect(requests()).to.be.above(2);
    const before = requests();
    const address = "0xcA11bde05977b3631167028862bE2a173976CA11";
    await connection.networkHelpers.setCode(address, await multicall3(context.provider, holders[0]));
    await connection.networkHelpers.mine();
    expect(await readMany(eip1193, block + 2, many)).to.deep.equal(without);
    expect(requests() - before).to.equal(2);

    const broken = { ...kind, name: "badgeOf", args: [99] };
    const problem = await problemOf(readMany(eip1193, block + 2, [kind, broken, kind]));
    expect(problem.message).to.include("ERC721NonexistentToken").and.to.include("99");
  });

  it("asks for fewer at once where it isn't known how long they are", async () => {
    const { eip1193, block, record, dao, requests } = await counted();
    const symbol = { address: record.contracts.token, interface: dao.token.interface, name: "symbol" };
    const symbols = await readMany(
      eip1193,
      block,
      Array.from({ length: 150 }, () => symbol),
    );
    expect(requests()).to.equal(3);
    const expected = await dao.token.symbol();
    expect(symbols).to.deep.equal(Array.from({ length: 150 }, () => expected));
  });

  it("asks again for what doesn't fit into an answer, or for which there is no gas", async () => {
    const { eip1193, block, balanceOf, holders, record, dao, requests } = await counted();
    // Of a whole word each: more than a result is taken for.
    const contract = { address: record.contracts.token, interface: dao.token.interface };
    const many = Array.from({ length: 900 }, () => ({ ...contract, name: "DOMAIN_SEPARATOR" }));
    const separator = await dao.token.DOMAIN_SEPARATOR();
    expect(await readMany(eip1193, block, many)).to.deep.equal(many.map(() => separator));
    expect(requests()).to.equal(2);

    const poor: Eip1193Provider = {
      request: ({ method, params = [] }) => {
        const [call, at] = params;
        const sent = { ...(call as object), gas: toQuantity(7_700_000) };
        return eip1193.request({ method, params: method === "eth_call" ? [sent, at] : params });
      },
    };
    const before = requests();
    const balances = Array.from({ length: 300 }, (_, i) => balanceOf(holders[i % 3]?.address ?? ""));
    expect(await readMany(poor, block, balances)).to.deep.equal(await readMany(eip1193, block, balances));
    expect(requests() - before).to.be.within(3, 100);
  });

  it("reads what isn't of whole words, and is nothing", () => {
    // The three bytes are at the beginning of their word.
    const bytes = "0003" + "20" + "010203".padEnd(64, "0");
    expect(parseAnswers(`0x00${bytes}0000004000${"20" + "f".repeat(64)}`)).to.deep.equal({
      results: ["010203", "", "0".repeat(64) + "f".repeat(64)],
      failure: undefined,
    });
    for (const broken of ["0x00002021", "0x000020", "0x00002002ff", "0x0000"]) {
      expect(() => parseAnswers(broken), broken).to.throw(RangeError);
    }
  });

  it("says that there is no contract", async () => {
    const { eip1193, block, balanceOf, holders, stranger } = await counted();
    const nobody = { ...balanceOf(holders[0].address), address: stranger.address };
    const problem = await problemOf(readMany(eip1193, block, [balanceOf(holders[0].address), nobody]));
    expect(problem.message).to.equal('The contract function "balanceOf" returned no data ("0x").');
  });

  it("says that it failed where a node gives no answer, or half of one", async () => {
    const { eip1193, block, balanceOf, holders } = await counted();
    for (const answer of ["0x", "0x00000000", "0x000000002000", null]) {
      const node: Eip1193Provider = {
        request: async (args) => (args.method === "eth_call" ? answer : eip1193.request(args)),
      };
      const problem = await problemOf(readMany(node, block, [balanceOf(holders[0].address)]));
      expect(problem.place).to.equal("reading balanceOf");
    }
  });

  it("reads structs", async () => {
    const { eip1193, block, record, dao } = await counted();
    const read = {
      address: record.contracts.badge,
      interface: dao.badge.interface,
      name: "kindOf",
      args: [1],
    };
    const [kind] = await readMany<{ config: { name: string; points: number; votes: bigint } }>(
      eip1193,
      block,
      [read],
    );
    expect(kind?.config).to.deep.include({ name: "レビュー", points: 10, votes: 0n });
  });

  it("asks in the same request what many readers want in one moment, and fails only whose fails", async () => {
    const { eip1193, block, record, dao, balanceOf, holders, requests } = await counted();
    const read = readerAt(eip1193, block);
    const [alice, bob] = holders;
    const all = await Promise.all([
      read<bigint>([balanceOf(alice.address), balanceOf(bob.address)]),
      read<bigint>([]),
      read<bigint>([balanceOf(bob.address)]),
    ]);
    const [mine, yours] = [await dao.token.balanceOf(alice), await dao.token.balanceOf(bob)];
    expect(all).to.deep.equal([[mine, yours], [], [yours]]);
    expect(requests()).to.equal(1);

    const broken = {
      address: record.contracts.badge,
      interface: dao.badge.interface,
      name: "badgeOf",
      args: [99],
    };
    const [good, bad] = await Promise.allSettled([read<bigint>([balanceOf(alice.address)]), read([broken])]);
    expect(good).to.deep.equal({ status: "fulfilled", value: [mine] });
    const problem = await problemOf(Promise.reject((bad as PromiseRejectedResult).reason as Error));
    expect(problem.place).to.equal("reading badgeOf");
    expect(problem.message).to.include("ERC721NonexistentToken");
  });

  it("reads as of one block", async () => {
    const { eip1193, block, balanceOf, dao, holders } = await counted();
    const reads = [balanceOf(holders[0].address)];
    const before = await readMany<bigint>(eip1193, block, reads);
    await (await dao.token.connect(holders[0]).transfer(holders[1], 5n)).wait();
    expect(await readMany<bigint>(eip1193, block, reads)).to.deep.equal(before);
    expect(await readMany<bigint>(eip1193, block + 1, reads)).to.deep.equal([(before[0] ?? 0n) - 5n]);
  });

  it("asks nothing for nothing", async () => {
    const { eip1193, block, requests } = await counted();
    expect(await readMany(eip1193, block, [])).to.deep.equal([]);
    expect(requests()).to.equal(0);
  });

  it("says what it was that can't be read, and not all the rest", async () => {
    const { eip1193, block, balanceOf, holders, record, dao } = await counted();
    const broken = {
      address: record.contracts.badge,
      interface: dao.badge.interface,
      name: "badgeOf",
      args: [99],
    };
    const reads = [...Array.from({ length: 40 }, () => balanceOf(holders[0].address)), broken];
    const problem = await problemOf(readMany(eip1193, block, reads));
    expect(problem.place).to.include("badgeOf");
    expect(problem.message).to.include("ERC721NonexistentToken").and.to.include("99");
    expect(problem.message.length).to.be.below(200);
  });
});
