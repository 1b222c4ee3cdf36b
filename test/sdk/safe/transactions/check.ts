import { copyFile } from "node:fs/promises";
import path from "node:path";
import { OperationType } from "@safe-global/types-kit";
import { expect } from "chai";
import { mergeCopies } from "../../../../sdk/safe/transactions/check.js";
import { signTransaction } from "../../../../sdk/safe/transactions/signatures.js";
import { transactionHash } from "../../../../sdk/safe/transactions/transaction.js";
import { kyosoError, problemOf } from "../../support.js";
import { delayedWorld, type Owners, payment, type Tampered, withOwners } from "../support.js";

/** A file that two owners have signed. */
async function signed(owners: Owners): Promise<string> {
  const { stranger, owners: accounts } = owners.world;
  const place = await owners.share(await owners.award(1), payment(stranger.address, 5n));
  await owners.sign(place, accounts[0], accounts[1]);
  return place;
}

/** What checking a signed file says that somebody changed. */
async function refused(change: (file: Tampered, owners: Owners) => unknown) {
  let problem: Awaited<ReturnType<typeof problemOf>> | undefined;
  await withOwners(async (owners) => {
    const place = await signed(owners);
    await owners.tamper(place, (file) => change(file, owners));
    problem = await problemOf(owners.check(place));
    expect(problem.place).to.include(place);
  });
  if (problem === undefined) throw new Error("nothing was checked");
  return problem;
}

describe("checkSafeFile", () => {
  it("finds the calls, who has signed, and who hasn't", () =>
    withOwners(async (owners) => {
      const place = await signed(owners);
      const { stranger, owners: accounts, record } = owners.world;
      const checked = await owners.check(place);
      expect(checked.signatures.map(({ signer }) => signer)).to.deep.equal([
        accounts[0].address,
        accounts[1].address,
      ]);
      expect(checked.missing).to.deep.equal([accounts[2].address]);
      expect(checked.calls.map(({ to, value }) => [to, value])).to.deep.equal([
        [record.contracts.badge, 0n],
        [stranger.address, 5n],
      ]);
      expect(checked.followUp).to.equal(undefined);
    }));

  it("refuses one for another chain", async () => {
    const { message } = await refused((file) => (file.chainId = "1"));
    expect(message).to.include("chain 1,").and.to.include("31337");
  });

  it("refuses one of another DAO", async () => {
    const { message, remedy } = await refused((file) => (file.dao = "red"));
    expect(message).to.include('"red"').and.to.include('"blue"');
    expect(remedy).to.include("--dao red");
  });

  it("refuses one for another Safe", async () => {
    const other = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    const { message } = await refused((file) => (file.safe = other));
    expect(message).to.include("another Safe").and.to.include(other);
  });

  const changes: Readonly<Record<string, (file: Tampered) => unknown>> = {
    "its amount": (file) => {
      const amount = (wei: number) => wei.toString().padStart(64, "0");
      file.transaction.data = file.transaction.data.replace(amount(5), amount(9));
    },
    "its target": (file) => (file.transaction.to = file.safe),
    "its value": (file) => (file.transaction.value = "1"),
    "its number": (file) => (file.transaction.nonce += 1),
    "how it is run": (file) => (file.transaction.operation = OperationType.Call),
    "its hash": (file) => (file.hash = `0x${"11".repeat(32)}`),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`refuses one of which somebody changed ${what}`, async () => {
      const { message, remedy } = await refused((file) => {
        const before = JSON.stringify(file);
        change(file);
        expect(JSON.stringify(file)).not.to.equal(before);
      });
      expect(message).to.include("changed after it was made");
      expect(remedy).to.include("Don't sign");
    });
  }

  it("refuses the signatures of one that was changed, hash and all", async () => {
    await withOwners(async (owners) => {
      const place = await signed(owners);
      const { account } = await owners.look();
      await owners.tamper(place, (file) => {
        file.transaction.nonce += 1;
        file.hash = transactionHash(account, file.transaction);
      });
      const { problems } = await kyosoError(owners.check(place));
      expect(problems).to.have.length(2);
      for (const { message } of problems) expect(message).to.include("isn't one of this transaction");
    });
  });

  it("refuses signatures that were made for another chain, whatever the file says", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      const [owner] = owners.world.owners;
      const { transaction, safe } = (await owners.exchange.open(place)).file;
      const signature = await owner.signTypedData(
        { chainId: 1, verifyingContract: safe },
        {
          SafeTx: [
            { name: "to", type: "address" },
            { name: "value", type: "uint256" },
            { name: "data", type: "bytes" },
            { name: "operation", type: "uint8" },
            { name: "safeTxGas", type: "uint256" },
            { name: "baseGas", type: "uint256" },
            { name: "gasPrice", type: "uint256" },
            { name: "gasToken", type: "address" },
            { name: "refundReceiver", type: "address" },
            { name: "nonce", type: "uint256" },
          ],
        },
        { ...transaction },
      );
      await owners.tamper(place, (file) => file.signatures.push({ signer: owner.address, signature }));
      expect((await problemOf(owners.check(place))).message).to.include(owner.address);
    }));

  it("refuses texts that don't say what it does, and says what it does", async () => {
    const { place, message, remedy } = await refused((file) => {
      file.calls = [file.calls?.[0] ?? "", "send 0.5 ETH to badge"];
    });
    expect(place).to.include("calls[1]");
    expect(message).to.include('"send 0.5 ETH to badge"').and.to.include("0.000000000000000005 ETH");
    expect(remedy).to.include("calls");
  });

  it("refuses texts of which one is missing, or one too many", async () => {
    expect((await refused((file) => file.calls?.pop())).place).to.include("calls[1]");
    expect((await refused((file) => file.calls?.push("more"))).message).to.include('"more"');
  });

  it("takes a title for what it is: somebody's words", () =>
    withOwners(async (owners) => {
      const place = await signed(owners);
      await owners.tamper(place, (file) => (file.title = "Pay nobody anything"));
      expect((await owners.check(place)).title).to.equal("Pay nobody anything");
    }));

  it("refuses what a stranger signed, or somebody who isn't an owner any more", () =>
    withOwners(async (owners) => {
      const { stranger } = owners.world;
      const place = await signed(owners);
      const { account } = await owners.look();
      const { transaction } = (await owners.exchange.open(place)).file;
      const before = { ...account, owners: [...account.owners, stranger.address] };
      const signature = await signTransaction(before, transaction, stranger.address);
      await owners.tamper(place, (file) => file.signatures.push(signature));
      const { place: where, message } = await problemOf(owners.check(place));
      expect(where).to.include("signatures[2]");
      expect(message).to.include(stranger.address).and.to.include("not an owner");
    }));
});

