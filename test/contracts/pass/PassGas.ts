import { expect } from "chai";
import { connect, type Connection, gasOf } from "../../helpers/chain.js";
import { ROLE } from "../../helpers/dao.js";
import { launchWithStewardedModules, makeMembers, MODULE_KIND } from "../../helpers/modules.js";
import { enact } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const TERMS = { kind: MODULE_KIND.CUSTOMER, royaltyBps: 500n, colour: 0x8e4b4an, language: 1n };

/** Of which three conditions are asked: a pass, a title, points of this season. */
const PERK = {
  name: "月いちの試飲会",
  uri: "https://example.org/tasting",
  once: true,
  conditions: [
    { subject: 0n, group: 0n, argument: 0n, amount: 1n },
    { subject: 6n, group: 0n, argument: 0n, amount: 2n },
    { subject: 4n, group: 0n, argument: 0n, amount: 5n },
  ],
};

async function launchWithMembers(connection: Connection) {
  const dao = await launchWithStewardedModules(connection);
  const { manager, member, other, stranger } = dao;
  await makeMembers(dao, member, stranger);
  await enact(dao, [await manager.grantRole.populateTransaction(ROLE.STEWARD, other, 0)]);
  return { ...dao, steward: other };
}

/** Limits of gas, which hold for what is deployed, and not for contracts that count their lines. */
describe("What passes and perks cost", function () {
  it("minting a pass, and adding a perk: 96,000 and 110,000", async function () {
    const { pass, steward } = await networkHelpers.loadFixture(launchWithMembers);
    await pass.connect(steward).setTerms(TERMS);
    expect(await gasOf(pass.mint(1))).to.be.at.most(96_000n);
    await pass.connect(steward).addPerk(PERK);
    expect(await gasOf(pass.connect(steward).addPerk(PERK))).to.be.at.most(110_000n);
  });

  it("asking three conditions: 40,000, besides what any transaction costs", async function () {
    const { pass, steward, member } = await networkHelpers.loadFixture(launchWithMembers);
    await pass.connect(steward).setTerms(TERMS);
    await pass.mint(1);
    await pass.connect(steward).addPerk(PERK);
    expect(await pass.isEligible(member, 1, [])).to.equal(true);
    // The estimate has the 21,000 of a transaction and its calldata.
    const estimate = await pass.isEligible.estimateGas(member, 1, []);
    expect(estimate - 21_000n).to.be.at.most(40_000n);
  });
});
