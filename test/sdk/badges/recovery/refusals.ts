import { expect } from "chai";
import { ZeroHash } from "ethers";
import type { Refusal } from "../../../../sdk/badges/recovery/refusals.js";
import { REFUSAL_FILE, sameRefusal, signRefusal } from "../../../../sdk/badges/recovery/refusals.js";
import { planFinish, planRefuse, planRequest } from "../../../../sdk/badges/recovery/recoveryPlans.js";
import { readRecoveries } from "../../../../sdk/badges/recovery/recoveries.js";
import { executeAsSigner } from "../../../../sdk/execute/signer.js";
import { relayRefusals } from "../../../../sdk/node/badges/refusals.js";
import { readSigned } from "../../../../sdk/node/signed/files.js";
import { badgeDomain } from "../../../helpers/vouchers.js";
import { expectData } from "../../../helpers/problems.js";
import { useFolder, writerIn } from "../../signed/support.js";
import { kyosoError, load } from "../../support.js";
import { asSafe, badgeWorld, KIND, openAs } from "../support.js";

/** What the badge has members sign, written down once more: a slip in the other place would go unnoticed. */
const REFUSAL = {
  RecoveryRefusal: [
    { name: "recovery", type: "uint256" },
    { name: "oldAccount", type: "address" },
    { name: "newAccount", type: "address" },
  ],
};

