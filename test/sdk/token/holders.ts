import { expect } from "chai";
import { getAddress, hexlify, parseEther, randomBytes } from "ethers";
import type { Address } from "viem";
import { createPublicClient, custom, erc20Abi, parseAbi } from "viem";
import type { ChainLog } from "../../../sdk/chain/logCache.js";
import type { LiveDao } from "../../../sdk/live.js";
import { openDao } from "../../../sdk/live.js";
import type { Eip1193Provider } from "../../../sdk/chain/eip1193.js";
import type { Holder } from "../../../sdk/token/holders.js";
import { readHolders } from "../../../sdk/token/holders.js";
import { load, problemOf } from "../support.js";
import { tokenWorld } from "./support.js";

const VOTES = parseAbi([
  "function getVotes(address) view returns (uint256)",
  "function delegates(address) view returns (address)",
  "function contributionVotes(address) view returns (uint256)",
]);

describe("readHolders", () => {
  const of = (holders: readonly Holder[], { address }: { address: string }) =>
    holders.find(({ account }) => account === address) ?? expect.fail(`${address} isn't listed`);

  it("lists everybody with tokens or votes, those with the most first", async () => {
    const { open, alice, bob, carol, treasury } = await load(tokenWorld);
    const { holders, ...totals } = await readHolders(await open());
    const own = (account: string, tokens: bigint, earned: bigint, share: number) => ({
      account,
      role: undefined,
      tokens,
      earned,
      delegate: account,
      votes: tokens + earned,
      share,
    });
    expect(holders).to.deep.equal([
      own(alice.address, parseEther("60000"), 0n, 0.461538),
      own(bob.address, parseEther("40000"), parseEther("100"), 0.307692),
      own(carol.address, parseEther("30000"), 0n, 0.230769),
      { ...own(treasury, parseEther("20000"), 0n, 0), role: "treasury", share: undefined },
    ]);
    expect(totals).to.deep.equal({
      supply: parseEther("150000"),
      circulating: parseEther("130000"),
      earned: parseEther("100"),
    });
  });

  it("follows transfers, delegations and burning, and agrees with what viem reads", async () => {
    const { open, as, alice, bob, carol, stranger, connection, record } = await load(tokenWorld);
    await as(alice).delegate(stranger);
    await as(bob).delegate(alice);
    await as(carol).transfer(stranger, 7n);
    await as(carol).burn(parseEther("10000"));
    const live = await open();
    const { holders } = await readHolders(live);
    expect(of(holders, stranger)).to.deep.include({ tokens: 7n, votes: parseEther("60000") + 7n });
    expect(of(holders, alice)).to.deep.include({ delegate: stranger.address, votes: parseEther("40100") });
    expect(of(holders, bob)).to.deep.include({ delegate: alice.address, votes: 0n });

    const client = createPublicClient({ transport: custom(connection.provider) });
    const address = record.contracts.token as Address;
    for (const { account, tokens, earned, delegate, votes } of holders) {
      const args = [account as Address] as const;
      expect([tokens, earned, delegate, votes], account).to.deep.equal([
        await client.readContract({ address, abi: erc20Abi, functionName: "balanceOf", args }),
        await client.readContract({ address, abi: VOTES, functionName: "contributionVotes", args }),
        await client.readContract({ address, abi: VOTES, functionName: "delegates", args }),
        await client.readContract({ address, abi: VOTES, functionName: "getVotes", args }),
      ]);
    }
  });

  it("lists a delegate that holds nothing itself, and nobody who is left with nothing", async () => {
    const { open, as, alice, stranger } = await load(tokenWorld);
    await as(alice).delegate(stranger);
    const delegated = await readHolders(await open());
    expect(of(delegated.holders, stranger)).to.deep.include({ tokens: 0n, share: 0 });
    await as(alice).transfer(stranger, parseEther("60000"));
    const { holders } = await readHolders(await open());
    expect(holders.map(({ account }) => account)).not.to.include(alice.address);
    expect(of(holders, stranger)).to.deep.include({ tokens: parseEther("60000"), share: 0.461538 });
  });

  it("says of what votes with the treasury that it doesn't circulate", async () => {
    const { open, as, alice, carol, treasury } = await load(tokenWorld);
    await as(carol).delegate(treasury);
    const { holders, circulating } = await readHolders(await open());
    expect(circulating).to.equal(parseEther("100000"));
    expect(of(holders, carol)).to.deep.include({ tokens: parseEther("30000"), share: undefined });
    expect(of(holders, alice).share).to.equal(0.6);
  });

  it("is as of the block at which the DAO was opened", async () => {
    const { open, as, alice, stranger } = await load(tokenWorld);
    const live = await open();
    const before = await readHolders(live);
    await as(alice).transfer(stranger, parseEther("1"));
    expect(await readHolders(live)).to.deep.equal(before);
    expect(await readHolders(await open())).not.to.deep.equal(before);
  });

  describe("where the node leaves logs out", () => {
    for (const event of ["Transfer", "DelegateChanged", "ContributionVotesMoved"]) {
      it(`notices that a ${event} is missing`, async () => {
        const { open, as, alice, carol, stranger, dao } = await load(tokenWorld);
        await as(alice).delegate(carol);
        await as(alice).transfer(stranger, 1n);
        const live = await open();
        await readHolders(live);
        const topic = dao.token.interface.getEvent(event as "Transfer").topicHash;
        const all = await live.logsOf("token");
        const gone = all.findLast(({ topics }) => topics[0] === topic);
        const incomplete: LiveDao = {
          ...live,
          logsOf: () => Promise.resolve(all.filter((log: ChainLog) => log !== gone)),
        };
        const { remedy } = await problemOf(readHolders(incomplete));
        expect(remedy).to.include("another node");
      });
    }

    it("notices that those of a holder are missing altogether", async () => {
      const { open, alice } = await load(tokenWorld);
      const live = await open();
      const all = await live.logsOf("token");
      const topic = `0x${"00".repeat(12)}${alice.address.slice(2).toLowerCase()}`;
      const none = () => Promise.resolve(all.filter(({ topics }) => !topics.includes(topic)));
      const { message } = await problemOf(readHolders({ ...live, logsOf: none }));
      expect(message).to.include("add up");
    });
  });

  it("reads many holders in a few requests", async () => {
    const { context, as, alice, connection, record } = await load(tokenWorld);
    const count = 150;
    for (let i = 0; i < count; i++) await as(alice).transfer(getAddress(hexlify(randomBytes(20))), 1n);
    let requests = 0;
    const eip1193: Eip1193Provider = {
      request: ({ method, params = [] }) => {
        requests += 1;
        return connection.provider.request({ method, params: [...params] });
      },
    };
    const live = await openDao(record, context.provider, eip1193);
    requests = 0;
    const { holders } = await readHolders(live);
    expect(holders).to.have.length(count + 4);
    // Sixty reads fit into one request where a chain has no Multicall3, and hundreds where it does.
    expect(requests).to.be.at.most(8);
  });
});
