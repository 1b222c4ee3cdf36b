import { expect } from "chai";
import { ZeroHash } from "ethers";
import { launchConfig, launchTerms } from "../../../sdk/launch/config.js";
import { treasuryPrice } from "../../../sdk/launch/price.js";
import { loadBrandFile } from "../../../sdk/node/config/load.js";
import {
  BrandGovernor__factory,
  BrandToken__factory,
  ContributionBadge__factory,
} from "../../../typechain-types/index.js";
import { type Call, connect, type Connection, now, type Signer, tokens } from "../../helpers/chain.js";
import { deployFactory, people } from "../../helpers/dao.js";
import { Proposal, STATE } from "../../helpers/proposal.js";
import { createSafe, execAsSafe } from "../../helpers/safe.js";

const { ethers, networkHelpers } = await connect();

/** The kind of the example that carries 500 votes, and how many of its badges are friends'. */
const VOTING_KIND = 3n;
const BADGES = 40;

/** What the treasury has, and what the old settings let a proposal mint. */
const TREASURY = tokens(50_000);
const MINTABLE = tokens(200_000);

/**
 * The example's DAO. `thief` bought `bought` tokens from one of its holders, and has the 20,000 votes that can be earned at most:
 * from friends among those who award badges.
 */
async function launchExample(connection: Connection, bought: bigint, old: boolean) {
  const { deployer, launcher, owners } = await people(connection);
  const factory = await deployFactory(connection);
  const safe = await createSafe(connection, deployer, owners, 2);
  const brand = await loadBrandFile("brands/sakura-coffee.yaml");
  const sensible = launchConfig(brand, safe.address, launchTerms(brand, Number(await now(connection))));
  const config = old
    ? {
        ...sensible,
        token: { ...sensible.token, mintLimit: { ...sensible.token.mintLimit, amount: MINTABLE } },
        governance: { ...sensible.governance, quorumFloor: tokens(50_000) },
      }
    : sensible;
  const dao = await factory.predict(launcher, config.salt, config.handover);
  await factory.connect(launcher).launch(config);
  const token = BrandToken__factory.connect(dao.token, launcher);
  const governor = BrandGovernor__factory.connect(dao.governor, launcher);
  const badge = ContributionBadge__factory.connect(dao.badge, launcher);

  const thief = await signerAt(19);
  const seller = await ethers.getSigner(brand.token.allocations[1]?.to ?? "");
  await token.connect(seller).transfer(thief, bought);
  const friends = Array.from({ length: BADGES }, () => thief.address);
  const hashes = friends.map(() => ZeroHash);
  await execAsSafe(
    safe,
    owners,
    await badge.awardBatch.populateTransaction(VOTING_KIND, friends, hashes, ""),
  );
  expect(await token.contributionVotes(thief)).to.equal(tokens(20_000));
  expect(await token.balanceOf(dao.timelock)).to.equal(TREASURY);
  return { brand, governor, thief, token };
}

async function signerAt(index: number): Promise<Signer> {
  const signer = (await ethers.getSigners())[index];
  if (signer === undefined) throw new Error("the chain has too few accounts");
  return signer;
}

const launchAsBefore = (connection: Connection) => launchExample(connection, tokens(30_000), true);
/** One unit less than what has to be bought now. */
const launchNow = (connection: Connection) => launchExample(connection, tokens(60_000) - 1n, false);

/** What takes the treasury, and mints `minted`. */
async function theftOf(
  { thief, token }: Awaited<ReturnType<typeof launchExample>>,
  minted: bigint,
): Promise<Call[]> {
  return [
    await token.transfer.populateTransaction(thief, TREASURY),
    await token.mint.populateTransaction(thief, minted),
  ];
}

describe("Attack: buying a treasury for less than it holds, with the votes that friends have earned", function () {
  it("worked with a floor of what the treasury holds: 30,000 bought tokens took 50,000, and minted 200,000", async function () {
    const dao = await networkHelpers.loadFixture(launchAsBefore);
    const { governor, thief, token } = dao;
    const theft = new Proposal(governor, await theftOf(dao, MINTABLE));
    await theft
      .propose(thief)
      .vote({ for: [thief] })
      .pass();
    expect(await theft.state()).to.equal(STATE.Succeeded);
    await theft.queue().execute();
    expect(await token.balanceOf(thief)).to.equal(tokens(30_000) + TREASURY + MINTABLE);
  });

  it("fails with the example as it is: who has bought less than there is to take doesn't reach the quorum", async function () {
    const dao = await networkHelpers.loadFixture(launchNow);
    const { brand, governor, thief, token } = dao;
    const { price, earned, treasury, mintable } = treasuryPrice(brand);
    expect(await token.getVotes(thief)).to.equal(price + earned - 1n);
    expect(price).to.equal(treasury + mintable);
    const theft = new Proposal(governor, await theftOf(dao, mintable));
    await theft
      .propose(thief)
      .vote({ for: [thief] })
      .pass();
    expect(await theft.state()).to.equal(STATE.Defeated);
  });
});
