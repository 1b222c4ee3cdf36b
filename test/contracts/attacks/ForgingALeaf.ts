import { expect } from "chai";
import { concat, encodeBytes32String, keccak256, Wallet, ZeroAddress } from "ethers";
import { connect, type Connection, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import {
  Campaign,
  dropDomain,
  fundCampaign,
  hashPair,
  type Leaf,
  leafPreimage,
  numbered,
  openCampaign,
  termsOf,
} from "../../helpers/drop.js";

const { ethers, networkHelpers } = await connect();

interface Opened extends DAO {
  campaign: Campaign;
}

/** Five leaves, the first for the thief: enough for inner nodes on three levels. */
const leavesOf = ({ stranger, member, other }: DAO) => [
  { claimant: stranger.address, amount: tokens(1), kind: KIND.BUG },
  { claimant: member.address, amount: tokens(10) },
  { claimant: other.address, amount: tokens(10) },
  { claimant: member.address, amount: tokens(10) },
  { claimant: other.address, amount: tokens(10) },
];

async function launchWithCampaign(connection: Connection): Promise<Opened> {
  const dao = await launchDAO(connection);
  return { ...dao, campaign: await openCampaign(dao, leavesOf(dao), { funding: tokens(100) }) };
}

async function launchTwo(connection: Connection): Promise<{ mine: Opened; foreign: DAO }> {
  const foreign = await launchDAO(connection, { salt: encodeBytes32String("another") });
  return { mine: await launchWithCampaign(connection), foreign };
}

describe("Attack: a leaf that isn't in the tree, or is another's", function () {
  let dao: Opened;
  let campaign: Campaign;
  let chainId: bigint;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithCampaign);
    ({ campaign } = dao);
    ({ chainId } = await ethers.provider.getNetwork());
  });

  async function expectInvalid(leaf: Leaf, proof: string[], account = leaf.claimant): Promise<void> {
    const { drop, stranger } = dao;
    const { name } = campaign;
    await expect(drop.connect(stranger).claim(name, leaf, proof, account, ZeroAddress, "0x"))
      .to.be.revertedWithCustomError(drop, "LoyaltyDropInvalidProof")
      .withArgs(name, leaf.index);
    expect(await drop.isClaimed(name, leaf.index)).to.equal(false);
  }

  it("fails with more tokens, another kind or other evidence in a leaf of one's own", async function () {
    const { stranger } = dao;
    const own = campaign.leaf(0);
    const proof = campaign.tree.proof(0);
    await expectInvalid({ ...own, amount: own.amount + 1n }, proof);
    await expectInvalid({ ...own, kind: KIND.AMBASSADOR }, proof);
    await expectInvalid({ ...own, evidence: encodeBytes32String("another") }, proof);
    await expectInvalid({ ...own, index: 5n }, proof);
    await expectInvalid({ ...own, byKey: true }, proof, stranger.address);
  });

  it("fails with another's leaf made out to oneself, whatever proof comes with it", async function () {
    const { stranger } = dao;
    const forged = { ...campaign.leaf(1), claimant: stranger.address };
    for (const position of campaign.leaves.keys()) await expectInvalid(forged, campaign.tree.proof(position));
    await expectInvalid(forged, []);
    await expectInvalid(forged, [campaign.tree.root]);
  });

  it("fails with another's leaf as it is, paid to oneself", async function () {
    const { drop, stranger, member } = dao;
    await expect(campaign.claim(stranger, 1, { account: stranger, signer: stranger }))
      .to.be.revertedWithCustomError(drop, "ClaimantMismatch")
      .withArgs(member, stranger);
  });

  it("fails with a proof that starts at an inner node, a level too high", async function () {
    for (const [position, leaf] of campaign.leaves.entries()) {
      const proof = campaign.tree.proof(position);
      for (let from = 1; from <= proof.length; from++) await expectInvalid(leaf, proof.slice(from));
      await expectInvalid(leaf, [...proof, campaign.tree.root]);
    }
  });

  it("fails with an inner node's two children as a leaf: a leaf isn't 64 bytes, and is hashed twice", async function () {
    const { drop, stranger } = dao;
    const [[left, right] = []] = campaign.tree.levels;
    const parent = campaign.tree.levels[1]?.[0];
    if (left === undefined || right === undefined) throw new Error("the tree is too small");
    expect(hashPair(left, right)).to.equal(parent);
    // The rest of its path would prove it, if the two children could be passed in place of a leaf.
    const [, ...rest] = campaign.tree.proof(0);
    const { data } = await drop.claim.populateTransaction(
      campaign.name,
      campaign.leaf(0),
      rest,
      stranger,
      ZeroAddress,
      "0x",
    );
    // The first two words of the leaf are its index and its claimant, who is no address then.
    const spliced = concat([ethers.dataSlice(data, 0, 4 + 32), left, right, ethers.dataSlice(data, 4 + 96)]);
    await expect(stranger.sendTransaction({ to: drop, data: spliced })).to.be.revertedWithoutReason(ethers);

    // With what fits into an address it is a leaf, of another hash than the node's.
    const index = BigInt(left);
    const claimant = ethers.getAddress(ethers.dataSlice(right, 12));
    await expectInvalid({ ...campaign.leaf(0), index, claimant }, rest);
  });

  it("fails in a tree whose leaves are hashed once, as nodes are: a leaf is hashed twice", async function () {
    const { asSafe, at, drop, stranger } = dao;
    const name = encodeBytes32String("once");
    const [leaf, other] = [campaign.leaf(0), campaign.leaf(1)];
    const [once, sibling] = [leaf, other].map((each) => leafPreimage(chainId, at.drop, name, each)) as [
      string,
      string,
    ];
    expect(await drop.leafHash(name, leaf)).to.equal(keccak256(once));
    const terms = { ...(await termsOf(dao, campaign)), root: hashPair(once, sibling) };
    await asSafe(await drop.open.populateTransaction(name, terms));
    for (const proof of [[sibling], [keccak256(sibling)]]) {
      await expect(drop.connect(stranger).claim(name, leaf, proof, stranger, ZeroAddress, "0x"))
        .to.be.revertedWithCustomError(drop, "LoyaltyDropInvalidProof")
        .withArgs(name, leaf.index);
    }
  });

  it("fails in another campaign, also one with the same root", async function () {
    const { asSafe, drop, member } = dao;
    const copy = encodeBytes32String("copy");
    await asSafe(await drop.open.populateTransaction(copy, await termsOf(dao, campaign)));
    const [, leaf, proof, account] = await campaign.args(1);
    await expect(drop.connect(member).claim(copy, leaf, proof, account, ZeroAddress, "0x"))
      .to.be.revertedWithCustomError(drop, "LoyaltyDropInvalidProof")
      .withArgs(copy, leaf.index);
  });
});

