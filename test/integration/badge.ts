import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { getAddress, Interface, toQuantity } from "ethers";
import type { Abi, Address } from "viem";
import { createPublicClient, http } from "viem";
import { EvidenceJournal } from "../../sdk/node/badges/journal.js";
import { INTERFACES } from "../../sdk/calls/known.js";
import { ROLES } from "../../sdk/roles.js";
import { ContributionBadge__factory, Handover__factory } from "../../typechain-types/index.js";
import type { LiveNode, Outcome, RunOptions } from "./support.js";
import {
  accounts,
  describeCommandLine,
  expectFailure,
  expectSuccess,
  launchLive,
  run,
  transactionsOf,
  NodeProxy,
} from "./support.js";

const wallet = (index: number): HDNodeWallet => {
  const found = accounts[index];
  if (found === undefined) throw new RangeError(`there is no account ${index}`);
  return found;
};
const OWNER = wallet(1);
const [ALICE, BOB] = [wallet(4).address, wallet(5).address];
const ISSUER = wallet(7);
const STEWARD = wallet(8);
const STRANGER = wallet(9);

/** Kinds of the brand file, by number. */
const KINDS = [
  { name: "レビュー", points: "10" },
  { name: "Ambassador", points: "30", votes: "100" },
  { name: "限定", points: "20", supply: "2" },
  { name: "一日一回", points: "20", dailyPoints: "20" },
];

/** More than fit one transaction. */
const LINES = 300;

/** How many commands run at the same time. */
const AT_ONCE = 3;

interface Line {
  readonly line: number;
  readonly kind: number;
  readonly account: string;
  readonly hash: string;
  readonly state: string;
  readonly badge: number | null;
  readonly file: string | null;
  readonly before: boolean;
}

interface Batch {
  readonly transactions: readonly string[];
  readonly files: readonly string[];
  readonly contributions: readonly Line[];
  readonly evidence: string;
}

