import { readFile, writeFile } from "node:fs/promises";
import { expect } from "chai";
import { concat, getBytes, Interface, Signature, Wallet } from "ethers";
import { executeAsSafe, sendTransaction } from "../../../../sdk/node/execute/safe.js";
import { openSafe } from "../../../../sdk/node/safe/account.js";
import { creationOf, planSafe } from "../../../../sdk/node/safe/create.js";
import {
  approvalsOf,
  checkSignatures,
  encodeSignatures,
  type OwnerSignature,
  signerOf,
  signTransaction,
} from "../../../../sdk/safe/transactions/signatures.js";
import { transactionHash } from "../../../../sdk/safe/transactions/transaction.js";
import { buildTransaction } from "../../../../sdk/node/safe/build.js";
import type { Signer } from "../../../helpers/chain.js";
import { problemOf } from "../../support.js";
import { type Owners, payment, withOwners } from "../support.js";

/** As `eth_sign` signs a hash, with the last byte that a Safe tells it by. */
async function ethSigned(signer: Signer, hash: string): Promise<OwnerSignature> {
  const { r, s, v } = Signature.from(await signer.signMessage(getBytes(hash)));
  return { signer: signer.address, signature: concat([r, s, `0x${(v + 4).toString(16)}`]) };
}

async function award(owners: Owners) {
  const { account } = await owners.look();
  const transaction = await buildTransaction(account, [await owners.award(1)], 0);
  const hash = transactionHash(account, transaction);
  const check = (...signatures: OwnerSignature[]) =>
    checkSignatures(account, transaction, signatures, "a.json");
  const sign = (signer: Signer) => signTransaction(account, transaction, signer.address);
  return { account, transaction, hash, check, sign, ...owners.world };
}

/** A Safe with an account and another Safe for owners, and what both need to sign. */
async function nested(owners: Owners) {
  const { context, owners: accounts, stranger, connection } = owners.world;
  const [first, second] = accounts;
  const create = async (addresses: readonly string[], name: string) => {
    const plan = await planSafe(
      context.provider,
      context.eip1193,
      { owners: addresses, threshold: addresses.length },
      name,
    );
    for (const { to, data } of (await creationOf(context.eip1193, plan)).calls) {
      await stranger.sendTransaction({ to, data });
    }
    return plan.safe.address;
  };
  const inner = await create([second.address], "inner");
  const outer = await create([first.address, inner], "outer");
  await connection.networkHelpers.setBalance(outer, 10n);
  const account = await openSafe(context.provider, context.eip1193, outer);
  const transaction = await buildTransaction(account, [payment(stranger.address, 10n)], 0);
  const hash = transactionHash(account, transaction);
  const innerSigns = async (message: string): Promise<OwnerSignature> => ({
    signer: inner,
    signature: await second.signTypedData(
      { chainId: 31337, verifyingContract: inner },
      { SafeMessage: [{ name: "message", type: "bytes" }] },
      { message },
    ),
  });
  return { ...owners.world, account, transaction, hash, inner, first, second, innerSigns };
}

