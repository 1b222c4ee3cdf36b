import { expect } from "chai";
import { parseEther } from "ethers";
import { requireCaller } from "../../../sdk/badges/powers.js";
import { problemOf } from "../support.js";
import { threeBadges } from "./support.js";

describe("requireCaller", () => {
  it("names the role that is missing, and who has it", async () => {
    const { live, stranger, record } = await threeBadges();
    const { place, message, remedy } = await problemOf(requireCaller(live, stranger.address, "revoke"));
    expect(place).to.include(stranger.address);
    expect(message).to.include("badge.revoke").and.to.include("STEWARD");
    expect(remedy).to.include(`${record.safe} (--via safe)`).and.to.include("--via proposal");
    const admin = await problemOf(requireCaller(live, record.safe, "revokeVoting"));
    expect(admin.message).to.include("ADMIN");
    expect(admin.remedy).to.equal("Act as one who has it: the DAO itself (--via proposal).");
  });

  it("lets in who has to wait", async () => {
    const found = await threeBadges();
    const { dao, connection, record, live, stranger } = found;
    const { provider } = connection;
    const { timelock } = record.contracts;
    await provider.request({ method: "hardhat_impersonateAccount", params: [timelock] });
    await connection.networkHelpers.setBalance(timelock, parseEther("1"));
    const signer = await connection.ethers.getSigner(timelock);
    await dao.manager.connect(signer).grantRole(2, stranger, 3600);
    await requireCaller(live, stranger.address, "revoke");
  });
});