describe("checkSafeFile, of what announces calls", () => {
  const announce = async (owners: Owners) =>
    owners.share(await owners.addKind("One"), await owners.addKind("Two"));

  it("finds what is to follow", () =>
    withOwners(async (owners) => {
      const place = await announce(owners);
      const { followUp } = await owners.check(place);
      const added = await Promise.all([owners.addKind("One"), owners.addKind("Two")]);
      expect(followUp?.calls.map(({ data }) => data)).to.deep.equal(added.map(({ data }) => data));
    }, delayedWorld));

  it("finds it out from the transaction, where the file doesn't say", () =>
    withOwners(async (owners) => {
      const place = await announce(owners);
      const { followUp } = await owners.check(place);
      await owners.tamper(place, (file) => Reflect.deleteProperty(file, "followUp"));
      expect((await owners.check(place)).followUp?.calls).to.deep.equal(followUp?.calls);
    }, delayedWorld));

  it("refuses other calls, fewer, or in another order", () =>
    withOwners(async (owners) => {
      const other = await owners.addKind("Three");
      for (const change of [
        (file: Tampered) => Object.assign(file.followUp?.calls[0] ?? {}, { data: other.data }),
        (file: Tampered) => file.followUp?.calls.pop(),
        (file: Tampered) => file.followUp?.calls.reverse(),
      ]) {
        const place = await announce(owners);
        await owners.tamper(place, change);
        expect((await problemOf(owners.check(place))).place).to.include("followUp");
      }
    }, delayedWorld));

  it("refuses it where nothing is announced", async () => {
    const { place } = await refused((file) => {
      file.followUp = { title: "More", calls: [{ to: file.safe, data: "0x", value: "0" }] };
    });
    expect(place).to.include("followUp");
  });
});

describe("mergeCopies", () => {
  it("counts what several owners signed on copies of one file", () =>
    withOwners(async (owners) => {
      const { owners: accounts } = owners.world;
      const place = await owners.share(await owners.award(1));
      const copy = path.join(owners.folder, "copy.json");
      await copyFile(place, copy);
      await owners.sign(place, accounts[0]);
      await owners.sign(copy, accounts[1], accounts[0]);
      const { account } = await owners.look();
      const merged = mergeCopies(account, [await owners.check(place), await owners.check(copy)]);
      expect(merged.signatures.map(({ signer }) => signer)).to.deep.equal([
        accounts[0].address,
        accounts[1].address,
      ]);
      expect(merged.missing).to.deep.equal([accounts[2].address]);
    }));

  it("refuses another transaction among them", () =>
    withOwners(async (owners) => {
      const [one, other] = [
        await owners.share(await owners.award(1)),
        await owners.share(await owners.award(2)),
      ];
      const { account } = await owners.look();
      const copies = [await owners.check(one), await owners.check(other)] as const;
      const { place, message } = await problemOf(
        new Promise((resolve) => {
          resolve(mergeCopies(account, [...copies]));
        }),
      );
      expect(place).to.equal(other);
      expect(message).to.include(copies[0].hash).and.to.include(copies[1].hash);
    }));
});