describe("signatures of owners", () => {
  it("are made by their wallets, and are of them", () =>
    withOwners(async (owners) => {
      const { hash, check, sign, owners: accounts } = await award(owners);
      const signature = await sign(accounts[0]);
      expect(signature.signer).to.equal(accounts[0].address);
      expect(signerOf(hash, signature.signature)).to.equal(accounts[0].address);
      const { valid, problems } = await check(signature);
      expect(problems).to.deep.equal([]);
      expect(valid).to.deep.equal([{ ...signature, kind: "account" }]);
    }));

  it("are asked of owners only, who are named", () =>
    withOwners(async (owners) => {
      const { sign, stranger, owners: accounts } = await award(owners);
      const { message, remedy } = await problemOf(sign(stranger));
      expect(message).to.include(stranger.address);
      for (const { address } of accounts) expect(remedy).to.include(address);
    }));

  it("say what the wallet says, where it refuses", () =>
    withOwners(async (owners) => {
      const { account, transaction, owners: accounts } = await award(owners);
      const refusing = {
        ...account,
        eip1193: { request: () => Promise.reject(new Error("the user says no")) },
      };
      const { message, remedy } = await problemOf(
        signTransaction(refusing, transaction, accounts[0].address),
      );
      expect(message).to.include("the user says no");
      expect(remedy).to.include("again");
    }));

  it("may be made with eth_sign, and the Safe takes them", () =>
    withOwners(async (owners) => {
      const { account, transaction, hash, check, sign, owners: accounts, stranger } = await award(owners);
      const { valid, problems } = await check(await ethSigned(accounts[1], hash), await sign(accounts[2]));
      expect(problems).to.deep.equal([]);
      expect(valid.map(({ signer }) => signer)).to.deep.equal([accounts[1].address, accounts[2].address]);
      await sendTransaction(account, { title: "Award", transaction, signatures: valid }, stranger);
      expect(await owners.badges()).to.equal(1n);
    }));

  it("may end as some wallets write them, and the Safe takes them; the file may begin with a byte order mark", () =>
    withOwners(async (owners) => {
      const { owners: accounts, stranger } = owners.world;
      const place = await owners.share(await owners.award(1));
      await owners.sign(place, accounts[0], accounts[1]);
      await owners.tamper(place, (file) => {
        file.signatures = file.signatures.map(({ signer, signature }) => ({
          signer,
          signature: signature.replace(/1b$/u, "00").replace(/1c$/u, "01"),
        }));
      });
      await writeFile(place, `\ufeff${await readFile(place, "utf8")}`);
      const { transaction, signatures } = await owners.check(place);
      expect(signatures.map(({ signer }) => signer)).to.deep.equal([
        accounts[0].address,
        accounts[1].address,
      ]);
      const { account } = await owners.look();
      await sendTransaction(account, { title: "Award", transaction, signatures }, stranger);
      expect(await owners.badges()).to.equal(1n);
    }));

  it("are nobody's in any other form", () => {
    const hash = `0x${"11".repeat(32)}`;
    const { serialized } = Wallet.createRandom().signingKey.sign(hash);
    const body = serialized.slice(0, -2);
    for (const other of [
      "0x",
      "0x1234",
      `${body}00`,
      `${body}01`,
      `${body}1d`,
      `${body}ff`,
      `${serialized}00`,
    ]) {
      expect(signerOf(hash, other), other).to.equal(undefined);
    }
    expect(signerOf(hash, `0x${"ff".repeat(64)}1b`)).to.equal(undefined);
  });

  it("don't count where a stranger made them", () =>
    withOwners(async (owners) => {
      const { check, hash, stranger } = await award(owners);
      const { valid, problems } = await check(await ethSigned(stranger, hash));
      expect(valid).to.deep.equal([]);
      expect(problems).to.have.length(1);
      expect(problems[0]?.place).to.equal("a.json, signatures[0]");
      expect(problems[0]?.message).to.include(stranger.address).and.to.include("not an owner");
    }));

  it("don't count where a stranger says that they are an owner's", () =>
    withOwners(async (owners) => {
      const { check, hash, stranger, owners: accounts } = await award(owners);
      const { signature } = await ethSigned(stranger, hash);
      const { valid, problems } = await check({ signer: accounts[0].address, signature });
      expect(valid).to.deep.equal([]);
      expect(problems[0]?.message)
        .to.include(accounts[0].address)
        .and.to.include("isn't one of this transaction");
    }));

  it("don't count where one owner's is said to be another's", () =>
    withOwners(async (owners) => {
      const { check, sign, owners: accounts } = await award(owners);
      const { signature } = await sign(accounts[0]);
      const { valid, problems } = await check({ signer: accounts[1].address, signature });
      expect(valid).to.deep.equal([]);
      expect(problems[0]?.message).to.include(accounts[0].address).and.to.include(accounts[1].address);
    }));

  it("don't count for another transaction", () =>
    withOwners(async (owners) => {
      const { account, check, owners: accounts } = await award(owners);
      const other = await buildTransaction(account, [await owners.award(2)], 0);
      const { valid, problems } = await check(await signTransaction(account, other, accounts[0].address));
      expect(valid).to.deep.equal([]);
      expect(problems).to.have.length(1);
    }));

  it("count once where one is there twice, and are named where they differ", () =>
    withOwners(async (owners) => {
      const { check, hash, sign, owners: accounts } = await award(owners);
      const one = await sign(accounts[0]);
      expect((await check(one, one)).valid).to.have.length(1);
      const { valid, problems } = await check(one, await ethSigned(accounts[0], hash));
      expect(valid).to.have.length(1);
      expect(problems[0]?.place).to.include("signatures[1]");
      expect(problems[0]?.message).to.include(accounts[0].address).and.to.include("twice");
    }));

  it("go to the Safe in the order of their signers, as many as it asks for", () =>
    withOwners(async (owners) => {
      const { check, sign, owners: accounts } = await award(owners);
      const { valid } = await check(...(await Promise.all(accounts.map(sign))));
      const encoded = encodeSignatures(valid, 2);
      const sorted = valid
        .slice(0, 2)
        .sort((one, other) => (BigInt(one.signer) < BigInt(other.signer) ? -1 : 1));
      expect(encoded).to.equal(concat(sorted.map(({ signature }) => signature)));
    }));
});

