import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { ZeroHash } from "ethers";
import type { IdeaSupport } from "../../sdk/ideas/signing.js";
import { ContributionBadge__factory, IdeaBoard__factory } from "../../typechain-types/index.js";
import { ALICE, account, BOB, CAROL, CO_CREATOR, DAY, prepare, STEWARD, STRANGER } from "./coCreation.js";
import type { LiveNode } from "./support.js";
import { describeCommandLine, expectFailure, expectSuccess, launchLive } from "./support.js";

const [FIRST_OWNER, SECOND_OWNER] = [account(1), account(2)];
const HOSTILE = "\u001b[2J<script>\u202e";

interface Call {
  readonly number: number;
  readonly state: string;
  readonly leaders: readonly { readonly name: string; readonly tally: string }[];
}

interface Shown {
  readonly call: Call;
  readonly voices: Record<string, unknown>;
  readonly list: readonly Record<string, unknown>[];
}

interface Life {
  readonly idea: Record<string, unknown> & { readonly steps: readonly Record<string, unknown>[] };
}

describeCommandLine("ideas", function () {
  let live: LiveNode;

  before(async () => {
    live = await launchLive();
    await prepare(live);
  });

  after(() => live.stop());

  const board = () => IdeaBoard__factory.connect(live.record.modules?.board ?? "", live.node.provider);
  const shown = (call: number) => live.json<Shown>(["idea", "show", call.toString()]);

  async function refused(args: string[], who: typeof ALICE, ...texts: string[]): Promise<void> {
    const block = await live.node.provider.getBlockNumber();
    expectFailure(await live.cli(args, who), ...texts, "→");
    expect(await live.node.provider.getBlockNumber()).to.equal(block);
  }

  it("are asked for by a steward, or by the Safe, or in a poll", async () => {
    const question = ["idea", "call", "次の季節のブレンドは？"];
    const none = await live.cli(["idea", "list"]);
    expectSuccess(none);
    expect(none.stdout).to.include("no call yet");
    await refused(
      [...question, "--winners", "9", "--via", "signer"],
      STEWARD,
      "--winners",
      "outside of 1 to 6",
    );
    await refused([...question, "--badge", "レビュー"], STRANGER, "--badge", "The board can't award");
    await refused([...question, "--via", "signer"], STRANGER, "board.open", "STEWARD");
    const opened = await live.json<{ call: Record<string, unknown> }>(
      [
        ...question,
        "--badge",
        "共創メンバー",
        "--ideas-per-member",
        "2",
        "--winners",
        "2",
        "--via",
        "signer",
      ],
      STEWARD,
    );
    expect(opened.call).to.deep.include({
      number: 1,
      counting: "voice",
      choice: "approve",
      badgeKind: CO_CREATOR,
    });
    expect(await board().callCount()).to.equal(1n);

    const poll = [
      "idea",
      "call",
      "どの袋？",
      "青",
      "緑",
      "白",
      "--choice",
      "pick-one",
      "--support-for",
      "3 days",
    ];
    const { files } = await live.json<{ files: string[] }>(poll, STRANGER);
    const [file = ""] = files;
    for (const owner of [FIRST_OWNER, SECOND_OWNER]) {
      const signed = await live.cli(["safe", "sign", file], owner);
      expectSuccess(signed);
      // What the owners read before they sign.
      expect(signed.stdout).to.include("board.open").and.to.include("pick one").and.to.include("3 days");
    }
    expectSuccess(await live.cli(["safe", "execute", file], STRANGER));
    const { calls } = await live.json<{ calls: Call[] }>(["idea", "list"]);
    expect(calls.map(({ number, state }) => [number, state])).to.deep.equal([
      [2, "support"],
      [1, "ideas"],
    ]);
    const text = await live.cli(["idea", "list"]);
    expectSuccess(text);
    expect(text.stdout)
      .to.include("どの袋？")
      .and.to.include("takes ideas")
      .and.to.include("support in 14 days");
  });

  it("are put forward by members, and shown as the text that they are", async () => {
    const before = await live.node.provider.getBlockNumber();
    const args = ["idea", "submit", "1", "夏みかんのブレンド", "--text", "さっぱりした\n夏の味"];
    expectSuccess(await live.cli([...args, "--dry-run"], ALICE));
    expect(await live.node.provider.getBlockNumber()).to.equal(before);
    const made = await live.json<Record<string, unknown>>(args, ALICE);
    expect(made).to.deep.include({ call: 1, name: "1-1", account: ALICE.address });
    await refused(["idea", "submit", "1", "x"], STRANGER, "has no badge");
    await refused(["idea", "submit", "2", "x"], ALICE, "It is a poll");
    await refused(["idea", "submit", "7", "x"], ALICE, "no such call");
    await refused(["idea", "submit", "1", HOSTILE], ALICE, "can't be seen");
    await refused(["idea", "submit", "1", "x", "--text", "a", "--uri", "b"], ALICE, "--text");
    // Past the tasks' own checks.
    const submit = board().connect(BOB.connect(live.node.provider));
    await (await submit.submit(1, `Vote for me ${HOSTILE}`, "ipfs://bafy", ZeroHash)).wait();
    const text = await live.cli(["idea", "show", "1"]);
    expectSuccess(text);
    expect(text.stdout).to.include("Vote for me \\u001b[2J<script>\\u202e").and.not.to.include("\u001b[2J");
    const life = await live.json<Life>(["idea", "show", "1-1"]);
    expect(life.idea).to.deep.include({
      title: "夏みかんのブレンド",
      text: "さっぱりした\n夏の味",
      status: "submitted",
    });
    const withdraw = ["idea", "withdraw", "1-3"];
    await refused(withdraw, ALICE, "no such idea");
    await live.json(["idea", "submit", "1", "同じ"], ALICE);
    await refused(withdraw, BOB, "only its author", "idea hide");
    await refused(["idea", "withdraw", "2-1"], ALICE, "an option of a poll");
    const dry = await live.cli([...withdraw, "--dry-run"], ALICE);
    expectSuccess(dry);
    expect(dry.stdout).to.include("同じ").and.to.include("stays so");
    const gone = await live.json<Record<string, unknown>>(withdraw, ALICE);
    expect(gone).to.deep.include({ name: "1-3", account: ALICE.address });
    await refused(withdraw, ALICE, "withdrew it");
    expect((await live.json<Life>(["idea", "show", "1-3"])).idea.status).to.equal("withdrawn");
    await refused(["idea", "support", "1-1"], BOB, "It takes support from");
    await refused(["idea", "show", "1-9"], BOB, "no such idea");
    await refused(["idea", "show", "one"], BOB, "names no idea");
  });

  it("are supported once, at once or by signature", async () => {
    const early = await live.json<IdeaSupport & { file: string }>(["idea", "sign", "1-1"], CAROL);
    await live.pass(14 * DAY + 1);
    const supported = await live.json<Record<string, unknown>>(["idea", "support", "1-2", "1-1"], BOB);
    expect(supported).to.deep.include({ call: 1, weight: "1", account: BOB.address });
    await refused(["idea", "support", "1-1"], BOB, "supports 1-1 already");
    await refused(["idea", "support", "1-1"], STRANGER, "no voice in call 1");
    await refused(["idea", "support", "1-1", "2-1"], ALICE, "of several calls");
    await refused(["idea", "sign", "1-1"], STRANGER, "no voice in call 1");

    const { file, ...signed } = early;
    expect(file).to.include(path.join("outbox", "31337", live.slug, "support", `1-1-${CAROL.address}.json`));
    const own = await live.json<IdeaSupport & { file: string; complete: boolean }>(
      ["idea", "sign", "1-2"],
      ALICE,
    );
    expect(own.complete).to.equal(true);
    const tampered = path.join(live.brands.folder, "tampered.json");
    await writeFile(tampered, JSON.stringify({ ...signed, supporter: ALICE.address }));
    const dry = await live.cli(["idea", "relay", file, "--dry-run"], STRANGER);
    expectSuccess(dry);
    expect(dry.stdout).to.include("valid").and.to.include("1-1");
    const relayed = await live.cli(["idea", "relay", file, tampered, own.file, "--json"], STRANGER);
    expectFailure(relayed, "1 of 3 signed support");
    interface Relayed {
      readonly support: readonly { readonly status: string }[];
      readonly transactions: readonly string[];
    }
    const { support, transactions } = JSON.parse(relayed.stdout) as Relayed;
    expect(support.map(({ status }) => status)).to.deep.equal(["taken", "refused", "taken"]);
    expect(transactions).to.have.length(1);
    const again = await live.cli(["idea", "relay", file], STRANGER);
    expectSuccess(again);
    expect(again.stdout).to.include("supported before");
    const { call, voices, list } = await shown(1);
    expect(call.leaders.map(({ name, tally }) => [name, tally])).to.deep.equal([
      ["1-1", "2"],
      ["1-2", "2"],
    ]);
    expect(voices).to.deep.include({ count: 3, young: 3, strangers: 0 });
    expect(list.map(({ name, rank }) => [name, rank])).to.deep.equal([
      ["1-1", 1],
      ["1-2", 2],
      ["1-3", null],
    ]);
    await refused(["idea", "withdraw", "1-1"], ALICE, "could be taken back until");
    const text = await live.cli(["idea", "show", "1"]);
    expectSuccess(text);
    expect(text.stdout).to.include("3, of them 3 with their first badge for less than 30 days");
  });

  it("are adopted when their call is over, by a steward or a proposal, and shipped once", async () => {
    const adopt = (idea: string, ...more: string[]) => ["idea", "adopt", idea, ...more];
    await refused(adopt("1-1", "--via", "signer"), STEWARD, "isn't final before");
    await refused(["idea", "ship", "1-1", "--via", "signer"], STEWARD, "isn't adopted");
    const hide = ["idea", "hide", "1-2", "An advertisement"];
    const unhide = ["idea", "unhide", "1-2", "It isn't one"];
    await refused([...hide, "--via", "signer"], STRANGER, "may not hide an idea", "STEWARD");
    // The DAO is a steward itself.
    expectSuccess(await live.cli([...hide, "--via", "proposal", "--dry-run"], ALICE));
    await refused(["idea", "hide", "1-2", " ", "--via", "signer"], STEWARD, "reason");
    await refused(["idea", "hide", "1-3", "Spam", "--via", "signer"], STEWARD, "withdrew it");
    await refused([...unhide, "--via", "signer"], STEWARD, "isn't hidden");
    const dry = await live.cli([...hide, "--dry-run"], STRANGER);
    expectSuccess(dry);
    expect(dry.stdout).to.include("board.hide").and.to.include("An advertisement");
    const hiding = await live.json<Record<string, unknown>>([...hide, "--via", "signer"], STEWARD);
    expect(hiding).to.deep.include({ name: "1-2", hidden: true, reason: "An advertisement" });
    await refused([...hide, "--via", "signer"], STEWARD, "hidden already");
    expectSuccess(await live.cli([...unhide, "--via", "signer"], STEWARD));
    expect((await live.json<Life>(["idea", "show", "1-2"])).idea).to.deep.include({
      hidden: false,
      tally: "2",
    });
    const { files: hidings } = await live.json<{ files: string[] }>(hide, STRANGER);
    const [hidingFile = ""] = hidings;
    for (const owner of [FIRST_OWNER, SECOND_OWNER]) {
      expectSuccess(await live.cli(["safe", "sign", hidingFile], owner));
    }
    expectSuccess(await live.cli(["safe", "execute", hidingFile], STRANGER));
    await live.pass(7 * DAY);
    const hidden = await live.cli(["idea", "show", "1"]);
    expectSuccess(hidden);
    expect(hidden.stdout).to.include("2 that are hidden").and.not.to.include("Vote for me");
    await refused(adopt("1-2", "--via", "signer"), STEWARD, "A steward has hidden it");
    await refused(adopt("1-1", "--via", "signer"), STRANGER, "board.adopt");

    const { files } = await live.json<{ files: string[] }>(adopt("1-2", "--via", "proposal"), ALICE);
    const [draft = ""] = files;
    const text = await readFile(draft, "utf8");
    expect(text)
      .to.include("第1回の募集に出たアイデア1-2")
      .and.to.match(/^ {4}Vote for me /mu);
    const proposed = await live.cli(["proposal", "create", draft], ALICE);
    expectSuccess(proposed);
    expect(proposed.stdout).to.include("board.adopt(idea: 1-2)");
    await live.pass(DAY + 60);
    expectSuccess(await live.cli(["proposal", "vote", "1", "for"], ALICE));
    await live.pass(3 * DAY);
    expectSuccess(await live.cli(["proposal", "queue", "1"], ALICE));
    await live.pass(2 * DAY);
    expectSuccess(await live.cli(["proposal", "execute", "1"], ALICE));
    const { idea } = await live.json<Life>(["idea", "show", "1-2"]);
    expect(idea).to.deep.include({ status: "adopted", hidden: true });
    expect(idea.steps.map(({ what, by }) => [what, by])).to.deep.equal([
      ["submitted", BOB.address],
      ["hidden", STEWARD.address],
      ["shown", STEWARD.address],
      ["hidden", live.record.safe],
      ["adopted", live.record.contracts.timelock],
    ]);

    const adopted = await live.json<{ transactions: string[] }>(adopt("1-1", "--via", "signer"), STEWARD);
    expect(adopted.transactions).to.have.length(1);
    await refused(adopt("1-1", "--via", "signer"), STEWARD, "It is adopted already");
    const ship = ["idea", "ship", "1-1", "--uri", "https://example.com/summer", "--via", "signer"];
    const shipped = await live.json<{ badge: number }>(ship, STEWARD);
    const badge = ContributionBadge__factory.connect(live.record.contracts.badge, live.node.provider);
    expect(await badge.ownerOf(shipped.badge)).to.equal(ALICE.address);
    await refused(ship, STEWARD, "It was shipped already");
    const told = await live.cli(["idea", "show", "1-1"]);
    expectSuccess(told);
    expect(told.stdout)
      .to.include("shipped")
      .and.to.include(`badge ${shipped.badge}`)
      .and.to.include("example.com");
  });
});
