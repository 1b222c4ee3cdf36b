import { expect } from "chai";
import { Wallet } from "ethers";
import type { LiveDao } from "../../../sdk/live.js";
import { ideaOf } from "../../../sdk/ideas/names.js";
import type { IdeaSupport } from "../../../sdk/ideas/signing.js";
import { sameSupport, signSupport } from "../../../sdk/ideas/signing.js";
import { isSupported } from "../../../sdk/ideas/supportCheck.js";
import { readIdeaCall } from "../../../sdk/ideas/board.js";
import { relaySupport } from "../../../sdk/node/ideas/supportRelay.js";
import { expectData } from "../../helpers/problems.js";
import { SUPPORT } from "../../helpers/modules.js";
import { useFolder, writerIn } from "../signed/support.js";
import { problemOf } from "../support.js";
import { DAY, ideaWorld, POLL } from "./support.js";

describe("support by signature", () => {
  const folder = useFolder();

  async function world() {
    const all = await ideaWorld();
    const { open, openCall, submit, toSupport, alice, bob, stranger } = all;
    const number = await openCall();
    const [first, second] = [await submit(number, alice, "A"), await submit(number, bob, "B")];
    const write = writerIn(folder());
    const sign = async (who: typeof alice, ...ideas: number[]) =>
      (await signSupport(await open(), who, { ideas })).support;
    const relay = async (files: readonly string[], live: Promise<LiveDao> = open()) =>
      relaySupport(await live, files, { signer: stranger });
    /** Why the one file that holds `value` is refused. */
    const refusal = async (value: unknown) => {
      const file = await write(value);
      const [outcome] = await relay([file]);
      expect(outcome).to.deep.include({ file, status: "refused", transaction: undefined });
      if (outcome?.problem !== undefined) expectData(outcome.problem);
      expect(outcome?.problem?.place).to.equal(file);
      expect(outcome?.problem?.remedy ?? "").not.to.equal("");
      return outcome?.problem?.code;
    };
    await toSupport(number);
    return { ...all, number, first, second, write, sign, relay, refusal };
  }

  it("is taken, much in one transaction, and costs nothing the second time", async () => {
    const { open, alice, bob, carol, first, second, number, write, sign, relay, stranger } = await world();
    const files = [
      await write(await sign(alice, first, second)),
      await write(await sign(bob, second)),
      await write(await sign(carol, second)),
    ];
    const dry = await relaySupport(await open(), files, { signer: undefined });
    expect(dry.map(({ status, weight }) => [status, weight])).to.deep.equal(files.map(() => ["valid", 1n]));
    const nonce = await stranger.getNonce();
    const outcomes = await relay([...files, files[0] ?? ""]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(Array(4).fill("taken"));
    expect(new Set(outcomes.map(({ transaction }) => transaction)).size).to.equal(1);
    expect(
      (await readIdeaCall(await open(), number)).leaders.map(({ idea, tally }) => [idea, tally]),
    ).to.deep.equal([
      [second, 3n],
      [first, 1n],
    ]);
    expect((await relay(files)).map(({ status }) => status)).to.deep.equal(Array(3).fill("supported before"));
    expect(await stranger.getNonce()).to.equal(nonce + 1);
  });

  it("says what the board has signed", async () => {
    const { open, board, alice, first, sign } = await world();
    const support = await sign(alice, first);
    const { name, version, chainId, verifyingContract } = await board.eip712Domain();
    const domain = { name, version, chainId, verifyingContract };
    const message = { supporter: alice.address, ideas: [BigInt(first)] };
    expect(support.signature).to.equal(await alice.signTypedData(domain, SUPPORT, message));
    expect(sameSupport(support, { ...support, signature: "0x" })).to.equal(true);
    expect(sameSupport(support, { ...support, ideas: ["1"] })).to.equal(false);
    expect(await isSupported(await open(), support)).to.equal(false);
  });

  it("is refused where it is another's, changed, too much, or too late", async () => {
    const { alice, bob, carol, stranger, first, second, number, sign, refusal, support, toEnd, record } =
      await world();
    const good = await sign(alice, first);
    expect(await refusal({ ...good, chainId: "1" })).to.equal("signed.other-chain");
    expect(await refusal({ ...good, board: record.contracts.badge })).to.equal("signed.other-contract");
    expect(await refusal({ ...good, ideas: [second.toString()] })).to.equal("signed.not-signed");
    expect(await refusal({ ...good, supporter: bob.address })).to.equal("signed.not-signed");
    expect(await refusal({ ...good, ideas: [ideaOf(number, 9).toString()] })).to.equal(
      "support.idea-unknown",
    );
    expect(await refusal({ ...good, ideas: [(2n ** 200n).toString()] })).to.equal("support.idea-unknown");
    expect(await refusal({ ...good, ideas: [first, first].map(String) })).to.equal("idea.named-twice");
    for (const bad of [
      "not JSON",
      "null",
      { ...good, kind: "ballot" },
      { ...good, ideas: [] },
      { ...good, ideas: Array(11).fill("65536") },
      { ...good, ideas: ["-1"] },
      { ...good, more: 1 },
      { ...good, supporter: alice.address.toLowerCase() },
    ]) {
      expect(await refusal(bad)).to.be.oneOf(["file.not-json", "signed.other-kind", "signed.not-whole"]);
    }
    const nobody = Wallet.createRandom();
    expect(await refusal({ ...good, supporter: nobody.address })).to.equal("idea.no-voice");
    const both = await sign(bob, first, second);
    await support(bob, first);
    expect(await refusal(both)).to.equal("idea.supported-already");
    const [forged] = [await sign(stranger, first)];
    expect(await refusal({ ...good, supporter: carol.address, signature: forged.signature })).to.equal(
      "signed.not-signed",
    );
    await toEnd(number);
    expect(await refusal(good)).to.equal("idea.support-over");
  });

  it("keeps no other from being taken, and nobody to more than its limit", async () => {
    const { alice, bob, carol, open, connection, openCall, write, sign, relay, first, second } =
      await world();
    const tampered: IdeaSupport = { ...(await sign(bob, first)), ideas: [second.toString()] };
    const overlapping = [
      await write(await sign(carol, first)),
      await write(await sign(carol, first, second)),
    ];
    const files = [await write(tampered), await write(await sign(alice, first)), ...overlapping];
    expect((await relay(files)).map(({ status, problem }) => problem?.code ?? status)).to.deep.equal([
      "signed.not-signed",
      "taken",
      "taken",
      "support.overlapping",
    ]);
    await connection.networkHelpers.time.increase(DAY);
    const poll = await openCall(POLL);
    await connection.networkHelpers.mine();
    const torn = [
      await write(await sign(alice, ideaOf(poll, 1))),
      await write(await sign(alice, ideaOf(poll, 2))),
    ];
    const outcomes = await relay([...torn, await write(await sign(bob, ideaOf(poll, 3)))]);
    expect(outcomes.map(({ status, problem }) => problem?.code ?? status)).to.deep.equal([
      "support.contradicting",
      "support.contradicting",
      "taken",
    ]);
    expect((await readIdeaCall(await open(), poll)).leaders.map(({ name }) => name)).to.deep.equal([
      `${poll}-3`,
    ]);
  });

  it("is a Safe's once as many of its owners have signed as it takes", async () => {
    const world_ = await world();
    const { open, owners, record, badge, connection, openCall, write, relay, alice } = world_;
    await badge.award(1, record.safe, `0x${"00".repeat(32)}`);
    await connection.networkHelpers.time.increase(2 * DAY);
    const poll = await openCall(POLL);
    await connection.networkHelpers.mine();
    const ideas = [ideaOf(poll, 2)];
    const live = await open();
    const once = await signSupport(live, owners[0], { ideas, supporter: record.safe });
    expect([once.signatures, once.threshold]).to.deep.equal([1, 2]);
    const [half] = await relay([await write(once.support)]);
    expect(half?.problem?.code).to.equal("signed.owners-missing");
    const twice = await signSupport(live, owners[1], {
      ideas,
      supporter: record.safe,
      existing: once.support,
    });
    expect([twice.signatures, twice.threshold]).to.deep.equal([2, 2]);
    expect((await relay([await write(twice.support)]))[0]?.status).to.equal("taken");
    expect(await isSupported(await open(), twice.support)).to.equal(true);
    const refused = await problemOf(signSupport(live, owners[0], { ideas, supporter: alice.address }));
    expect(refused.place).to.equal("--supporter");
  });
});
