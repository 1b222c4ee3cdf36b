import { encodeMultiSendData } from "@safe-global/protocol-kit";
import { OperationType } from "@safe-global/types-kit";
import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { FOREIGN } from "../../../../sdk/calls/known.js";
import type { SafeTransactionData } from "../../../../sdk/safe/transactions/transaction.js";
import { buildTransaction } from "../../../../sdk/node/safe/build.js";
import { callsOf } from "../../../../sdk/safe/transactions/unpack.js";
import { problemOf } from "../../support.js";
import { payment, withOwners } from "../support.js";

/** The calls that a changed transaction is said to make, or why it is refused. */
async function unpacked(
  change: (transaction: SafeTransactionData, full: string) => Partial<SafeTransactionData>,
) {
  let outcome: ReturnType<typeof problemOf> | undefined;
  await withOwners(async (owners) => {
    const { account } = await owners.look();
    const transaction = await buildTransaction(account, [await owners.award(1), await owners.award(2)], 0);
    const changed = { ...transaction, ...change(transaction, account.multiSends[1]) };
    outcome = problemOf(
      new Promise((resolve) => {
        resolve(callsOf(account, changed, "a.json"));
      }),
    );
    await outcome;
  });
  if (outcome === undefined) throw new Error("nothing was unpacked");
  return outcome;
}

const bundle = (...calls: { to: string; value: string; data: string; operation?: OperationType }[]) =>
  FOREIGN.safe.encodeFunctionData("multiSend", [encodeMultiSendData(calls)]);

describe("callsOf", () => {
  it("reads one call", () =>
    withOwners(async (owners) => {
      const { account } = await owners.look();
      const { to, data, value } = payment(owners.world.stranger.address, 5n);
      const transaction = await buildTransaction(account, [payment(to, value)], 0);
      expect(callsOf(account, transaction, "a.json")).to.deep.equal([{ to, data, value }]);
    }));

  it("reads the calls of a bundle, in order", () =>
    withOwners(async (owners) => {
      const { account } = await owners.look();
      const calls = [
        await owners.award(1),
        payment(owners.world.stranger.address, 5n),
        await owners.award(2),
      ];
      const transaction = await buildTransaction(account, calls, 0);
      expect(callsOf(account, transaction, "a.json")).to.deep.equal(
        calls.map(({ to, data, value }) => ({ to, data, value })),
      );
    }));

  it("refuses foreign code in the Safe's name, and says what may be run like that", async () => {
    const { place, message, remedy } = await unpacked(({ gasToken }) => ({
      to: `0x${"12".repeat(20)}`,
      gasToken,
    }));
    expect(place).to.equal("a.json");
    expect(message).to.include("0x1212121212121212121212121212121212121212").and.to.include("delegatecall");
    expect(remedy).to.include("MultiSend");
  });

  it("refuses a delegatecall inside of a bundle, which the fuller MultiSend would make", async () => {
    const { message } = await unpacked((_, full) => ({
      to: full,
      data: bundle(
        { to: `0x${"34".repeat(20)}`, value: "0", data: "0x" },
        { to: `0x${"56".repeat(20)}`, value: "0", data: "0x01", operation: OperationType.DelegateCall },
      ),
    }));
    expect(message).to.include("Call 2").and.to.include("delegatecall");
  });

  it("refuses a call to the zero address, which is the Safe itself to MultiSend", async () => {
    const { message } = await unpacked(() => ({
      data: bundle({ to: ZeroAddress, value: "0", data: "0x01" }),
    }));
    expect(message).to.include("Call 1").and.to.include("the Safe itself");
  });

  for (const [what, change] of [
    ["cut off", (data: string) => data.slice(0, -64)],
    ["with more behind it", (data: string) => `${data}00`],
    ["of nothing but its name", () => bundle({ to: ZeroAddress, value: "0", data: "0x" }).slice(0, 8)],
    [
      "whose inner lengths don't fit",
      () => {
        const whole = encodeMultiSendData([{ to: `0x${"34".repeat(20)}`, value: "0", data: "0x010203" }]);
        return FOREIGN.safe.encodeFunctionData("multiSend", [whole.slice(0, -2)]);
      },
    ],
    ["of another function", () => "0x12345678"],
  ] as const) {
    it(`refuses a bundle ${what}`, async () => {
      const { message } = await unpacked(({ data }) => ({ data: change(data) }));
      expect(message).to.include("can't be read");
    });
  }

  for (const [name, value] of [
    ["safeTxGas", "500000"],
    ["baseGas", "1"],
    ["gasPrice", "1"],
    ["gasToken", `0x${"12".repeat(20)}`],
    ["refundReceiver", `0x${"12".repeat(20)}`],
  ] as const) {
    it(`refuses a ${name}`, async () => {
      const { message } = await unpacked(() => ({ [name]: value }));
      expect(message).to.include(name).and.to.include(value);
    });
  }
});
