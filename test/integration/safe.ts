import { copyFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { HDNodeWallet } from "ethers";
import { writeBatch } from "../../sdk/safe/sharing/builder.js";
import { connectDao } from "../../sdk/dao.js";
import {
  accounts,
  describeCommandLine,
  expectFailure,
  expectSuccess,
  launchLive,
  type LiveNode,
  type Outcome,
  run,
} from "./support.js";

const TWO_DAYS = 2 * 86_400;

interface Signed {
  readonly signed: readonly string[];
  readonly missing: readonly string[];
  readonly ready: boolean;
  readonly nonce: number;
}

interface Executed {
  readonly hash: string;
  readonly transaction: string | null;
  readonly followUp: { readonly file: string; readonly due: number } | null;
}

interface Status {
  readonly nonce: number;
  readonly powers: { readonly stewardDelay: number };
  readonly waiting: readonly {
    readonly file: string;
    readonly signed: readonly string[];
    readonly due: number;
  }[];
  readonly over: number;
  readonly scheduled: readonly { readonly call: string; readonly state: string; readonly due: number }[];
}

const [, tanaka, sato, suzuki, holder, other] = accounts;

describeCommandLine("the owners of the brand's Safe", function () {
  let live: LiveNode;
  /** Files on three machines: each owner has copies of their own. */
  let machines: string;

  before(async () => {
    live = await launchLive((tree) => Object.assign(tree.safe, { stewardDelay: "2 days" }));
    machines = path.join(live.brands.folder, "machines");
  });

  after(() => live.stop());

  /** A copy of a file, as on another machine; perhaps changed on its way. */
  async function copied(
    file: string,
    machine: string,
    change?: (content: Record<string, unknown> & { transaction: Record<string, unknown> }) => unknown,
  ): Promise<string> {
    const copy = path.join(machines, machine, path.basename(file));
    await mkdir(path.dirname(copy), { recursive: true });
    if (change === undefined) {
      await copyFile(file, copy);
    } else {
      const content = JSON.parse(await readFile(file, "utf8")) as Parameters<typeof change>[0];
      change(content);
      await writeFile(copy, JSON.stringify(content));
    }
    return copy;
  }

  const sign = (file: string, owner: HDNodeWallet) => live.json<Signed>(["safe", "sign", file], owner);
  const execute = (...files: string[]) => live.json<Executed>(["safe", "execute", ...files]);
  const written = async (...args: string[]) => {
    const { files } = await live.json<{ files: string[] }>(args);
    expect(files).to.have.length(1);
    return path.resolve(files[0] ?? "");
  };
  /** Expects that a task fails, and that the chain is as it was. */
  async function refused(outcome: Promise<Outcome>, ...texts: string[]): Promise<void> {
    expectFailure(await outcome, ...texts);
  }

  it("create a Safe once, at the address that a dry run shows", async () => {
    const owners = [tanaka, sato, suzuki].map(({ address }) => address);
    const args = ["safe", "create", "--owners", owners.join(), "--threshold", "2", "--name", "test"];
    const [shown, wrong] = await Promise.all([
      run([...args, "--dry-run", "--json"], live.node),
      run(
        ["safe", "create", "--owners", `${owners[0] ?? ""},${owners[0] ?? ""}`, "--threshold", "3"],
        live.node,
      ),
    ]);
    expectSuccess(shown);
    const plan = JSON.parse(shown.stdout) as { address: string; transactions: string[] };
    expect(plan).to.deep.include({ dryRun: true, existed: false, owners, threshold: 2, transactions: [] });
    expect(await live.node.provider.getCode(plan.address)).to.equal("0x");
    expectFailure(wrong, "--owners", "twice");

    const created = await run(args, live.node);
    expectSuccess(created);
    expect(created.stdout).to.include(plan.address);
    expect(await live.node.provider.getCode(plan.address)).not.to.equal("0x");
    const again = await run([...args, "--json"], live.node);
    expect(JSON.parse(again.stdout)).to.deep.include({
      existed: true,
      transactions: [],
      address: plan.address,
    });
  });

  it("sign copies of a file on their own machines, and somebody sends them", async () => {
    const award = await live.cli(["badge", "award", "1", holder.address, "--evidence", "Review"]);
    expectSuccess(award);
    const [, named = ""] = /Written: (.*safe-0-[0-9a-f]{8}\.json)/u.exec(award.stdout) ?? [];
    // In words, as the journal of the brand is here.
    expect(award.stdout).to.match(/award .+ \(kind 1\) to 1 person: 0x\w+ 「Review」/u);
    expect(award.stdout).to.include("2 of the Safe's 3 owners").and.to.include(`safe sign ${named}`);
    // Passed on, and not in the outbox any more: what is made here next doesn't know of it.
    const file = path.join(machines, "first", path.basename(named));
    await mkdir(path.dirname(file), { recursive: true });
    await rename(path.resolve(named), file);
    const batch = path.join(machines, "batch.json");
    const calls = [{ to: other.address, value: 0n, data: "0x" }];
    const options = { chainId: 31337n, safe: live.record.safe, title: "Nothing", createdAt: 1 };
    await writeFile(batch, JSON.stringify(writeBatch(calls, options)));

    const [one, two] = [await copied(file, "one"), await copied(file, "two")];
    const [first, second, rival] = await Promise.all([
      sign(one, tanaka),
      sign(two, sato),
      written("safe", "import", batch),
    ]);
    expect(first).to.deep.include({ signed: [tanaka.address], ready: false, nonce: 0 });
    expect(second.missing).to.deep.equal([tanaka.address, suzuki.address]);

    // Everything that can be wrong with a file that comes from somewhere else.
    const forged = await copied(one, "forged", (content) => {
      const [own] = content.signatures as { signer: string; signature: string }[];
      content.signatures = [own, { signer: holder.address, signature: own?.signature }];
    });
    const changes = {
      amount: (content) =>
        (content.transaction.data = String(content.transaction.data).replace(
          holder.address.slice(2).toLowerCase(),
          other.address.slice(2).toLowerCase(),
        )),
      target: (content) => (content.transaction.to = other.address),
      words: (content) => (content.calls = ["badge.resume()"]),
      chain: (content) => (content.chainId = "1"),
      safe: (content) => (content.safe = other.address),
    } satisfies Record<string, NonNullable<Parameters<typeof copied>[2]>>;
    const signChanged = async (name: keyof typeof changes) =>
      live.cli(["safe", "sign", await copied(file, name, changes[name])], suzuki);
    const block = await live.node.provider.getBlockNumber();
    await Promise.all([
      refused(signChanged("amount"), "It was changed after it was made", "Don't sign"),
      refused(signChanged("target"), "It was changed after it was made"),
      refused(signChanged("words"), 'It says "badge.resume()", but what it does is: badge.award(kind: 1'),
      refused(signChanged("chain"), "It is for chain 1, and this is chain 31337"),
      refused(signChanged("safe"), "It is for another Safe", other.address),
      refused(live.cli(["safe", "sign", one], holder), `${holder.address} is not an owner of the Safe`),
      refused(live.cli(["safe", "execute", one]), "1 of the 2 signatures", sato.address, suzuki.address),
      refused(live.cli(["safe", "execute", forged, two]), `${holder.address} is not an owner of the Safe`),
    ]);
    expect(await live.node.provider.getBlockNumber()).to.equal(block);

    const { transaction } = await execute(one, two);
    const dao = connectDao(live.record, live.node.provider);
    expect((await dao.badge.memberOf(holder.address)).badges).to.equal(1n);
    await Promise.all([
      refused(live.cli(["safe", "execute", one, two]), "carried out already", transaction ?? ""),
      refused(
        live.cli(["safe", "execute", rival]),
        "Its number, 0, was taken by another transaction",
        transaction ?? "",
      ),
    ]);
  });

  it("announce what a steward does, and do it when it is due, but not before", async () => {
    const kind = ["badge", "kind", "add", "翻訳", "--points", "20"];
    const file = await written(...kind);
    const [again] = await Promise.all([written(...kind), sign(file, suzuki)]);
    expect(again).to.equal(file);
    await sign(file, tanaka);
    const { followUp } = await execute(file);
    const next = path.resolve(followUp?.file ?? "");

    const [one, two] = [await copied(next, "one"), await copied(next, "two")];
    const [status] = await Promise.all([
      live.json<Status>(["safe", "status"]),
      sign(one, tanaka),
      sign(two, sato),
    ]);
    expect(status).to.deep.include({ nonce: 2, over: 2 });
    expect(status.powers.stewardDelay).to.equal(TWO_DAYS);
    expect(status.waiting).to.have.length(1);
    expect(status.waiting[0]).to.include({ file: followUp?.file, due: followUp?.due });
    expect(status.scheduled[0]).to.include({ state: "waiting", due: followUp?.due });
    expect(status.scheduled[0]?.call).to.include("badge.addKind");
    await refused(
      live.cli(["safe", "execute", one, two]),
      "It is too early for badge.addKind: it is due",
      "in 2 days",
    );

    await live.pass(TWO_DAYS);
    // To look takes no key.
    const keyless = { url: live.node.url, key: "", network: "readonly" };
    const shown = await run(["safe", "status", "--dao", live.slug], keyless);
    expectSuccess(shown);
    expect(shown.stdout).to.include("due since").and.to.include("2 days after announcing it");
    await execute(one, two);
    const dao = connectDao(live.record, live.node.provider);
    expect((await dao.badge.kindOf(3)).config.name).to.equal("翻訳");
  });

  it("pass files to the Transaction Builder, and take them from it", async () => {
    const file = await written("badge", "award", "2", holder.address, "--evidence", "Friends");
    const out = path.join(machines, "out.json");
    const exported = await live.json<{ file: string; transactions: number }>([
      "safe",
      "export",
      file,
      "--out",
      out,
    ]);
    expect(exported.transactions).to.equal(1);
    const builder = JSON.parse(await readFile(out, "utf8")) as ReturnType<typeof writeBatch>;
    expect(builder).to.deep.include({ version: "1.0", chainId: "31337" });
    const elsewhere = path.join(machines, "elsewhere.json");
    await writeFile(elsewhere, JSON.stringify({ ...builder, chainId: "1" }));
    const changed = path.join(machines, "changed.json");
    await writeFile(
      changed,
      JSON.stringify({ ...builder, transactions: [{ ...builder.transactions[0], value: "1" }] }),
    );
    const [found] = await Promise.all([
      written("safe", "import", out),
      refused(live.cli(["safe", "import", elsewhere]), "chainId", 'It is for chain "1"'),
      refused(live.cli(["safe", "import", changed]), "meta.checksum", "changed after it was saved"),
      refused(live.cli(["safe", "export", builder.meta.name]), "no such file"),
      refused(
        live.cli(["safe", "sign", file, "--service", "http://127.0.0.1:9"], tanaka),
        "The Safe transaction service doesn't answer",
        "without --service",
      ),
    ]);
    expect(found).to.equal(file);
  });

  it("read a folder of transactions, sign all of them in one go, and somebody sends them", async () => {
    interface Many {
      readonly transactions: readonly (Signed & { readonly state: string; readonly transaction: string })[];
    }
    const first = await written("badge", "award", "2", other.address, "--evidence", "Friends");
    const second = await written("badge", "award", "1", other.address, "--evidence", "Review");
    const before = await live.json<Status>(["safe", "status"]);
    const folder = path.dirname(first);
    await sign(second, tanaka);
    const shown = await live.cli(["safe", "sign", folder], tanaka);
    expectSuccess(shown);
    const count = before.waiting.length;
    expect(shown.stdout).to.include(`${count} transactions of the Safe`);
    expect(shown.stdout).to.include(`${count - 1} signed by ${tanaka.address}; 1 was signed before.`);
    expectFailure(await live.cli(["safe", "execute", folder]), "1 of the 2 signatures");
    const signed = await live.json<Many>(["safe", "sign", folder], sato);
    expect(signed.transactions.map(({ ready }) => ready)).to.deep.equal(Array(count).fill(true));
    const sent = await live.json<Many>(["safe", "execute", folder]);
    expect(sent.transactions.map(({ state }) => state)).to.deep.equal(Array(count).fill("carried out"));
    const dao = connectDao(live.record, live.node.provider);
    expect((await dao.badge.memberOf(other.address)).badges).to.equal(2n);
    expectFailure(await live.cli(["safe", "execute", folder]), "still to be carried out");
  });
});
