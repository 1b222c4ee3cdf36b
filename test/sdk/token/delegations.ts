import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { parseEther, Wallet } from "ethers";
import { findFiles, writeSigned } from "../../../sdk/node/signed/files.js";
import type { Delegation } from "../../../sdk/token/delegations.js";
import { DELEGATION_FILE, signDelegation, supersedes } from "../../../sdk/token/delegations.js";
import { relayDelegations } from "../../../sdk/node/token/relay.js";
import { useFolder, writerIn } from "../signed/support.js";
import { expectData } from "../../helpers/problems.js";
import { load, problemOf } from "../support.js";
import { tokenWorld } from "./support.js";

const DAY = 86_400;
const ALICE = parseEther("60000");

/** What the token has holders sign, written down once more: a slip in the other place would go unnoticed. */
const DELEGATION = {
  Delegation: [
    { name: "delegatee", type: "address" },
    { name: "nonce", type: "uint256" },
    { name: "expiry", type: "uint256" },
  ],
};

describe("delegations by signature", () => {
  const folder = useFolder();

  async function world() {
    const all = await load(tokenWorld);
    const { open, stranger } = all;
    const expiry = (await open()).now + 7 * DAY;
    const write = writerIn(folder());
    /** Relays files as somebody who has nothing to do with them. */
    const relay = async (files: readonly string[], live = all.open()) =>
      relayDelegations(await live, files, { signer: stranger });
    /** Why the one file that holds `value` is refused. */
    const refusal = async (value: unknown) => {
      const file = await write(value);
      const [outcome] = await relay([file]);
      expect(outcome).to.deep.include({ file, status: "refused", transaction: undefined });
      const { place = "", message = "", remedy = "" } = outcome?.problem ?? {};
      if (outcome?.problem !== undefined) expectData(outcome.problem);
      expect([place, remedy === ""]).to.deep.equal([file, false]);
      return message;
    };
    return { ...all, expiry, write, relay, refusal };
  }

  it("moves votes for somebody who pays no gas", async () => {
    const { open, alice, bob, dao, expiry, relay, write, connection } = await world();
    const before = await connection.ethers.provider.getBalance(alice);
    const delegation = await signDelegation(await open(), alice, bob.address, expiry);
    const file = await write(delegation);
    const [outcome] = await relay([file]);
    expect(outcome).to.deep.include({ status: "carried out", votes: ALICE, delegation });
    expect(await dao.token.delegates(alice)).to.equal(bob.address);
    expect(await dao.token.getVotes(bob)).to.equal(ALICE + parseEther("40100"));
    expect(await connection.ethers.provider.getBalance(alice)).to.equal(before);
  });

  it("gives votes back to whoever signs for itself", async () => {
    const { open, as, alice, bob, dao, expiry, relay, write } = await world();
    await as(alice).delegate(bob);
    await relay([await write(await signDelegation(await open(), alice, "self", expiry))]);
    expect(await dao.token.delegates(alice)).to.equal(alice.address);
  });

  it("can be relayed again, and costs nothing then", async () => {
    const { open, alice, bob, expiry, relay, write, stranger, connection } = await world();
    const file = await write(await signDelegation(await open(), alice, bob.address, expiry));
    await relay([file]);
    const nonce = await stranger.getNonce();
    for (const files of [[file], [file, file]]) {
      const outcomes = await relay(files);
      expect(outcomes.map(({ status }) => status)).to.deep.equal(files.map(() => "so already"));
    }
    await connection.networkHelpers.time.increase(8 * DAY);
    expect((await relay([file]))[0]?.status).to.equal("so already");
    expect(await stranger.getNonce()).to.equal(nonce);
  });

  it("leaves what the holder has done by now", async () => {
    const { open, as, alice, bob, expiry, relay, write, stranger } = await world();
    const file = await write(await signDelegation(await open(), alice, bob.address, expiry));
    await as(alice).delegate(bob);
    const nonce = await stranger.getNonce();
    expect((await relay([file]))[0]?.status).to.equal("so already");
    expect(await stranger.getNonce()).to.equal(nonce);
  });

  it("checks only, and sends nothing, without an account to send with", async () => {
    const { open, alice, bob, dao, expiry, write } = await world();
    const live = await open();
    const file = await write(await signDelegation(live, alice, bob.address, expiry));
    const [outcome] = await relayDelegations(live, [file], { signer: undefined });
    expect(outcome).to.deep.include({ status: "valid", votes: ALICE, transaction: undefined });
    expect(await dao.token.delegates(alice)).to.equal(alice.address);
  });

  it("carries out in the order of signing what one holder signed", async () => {
    const { open, alice, bob, carol, dao, expiry, relay, write } = await world();
    const live = await open();
    const first = await signDelegation(live, alice, bob.address, expiry);
    const [, name, version] = await dao.token.eip712Domain();
    const message = { delegatee: carol.address, nonce: 1n, expiry };
    const signature = await alice.signTypedData(
      { name, version, chainId: live.chainId, verifyingContract: first.token },
      DELEGATION,
      message,
    );
    const second: Delegation = { ...first, delegatee: carol.address, nonce: "1", signature };
    const files = [await write(second), await write(first)];
    const [alone] = await relay(files.slice(0, 1));
    expect(alone?.problem?.message).to.include("the next one");
    expect(alone?.problem?.code).to.equal("signed.nonce-ahead");
    const outcomes = await relay(files);
    expect(outcomes.map(({ file, status }) => [file, status])).to.deep.equal(
      files.map((file) => [file, "carried out"]),
    );
    expect(await dao.token.delegates(alice)).to.equal(carol.address);
  });

  it("says of each what is wrong with it, and carries out the rest", async () => {
    const { open, alice, bob, carol, stranger, dao, expiry, relay, write } = await world();
    const live = await open();
    const good = await signDelegation(live, alice, stranger.address, expiry);
    const files = [
      await write("{"),
      await write({ ...good, delegatee: carol.address }),
      await write(good),
      path.join(folder(), "none.json"),
      await write(await signDelegation(live, bob, stranger.address, expiry)),
    ];
    const outcomes = await relay(files);
    expect(outcomes.map(({ file }) => file)).to.deep.equal(files);
    expect(outcomes.map(({ status }) => status)).to.deep.equal([
      "refused",
      "refused",
      "carried out",
      "refused",
      "carried out",
    ]);
    expect(await dao.token.delegates(alice)).to.equal(stranger.address);
    expect(await dao.token.delegates(bob)).to.equal(stranger.address);
  });

  describe("refuses", () => {
    it("one of another chain or another token", async () => {
      const { open, alice, bob, record, expiry, refusal } = await world();
      const good = await signDelegation(await open(), alice, bob.address, expiry);
      expect(await refusal({ ...good, chainId: "1" })).to.include("chain 1,");
      expect(await refusal({ ...good, token: record.contracts.badge })).to.include(record.contracts.badge);
    });

    it("one that was changed, or is signed by somebody else", async () => {
      const { open, alice, bob, carol, stranger, expiry, refusal } = await world();
      const live = await open();
      const good = await signDelegation(live, alice, bob.address, expiry);
      const forged = await signDelegation(live, stranger, bob.address, expiry);
      for (const bad of [
        { ...good, delegatee: carol.address },
        { ...good, delegator: carol.address },
        { ...good, expiry: expiry + 1 },
        { ...good, nonce: "1" },
        { ...good, signature: forged.signature },
        { ...good, signature: good.signature.slice(0, -2) },
        { ...good, signature: "0x" },
      ]) {
        expect(await refusal(bad)).to.include("isn't signed by");
      }
    });

    it("one that has expired, from the second after", async () => {
      const { open, alice, bob, expiry, refusal, write, relay, connection } = await world();
      const good = await signDelegation(await open(), alice, bob.address, expiry);
      await connection.networkHelpers.time.increaseTo(expiry + 1);
      expect(await refusal(good)).to.include("could be used until");
      const live = await open();
      const last = await signDelegation(live, alice, bob.address, live.now + 1);
      await connection.networkHelpers.time.setNextBlockTimestamp(live.now + 1);
      expect((await relay([await write(last)], Promise.resolve(live)))[0]?.status).to.equal("carried out");
    });

    it("one whose nonce is used for something else", async () => {
      const { open, alice, bob, carol, dao, expiry, refusal, relay, write } = await world();
      const live = await open();
      const good = await signDelegation(live, alice, bob.address, expiry);
      await relay([await write(await signDelegation(live, alice, carol.address, expiry))]);
      expect(await refusal(good)).to.include("nonce 0 is used");
      expect(await dao.token.delegates(alice)).to.equal(carol.address);
    });

    it("a contract wallet, and says that the standard does", async () => {
      const { open, alice, bob, record, expiry, refusal } = await world();
      const good = await signDelegation(await open(), alice, bob.address, expiry);
      const message = await refusal({ ...good, delegator: record.safe });
      expect(message).to.include("contract wallet").and.to.include("ERC-5805");
    });

    it("the treasury, as either of the two", async () => {
      const { open, alice, dao, expiry, refusal, record, treasury } = await world();
      const live = await open();
      const good = await signDelegation(live, alice, record.safe, expiry);
      const [, name, version] = await dao.token.eip712Domain();
      const domain = { name, version, chainId: live.chainId, verifyingContract: good.token };
      const signature = await alice.signTypedData(domain, DELEGATION, {
        delegatee: treasury,
        nonce: 0n,
        expiry,
      });
      expect(await refusal({ ...good, delegatee: treasury, signature })).to.include("would be lost");
      expect(await refusal({ ...good, delegator: treasury })).to.include("contract wallet");
    });

    it("files that aren't delegations", async () => {
      const { open, alice, bob, expiry, refusal, relay } = await world();
      const good = await signDelegation(await open(), alice, bob.address, expiry);
      expect(await refusal("not JSON")).to.include("isn't JSON");
      expect(await refusal("null")).to.include("not a delegation");
      expect(await refusal({ ...good, kind: "ballot" })).to.include("a ballot");
      expect(await refusal({ ...good, more: 1 })).to.include("isn't a whole delegation");
      expect(await refusal({ ...good, nonce: "-1" })).to.include('"nonce"');
      expect(await refusal({ ...good, delegatee: alice.address.toLowerCase() })).to.include('"delegatee"');
      expect(await refusal({ ...good, signature: `0x${"00".repeat(9_000)}` })).to.include('"signature"');
      expect(await refusal(" ".repeat(70_000))).to.include("too large");
      await mkdir(path.join(folder(), "inner", "folder.json"), { recursive: true });
      const [outcome] = await relay(await findFiles([path.join(folder(), "inner")]));
      expect(outcome?.problem?.message).to.include("can't be read");
    });
  });

  it("says that the holder did something else meanwhile, and goes on", async () => {
    const { open, alice, bob, carol, expiry, relay, write } = await world();
    const live = await open();
    const files = [
      await write(await signDelegation(live, alice, bob.address, expiry)),
      await write(await signDelegation(live, carol, bob.address, expiry)),
    ];
    await relay(files.slice(0, 1));
    // As it was before: what was carried out since then isn't known.
    const outcomes = await relay(files, Promise.resolve(live));
    expect(outcomes.map(({ status }) => status)).to.deep.equal(["refused", "carried out"]);
    expect(outcomes[0]?.problem?.message).to.include("InvalidAccountNonce");
    expect((await relay(files)).map(({ status }) => status)).to.deep.equal(["so already", "so already"]);
  });

  it("stops where the relayer can't pay, and says so", async () => {
    const { open, alice, bob, dao, expiry, write, connection } = await world();
    const live = await open();
    const file = await write(await signDelegation(live, alice, bob.address, expiry));
    const poor = Wallet.createRandom(connection.ethers.provider);
    const [outcome, ...others] = await relayDelegations(live, [file], { signer: poor });
    expect(others).to.deep.equal([]);
    expect(outcome?.status).to.equal("not sent");
    expect(outcome?.problem?.message).to.include("failed").and.to.include("funds");
    expect(await dao.token.delegates(alice)).to.equal(alice.address);
  });

  describe("signDelegation", () => {
    it("refuses what is so already, the treasury, and nobody", async () => {
      const { open, alice, expiry } = await world();
      const live = await open();
      const refused = (to: string) => problemOf(signDelegation(live, alice, to, expiry));
      expect((await refused("self")).message).to.include("already");
      expect((await refused("treasury")).message).to.include("would be lost");
      expect((await refused("nobody")).place).to.equal("to");
    });
  });

  describe("writeSigned", () => {
    it("replaces what says the same or is used, and nothing else", async () => {
      const { open, alice, bob, carol, expiry, relay } = await world();
      const live = await open();
      const file = path.join(folder(), "sub", "delegation.json");
      const write = (value: Delegation) =>
        writeSigned(file, value, DELEGATION_FILE, (existing) => supersedes(value, existing));
      const first = await signDelegation(live, alice, bob.address, expiry);
      await write(first);
      await write(await signDelegation(live, alice, bob.address, expiry + 1));
      const other = await signDelegation(live, alice, carol.address, expiry);
      expect((await problemOf(write(other))).place).to.equal(file);
      expect((JSON.parse(await readFile(file, "utf8")) as Delegation).delegatee).to.equal(bob.address);
      await relay([file]);
      await write(await signDelegation(await open(), alice, carol.address, expiry));
      await writeFile(file, "{}");
      expect((await problemOf(write(first))).message).to.include("something else");
    });
  });
});
