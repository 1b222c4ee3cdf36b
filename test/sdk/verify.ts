import { expect } from "chai";
import { AbiCoder, toBeHex } from "ethers";
import { AddressBook } from "../../sdk/calls/book.js";
import { UnreadableAnswer } from "../../sdk/chain/answer.js";
import { codeHashesOf, NO_CODE } from "../../sdk/chain/codeHashes.js";
import type { Eip1193Provider } from "../../sdk/chain/eip1193.js";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { DAO_CONTRACTS } from "../../sdk/daoRecord.js";
import type { Problem } from "../../sdk/errors.js";
import { openDao } from "../../sdk/live.js";
import { readStatus } from "../../sdk/status.js";
import { IMPLEMENTATIONS } from "../../typechain-types/abi/implementations.js";
import { keccak256 } from "ethers";
import type { LaunchedWorld } from "./support.js";
import { kyosoError, launchedWorld, launchOnce, load, readBrand } from "./support.js";
import { brandTree } from "./support.js";

/** Where OpenZeppelin's AccessManaged keeps its authority (ERC-7201). */
const AUTHORITY = "0xf3177357ab46d8af007ab3fdb9af81da189e1068fefdc0073dca88a2cab40a00";

const codes = async (opening: Promise<unknown>) =>
  (await kyosoError(opening)).problems.map(({ code }) => code);

