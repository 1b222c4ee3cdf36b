import { expect } from "chai";
import { encodeBytes32String, ZeroHash } from "ethers";
import { planDecision, readDecisions } from "../../../sdk/community/decisions.js";
import {
  planNickname,
  readNickname,
  readNicknames,
  shownNickname,
} from "../../../sdk/community/nicknames.js";
import { signNickname, supersedesNickname } from "../../../sdk/community/nicknameSigning.js";
import { requireShared } from "../../../sdk/community/shared.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { relayNicknames } from "../../../sdk/node/community/nicknameRelay.js";
import { expectData } from "../../helpers/problems.js";
import { DAY, ideaWorld } from "../ideas/support.js";
import { useFolder, writerIn } from "../signed/support.js";
import { kyosoError, problemOf } from "../support.js";

describe("nicknames", () => {
  const folder = useFolder();

  it("are what accounts want to be called, and nothing where they said nothing", async () => {
    const { open, alice, bob } = await ideaWorld();
    const live = await open();
    expect(await readNickname(live, alice.address)).to.equal(undefined);
    await executeAsSigner((await planNickname(live, alice.address, " はな 🌸 ")).plan, alice);
    const after = await open();
    expect(await readNicknames(after, [alice.address, bob.address, alice.address])).to.deep.equal(
      new Map([[alice.address, "はな 🌸"]]),
    );
    expect((await problemOf(planNickname(after, alice.address, "はな 🌸"))).message).to.include("already");
    await executeAsSigner((await planNickname(after, alice.address, "")).plan, alice);
    expect(await readNickname(await open(), alice.address)).to.equal(undefined);
  });

  it("are refused where others couldn't see what they are, and shown as text", async () => {
    const { open, alice } = await ideaWorld();
    const live = await open();
    const codeOf = async (text: string) =>
      (await kyosoError(planNickname(live, alice.address, text))).problems[0]?.code;
    for (const text of ["a\u202eb", "a\nb", "\u0007", "a\u200bb"]) {
      expect(await codeOf(text), JSON.stringify(text)).to.equal("nickname.unseen-characters");
    }
    expect(await codeOf("あ".repeat(11))).to.equal("nickname.too-long");
    // Longer than the contract takes one: a node made it up.
    expect(shownNickname("あ".repeat(1_000))).to.have.length(32);
    expect(shownNickname("a\u001b[2J\u202e b\n")).to.equal("a\\u001b[2J\\u202e b");
  });

  it("are carried out for those who sign them, in their order", async () => {
    const { open, alice, bob, stranger, connection, record } = await ideaWorld();
    const write = writerIn(folder());
    const live = await open();
    const deadline = live.now + DAY;
    const first = await signNickname(live, alice, "はな", deadline);
    const files = [await write(first), await write(await signNickname(live, bob, "Bob", deadline))];
    const relay = async (some: readonly string[]) => relayNicknames(await open(), some, stranger);
    const dry = await relayNicknames(live, files, undefined);
    expect(dry.map(({ status }) => status)).to.deep.equal(["valid", "valid"]);
    expect((await relay(files)).map(({ status }) => status)).to.deep.equal(["carried out", "carried out"]);
    expect(await readNickname(await open(), alice.address)).to.equal("はな");
    const nonce = await stranger.getNonce();
    expect((await relay(files)).map(({ status }) => status)).to.deep.equal(["so already", "so already"]);
    expect(await stranger.getNonce()).to.equal(nonce);

    const again = await signNickname(await open(), alice, "花", deadline);
    expect([supersedesNickname(again, first), supersedesNickname(first, again)]).to.deep.equal([true, false]);
    const refusal = async (value: unknown) => {
      const [outcome] = await relay([await write(value)]);
      if (outcome?.problem !== undefined) expectData(outcome.problem);
      return outcome?.problem?.code;
    };
    expect(await refusal({ ...again, chainId: "1" })).to.equal("signed.other-chain");
    const other = { ...again, nicknames: record.contracts.badge };
    expect(await refusal(other)).to.equal("signed.other-contract");
    expect(await refusal({ ...again, nickname: "鼻" })).to.equal("signed.not-signed");
    expect(await refusal({ ...again, account: bob.address })).to.equal("signed.not-signed");
    expect(await refusal({ ...again, nickname: "a\u202e" })).to.equal("signed.not-whole");
    expect(await refusal({ ...again, nickname: "x".repeat(33) })).to.equal("signed.not-whole");
    expect(await refusal("{")).to.equal("file.not-json");
    await executeAsSigner((await planNickname(await open(), alice.address, "A")).plan, alice);
    expect(await refusal(again)).to.equal("signed.nonce-used");
    await connection.networkHelpers.time.increase(2 * DAY);
    const late = await signNickname(await open(), alice, "花", deadline);
    expect(await refusal(late)).to.equal("signed.expired");
  });
});

describe("decisions", () => {
  it("are those of the timelock alone", async () => {
    const { open, alice, treasury, dao } = await ideaWorld();
    expect(await readDecisions(await open())).to.deep.equal([]);
    const { calls } = planDecision({ kind: "name", uri: "ipfs://bafy", contentHash: undefined });
    await executeAsSigner({ title: "Mine", calls }, alice);
    expect(await readDecisions(await open())).to.deep.equal([]);
    const recorder = dao.decisions.connect(treasury);
    await recorder.record(encodeBytes32String("name"), ZeroHash, "ipfs://bafy");
    await recorder.record(ZeroHash, `0x${"12".repeat(32)}`, "<b>");
    const found = await readDecisions(await open());
    expect(found.map(({ kind, contentHash, uri }) => [kind, contentHash, uri])).to.deep.equal([
      ["name", null, "ipfs://bafy"],
      [null, `0x${"12".repeat(32)}`, "<b>"],
    ]);
  });

  it("say something, and not too much", async () => {
    const { open, connection } = await ideaWorld();
    const plan = (kind?: string, uri?: string) => () => planDecision({ kind, uri, contentHash: undefined });
    expect(plan()).to.throw("neither a text nor its hash");
    expect(plan("x", "x".repeat(257))).to.throw("257 bytes");
    expect(plan("x".repeat(32), "x")).to.throw("32 bytes, more than 31");
    expect(plan("a\u202e", "x")).to.throw("can't be seen");
    const live = await open();
    await requireShared(live, "decisions");
    await connection.networkHelpers.setCode(await live.contracts.nicknames.getAddress(), "0x");
    const { problems } = await kyosoError(requireShared(live, "nicknames"));
    expect(problems[0]?.code).to.equal("community.contract-missing");
  });
});
