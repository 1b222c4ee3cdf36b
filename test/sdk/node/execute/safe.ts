import { expect } from "chai";
import { Interface } from "ethers";
import { executeAsSafe, sendTransaction } from "../../../../sdk/node/execute/safe.js";
import type { Call } from "../../../../sdk/calls/plan.js";
import { call, named } from "../../../../sdk/calls/plan.js";
import { openSafe } from "../../../../sdk/node/safe/account.js";
import { safeContractNetworks } from "../../../../sdk/node/safe/canonical.js";
import { LOCAL_CHAIN_ID } from "../../../../sdk/chain/local.js";
import type { Eip1193Provider } from "../../../../sdk/chain/eip1193.js";
import { typedTransaction } from "../../../../sdk/safe/transactions/transaction.js";
import { buildTransaction } from "../../../../sdk/node/safe/build.js";
import { IMPATIENT, launchedWorld, load, problemOf } from "../../support.js";

const NOTHING = `0x${"00".repeat(32)}`;
const SAFE = new Interface([
  "function execTransaction(address to, uint256 value, bytes data, uint8 operation, uint256, uint256, uint256, address, address, bytes)",
]);

async function world() {
  const live = await load(launchedWorld);
  const { context, record, dao, stranger } = live;
  const badge = await named("badge", dao.badge);
  const award = (kind: number): Call =>
    call(badge, "award", [kind, stranger.address, NOTHING], `Award kind ${kind}`);
  const execute = (calls: Call[], owners: readonly { readonly address: string }[]) =>
    executeAsSafe({ title: "Awarding", calls }, context.provider, context.eip1193, {
      address: record.safe,
      owners: owners.map(({ address }) => address),
    });
  const badges = async () => (await dao.badge.memberOf(stranger.address)).badges;
  return { ...live, award, execute, badges };
}

describe("executeAsSafe", () => {
  it("carries out one call as the Safe itself", async () => {
    const { context, award, execute, badges, owners, record } = await world();
    const { hash, from, to } = await execute([award(1)], [owners[0], owners[1]]);
    expect([from, to]).to.deep.equal([owners[0].address, record.safe]);
    expect(await badges()).to.equal(1n);
    const transaction = await context.provider.getTransaction(hash);
    const [target, , , operation] = SAFE.decodeFunctionData(
      "execTransaction",
      transaction?.data ?? "",
    ) as unknown[];
    expect([target, operation]).to.deep.equal([record.contracts.badge, 0n]);
  });

  it("makes several calls one MultiSend", async () => {
    const { connection, context, award, execute, badges, owners } = await world();
    const block = await connection.networkHelpers.time.latestBlock();
    const { hash } = await execute([award(1), award(2), award(1)], [owners[2], owners[0]]);
    expect(await badges()).to.equal(3n);
    expect(await connection.networkHelpers.time.latestBlock()).to.equal(block + 1);
    const transaction = await context.provider.getTransaction(hash);
    const [target, , , operation] = SAFE.decodeFunctionData(
      "execTransaction",
      transaction?.data ?? "",
    ) as unknown[];
    const { multiSendCallOnlyAddress } = safeContractNetworks(LOCAL_CHAIN_ID)?.["31337"] ?? {};
    expect([target, operation]).to.deep.equal([multiSendCallOnlyAddress, 1n]);
  });

  it("does all or nothing", async () => {
    const { award, execute, badges, owners, record } = await world();
    const { place, message, remedy } = await problemOf(execute([award(1), award(9)], [owners[0], owners[1]]));
    expect(place).to.include(record.safe);
    expect(message).to.include('"Awarding"');
    expect(remedy).to.include("Nothing of it was done");
    expect(await badges()).to.equal(0n);
  });

  it("says that the Safe may not do it", async () => {
    const { dao, execute, owners, record, stranger } = await world();
    const minting = call(await named("token", dao.token), "mint", [stranger.address, 1n], "Mint");
    expect((await problemOf(execute([minting], [owners[0], owners[1]]))).place).to.include(record.safe);
    expect(await dao.token.balanceOf(stranger.address)).to.equal(0n);
  });

  it("has as many sign as it takes, and no more", async () => {
    const { award, execute, badges, owners } = await world();
    await execute([award(1)], owners);
    expect(await badges()).to.equal(1n);
  });

  it("refuses too few signers", async () => {
    const { award, execute, badges, owners, record } = await world();
    for (const few of [[owners[0]], [owners[0], owners[0]]]) {
      const { place, message } = await problemOf(execute([award(1)], few));
      expect(place).to.include(record.safe);
      expect(message).to.include("1 of the 2 signatures");
    }
    expect(await badges()).to.equal(0n);
  });

  it("counts an owner who is named twice once", async () => {
    const { award, execute, badges, owners } = await world();
    await execute([award(1)], [owners[0], owners[0], owners[1]]);
    expect(await badges()).to.equal(1n);
  });

  it("says that nothing is known of it where the connection breaks", async () => {
    const { award, context, owners, record } = await world();
    const breaking: Eip1193Provider = {
      request: ({ method, params }) =>
        method === "eth_sendTransaction"
          ? Promise.reject(new Error("the connection broke"))
          : context.eip1193.request(params === undefined ? { method } : { method, params }),
    };
    const { message, remedy } = await problemOf(
      executeAsSafe(
        { title: "Awarding", calls: [award(1)] },
        context.provider,
        breaking,
        { address: record.safe, owners: [owners[0].address, owners[1].address] },
        { pace: IMPATIENT },
      ),
    );
    expect(message).to.include("the connection broke");
    expect(remedy).to.include("may still be carried out").and.not.to.include("Nothing of it");
  });

  it("refuses a stranger, and names the owners", async () => {
    const { award, execute, badges, owners, stranger } = await world();
    const { message, remedy } = await problemOf(execute([award(1)], [owners[0], stranger]));
    expect(message).to.include(stranger.address);
    for (const { address } of owners) expect(remedy).to.include(address);
    expect(await badges()).to.equal(0n);
  });
});

describe("sendTransaction", () => {
  it("says that a transaction with gas of its own was sent, and failed", async () => {
    const { award, context, owners, record, stranger } = await world();
    const account = await openSafe(context.provider, context.eip1193, record.safe);
    // As other programs make them: the Safe then takes the failure of a call, and counts the transaction as done.
    const transaction = { ...(await buildTransaction(account, [award(9)], 0)), safeTxGas: "500000" };
    const signatures = await Promise.all(
      [owners[0], owners[1]].map(async ({ address }) => ({
        signer: address,
        signature: await account.eip1193
          .request({
            method: "eth_signTypedData_v4",
            params: [address, typedTransaction(account, transaction)],
          })
          .then(String),
        kind: "account" as const,
      })),
    );
    const { message, remedy } = await problemOf(
      sendTransaction(account, { title: "Awarding", transaction, signatures }, stranger),
    );
    expect(message).to.include('"Awarding" was sent and failed');
    expect(remedy).to.include("number is used");
    expect((await openSafe(context.provider, context.eip1193, record.safe)).nonce).to.equal(1);
  });
});

describe("openSafe", () => {
  it("says so where protocol-kit doesn't know the Safe's contracts", async () => {
    const { context, record } = await world();
    const unknown: Eip1193Provider = { request: () => Promise.reject(new Error("no such chain")) };
    const { place, message } = await problemOf(openSafe(context.provider, unknown, record.safe));
    expect(place).to.include(record.safe);
    expect(message).to.include("1.5.0").and.to.include("31337");
  });
});