describe("verifyDao", () => {
  const world = () => load(launchedWorld);
  const open = (
    { record, context }: LaunchedWorld,
    changed: Partial<DaoRecord> = {},
    node = context.eip1193,
  ) => openDao({ ...record, ...changed }, context.provider, node);

  it("takes the factory's addresses from the code that is compiled", async () => {
    const { record, context } = await world();
    expect(record.factory).to.equal(IMPLEMENTATIONS.BrandDAOFactory);
    expect({ ...IMPLEMENTATIONS }).to.deep.equal(context.implementations);
  });

  it("refuses contracts of another DAO under the names of this one, though they are real", async () => {
    const at = await world();
    const { owners, holders, context, record } = at;
    const addresses = (accounts: readonly { address: string }[]) => accounts.map(({ address }) => address);
    const tree = brandTree(addresses(owners), addresses(holders));
    const brand = readBrand({ ...tree, brand: { ...tree.brand, slug: "green" } }, "green");
    const { record: other } = await launchOnce({ ...context, brand });
    await openDao(other, context.provider, context.eip1193);
    for (const name of DAO_CONTRACTS) {
      const contracts = { ...record.contracts, [name]: other.contracts[name] };
      expect(await codes(open(at, { contracts })), name).to.deep.equal(["dao.not-of-factory"]);
      const status = readStatus(context.provider, { ...record, contracts });
      expect(await codes(status), name).to.deep.equal(["dao.not-of-factory"]);
    }
    // Of the record only what isn't on the chain was changed.
    for (const changed of [
      { safe: at.stranger.address },
      { launcher: at.stranger.address },
      { terms: { ...record.terms, communityDate: record.terms.communityDate + 1 } },
      { slug: "green" },
    ]) {
      expect(await codes(open(at, changed)), JSON.stringify(changed)).to.deep.equal(["dao.not-of-factory"]);
    }
  });

  it("refuses a factory that nobody knows, and one that is named by hand but didn't make it", async () => {
    const at = await world();
    const factory = at.stranger.address;
    expect(await codes(open(at, { factory }))).to.deep.equal(["dao.unknown-factory"]);
    const trust = { factories: [at.record.factory, at.record.implementations.BrandToken] };
    const trusting = openDao(
      { ...at.record, factory: at.record.implementations.BrandToken },
      at.context.provider,
      at.context.eip1193,
      { trust },
    );
    expect(await codes(trusting)).to.deep.equal(["node.read-failed"]);
  });

  it("refuses other code at each contract, and none", async () => {
    for (const name of DAO_CONTRACTS) {
      const at = await world();
      const { networkHelpers } = at.connection;
      await networkHelpers.setCode(at.record.contracts[name], "0x6001600055");
      expect(await codes(open(at)), name).to.deep.equal(["dao.other-code"]);
      await networkHelpers.setCode(at.record.contracts[name], "0x");
      expect(await codes(open(at)), name).to.deep.equal(["dao.no-contract"]);
      expect(await codes(readStatus(at.context.provider, at.record)), name).to.deep.equal([
        "dao.no-contract",
      ]);
    }
    const at = await world();
    await at.connection.networkHelpers.setCode(at.record.implementations.LoyaltyDrop, "0x");
    expect(await codes(open(at))).to.deep.equal(["dao.no-contract"]);
  });

  it("refuses contracts that point elsewhere", async () => {
    for (const name of ["token", "badge"] as const) {
      const at = await world();
      const elsewhere = AbiCoder.defaultAbiCoder().encode(["address"], [at.stranger.address]);
      await at.connection.networkHelpers.setStorageAt(at.record.contracts[name], AUTHORITY, elsewhere);
      const { problems } = await kyosoError(open(at));
      expect(
        problems.map(({ code }) => code),
        name,
      ).to.deep.equal(["dao.other-pointer"]);
      expect(problems[0]?.place).to.include(name);
      expect(problems[0]?.message).to.include(at.stranger.address);
    }
  });

  it("says loudly that the Safe is another one, and gives it no name", async () => {
    const at = await world();
    const { context, record, stranger, dao } = at;
    // As a proposal changes it, or as a node says that one did.
    await at.connection.networkHelpers.setStorageAt(
      record.contracts.handover,
      toBeHex(0, 32),
      AbiCoder.defaultAbiCoder().encode(["address"], [record.implementations.BrandToken]),
    );
    const other = record.implementations.BrandToken;
    expect(await dao.handover.safe()).to.equal(other);
    const warned: Problem[] = [];
    const onWarning = (problem: Problem) => warned.push(problem);
    const live = await openDao(record, context.provider, context.eip1193, { onWarning });
    expect(warned.map(({ code }) => code)).to.deep.equal(["dao.other-safe"]);
    expect(warned[0]?.message).to.include(record.safe);
    expect(live.book.nameOf(other)).to.equal(undefined);
    expect(live.book.nameOf(record.safe)).to.equal(undefined);
    expect(live.book.addressOf("safe")).to.equal(undefined);
    // Whoever has looked writes it down.
    const known = await openDao({ ...record, presentSafe: other }, context.provider, context.eip1193, {
      onWarning,
    });
    expect(warned).to.have.length(1);
    expect(known.book.nameOf(other)).to.equal("safe");
    const planted = await openDao(
      { ...record, presentSafe: stranger.address },
      context.provider,
      context.eip1193,
      { onWarning },
    );
    expect(warned).to.have.length(2);
    expect(planted.book.nameOf(stranger.address)).to.equal(undefined);
    expect(new AddressBook(record, undefined).names).not.to.include("safe");
  });

  it("takes few requests", async () => {
    const { record, context } = await world();
    const asked: string[] = [];
    const node: Eip1193Provider = {
      request: (request) => {
        asked.push(request.method);
        return context.eip1193.request(request);
      },
    };
    await openDao(record, context.provider, node);
    expect(asked).to.deep.equal(["eth_call", "eth_call"]);
  });

  it("reads the hashes of many codes at once", async () => {
    const { record, context, stranger } = await world();
    const block = await context.provider.getBlockNumber();
    const accounts = [
      record.factory,
      stranger.address,
      ...DAO_CONTRACTS.map((name) => record.contracts[name]),
    ];
    const hashes = await codeHashesOf(context.eip1193, block, accounts);
    const codesOf = await Promise.all(accounts.map((account) => context.provider.getCode(account)));
    expect(hashes).to.deep.equal(codesOf.map((code, i) => (i === 1 ? hashes[1] : keccak256(code))));
    expect(NO_CODE).to.include(hashes[1]);
    expect(await codeHashesOf(context.eip1193, block, [])).to.deep.equal([]);
    for (const answer of ["0x", "0x00", "0x01" + "00".repeat(32), "0x00" + "zz".repeat(32)]) {
      const node = { request: () => Promise.resolve(answer) };
      const failed = await codeHashesOf(node, block, [record.factory]).catch((error: unknown) => error);
      expect(failed, answer).to.be.instanceOf(UnreadableAnswer);
    }
  });
});
