import { expect } from "chai";
import { toUtf8Bytes, hexlify } from "ethers";
import { SAFE_VERSION, safeContractNetworks } from "../../../sdk/node/safe/canonical.js";
import { LOCAL_CHAIN_ID } from "../../../sdk/chain/local.js";
import { readSafe } from "../../../sdk/safe/safe.js";
import { connectSafe, predictSafe, safeSaltNonce } from "../../../sdk/node/safe/kit.js";
import { launchedWorld, load, preparedWorld, problemOf } from "../support.js";

const hexOf = (text: string) => hexlify(toUtf8Bytes(text)).slice(2);

describe("safe", () => {
  describe("safeSaltNonce", () => {
    it("tells brands apart", () => {
      expect(safeSaltNonce("blue")).to.equal(safeSaltNonce("blue")).and.not.to.equal(safeSaltNonce("red"));
    });
  });

  describe("predictSafe", () => {
    it("says where the Safe will be", async () => {
      const { context, plan, record } = await load(launchedWorld);
      const { owners, threshold } = plan.safe;
      const kit = await predictSafe(context.eip1193, LOCAL_CHAIN_ID, { owners, threshold }, "blue");
      expect(await kit.getAddress()).to.equal(record.safe);
      expect(await kit.isSafeDeployed()).to.equal(true);
    });
  });

  describe("connectSafe", () => {
    it("connects protocol-kit with a Safe that exists", async () => {
      const { context, record, owners } = await load(launchedWorld);
      const kit = await connectSafe(context.eip1193, LOCAL_CHAIN_ID, record.safe, owners[0].address);
      expect(await kit.getOwners()).to.deep.equal(owners.map(({ address }) => address));
    });
  });

  describe("readSafe", () => {
    it("reads version, owners and threshold", async () => {
      const { context, record, owners } = await load(launchedWorld);
      expect(await readSafe(context.provider, record.safe)).to.deep.equal({
        address: record.safe,
        version: SAFE_VERSION,
        owners: owners.map(({ address }) => address),
        threshold: 2,
      });
    });

    it("refuses an account without code", async () => {
      const { context, stranger } = await load(preparedWorld);
      const problem = await problemOf(readSafe(context.provider, stranger.address));
      expect(problem.place).to.equal("safe.address");
      expect(problem.message).to.include(stranger.address).and.to.include("31337");
    });

    it("refuses a contract that isn't a Safe", async () => {
      const { context, record } = await load(launchedWorld);
      for (const other of [record.contracts.token, record.contracts.governor, record.factory]) {
        const problem = await problemOf(readSafe(context.provider, other));
        expect(problem.place).to.equal("safe.address");
        expect(problem.message).to.include(other).and.to.include("not a Safe");
      }
    });

    for (const [version, accepted] of [
      ["1.2.0", false],
      ["0.9.9", false],
      ["1.3.0", true],
      ["2.0.0", true],
    ] as const) {
      it(`${accepted ? "accepts" : "refuses"} a Safe of version ${version}`, async () => {
        const { connection, context, record } = await load(launchedWorld);
        // The real contract but for the version that it says: old releases aren't on npm.
        const singleton = safeContractNetworks(LOCAL_CHAIN_ID)?.["31337"]?.safeSingletonAddress ?? "";
        const code = await context.provider.getCode(singleton);
        expect(code.split(hexOf(SAFE_VERSION)), "the version in the code").to.have.length(2);
        await connection.networkHelpers.setCode(singleton, code.replace(hexOf(SAFE_VERSION), hexOf(version)));
        if (accepted) {
          expect((await readSafe(context.provider, record.safe)).version).to.equal(version);
        } else {
          const problem = await problemOf(readSafe(context.provider, record.safe));
          expect(problem.message).to.include(record.safe).and.to.include(version);
          expect(problem.remedy).to.include("1.3.0");
        }
      });
    }
  });
});
