import { expect } from "chai";
import { id as idOf, parseEther } from "ethers";
import { parseSeason, readBoard } from "../../../sdk/badges/members/board.js";
import { boardAsJson } from "../../../sdk/badges/members/views.js";
import type { Eip1193Provider } from "../../../sdk/chain/eip1193.js";
import { LogCache } from "../../../sdk/chain/logCache.js";
import { MemoryLogs } from "../../../sdk/chain/logStore.js";
import type { AnnouncedSnapshot } from "../../../sdk/chain/snapshotLogs.js";
import { SnapshotLogs } from "../../../sdk/chain/snapshotLogs.js";
import { DAO_CONTRACTS } from "../../../sdk/daoRecord.js";
import type { Problem } from "../../../sdk/errors.js";
import { proposalsAsJson } from "../../../sdk/governance/views.js";
import { toJson } from "../../../sdk/json.js";
import type { LiveDao } from "../../../sdk/live.js";
import { openDao } from "../../../sdk/live.js";
import { hashOf } from "../../../sdk/node/page/headers.js";
import { isFinal } from "../../../sdk/governance/states.js";
import { SettledCopy } from "../../../sdk/governance/settled.js";
import type { MadeSnapshot } from "../../../sdk/node/page/snapshot.js";
import { makeSnapshot } from "../../../sdk/node/page/snapshot.js";
import { readMemberRewards } from "../../../sdk/rewards/member.js";
import type { SnapshotFile } from "../../../sdk/page/document.js";
import { memberRewardsAsJson } from "../../../sdk/rewards/views.js";
import { readHolders } from "../../../sdk/token/holders.js";
import { DAY, fund, opened } from "../rewards/support.js";
import { problemOf } from "../support.js";

/** What commands print, in text: byte for byte. */
async function printed(live: LiveDao, account: string): Promise<string> {
  return JSON.stringify(
    toJson([
      await proposalsAsJson(live),
      boardAsJson(live, await readBoard(live, parseSeason(live, undefined))),
      memberRewardsAsJson(live, await readMemberRewards(live, account), null),
      (await readHolders(live)).holders.map(({ account: holder, tokens, votes }) => ({
        holder,
        tokens,
        votes,
      })),
    ]),
  );
}