describeCommandLine("badges", function () {
  let live: LiveNode;
  let proxy: NodeProxy;

  before(async () => {
    live = await launchLive((tree) => Object.assign(tree.badges, { kinds: KINDS }));
    proxy = await NodeProxy.before(live.node);
    await appoint(live.record.safe, ROLES.ISSUER, ISSUER.address);
    await appoint(live.record.contracts.timelock, ROLES.STEWARD, STEWARD.address);
  });

  after(async () => {
    await proxy.close();
    await live.stop();
  });

  /** Has a contract of the DAO grant a role, as its owners or voters would. */
  async function appoint(from: string, role: bigint, account: string): Promise<void> {
    const { provider } = live.node;
    const grant = new Interface(["function grantRole(uint64, address, uint32)"]);
    await provider.send("hardhat_impersonateAccount", [from]);
    await provider.send("hardhat_setBalance", [from, toQuantity(10n ** 18n)]);
    const data = grant.encodeFunctionData("grantRole", [role, account, 0]);
    await provider.send("eth_sendTransaction", [{ from, to: live.record.contracts.manager, data }]);
  }

  const badge = () => ContributionBadge__factory.connect(live.record.contracts.badge, live.node.provider);

  async function csv(name: string, ...lines: string[]): Promise<string> {
    const file = path.join(live.brands.folder, `${name}.csv`);
    await writeFile(file, `kind,account,evidence\n${lines.join("\n")}\n`);
    return file;
  }

  /** Runs tasks that all have to fail, each with its texts on stderr; nothing may be sent. */
  async function refused(
    ...tasks: readonly (readonly [args: string[], account: HDNodeWallet, ...texts: string[]])[]
  ): Promise<void> {
    const block = await live.node.provider.getBlockNumber();
    const left = [...tasks];
    const worker = async () => {
      for (let task = left.shift(); task !== undefined; task = left.shift()) {
        const [args, account, ...texts] = task;
        expectFailure(await live.cli(args, account), ...texts, "→");
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    expect(await live.node.provider.getBlockNumber()).to.equal(block);
  }

  /** Enough for several transactions. */
  const many = (name: string) =>
    csv(
      name,
      ...Array.from({ length: LINES }, (_, i) => `レビュー,${getAddress(addressOf(i))},${name} ${i}`),
    );
  const addressOf = (i: number) => `0x${(0x1000 + i).toString(16).padStart(40, "0")}`;

  const through = (file: string, options: Pick<RunOptions, "killOn" | "patience"> = {}) =>
    run(["badge", "award-batch", file, "--via", "signer", "--dao", live.slug], {
      url: proxy.url,
      key: ISSUER.privateKey,
      ...options,
    });

  /** Runs it until its first transaction is on its way, and kills it then. */
  async function throughUntilSent(file: string): Promise<Outcome> {
    const { provider } = live.node;
    const latest = await provider.getTransactionCount(ISSUER.address, "latest");
    const over = new AbortController();
    const sent = async () => {
      while (!over.signal.aborted) {
        if ((await provider.getTransactionCount(ISSUER.address, "pending")) > latest) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    try {
      return await through(file, { killOn: sent() });
    } finally {
      over.abort();
    }
  }

  /** Expects that the command, run once more, finishes, and that every line was awarded exactly once. */
  async function expectFinish(file: string, before: bigint): Promise<void> {
    const { contributions, evidence } = await live.json<Batch>(
      ["badge", "award-batch", file, "--via", "signer"],
      ISSUER,
    );
    expect(contributions.every(({ state }) => state === "awarded")).to.equal(true);
    expect(new Set(contributions.map(({ badge: id }) => id)).size).to.equal(LINES);
    expect(await badge().totalAwarded()).to.equal(before + BigInt(LINES));
    const hashes = new Set<string>();
    for (const { args } of await badge().queryFilter(badge().filters.BadgesAwarded())) {
      for (const hash of args.evidence) {
        expect(hashes.has(hash), "awarded twice").to.equal(false);
        hashes.add(hash);
      }
    }
    const journal = await EvidenceJournal.open(path.dirname(evidence));
    for (const { hash } of contributions) {
      expect(hashes.has(hash)).to.equal(true);
      expect(journal.entryOf(hash), "the proof").not.to.equal(undefined);
    }
    expect((await transactionsOf(live.node)).filter(({ status }) => status !== 1)).to.deep.equal([]);
  }

  /** What another library reads from the chain. */
  function viem<Result>(functionName: string, ...args: unknown[]): Promise<Result> {
    const client = createPublicClient({ transport: http(live.node.url) });
    return client.readContract({
      address: live.record.contracts.badge as Address,
      abi: JSON.parse(INTERFACES.badge.formatJson()) as Abi,
      functionName,
      args,
    }) as Promise<Result>;
  }

  it("adds, lists and closes kinds", async () => {
    const options = [
      "--points",
      "1,000",
      "--supply",
      "5",
      "--daily-points",
      "2000",
      "--description",
      "写真へ。",
    ];
    const add = ["badge", "kind", "add", "写真", ...options, "--via", "signer"];
    const draft = ["badge", "kind", "add", "投票", "--points", "1", "--votes", "5", "--via", "proposal"];
    interface Added {
      readonly kind: { readonly number: number | null };
      readonly transactions: readonly string[];
      readonly files: readonly string[];
    }
    const [added, drafted] = await Promise.all([live.json<Added>(add, STEWARD), live.json<Added>(draft)]);
    expect(added.transactions).to.have.length(1);
    expect(added.kind).to.deep.include({ number: 5, name: "写真", points: 1000, supplyLimit: 5, votes: "0" });
    expect(drafted.kind).to.deep.include({ number: null, votes: "5000000000000000000" });
    expect(await readFile(drafted.files[0] ?? "", "utf8"))
      .to.include("addVotingKind")
      .and.to.include("投票");

    const closing = await live.cli(["badge", "kind", "close", "写真", "--via", "signer"], STEWARD);
    expectSuccess(closing);
    expect(closing.stdout).to.include('"写真" is closed');
    const list = await live.json<{ halted: boolean; kinds: { number: number; name: string }[] }>([
      "badge",
      "kind",
      "list",
    ]);
    expect(list.halted).to.equal(false);
    expect(list.kinds.map(({ name }) => name)).to.deep.equal([...KINDS.map(({ name }) => name), "写真"]);
    for (const each of list.kinds) {
      const { config, ...onChain } = await viem<{ config: { name: string }; closed: boolean }>(
        "kindOf",
        each.number,
      );
      expect(each).to.deep.include(onChain).and.to.include({ name: config.name });
    }
  });

  it("awards a badge, once, and keeps what it is for", async () => {
    const args = ["badge", "award", "レビュー", ALICE, "--evidence", "春の深煎り", "--via", "signer"];
    const first = await live.json<Record<string, unknown>>(args, ISSUER);
    expect(first).to.deep.include({ account: ALICE, state: "awarded", badge: 1, before: false });
    const again = await live.json<Record<string, unknown>>(args, ISSUER);
    expect(again).to.deep.include({ state: "awarded", badge: 1, before: true, transactions: [] });
    expect(await badge().totalAwarded()).to.equal(1n);
    const journal = await EvidenceJournal.open(path.dirname(String(first.evidence)));
    expect(journal.entryOf(String(first.hash))?.evidence.text).to.equal("春の深煎り");
  });

  it("refuses what can't be right, as a whole and before anything is sent", async () => {
    const broken = await csv(
      "broken",
      `レビュー,${BOB},fine`,
      `Review,${BOB},x`,
      `レビュー,${BOB.toLowerCase()},x`,
      `1,${BOB},fine`,
      `レビュー,${BOB},`,
    );
    const many = (kind: string, count: number) =>
      Array.from({ length: count }, (_, i) => `${kind},${BOB},${i}`);
    const tooMany = await csv("limits", ...many("限定", 3), ...many("一日一回", 2), ...many("写真", 1));
    const batch = (file: string) => ["badge", "award-batch", file, "--via", "signer"];
    const award = (...more: string[]) => ["badge", "award", ...more, "--via", "signer"];
    await refused(
      [
        batch(broken),
        ISSUER,
        "line 3",
        '"Review"',
        "line 4",
        BOB,
        "line 5",
        "This is line 2 again",
        "line 6",
      ],
      [
        batch(tooMany),
        ISSUER,
        'kind 3 "限定": Only 2 of 2 badges are left, and 3',
        "lines 2, 3, 4 of",
        'kind 4 "一日一回": Only 20 of 20 points a day',
        "at most 1 today",
        'kind 5 "写真": It is closed',
        "line 7 of",
      ],
    );
    // Not at the same time as the others: only one command awards at a time.
    await refused(
      [award("レビュー", ALICE, "--evidence", "x"), STRANGER, "ISSUER", ISSUER.address, live.record.safe],
      [award("Review", ALICE, "--evidence", "x"), ISSUER, '"Review"', "レビュー, Ambassador, 限定"],
      [award("レビュー", ALICE), ISSUER, "--evidence", "There is no evidence"],
      [["badge", "kind", "add", "x"], STEWARD, "--points: is missing", '--points "10"'],
      [["badge", "kind", "close", "Ambassador"], STEWARD, "Only a passed proposal", "--via proposal"],
    );
  });

  it("lists no kinds of a DAO that isn't there", async () => {
    expectFailure(await run(["badge", "kind", "list", "--dao", "nowhere"], live.node), '"nowhere"', "→");
  });

  it("awards the badges of a file, and what is new of it later", async () => {
    const lines = [`レビュー,${BOB},レビュー`, `Ambassador,${ALICE},友だち`, `限定,${BOB},限定`];
    const file = await csv("april", ...lines);
    const first = await live.cli(["badge", "award-batch", file, "--via", "signer"], ISSUER);
    expectSuccess(first);
    expect(first.stdout).to.include("3 badges awarded: #2 to #4").and.to.include("evidence.jsonl");
    const renamed = await csv("may", `レビュー,${ALICE},五月`, ...lines.reverse());
    const next = await live.json<Batch>(["badge", "award-batch", renamed, "--via", "signer"], ISSUER);
    expect(next.contributions.map(({ before }) => before)).to.deep.equal([false, true, true, true]);
    expect(next.transactions).to.have.length(1);
    expect(await badge().totalAwarded()).to.equal(5n);
    for (const { badge: id, account, line } of next.contributions) {
      expect(await viem<string>("ownerOf", BigInt(id ?? 0))).to.equal(account);
      expect(account).to.equal(line === 2 || line === 4 ? ALICE : BOB);
    }
  });

  it("has the Safe's owners sign, and counts that as under way", async () => {
    const file = await csv("safe", `レビュー,${ALICE},安全`, `レビュー,${BOB},安全`);
    const written = await live.json<Batch>(["badge", "award-batch", file]);
    expect(written.files).to.have.length(1);
    expect(written.contributions.map(({ state, file: waits }) => [state, waits])).to.deep.equal([
      ["under way", written.files[0]],
      ["under way", written.files[0]],
    ]);
    const total = await badge().totalAwarded();
    const meanwhile = await live.cli(["badge", "award-batch", file, "--via", "signer"], ISSUER);
    expectSuccess(meanwhile);
    expect(meanwhile.stdout).to.include("nothing to award").and.to.include(written.files[0]);
    expect(await badge().totalAwarded()).to.equal(total);
  });

  it("awards the rest where the connection broke", async () => {
    const file = await many("broken");
    const before = await badge().totalAwarded();
    void proxy.stopAt(1, "written down", "breaks");
    expectFailure(await through(file, { patience: 1 }), "It isn't known yet what becomes of");
    expect(await badge().totalAwarded()).to.equal(before);
    void proxy.stopAt(1, "sent", "breaks");
    expectFailure(await through(file, { patience: 1 }), "It isn't known yet what becomes of");
    proxy.mend();
    expect(await badge().totalAwarded()).to.be.greaterThan(before);
    await expectFinish(file, before);
  });

  it("awards the rest where the process was killed", async () => {
    const { provider } = live.node;
    const file = await many("kill");
    const before = await badge().totalAwarded();
    await provider.send("evm_setAutomine", [false]);
    try {
      const killed = await throughUntilSent(file);
      expect(killed.code, killed.stderr).to.equal(null);
      const meanwhile = await through(file, { patience: 1 });
      expectFailure(meanwhile, ISSUER.address, "It isn't known yet what becomes of");
      await provider.send("evm_mine", []);
    } finally {
      await provider.send("evm_setAutomine", [true]);
    }
    expect(await badge().totalAwarded()).to.be.greaterThan(before);
    await expectFinish(file, before);
  });

  it("shows a member's page, the card and the board as the chain has them", async () => {
    const card = path.join(live.brands.folder, "cards", "alice.svg");
    interface Page {
      points: number;
      votes: string;
      badges: { id: number; name: string; evidence: { text: string | null } }[];
    }
    interface Board {
      points: number;
      members: number;
      entries: { rank: number; account: string; points: number; badges: number }[];
    }
    const [page, text, drawn] = await Promise.all([
      live.json<Page>(["badge", "show", ALICE]),
      live.cli(["badge", "show", ALICE]),
      live.json<{ badge: number; file: string }>(["badge", "card", ALICE, "--out", card]),
    ]);
    const [board, all] = await Promise.all([
      live.json<Board>(["badge", "board"]),
      live.json<Board>(["badge", "board", "--season", "all", "--all"]),
    ]);
    const member = await viem<{ badges: number; points: bigint; seasonPoints: bigint }>("memberOf", ALICE);
    expect(BigInt(page.points)).to.equal(member.points);
    expect(page.badges).to.have.length(member.badges);
    expect(page.votes).to.equal("100000000000000000000");
    for (const { id } of page.badges) expect(await viem<string>("ownerOf", BigInt(id))).to.equal(ALICE);
    expect(page.badges.map(({ evidence }) => evidence.text)).to.deep.equal(["五月", "友だち", "春の深煎り"]);
    expectSuccess(text);
    expect(text.stdout).to.include("春の深煎り").and.to.include("Ambassador").and.to.include("100 BLUE");

    expect(drawn).to.deep.include({ badge: page.badges[0]?.id, file: card });
    expect(await readFile(card, "utf8")).to.equal(await viem<string>("card", BigInt(drawn.badge)));

    expect(board.entries).to.have.length(20);
    expect(all.entries).to.have.length(all.members);
    expect([all.members, all.points]).to.deep.equal([board.members, board.points]);
    expect(BigInt(all.points)).to.equal(await viem<bigint>("totalPoints"));
    const entry = all.entries.find(({ account }) => account === ALICE);
    expect(entry).to.deep.include({ rank: 1, points: Number(member.points), badges: member.badges });

    await refused(
      [["badge", "show", "alice"], STRANGER, '"alice"', "address"],
      [["badge", "card", ALICE, "--badge", "9999"], STRANGER, "badge 9999", "no such badge"],
      [["badge", "card", BOB, "--badge", "1"], STRANGER, "badge 1", ALICE],
      [["badge", "board", "--season", "2"], STRANGER, "--season", "has not begun"],
    );
  });

  it("takes a badge back, with a reason", async () => {
    const revoke = (id: string, ...more: string[]) => ["badge", "revoke", id, "--via", "signer", ...more];
    const why = ["--reason", "重複"];
    await refused(
      [revoke("1"), STEWARD, "--reason", "can't be taken back without one"],
      [revoke("9999", ...why), STEWARD, "badge 9999", "no such badge"],
      [revoke("1", ...why), ISSUER, "STEWARD", STEWARD.address, "--via safe"],
    );
    const revoked = await live.json<Record<string, unknown>>(revoke("1", ...why), STEWARD);
    expect(revoked).to.deep.include({ badge: 1, account: ALICE, reason: "重複" });
    expect(await viem<{ badges: number }>("memberOf", ALICE)).to.deep.include({ badges: 2 });
  });

  it("awards nothing while awards are halted", async () => {
    const { handover } = live.record.contracts;
    await Handover__factory.connect(handover, OWNER.connect(live.node.provider)).haltAwards();
    const file = await csv("halted", `レビュー,${BOB},halted`);
    await refused([["badge", "award-batch", file, "--via", "signer"], ISSUER, "They are halted"]);
    await badge().connect(STEWARD.connect(live.node.provider)).resume();
    expectSuccess(await live.cli(["badge", "award-batch", file, "--via", "signer"], ISSUER));
  });
});