describe("refusals of recoveries by signature", () => {
  const folder = useFolder();

  /** Alice isn't lost, and the stranger doesn't ask for what she earned. */
  async function world() {
    const found = await load(badgeWorld);
    const [alice, bob] = found.holders;
    await found.badge.award(KIND.REVIEW, alice, ZeroHash);
    const request = async (from: string, to: string) =>
      asSafe(found, (await planRequest(await openAs(found), from, to)).plan.calls);
    await request(alice.address, found.stranger.address);
    const write = writerIn(folder());
    const relay = async (...files: string[]) => relayRefusals(await openAs(found), files, { signer: bob });
    /** Why the one file that holds `value` is refused itself. */
    const problemWith = async (value: unknown) => {
      const file = await write(value);
      const [outcome] = await relay(file);
      expect(outcome).to.deep.include({ file, status: "refused", transaction: undefined });
      if (outcome?.problem !== undefined) expectData(outcome.problem);
      expect(outcome?.problem?.place).to.equal(file);
      return `${outcome?.problem?.message ?? ""} → ${outcome?.problem?.remedy ?? ""}`;
    };
    const sign = async (signer = alice): Promise<Refusal> =>
      (await signRefusal(await openAs(found), signer)).refusal;
    return { ...found, alice, bob, me: found.stranger, request, write, relay, problemWith, sign };
  }

  it("end a recovery for somebody who pays no gas, on either side", async () => {
    const found = await world();
    const { alice, me, connection, relay, sign, write, request } = found;
    for (const account of [alice, me]) {
      const before = await connection.ethers.provider.getBalance(account);
      const refusal = await sign(account);
      expect(refusal).to.deep.include({
        account: account.address,
        oldAccount: alice.address,
        newAccount: me.address,
      });
      const file = await write(refusal);
      expect((await readSigned(file, REFUSAL_FILE)).value).to.deep.equal(refusal);
      const [outcome] = await relay(file);
      expect(outcome).to.deep.include({ status: "carried out", refusal, problem: undefined });
      expect(await connection.ethers.provider.getBalance(account)).to.equal(before);
      await request(alice.address, me.address);
    }
    const states = (await readRecoveries(await openAs(found))).map(({ state }) => state);
    expect(states).to.deep.equal(["refused", "refused", "waiting"]);
  });

  it("are what the badge takes", async () => {
    const { alice, me, dao, sign } = await world();
    const message = { recovery: 1n, oldAccount: alice.address, newAccount: me.address };
    const signature = await alice.signTypedData(await badgeDomain(dao.badge), REFUSAL, message);
    expect(await sign()).to.deep.include({ recovery: "1", signature });
  });

  it("are carried out once, however often they are relayed", async () => {
    const found = await world();
    const { alice, me, relay, sign, write, request } = found;
    const files = [await write(await sign()), await write(await sign(me))];
    const dry = await relayRefusals(await openAs(found), files, { signer: undefined });
    expect(dry.map(({ status }) => status)).to.deep.equal(["valid", "so already"]);
    const first = await relay(...files);
    expect(first.map(({ status }) => status)).to.deep.equal(["carried out", "so already"]);
    const again = await relay(...files);
    expect(again.map(({ status }) => status)).to.deep.equal(["so already", "so already"]);
    // A later recovery takes another refusal.
    await request(alice.address, me.address);
    const later = await relay(...files);
    expect(later.map(({ status }) => status)).to.deep.equal(["so already", "so already"]);
    expect((await readRecoveries(await openAs(found))).at(-1)?.state).to.equal("waiting");
  });

  it("are refused where they are of another chain or DAO, changed, or somebody else's", async () => {
    const { alice, bob, sign, problemWith, dao } = await world();
    const refusal = await sign();
    expect(await problemWith({ ...refusal, chainId: "1" })).to.include("It is for chain 1");
    const badge = await dao.drop.getAddress();
    expect(await problemWith({ ...refusal, badge })).to.include("not this DAO's");
    expect(await problemWith({ ...refusal, account: bob.address })).to.include("isn't signed by");
    expect(await problemWith({ ...refusal, recovery: "2" })).to.include("isn't signed by");
    expect(await problemWith({ ...refusal, newAccount: alice.address })).to.include("isn't signed by");
    expect(await problemWith({ ...refusal, more: 1 })).to.include("isn't a whole refusal");
    expect(await problemWith({ ...refusal, kind: "ballot" })).to.include("a ballot, and not a refusal");
  });

  it("are refused once the recovery has begun, or is over", async () => {
    const found = await world();
    const { alice, me, badge, bob, dao, sign, problemWith, connection, request } = found;
    await badge.award(KIND.REVIEW, alice, ZeroHash);
    const refusal = await sign();
    const { end } = await dao.badge.recoveryOf(alice);
    await connection.networkHelpers.time.increaseTo(end);
    expect(await problemWith(refusal)).to.include("No recovery of it was requested");
    await request(alice.address, me.address);
    expect(await problemWith(refusal)).to.include("is over → See");
    const current = await sign();
    await connection.networkHelpers.time.increaseTo((await dao.badge.recoveryOf(alice)).eta);
    const plan = await planFinish(await openAs(found), alice.address, 1);
    await executeAsSigner({ ...plan, calls: plan.calls.slice(0, 1) }, bob);
    expect(await problemWith(current))
      .to.include("has begun")
      .and.to.include("A steward can cancel it");
  });

  it("are signed by a Safe's owners one after another, and by nobody else for it", async () => {
    const found = await world();
    const { owners, badge, me, record, relay, write, problemWith, request } = found;
    const { safe } = record;
    await badge.award(KIND.REVIEW, safe, ZeroHash);
    await request(safe, found.bob.address);
    const live = await openAs(found);
    const one = await signRefusal(live, owners[0], { account: safe });
    expect(one).to.deep.include({ signatures: 1, threshold: 2 });
    expect(await problemWith(one.refusal)).to.include("1 of the 2 owners");
    const stranger = await kyosoError(signRefusal(live, me, { account: safe, existing: one.refusal }));
    expect(stranger.message).to.include("is not an owner");
    const both = await signRefusal(live, owners[1], { account: safe, existing: one.refusal });
    expect(both.signatures).to.equal(2);
    expect(sameRefusal(one.refusal, both.refusal)).to.equal(true);
    const [outcome] = await relay(await write(both.refusal));
    expect(outcome?.status).to.equal("carried out");
  });

  it("aren't signed where there is nothing to refuse, nor for an account that is no wallet", async () => {
    const found = await world();
    const { alice, me, bob } = found;
    const live = await openAs(found);
    const none = await kyosoError(signRefusal(live, bob));
    expect(none.message).to.include("No recovery of it was requested");
    const other = await kyosoError(signRefusal(live, bob, { account: alice.address }));
    expect(other.message).to.include("is no contract wallet");
    expect(other.problems.map(({ code }) => code)).to.deep.equal(["recovery.not-wallet"]);
    await executeAsSigner((await planRefuse(live, me.address)).plan, me);
    const over = await kyosoError(signRefusal(await openAs(found), alice));
    expect(over.message).to.include("No recovery of it was requested");
  });
});
