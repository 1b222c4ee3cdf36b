import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { parseEther } from "ethers";
import type { Address } from "viem";
import { createPublicClient, encodeFunctionData, erc20Abi, http, parseAbi } from "viem";
import type { Delegation } from "../../sdk/token/delegations.js";
import { accounts, describeCommandLine, expectFailure, expectSuccess, launchLive, run } from "./support.js";
import type { LiveNode } from "./support.js";

const VOTES = parseAbi([
  "function getVotes(address) view returns (uint256)",
  "function getPastVotes(address, uint256) view returns (uint256)",
  "function delegates(address) view returns (address)",
]);

interface Holder {
  readonly account: string;
  readonly role: string | null;
  readonly tokens: string;
  readonly delegate: string;
  readonly votes: string;
}

interface Relayed {
  readonly delegations: readonly { readonly file: string; readonly status: string }[];
}

describeCommandLine("tasks of the token", function () {
  let live: LiveNode;
  const [, , , , alice, bob, carol, stranger] = accounts;

  before(async () => {
    live = await launchLive();
  });

  after(() => live.stop());

  const token = () => live.record.contracts.token as Address;
  const client = () => createPublicClient({ transport: http(live.node.url) });
  const read = (functionName: "getVotes" | "delegates", { address }: { address: string }) =>
    client().readContract({ address: token(), abi: VOTES, functionName, args: [address as Address] });

  it("delegates, at once and by signature", async () => {
    const [delegated, signed] = await Promise.all([
      live.json<Record<string, unknown>>(["token", "delegate", bob.address], alice),
      live.json<Delegation & { file: string }>(
        ["token", "sign", alice.address, "--expires", "2 days"],
        carol,
      ),
    ]);
    expect(delegated).to.deep.include({
      dao: live.slug,
      dryRun: false,
      account: alice.address,
      before: alice.address,
      to: bob.address,
      moved: parseEther("60000").toString(),
    });
    expect(delegated.transaction).to.match(/^0x[0-9a-f]{64}$/u);
    expect(await read("delegates", alice)).to.equal(bob.address);
    expect(await read("getVotes", bob)).to.equal(parseEther("100000"));

    const { file, ...delegation } = signed;
    expect(file).to.include(path.join("outbox", "31337", live.slug, "delegations", carol.address));
    expect(JSON.parse(await readFile(file, "utf8"))).to.deep.equal(delegation);
    // A copy that somebody changed, one of another chain, and no delegation at all.
    const changed = path.join(live.brands.folder, "changed.json");
    const foreign = path.join(live.brands.folder, "foreign.json");
    await writeFile(changed, JSON.stringify({ ...delegation, delegatee: stranger.address }));
    await writeFile(foreign, JSON.stringify({ ...delegation, chainId: "1" }));

    const [relayed, again, treasury] = await Promise.all([
      live.cli(["token", "relay", changed, file, foreign, "none.json", "--json"], stranger),
      live.cli(["token", "delegate", bob.address], alice),
      live.cli(["token", "delegate", "treasury", "--json"], bob),
    ]);
    expectFailure(relayed, "3 of 4 delegations were refused");
    const { delegations } = JSON.parse(relayed.stdout) as Relayed;
    expect(delegations.map(({ status }) => status)).to.deep.equal([
      "refused",
      "carried out",
      "refused",
      "refused",
    ]);
    expect(await read("delegates", carol)).to.equal(alice.address);
    expectFailure(again, bob.address, "already");
    expectFailure(treasury, "The treasury's votes count nowhere");
    expect(treasury.stdout).to.equal("");

    const twice = await live.cli(["token", "relay", file], stranger);
    expectSuccess(twice);
    expect(twice.stdout).to.include("so already");
  });

  it("sends tokens, from an account or from the Safe", async () => {
    interface Sent {
      readonly transactions: readonly string[];
      readonly files: readonly string[];
    }
    const { safe } = live.record;
    const before = await live.node.provider.getBlockNumber();
    const lost = await live.cli(["token", "send", "governor", "1"], alice);
    expectFailure(lost, "is lost", "→");
    const short = await live.cli(["token", "send", bob.address, "60,001 BLUE", "--dry-run"], alice);
    expectFailure(short, "has 60,000 BLUE, less than 60,001 BLUE");
    expect(await live.node.provider.getBlockNumber()).to.equal(before);
    const sent = await live.json<Sent>(["token", "send", "safe", "2 BLUE"], alice);
    expect(sent.transactions).to.have.length(1);
    const file = await live.json<Sent>(["token", "send", alice.address, "2", "--via", "safe"], bob);
    expect(file.files[0]).to.include("safe-0-");
    const balance = { address: token(), abi: erc20Abi, functionName: "balanceOf" } as const;
    expect(await client().readContract({ ...balance, args: [safe as Address] })).to.equal(parseEther("2"));
    // As it was, for those after it.
    await live.node.provider.send("hardhat_impersonateAccount", [safe]);
    await live.node.provider.send("hardhat_setBalance", [safe, "0xde0b6b3a7640000"]);
    const data = encodeFunctionData({
      abi: erc20Abi,
      functionName: "transfer",
      args: [alice.address as Address, parseEther("2")],
    });
    await live.node.provider.send("eth_sendTransaction", [{ from: safe, to: token(), data }]);
  });

  it("prints what viem reads", async () => {
    const past = (await live.node.provider.getBlock("latest"))?.timestamp ?? 0;
    await live.pass(86_400);
    const at = new Date(past * 1000).toISOString().slice(0, 19);
    const [{ holders }, balance, votes, then, { delegates }, one] = await Promise.all([
      live.json<{ holders: Holder[] }>(["token", "holders"]),
      live.json<Record<string, unknown>>(["token", "balance", "treasury"]),
      live.json<Record<string, unknown>>(["token", "votes", bob.address]),
      live.json<Record<string, unknown>>(["token", "votes", bob.address, "--at", at]),
      live.json<{ delegates: { account: string; votes: string }[] }>(["token", "delegates"]),
      live.json<{ delegates: object[] }>(["token", "delegates", "--account", carol.address]),
    ]);
    const accountsOf = [alice, bob, carol].map(({ address }) => address);
    expect(holders.map(({ account }) => account)).to.deep.equal([
      ...accountsOf,
      live.record.contracts.timelock,
    ]);
    for (const { account, tokens, delegate, votes: count } of holders) {
      const args = [account as Address] as const;
      expect(tokens).to.equal(
        (
          await client().readContract({ address: token(), abi: erc20Abi, functionName: "balanceOf", args })
        ).toString(),
      );
      expect(delegate).to.equal(await read("delegates", { address: account }));
      expect(count).to.equal(String(await read("getVotes", { address: account })));
    }
    expect(holders.at(-1)).to.deep.include({ role: "treasury" });
    expect(balance).to.deep.include({
      role: "treasury",
      tokens: parseEther("20000").toString(),
      share: null,
    });
    expect(votes).to.deep.include({
      votes: String(await read("getVotes", bob)),
      tokens: parseEther("40000").toString(),
      received: parseEther("60000").toString(),
      counts: true,
    });
    const args = [bob.address as Address, BigInt(past)] as const;
    const counted = await client().readContract({
      address: token(),
      abi: VOTES,
      functionName: "getPastVotes",
      args,
    });
    expect(then).to.deep.include({ at: past, votes: counted.toString() });
    expect(delegates.map(({ account, votes: count }) => [account, count])).to.deep.equal([
      [bob.address, parseEther("100000").toString()],
      [alice.address, parseEther("30000").toString()],
    ]);
    expect(one.delegates).to.have.length(1);
    expect(one.delegates[0]).to.deep.include({
      account: carol.address,
      delegate: alice.address,
      delegators: [],
    });
  });

  it("says what is wrong, and sends nothing", async () => {
    const before = await live.node.provider.getBlockNumber();
    const [unknown, future, nobody, expired, none] = await Promise.all([
      live.cli(["token", "balance", "vault"]),
      live.cli(["token", "votes", bob.address, "--at", "2999-01-01"]),
      live.cli(["token", "delegates", "--account", bob.address.toLowerCase()]),
      live.cli(["token", "sign", "self", "--expires", "2020-01-01"], alice),
      run(["token", "holders", "--dao", "nope"], live.node),
    ]);
    expectFailure(unknown, '"vault" is neither an address nor a name', "treasury");
    expectFailure(future, "--at", "isn't over");
    expectFailure(nobody, "--account", bob.address);
    expectFailure(expired, "--expires", "over already");
    expectFailure(none, 'There is no DAO "nope"');
    expect(await live.node.provider.getBlockNumber()).to.equal(before);
  });
});
