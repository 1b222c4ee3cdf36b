import { expect } from "chai";
import { Interface, toBeHex, ZeroAddress, ZeroHash } from "ethers";
import { IERC5192__factory, IERC7572__factory } from "../../../typechain-types/index.js";
import { connect, type Connection } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";

const { networkHelpers } = await connect();

async function launchWithBadge(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection);
  const { asSafe, badge, member } = dao;
  await asSafe(await badge.award.populateTransaction(KIND.BUG, member, ZeroHash));
  return dao;
}

describe("Soulbound", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithBadge);
  });

  it("reverts on everything that would move or approve a badge", async function () {
    const { badge, member, stranger } = dao;
    const own = badge.connect(member);
    const attempts = [
      own.approve(stranger, 1),
      own.setApprovalForAll(stranger, true),
      own.transferFrom(member, stranger, 1),
      own["safeTransferFrom(address,address,uint256)"](member, stranger, 1),
      own["safeTransferFrom(address,address,uint256,bytes)"](member, stranger, 1, "0x12"),
    ];
    for (const attempt of attempts) {
      await expect(attempt).to.be.revertedWithCustomError(badge, "ContributionBadgeSoulbound");
    }
    expect(await badge.ownerOf(1)).to.equal(member);
  });

  it("approves nobody", async function () {
    const { badge, member, stranger } = dao;
    expect(await badge.getApproved(1)).to.equal(ZeroAddress);
    expect(await badge.isApprovedForAll(member, stranger)).to.equal(false);
  });

  it("locks every badge", async function () {
    expect(await dao.badge.locked(1)).to.equal(true);
  });

  it("answers for no badge that doesn't exist", async function () {
    const { badge } = dao;
    for (const question of [badge.locked(2), badge.getApproved(2), badge.ownerOf(2), badge.badgeOf(0)]) {
      await expect(question).to.be.revertedWithCustomError(badge, "ERC721NonexistentToken");
    }
    await expect(badge.ownerOf(2)).to.be.revertedWithCustomError(badge, "ERC721NonexistentToken").withArgs(2);
  });

  it("supports the interfaces of ERC-165, 721, 721 metadata, 5192, 4906 and 7572", async function () {
    const { badge } = dao;
    const only = (abi: ConstructorParameters<typeof Interface>[0]) => {
      let combined = 0n;
      new Interface(abi).forEachFunction(({ selector }) => (combined ^= BigInt(selector)));
      return toBeHex(combined, 4);
    };
    expect(only(IERC5192__factory.abi)).to.equal("0xb45a3c0e");
    const supported = [
      "0x01ffc9a7",
      "0x80ac58cd",
      "0x5b5e139f",
      "0xb45a3c0e",
      "0x49064906",
      only(IERC7572__factory.abi),
    ];
    for (const id of supported) expect(await badge.supportsInterface(id), id).to.equal(true);
    // Neither the invalid id nor that of an enumerable ERC-721.
    for (const id of ["0xffffffff", "0x780e9d63"])
      expect(await badge.supportsInterface(id), id).to.equal(false);
  });
});
