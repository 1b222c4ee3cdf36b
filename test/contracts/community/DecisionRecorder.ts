import { expect } from "chai";
import { encodeBytes32String, id, ZeroHash } from "ethers";
import { DecisionRecorder__factory } from "../../../typechain-types/index.js";
import { connect, type Connection } from "../../helpers/chain.js";
import { launchDAO } from "../../helpers/dao.js";
import { enact } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const KIND = encodeBytes32String("name");
const URI = "https://example.org/decisions/1";

async function launchWithRecorder(connection: Connection) {
  const dao = await launchDAO(connection);
  return { dao, recorder: await new DecisionRecorder__factory(dao.stranger).deploy() };
}

describe("DecisionRecorder", function () {
  it("writes down what a passed proposal decided, under the treasury's name", async function () {
    const { dao, recorder } = await networkHelpers.loadFixture(launchWithRecorder);
    await enact(dao, [await recorder.record.populateTransaction(KIND, id("text"), URI)]);
    const [event, ...others] = await recorder.queryFilter(recorder.filters.DecisionRecorded(dao.at.timelock));
    expect(others).to.have.length(0);
    expect(event?.args).to.deep.equal([dao.at.timelock, KIND, id("text"), URI]);
  });

  it("is open to all, each under their own name", async function () {
    const { dao, recorder } = await networkHelpers.loadFixture(launchWithRecorder);
    await expect(recorder.connect(dao.stranger).record(ZeroHash, ZeroHash, "x".repeat(256)))
      .to.emit(recorder, "DecisionRecorded")
      .withArgs(dao.stranger, ZeroHash, ZeroHash, "x".repeat(256));
    await expect(recorder.connect(dao.stranger).record(KIND, id("text"), ""))
      .to.emit(recorder, "DecisionRecorded")
      .withArgs(dao.stranger, KIND, id("text"), "");
  });

  it("refuses a URI of 257 bytes", async function () {
    const { recorder } = await networkHelpers.loadFixture(launchWithRecorder);
    await expect(recorder.record(KIND, ZeroHash, "x".repeat(257)))
      .to.be.revertedWithCustomError(recorder, "DecisionRecorderTooLong")
      .withArgs(257, 256);
  });

  it("refuses what decides nothing", async function () {
    const { recorder } = await networkHelpers.loadFixture(launchWithRecorder);
    await expect(recorder.record(KIND, ZeroHash, "")).to.be.revertedWithCustomError(
      recorder,
      "DecisionRecorderNothingDecided",
    );
  });
});
