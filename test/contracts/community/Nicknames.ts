// cspell:ignore عائشة
import { expect } from "chai";
import { type AddressLike, hexlify, TypedDataEncoder, toUtf8Bytes } from "ethers";
import { type Nicknames, Nicknames__factory } from "../../../typechain-types/index.js";
import { connect, type Connection, HOUR, now, type Signer } from "../../helpers/chain.js";
import { people } from "../../helpers/dao.js";
import { createSafe, type Safe, signAsSafe } from "../../helpers/safe.js";

const { ethers, networkHelpers } = await connect();

const NICKNAME = {
  Nickname: [
    { name: "account", type: "address" },
    { name: "nickname", type: "string" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint48" },
  ],
};

const SET = "set(string)";

async function deploy(connection: Connection) {
  const who = await people(connection);
  const safe = await createSafe(connection, who.deployer, who.owners, 2);
  return { ...who, safe, nicknames: await new Nicknames__factory(who.deployer).deploy() };
}

describe("Nicknames", function () {
  let nicknames: Nicknames;
  let member: Signer;
  let stranger: Signer;
  let owners: Signer[];
  let safe: Safe;

  beforeEach(async function () {
    ({ nicknames, member, stranger, owners, safe } = await networkHelpers.loadFixture(deploy));
  });

  async function domain() {
    const { name, version, chainId, verifyingContract } = await nicknames.eip712Domain();
    return { name, version, chainId, verifyingContract };
  }

  async function message(account: string, nickname: string, changes: { deadline?: bigint } = {}) {
    const deadline = changes.deadline ?? (await now(await connect())) + HOUR;
    return { account, nickname, nonce: await nicknames.nonces(account), deadline };
  }

  async function sign(signer: Signer, nickname: string, changes: { deadline?: bigint } = {}) {
    const signed = await message(signer.address, nickname, changes);
    return { ...signed, signature: await signer.signTypedData(await domain(), NICKNAME, signed) };
  }

  const expectNickname = async (account: AddressLike, nickname: string) =>
    expect(await nicknames.nicknameOf(account)).to.equal(nickname);

  describe("set", function () {
    for (const nickname of [
      "a",
      "あおき",
      "Zoë O’Neil",
      "ユキ 🎂",
      "عائشة",
      "क्‍ष",
      "👩‍👩‍👧‍👦",
      "x".repeat(32),
      `${"創".repeat(10)}!!`,
      "<b>'\"&",
      "¡\u{10ffff}\u{10000}\ud7ff\ue000",
    ]) {
      it(`takes ${JSON.stringify(nickname)}`, async function () {
        await expect(nicknames.connect(member).set(nickname))
          .to.emit(nicknames, "NicknameSet")
          .withArgs(member, nickname);
        await expectNickname(member, nickname);
        await expectNickname(stranger, "");
      });
    }

    it("replaces a longer one, and empties it at will", async function () {
      await nicknames.connect(member).set("a long one, of thirty-one bytes");
      await nicknames.connect(member).set("短い");
      await expectNickname(member, "短い");
      await expect(nicknames.connect(member).set("")).to.emit(nicknames, "NicknameSet").withArgs(member, "");
      await expectNickname(member, "");
    });

    it("lets several have the same", async function () {
      await nicknames.connect(member).set("あおき");
      await nicknames.connect(stranger).set("あおき");
      await expectNickname(member, "あおき");
      await expectNickname(stranger, "あおき");
    });

    it("refuses 33 bytes", async function () {
      await expect(nicknames.connect(member).set("創".repeat(11)))
        .to.be.revertedWithCustomError(nicknames, "NicknamesTooLong")
        .withArgs(33, 32);
    });

    const bytes = (hex: string) => hex;
    const text = (characters: string) => hexlify(toUtf8Bytes(characters));
    for (const [what, raw] of [
      ["a zero byte", text("a\0b")],
      ["a line break", text("a\nb")],
      ["a control character", text("\u001b[31m")],
      ["DEL", text("\u007f")],
      ["a control character of the second page", text("\u0085")],
      ["an override of the direction", text("a\u202eb")],
      ["an isolate", text("\u2066a")],
      ["a mark of the direction", text("\u200fa")],
      ["an Arabic mark of the direction", text("\u061ca")],
      ["a left-to-right mark", text("\u200ea")],
      ["a space without width", text("a\u200bb")],
      ["a line separator", text("a\u2028b")],
      ["a word joiner", text("a\u2060b")],
      ["a byte order mark", text("\ufeffa")],
      ["an annotation", text("\ufff9a")],
      ["no character", text("\uffff")],
      ["half of no character", text("\ufffe")],
      ["a tag", text("\u{e0041}")],
      ["a byte that begins nothing", bytes("0x61ff")],
      ["a byte that continues nothing", bytes("0x80")],
      ["a character cut off", bytes("0xe589")],
      ["a character that doesn't go on", bytes("0xe58941")],
      ["an overlong slash", bytes("0xc0af")],
      ["an overlong character of three bytes", bytes("0xe08080")],
      ["an overlong character of four bytes", bytes("0xf0808080")],
      ["half of a pair", bytes("0xeda080")],
      ["a character past the last one", bytes("0xf4908080")],
    ] as const) {
      it(`refuses ${what}`, async function () {
        const encoded = ethers.AbiCoder.defaultAbiCoder().encode(["bytes"], [raw]);
        const data = ethers.concat([ethers.id(SET).slice(0, 10), encoded]);
        const sent = member.sendTransaction({ to: await nicknames.getAddress(), data });
        await expect(sent).to.be.revertedWithCustomError(nicknames, "NicknamesInvalidText");
      });
    }
  });

  describe("setBySig", function () {
    it("is sent by anyone, with the account's signature", async function () {
      const { account, nickname, deadline, signature } = await sign(member, "あおき");
      await expect(nicknames.connect(stranger).setBySig(account, nickname, deadline, signature))
        .to.emit(nicknames, "NicknameSet")
        .withArgs(member, "あおき");
      await expectNickname(member, "あおき");
    });

    it("takes the signature of a contract wallet", async function () {
      const signed = await message(safe.address, "お店");
      const hash = TypedDataEncoder.hash(await domain(), NICKNAME, signed);
      const signature = await signAsSafe(safe, owners, hash);
      await nicknames.setBySig(safe.address, "お店", signed.deadline, signature);
      await expectNickname(safe.address, "お店");
    });

    it("refuses it a second time, and after the account said something else itself", async function () {
      const first = await sign(member, "one");
      const second = await sign(member, "two");
      await nicknames.setBySig(first.account, first.nickname, first.deadline, first.signature);
      for (const old of [first, second]) {
        await expect(nicknames.setBySig(old.account, old.nickname, old.deadline, old.signature))
          .to.be.revertedWithCustomError(nicknames, "NicknamesInvalidSignature")
          .withArgs(member);
      }
      const third = await sign(member, "three");
      await nicknames.connect(member).set("myself");
      await expect(nicknames.setBySig(third.account, third.nickname, third.deadline, third.signature))
        .to.be.revertedWithCustomError(nicknames, "NicknamesInvalidSignature")
        .withArgs(member);
      await expectNickname(member, "myself");
    });

    it("refuses another's signature, and another text", async function () {
      const { account, deadline, signature } = await sign(member, "あおき");
      await expect(nicknames.setBySig(account, "にせもの", deadline, signature))
        .to.be.revertedWithCustomError(nicknames, "NicknamesInvalidSignature")
        .withArgs(member);
      await expect(nicknames.setBySig(stranger, "あおき", deadline, signature))
        .to.be.revertedWithCustomError(nicknames, "NicknamesInvalidSignature")
        .withArgs(stranger);
      await expect(nicknames.setBySig(account, "あおき", deadline + 1n, signature))
        .to.be.revertedWithCustomError(nicknames, "NicknamesInvalidSignature")
        .withArgs(member);
    });

    it("refuses it from the deadline on", async function () {
      const deadline = (await now(await connect())) + HOUR;
      const { account, nickname, signature } = await sign(member, "あおき", { deadline });
      await networkHelpers.time.setNextBlockTimestamp(deadline);
      await expect(nicknames.setBySig(account, nickname, deadline, signature))
        .to.be.revertedWithCustomError(nicknames, "NicknamesExpired")
        .withArgs(deadline);
    });

    it("refuses a text that can't be set", async function () {
      const { account, nickname, deadline, signature } = await sign(member, "a\nb");
      await expect(nicknames.setBySig(account, nickname, deadline, signature)).to.be.revertedWithCustomError(
        nicknames,
        "NicknamesInvalidText",
      );
    });
  });
});