describe("signatures of contracts that are owners", () => {
  it("count where the contract says so (ERC-1271), and the Safe takes them", () =>
    withOwners(async (owners) => {
      const { account, transaction, hash, inner, first, innerSigns, stranger } = await nested(owners);
      const own = await signTransaction(account, transaction, first.address);
      const { valid, problems } = await checkSignatures(
        account,
        transaction,
        [await innerSigns(hash), own],
        "a.json",
      );
      expect(problems).to.deep.equal([]);
      expect(valid.map(({ signer, kind }) => [signer, kind])).to.deep.equal([
        [inner, "contract"],
        [first.address, "account"],
      ]);
      await sendTransaction(account, { title: "Pay", transaction, signatures: valid }, stranger);
      expect(await account.provider.getBalance(account.address)).to.equal(0n);
    }));

  it("don't count for another transaction", () =>
    withOwners(async (owners) => {
      const { account, transaction, innerSigns, inner } = await nested(owners);
      const { valid, problems } = await checkSignatures(
        account,
        transaction,
        [await innerSigns(`0x${"11".repeat(32)}`)],
        "a.json",
      );
      expect(valid).to.deep.equal([]);
      expect(problems[0]?.message).to.include(inner);
    }));

  it("may be approvals on the chain instead", () =>
    withOwners(async (owners) => {
      const { account, transaction, hash, inner, first, second, context, stranger } = await nested(owners);
      expect(await approvalsOf(account, hash)).to.deep.equal([]);
      const approve = new Interface(["function approveHash(bytes32 hash)"]);
      const data = approve.encodeFunctionData("approveHash", [hash]);
      const approving = { ...payment(account.address, 0n), data };
      await executeAsSafe({ title: "Approve", calls: [approving] }, context.provider, context.eip1193, {
        address: inner,
        owners: [second.address],
      });
      const approvals = await approvalsOf(account, hash);
      expect(approvals.map(({ signer, kind }) => [signer, kind])).to.deep.equal([
        [inner, "approved on chain"],
      ]);
      const own = await signTransaction(account, transaction, first.address);
      await sendTransaction(
        account,
        { title: "Pay", transaction, signatures: [...approvals, { ...own, kind: "account" }] },
        stranger,
      );
      expect(await account.provider.getBalance(account.address)).to.equal(0n);
    }));
});