describe("Attack: a claim repeated on another DAO or another chain", function () {
  let mine: Opened;
  let foreign: DAO;

  beforeEach(async function () {
    ({ mine, foreign } = await networkHelpers.loadFixture(launchTwo));
  });

  async function openWithRoot(dao: DAO, campaign: Campaign): Promise<void> {
    await dao.asSafe(await dao.drop.open.populateTransaction(campaign.name, await termsOf(dao, campaign)));
    await fundCampaign(dao, campaign, tokens(100));
  }

  it("fails on a drop that has a campaign of the same name and root", async function () {
    const { campaign, member } = mine;
    await openWithRoot(foreign, campaign);
    const args = await campaign.args(1);
    await expect(foreign.drop.connect(member).claim(...args))
      .to.be.revertedWithCustomError(foreign.drop, "LoyaltyDropInvalidProof")
      .withArgs(campaign.name, 1);
    await mine.drop.connect(member).claim(...args);
  });

  it("fails with leaves of another chain", async function () {
    const { drop, member } = mine;
    const domain = { ...(await dropDomain(drop)), chainId: 1n };
    const campaign = new Campaign(drop, domain, "another chain", numbered(leavesOf(mine)));
    await openWithRoot(mine, campaign);
    await expect(campaign.claim(member, 1))
      .to.be.revertedWithCustomError(drop, "LoyaltyDropInvalidProof")
      .withArgs(campaign.name, 1);
  });

  it("fails with what a claim key signed for another drop, chain, campaign or leaf", async function () {
    const { drop, member, stranger } = mine;
    const key = Wallet.createRandom();
    const leaves = [
      { claimant: key.address, byKey: true, amount: tokens(1) },
      { claimant: key.address, byKey: true, amount: tokens(2) },
    ];
    const campaign = await openCampaign(mine, leaves, { name: "one", funding: tokens(10) });
    const second = await openCampaign(mine, leaves, { name: "two" });
    const [name, leaf, proof] = await campaign.args(0);
    const to = member.address;
    for (const signature of [
      await campaign.sign(key, 0n, to, ZeroAddress, { verifyingContract: foreign.at.drop }),
      await campaign.sign(key, 0n, to, ZeroAddress, { chainId: 1n }),
      await campaign.sign(key, 0n, to, ZeroAddress, { version: "2" }),
      await campaign.sign(key, 0n, to, ZeroAddress, { name: "ContributionBadge" }),
      await campaign.sign(key, 1n, to, ZeroAddress),
      await second.sign(key, 0n, to, ZeroAddress),
    ]) {
      await expect(drop.connect(stranger).claim(name, leaf, proof, to, ZeroAddress, signature))
        .to.be.revertedWithCustomError(drop, "ClaimantInvalidSignature")
        .withArgs(key.address);
    }
    const right = await campaign.sign(key, 0n, to, ZeroAddress);
    await expect(drop.connect(stranger).claim(name, leaf, proof, to, ZeroAddress, right)).to.emit(
      drop,
      "Claimed",
    );
  });
});