describe("the page's snapshot of the logs", () => {
  /** A DAO with a history, its snapshot, and some more history after that. */
  async function world() {
    const at = await opened();
    const { dao, holders, record, connection, context } = at;
    const { networkHelpers } = connection;
    const [alice, bob] = holders;
    await fund(at.live, alice, parseEther("60"));
    await fund(at.live, alice, parseEther("40"));
    const governor = dao.governor.connect(alice);
    const { contracts } = record;
    const propose = async (text: string) => {
      const action = dao.token.interface.encodeFunctionData("transfer", [bob.address, 1n]);
      await (await governor.propose([contracts.token], [0], [action], text)).wait();
      const { proposals } = await proposalsAsJson(await open());
      await networkHelpers.time.increase(DAY + 1);
      return proposals[0]?.id ?? "";
    };
    const open = async () => openDao(record, context.provider, context.eip1193);
    await (
      await governor.castVoteWithReason(await propose("# A gift\n\nFor Bob."), 1, "Bob deserves it")
    ).wait();
    const id = await propose("# Nobody cares");
    // Time alone decides it, and somebody decides the other.
    await networkHelpers.time.increaseTo((await dao.governor.proposalDeadline(id)) + 1n);
    const action = dao.token.interface.encodeFunctionData("transfer", [bob.address, 1n]);
    const [targets, values, actions] = [[contracts.token], [0n], [action]];
    await (await governor.propose(targets, values, actions, "# Taken back")).wait();
    await (await governor.cancel(targets, values, actions, idOf("# Taken back"))).wait();
    await propose("# A mistake");
    await networkHelpers.mine(50);
    const made = await makeSnapshot(await open());
    if (made === undefined) throw new Error("there is no final block");
    await (await governor.castVoteWithReason(await propose("# Another"), 0, "")).wait();
    await networkHelpers.mine(50);
    return { ...at, made, open, alice, printed: await printed(await open(), alice.address) };
  }

  type At = Awaited<ReturnType<typeof world>>;

  /** Reads with a snapshot, and tells what was asked of the node, and why the snapshot wasn't used. */
  async function reader(
    { record, context }: At,
    { snapshot, files }: MadeSnapshot,
    { change = (text: string) => text, store = new MemoryLogs() } = {},
  ) {
    const problems: Problem[] = [];
    const searched: number[] = [];
    /** Ids that the governor was asked of. */
    const asked: string[] = [];
    const eip1193: Eip1193Provider = {
      request: ({ method, params = [] }) => {
        const [filter] = params as readonly { readonly fromBlock: string }[];
        if (method === "eth_getLogs") searched.push(Number(filter?.fromBlock));
        if (method === "eth_call") asked.push(JSON.stringify(params));
        return context.eip1193.request({ method, params: [...params] });
      },
    };
    const copyOf = (file: SnapshotFile | undefined): AnnouncedSnapshot | undefined => {
      if (file === undefined) return undefined;
      const text = files.find((each) => each.file === file.file)?.text ?? "";
      return {
        block: snapshot.block,
        load: () => {
          const found = change(text);
          // As browsers check it.
          return hashOf("sha384", text) === file.integrity && found !== ""
            ? Promise.resolve(found)
            : Promise.reject(new TypeError("Failed to fetch"));
        },
      };
    };
    const onUnused = (problem: Problem) => problems.push(problem);
    const logs = new SnapshotLogs(
      store,
      ({ address }) => {
        const contract = DAO_CONTRACTS.find((name) => record.contracts[name] === address);
        return contract === undefined ? undefined : copyOf(snapshot.files[contract]);
      },
      onUnused,
    );
    const governor = { chainId: BigInt(record.chainId), address: record.contracts.governor };
    const settled = new SettledCopy(governor, copyOf(snapshot.settled), onUnused);
    const live = await openDao(record, context.provider, eip1193, { cache: new LogCache(logs), settled });
    return { live, logs, settled, problems, searched, asked };
  }

  it("shows byte for byte what is read without, and asks the node for what came after only", async () => {
    const at = await world();
    const { live, problems, searched, asked } = await reader(at, at.made);
    expect(await printed(live, at.alice.address)).to.equal(at.printed);
    expect(problems).to.deep.equal([]);
    const { proposals } = await proposalsAsJson(await at.open());
    for (const { id, title, state } of proposals) {
      // "A mistake" was open when the copy was made; what is over isn't asked for.
      const isSettled = isFinal(state) && title !== "A mistake";
      const word = BigInt(id).toString(16).padStart(64, "0");
      expect(
        asked.some((each) => each.includes(word)),
        title,
      ).to.equal(!isSettled);
    }
    expect(proposals.map(({ state }) => state)).to.include.members(["Active", "Canceled", "Defeated"]);
    expect(searched).to.not.deep.equal([]);
    for (const from of searched) expect(from).to.be.above(at.made.snapshot.block);
    expect(at.printed).to.include("A gift").and.include("Another");
  });

  it("isn't asked for by who was here shortly before", async () => {
    const at = await world();
    const store = new MemoryLogs();
    const first = await reader(at, at.made, { store });
    await printed(first.live, at.alice.address);
    let loaded = 0;
    const change = (text: string) => {
      loaded += 1;
      return text;
    };
    const again = await reader(at, at.made, { store, change });
    expect(await printed(again.live, at.alice.address)).to.equal(at.printed);
    // What is over, which isn't kept with the logs.
    expect(loaded).to.equal(1);
  });

  const other = `0x${"12".repeat(20)}`;
  const changes: readonly (readonly [what: string, change: (text: string, at: At) => string])[] = [
    ["isn't there", () => ""],
    ["was cut off", (text) => text.slice(0, -20)],
    ["is of another chain", (text) => text.replace('"chainId":"31337"', '"chainId":"1"')],
    [
      "is of another contract",
      (text) => text.replace(/"address":"0x[0-9a-fA-F]{40}"/u, `"address":"${other}"`),
    ],
    [
      "ends with another block",
      (text) => text.replace(/\\"to\\":\d+/u, '\\"to\\":7').replace(/"block":\d+/u, '"block":7'),
    ],
    [
      "ends with a block that has another hash",
      (text) =>
        text.replace(/\\"hash\\":\\"0x../u, '\\"hash\\":\\"0x00').replace(/"hash":"0x../u, '"hash":"0x00'),
    ],
    ["is of another form", (text) => text.replace('"version":1', '"version":9')],
    ["is no JSON", () => "logs"],
  ];
  for (const [what, change] of changes) {
    it(`isn't used where it ${what}: that is said, and all is read from the node`, async () => {
      const at = await world();
      const { live, problems, searched } = await reader(at, at.made, { change: (text) => change(text, at) });
      expect(await printed(live, at.alice.address)).to.equal(at.printed);
      expect(new Set(problems.map(({ code }) => code))).to.deep.equal(new Set(["page.snapshot-unused"]));
      expect(problems).to.have.length(5);
      expect(Math.min(...searched)).to.equal(at.record.startBlock);
    });
  }

  it("isn't used where it leaves something out, which shows by what the contracts say", async () => {
    const at = await world();
    // A vote less; a badge less; as the last log of a contract.
    const change = (text: string) => {
      const file = JSON.parse(text) as { line?: string };
      if (file.line === undefined) return text;
      const line = JSON.parse(file.line) as { logs: string };
      const logs = line.logs.split(";");
      return JSON.stringify({
        ...file,
        line: JSON.stringify({ ...line, logs: logs.slice(0, -1).join(";") }),
      });
    };
    const { live, problems, searched } = await reader(at, at.made, { change });
    expect(await printed(live, at.alice.address)).to.equal(at.printed);
    expect(problems.map(({ data }) => (data as { contract: string }).contract)).to.include.members([
      at.record.contracts.governor,
      at.record.contracts.badge,
      at.record.contracts.rewards,
    ]);
    expect(searched).to.include(at.record.startBlock);
  });

  type Row = readonly unknown[];
  const rows: readonly (readonly [what: string, change: (row: Row) => Row])[] = [
    ["more votes", ([number, state, , ...rest]) => [number, state, "77", ...rest]],
    ["another end", ([number, , ...rest]) => [number, 3, ...rest]],
  ];
  for (const [what, change] of rows) {
    it(`isn't believed where it has a proposal with ${what} than its logs`, async () => {
      const at = await world();
      const { live, settled } = await reader(at, at.made, {
        change: (text) => {
          const file = JSON.parse(text) as { proposals?: Row[] };
          return JSON.stringify({ ...file, proposals: file.proposals?.map(change) });
        },
      });
      expect((await problemOf(printed(live, at.alice.address))).message).to.include("They don't agree");
      expect(await settled.withdraw()).to.equal(true);
      expect(await printed(live, at.alice.address)).to.equal(at.printed);
    });
  }

  it("can be withdrawn, and isn't used again", async () => {
    const at = await world();
    const { live, logs, settled, problems, searched } = await reader(at, at.made);
    await printed(live, at.alice.address);
    expect(problems).to.deep.equal([]);
    expect(await logs.withdraw()).to.equal(true);
    expect(await settled.withdraw()).to.equal(true);
    expect(problems).to.have.length(5);
    expect([await logs.withdraw(), await settled.withdraw()]).to.deep.equal([false, false]);
    expect(await printed(live, at.alice.address)).to.equal(at.printed);
    expect(searched).to.include(at.record.startBlock);
  });

  it("isn't made of what a node leaves out", async () => {
    const at = await world();
    const leaky: Eip1193Provider = {
      request: async ({ method, params = [] }) => {
        const answer = await at.context.eip1193.request({ method, params: [...params] });
        return method === "eth_getLogs" ? (answer as unknown[]).slice(0, -1) : answer;
      },
    };
    const live = await openDao(at.record, at.context.provider, leaky);
    expect((await problemOf(makeSnapshot(live))).message).not.to.equal("");
  });
});
