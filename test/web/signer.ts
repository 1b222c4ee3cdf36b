import { readFile } from "node:fs/promises";
import { expect } from "chai";
import * as ethers from "ethers";
import { TypedDataEncoder, Wallet, ZeroAddress } from "ethers";
import { NICKNAME_TYPES } from "../../sdk/community/nicknameSigning.js";
import { BALLOTS } from "../../sdk/governance/ballots.js";
import { CLAIM } from "../../sdk/drop/claims.js";
import { SUPPORT_TYPES } from "../../sdk/ideas/signing.js";
import { DELEGATION } from "../../sdk/token/delegations.js";
import { REDEMPTION } from "../../sdk/vouchers/voucher.js";
import type { SignedData } from "../../web/src/account/account.js";
import { checksummed } from "../../web/src/account/checksum.js";
import { keyOfSecret } from "../../web/src/account/signer/derive.js";
import * as shim from "../../web/src/account/signer/ethers.js";
import { makeKeystore, openKeystore } from "../../web/src/account/signer/keystore.js";
import type { SignerDao } from "../../web/src/account/signer/typed.js";
import { digestOf } from "../../web/src/account/signer/typed.js";
import { Vault } from "../../web/src/account/signer/vault.js";

const addressOf = (number: number) => checksummed(`0x${number.toString(16).padStart(40, "0")}`);
const DAO: SignerDao = {
  chainId: "31337",
  drop: addressOf(11),
  badge: addressOf(12),
  governor: addressOf(13),
  token: addressOf(14),
  nicknames: addressOf(15),
  board: addressOf(16),
};
const KEY = new Wallet(`0x${"11".repeat(32)}`);
const WORD = `0x${"ab".repeat(32)}`;

/** All that the SDK has people sign who have an account on the page. */
const kinds = (own: string): readonly SignedData[] => {
  const [ballot, extended] = BALLOTS;
  const domain = (name: string, verifyingContract: string) => ({
    name,
    version: "1",
    chainId: 31_337n,
    verifyingContract,
  });
  const vote = { proposalId: 2n ** 255n, support: 1, voter: own, nonce: 0n };
  return [
    {
      domain: domain("LoyaltyDrop", DAO.drop),
      types: CLAIM,
      primaryType: "Claim",
      message: { campaign: WORD, index: 7, account: own, referrer: ZeroAddress },
    },
    {
      domain: domain("ContributionBadge", DAO.badge),
      types: REDEMPTION,
      primaryType: "Redemption",
      message: { issuer: addressOf(3), nonce: "9", account: own, referrer: addressOf(4) },
    },
    { domain: domain("さくら", DAO.governor), types: ballot ?? {}, primaryType: "Ballot", message: vote },
    {
      domain: domain("さくら", DAO.governor),
      types: extended ?? {},
      primaryType: "ExtendedBallot",
      message: { ...vote, reason: "よい 🌸", params: "0x" },
    },
    {
      domain: domain("Blue", DAO.token),
      types: DELEGATION,
      primaryType: "Delegation",
      message: { delegatee: addressOf(5), nonce: 3n, expiry: 1_900_000_000 },
    },
    {
      domain: domain("Nicknames", DAO.nicknames),
      types: NICKNAME_TYPES,
      primaryType: "Nickname",
      message: { account: own, nickname: "はな 🌸", nonce: 3n, deadline: 1_900_000_000 },
    },
    {
      domain: domain("IdeaBoard", DAO.board),
      types: SUPPORT_TYPES,
      primaryType: "Support",
      message: { supporter: own, ideas: [65_536, "65537", 2n ** 200n] },
    },
  ];
};

