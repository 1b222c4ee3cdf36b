import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { SignedNickname } from "../../sdk/community/nicknameSigning.js";
import { connectDao } from "../../sdk/dao.js";
import { account, ALICE, BOB, DAY, STRANGER } from "./coCreation.js";
import type { LiveNode } from "./support.js";
import { describeCommandLine, expectFailure, expectSuccess, launchLive } from "./support.js";

/** What `nickname sign` says beside what it signed. */
interface Signing {
  readonly file: string;
  readonly signatures: number;
  readonly threshold: number;
  readonly complete: boolean;
}

describeCommandLine("what a community says", function () {
  let live: LiveNode;

  before(async () => {
    live = await launchLive();
  });

  after(() => live.stop());

  const dao = () => connectDao(live.record, live.node.provider);

  async function refused(args: string[], who: typeof ALICE, ...texts: string[]): Promise<void> {
    const block = await live.node.provider.getBlockNumber();
    expectFailure(await live.cli(args, who), ...texts, "→");
    expect(await live.node.provider.getBlockNumber()).to.equal(block);
  }

  it("is what its members want to be called, at once or by signature", async () => {
    const set = ["nickname", "set", "はな"];
    expectSuccess(await live.cli([...set, "--dry-run"], ALICE));
    expect(await live.json<Record<string, unknown>>(set, ALICE)).to.deep.include({
      nickname: "はな",
      before: "",
    });
    expect(await dao().nicknames.nicknameOf(ALICE)).to.equal("はな");
    await refused(set, ALICE, "already");
    await refused(["nickname", "set", "x".repeat(33)], ALICE, "33 bytes");
    await refused(["nickname", "set", "a\u202eb"], ALICE, "can't be seen");

    const signed = await live.json<SignedNickname & Signing>(["nickname", "sign", "Bob 🐈"], BOB);
    const { file, signatures, threshold, complete, ...nickname } = signed;
    expect([signatures, threshold, complete]).to.deep.equal([1, 1, true]);
    expect(file).to.include(path.join("outbox", "31337", live.slug, "nicknames", `${BOB.address}-0.json`));
    expect(JSON.parse(await readFile(file, "utf8"))).to.deep.equal(nickname);
    const changed = path.join(live.brands.folder, "changed.json");
    await writeFile(changed, JSON.stringify({ ...nickname, nickname: "Alice" }));
    const relayed = await live.cli(["nickname", "relay", changed, file, "--json"], STRANGER);
    expectFailure(relayed, "1 of 2 nicknames was refused");
    interface Relayed {
      readonly nicknames: readonly { readonly status: string }[];
    }
    const { nicknames } = JSON.parse(relayed.stdout) as Relayed;
    expect(nicknames.map(({ status }) => status)).to.deep.equal(["refused", "carried out"]);
    expect(await dao().nicknames.nicknameOf(BOB)).to.equal("Bob 🐈");
    const again = await live.cli(["nickname", "relay", file], STRANGER);
    expectSuccess(again);
    expect(again.stdout).to.include("so already");
    // Whoever is listed is listed with it, beside the account.
    interface Listed {
      readonly holders: readonly { readonly account: string; readonly nickname: string | null }[];
    }
    const { holders } = await live.json<Listed>(["token", "holders"]);
    const called = new Map(holders.map((holder) => [holder.account, holder.nickname]));
    expect([called.get(ALICE.address), called.get(BOB.address)]).to.deep.equal(["はな", "Bob 🐈"]);
    expect(called.get(live.record.contracts.timelock) ?? null).to.equal(null);
    for (const command of [
      ["token", "holders"],
      ["token", "balance", ALICE.address],
      ["token", "votes", ALICE.address],
      ["badge", "show", ALICE.address],
    ]) {
      const shown = await live.cli(command);
      expectSuccess(shown);
      expect(shown.stdout, command.join(" ")).to.include(`${ALICE.address} “はな”`);
    }
    expect(await live.json<Record<string, unknown>>(["nickname", "set", ""], BOB)).to.deep.include({
      nickname: "",
    });
  });

  it("is what a Safe wants to be called, once as many of its owners have signed as it takes", async () => {
    const { safe } = live.record;
    const out = path.join(live.brands.folder, "safe.json");
    const bySafe = ["nickname", "sign", "ブルー", "--account", "safe", "--out", out];
    await refused(bySafe, STRANGER, "not an owner");
    await refused(
      ["nickname", "sign", "x", "--account", BOB.address],
      ALICE,
      "--account",
      "no contract wallet",
    );
    const first = await live.json<SignedNickname & Signing>(bySafe, account(1));
    expect(first).to.deep.include({ signatures: 1, threshold: 2, complete: false, account: safe });
    const early = await live.cli(["nickname", "relay", out, "--json"], STRANGER);
    expectFailure(early, "1 of 1 nickname was refused");
    const { nicknames } = JSON.parse(early.stdout) as { nicknames: { problem: { code: string } }[] };
    expect(nicknames.map(({ problem }) => problem.code)).to.deep.equal(["signed.owners-missing"]);
    const second = await live.json<SignedNickname & Signing>(bySafe, account(2));
    expect(second).to.deep.include({ signatures: 2, complete: true, deadline: first.deadline });
    expectSuccess(await live.cli(["nickname", "relay", out], STRANGER));
    expect(await dao().nicknames.nicknameOf(safe)).to.equal("ブルー");
  });

  it("is what it decided, by a proposal; what others record is theirs", async () => {
    const record = ["decision", "record", "--kind", "name", "--uri", "ipfs://bafy"];
    await refused(["decision", "record", "--kind", "name"], ALICE, "neither a text nor its hash");
    const own = await live.json<{ transactions: string[] }>([...record, "--via", "signer"], ALICE);
    expect(own.transactions).to.have.length(1);
    const none = await live.cli(["decision", "list"]);
    expectSuccess(none);
    expect(none.stdout).to.include("none yet");
    const { files } = await live.json<{ files: string[] }>(record, ALICE);
    const [draft = ""] = files;
    const created = await live.cli(["proposal", "create", draft], ALICE);
    expectSuccess(created);
    expect(created.stdout).to.include("decisions.record").and.to.include('kind: "name"');
    await live.pass(DAY + 60);
    expectSuccess(await live.cli(["proposal", "vote", "1", "for"], ALICE));
    await live.pass(3 * DAY);
    expectSuccess(await live.cli(["proposal", "queue", "1"], ALICE));
    await live.pass(2 * DAY);
    expectSuccess(await live.cli(["proposal", "execute", "1"], ALICE));
    const { decisions } = await live.json<{ decisions: Record<string, unknown>[] }>(["decision", "list"]);
    expect(decisions).to.have.length(1);
    expect(decisions[0]).to.deep.include({ kind: "name", uri: "ipfs://bafy", contentHash: null });
  });
});
