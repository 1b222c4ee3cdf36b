import { expect } from "chai";
import { connectDao, PHASES, readPhase } from "../../sdk/dao.js";
import { DAO_CONTRACTS } from "../../sdk/daoRecord.js";
import { launchedWorld, load } from "./support.js";

describe("dao", () => {
  it("is connected at the addresses of its record", async () => {
    const { context, record } = await load(launchedWorld);
    const dao = connectDao(record, context.provider);
    for (const name of DAO_CONTRACTS) expect(await dao[name].getAddress()).to.equal(record.contracts[name]);
    expect(await dao.factory.getAddress()).to.equal(record.factory);
  });

  it("goes through its phases", async () => {
    const { connection, dao, record } = await load(launchedWorld);
    const seen = [await readPhase(dao)];
    await connection.networkHelpers.time.increaseTo(record.terms.guardianExpiry);
    seen.push(await readPhase(dao));
    await connection.networkHelpers.time.increaseTo(record.terms.communityDate);
    await dao.handover.handOver();
    seen.push(await readPhase(dao));
    expect(seen).to.deep.equal([...PHASES]);
  });

  it("has no phase that isn't known", async () => {
    const { connection, dao, record } = await load(launchedWorld);
    // Returns 3, whatever it is asked.
    await connection.networkHelpers.setCode(record.contracts.handover, "0x60035f5260205ff3");
    const failure: unknown = await readPhase(dao).catch((error: unknown) => error);
    expect(failure).to.be.an.instanceOf(RangeError);
  });
});