describe("the part of the page that signs", () => {
  const plainTypes = (data: SignedData) =>
    Object.fromEntries(
      Object.entries(data.types).map(([name, fields]) => [name, fields.map((each) => ({ ...each }))]),
    );

  it("signs each kind of the DAO's typed data as ethers does", async () => {
    const vault = new Vault(DAO);
    for (let i = 0; i < 2; i++) vault.derive(new Uint8Array(32).fill(5), undefined);
    const wallet = new Wallet(vault.reveal());
    expect(vault.account).to.equal(wallet.address);
    for (const data of kinds(wallet.address)) {
      const { domain, message, primaryType } = data;
      const types = plainTypes(data);
      expect(ethers.hexlify(digestOf(DAO, data, wallet.address)), primaryType).to.equal(
        TypedDataEncoder.hash(domain, types, message),
      );
      expect(vault.sign(data), primaryType).to.equal(await wallet.signTypedData(domain, types, message));
    }
  });

  it("signs nothing else", () => {
    const [claim] = kinds(KEY.address);
    if (claim === undefined) throw new Error("there is no claim");
    const { domain, message, types } = claim;
    const fields = types.Claim ?? [];
    const of = (kind: string) => kinds(KEY.address).find(({ primaryType }) => primaryType === kind) ?? claim;
    const [nickname, support] = [of("Nickname"), of("Support")];
    const refused: Readonly<Record<string, SignedData>> = {
      "a nickname of another account": {
        ...nickname,
        message: { ...nickname.message, account: addressOf(9) },
      },
      "a number of 49 bits for one of 48": {
        ...nickname,
        message: { ...nickname.message, deadline: 2n ** 48n },
      },
      "support of another account": {
        ...support,
        message: { ...support.message, supporter: addressOf(9) },
      },
      "another chain": { ...claim, domain: { ...domain, chainId: 1 } },
      "another contract": { ...claim, domain: { ...domain, verifyingContract: DAO.token } },
      "no contract": { ...claim, domain: { ...domain, verifyingContract: null } },
      "a domain with a salt": { ...claim, domain: { ...domain, salt: WORD } as SignedData["domain"] },
      "another account": { ...claim, message: { ...message, account: addressOf(9) } },
      "a field more": { ...claim, message: { ...message, more: 1 } },
      "a field less": { ...claim, message: { campaign: WORD, index: 7, account: KEY.address } },
      "other types": { ...claim, types: { Claim: fields.map((each) => ({ ...each, type: "uint256" })) } },
      "one type more": { ...claim, types: { ...types, Permit: [] } },
      "a permit of the token": {
        domain: { ...domain, verifyingContract: DAO.token },
        types: { Permit: [{ name: "owner", type: "address" }] },
        primaryType: "Permit",
        message: { owner: KEY.address },
      },
      "what every object has": { ...claim, types: { toString: [] }, primaryType: "toString", message: {} },
      "a number below zero": { ...claim, message: { ...message, index: -1 } },
      "a number of 257 bits": { ...claim, message: { ...message, index: 2n ** 256n } },
      "support of a list that is none": {
        domain: { ...domain, name: "IdeaBoard", verifyingContract: DAO.board },
        types: SUPPORT_TYPES,
        primaryType: "Support",
        message: { supporter: KEY.address, ideas: "65536" },
      },
      "somebody else's support": {
        domain: { ...domain, name: "IdeaBoard", verifyingContract: DAO.board },
        types: SUPPORT_TYPES,
        primaryType: "Support",
        message: { supporter: addressOf(9), ideas: [65_536] },
      },
      "half an address": { ...claim, message: { ...message, referrer: "0x1234" } },
    };
    for (const [what, data] of Object.entries(refused)) {
      expect(() => digestOf(DAO, data, KEY.address), what)
        .to.throw()
        .with.property("name", "Foreign");
    }
  });

  it("uses a passkey's key once it was given twice the same, and an account's that is known once", () => {
    const vault = new Vault(DAO);
    const [claim] = kinds(KEY.address);
    const secret = (byte: number) => new Uint8Array(32).fill(byte);
    const { address, isReady } = vault.derive(secret(1), undefined);
    expect(isReady).to.equal(false);
    expect(vault.account).to.equal(undefined);
    expect(() => vault.reveal()).to.throw();
    if (claim !== undefined) expect(() => vault.sign(claim)).to.throw();
    expect(vault.derive(secret(1), undefined)).to.deep.equal({ address, isReady: true });
    expect(vault.account).to.equal(address);
    vault.lock();
    expect(vault.account).to.equal(undefined);
    expect(vault.derive(secret(1), address)).to.deep.equal({ address, isReady: true });
    expect(() => vault.derive(secret(2), address))
      .to.throw()
      .with.property("name", "OtherAccount");
    expect(vault.account).to.equal(undefined);
    vault.derive(secret(3), undefined);
    expect(() => vault.derive(secret(4), undefined)).to.throw();
    // What gave two secrets is forgotten: the next is the first again.
    expect(vault.derive(secret(4), undefined).isReady).to.equal(false);
  });

  it("makes the accounts of docs/accounts.md", async () => {
    const text = await readFile("docs/accounts.md", "utf8");
    const [, json = "[]"] = /<!-- vectors: passkey -->\s+```json\s+([^`]+)```/u.exec(text) ?? [];
    const vectors = JSON.parse(json) as { secret: string; key: string; address: string }[];
    expect(vectors).to.have.length.at.least(3);
    for (const { secret, key, address } of vectors) {
      const found = keyOfSecret(ethers.getBytes(`0x${secret}`));
      expect(ethers.hexlify(found)).to.equal(`0x${key}`);
      expect(new Wallet(`0x${key}`).address).to.equal(address);
    }
    expect(() => keyOfSecret(new Uint8Array(31))).to.throw(RangeError);
  });

  it("writes files that any wallet opens, opens theirs, and nothing that would stop the device", async function () {
    this.timeout(240_000);
    const key = ethers.getBytes(KEY.privateKey);
    const text = await makeKeystore(key, KEY.address, "ﾊﾟｽﾜｰﾄﾞ");
    // Written in narrow letters: making it has opened it as well.
    expect((await Wallet.fromEncryptedJson(text, "パスワード")).privateKey).to.equal(KEY.privateKey);
    const because = async (file: string, password = "パスワード") => {
      try {
        await openKeystore(file, password);
        return "opened";
      } catch (error) {
        return (error as { because?: string }).because;
      }
    };
    expect(await because(text, "パスワート")).to.equal("wrong-password");
    const change = (from: RegExp, to: string) => text.replace(from, to);
    for (const file of [
      "",
      "{}",
      "[]",
      "null",
      change(/"version":3/u, '"version":1'),
      change(/"n":131072/u, '"n":1048576'),
      change(/"n":131072/u, '"n":131071'),
      change(/"r":8/u, '"r":8000'),
      change(/aes-128-ctr/u, "aes-256-gcm"),
      change(/"mac":"[0-9a-f]{2}/u, '"mac":"'),
    ]) {
      expect(await because(file), file).to.equal("no-backup");
    }
  });

  it("has of ethers what the reading of links takes, and each does the same", () => {
    const bytes = [
      new Uint8Array(0),
      Uint8Array.of(0),
      Uint8Array.from({ length: 77 }, (_, i) => (i * 37) & 255),
    ];
    for (const each of bytes) {
      const hex = ethers.hexlify(each);
      expect(shim.hexlify(each)).to.equal(hex);
      expect(shim.getBytes(hex)).to.deep.equal(each);
      expect(shim.keccak256(each)).to.equal(ethers.keccak256(each));
      expect(shim.sha256(each)).to.equal(ethers.sha256(each));
      expect(shim.concat([hex, each, "0x12"])).to.equal(ethers.concat([hex, each, "0x12"]));
      expect(shim.dataLength(hex)).to.equal(ethers.dataLength(hex));
      expect(shim.encodeBase64(each)).to.equal(ethers.encodeBase64(each));
      expect(shim.decodeBase64(ethers.encodeBase64(each))).to.deep.equal(each);
    }
    const [, , long = new Uint8Array(0)] = bytes;
    for (const [from, to] of [
      [3, 9],
      [76, 77],
      [5, undefined],
      [77, 77],
    ] as const) {
      expect(shim.dataSlice(long, from, to)).to.equal(ethers.dataSlice(long, from, to));
    }
    expect(() => shim.dataSlice(long, 3, 78)).to.throw();
    expect(shim.toBeHex(255n, 4)).to.equal(ethers.toBeHex(255n, 4));
    expect(() => shim.toBeHex(256, 1)).to.throw();
    expect(shim.zeroPadValue("0x1234", 32)).to.equal(ethers.zeroPadValue("0x1234", 32));
    expect(() => shim.zeroPadValue("0x1234", 1)).to.throw();
    expect(shim.toBigInt("0x10")).to.equal(16n);
    expect(shim.toNumber("0x10")).to.equal(16);
    expect(() => shim.toNumber("0xffffffffffffffff")).to.throw();
    for (const text of ["0x", "0x1", "0x12", "12", "0xzz", 12]) {
      expect(shim.isHexString(text), String(text)).to.equal(ethers.isHexString(text));
      expect(shim.isHexString(text, true)).to.equal(ethers.isHexString(text, true));
      expect(shim.isHexString(text, 1)).to.equal(ethers.isHexString(text, 1));
    }
    const { address } = KEY;
    expect(shim.computeAddress(KEY.privateKey)).to.equal(address);
    expect(() => shim.computeAddress(`0x${"00".repeat(32)}`)).to.throw();
    for (const each of [address, address.toLowerCase(), `0x${address.slice(2).toUpperCase()}`]) {
      expect(shim.getAddress(each)).to.equal(ethers.getAddress(each));
    }
    const swapped = address.replace(/[a-f]/u, (letter) => letter.toUpperCase());
    expect(() => shim.getAddress(swapped)).to.throw();
    expect(() => ethers.getAddress(swapped)).to.throw();
  });
});
