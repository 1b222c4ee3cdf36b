import { expect } from "chai";
import { ZeroAddress } from "ethers";
import {
  BadgeRenderer__factory,
  BrandTimelock__factory,
  VoucherVerifier__factory,
} from "../../../typechain-types/index.js";
import { connect, tokens } from "../../helpers/chain.js";
import {
  badgeFactory,
  type DAO,
  kindConfig,
  launchDAO,
  type Overrides,
  prepareLaunch,
} from "../../helpers/dao.js";
import { readXml } from "../../helpers/documents.js";
import { enact, enactLater } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

/** Launches another DAO, and says where its contracts are. */
async function launchAnother(overrides: Overrides) {
  const { factory, launcher, config } = await prepareLaunch(await connect(), overrides);
  const at = await factory.predict(launcher, config.salt, config.handover);
  return { factory, at, launch: () => factory.connect(launcher).launch(config) };
}

describe("A kind's daily limit of points", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  const refused = [
    { what: "below the points of one badge", points: 10n, dailyPointsLimit: 9n },
    { what: "of one point for a badge of many", points: 2n ** 24n - 1n, dailyPointsLimit: 1n },
    { what: "for a kind without points", points: 0n, dailyPointsLimit: 1n },
    { what: "as high as it goes for a kind without points", points: 0n, dailyPointsLimit: 2n ** 32n - 1n },
  ];
  for (const { what, points, dailyPointsLimit } of refused) {
    describe(what, function () {
      it("is refused by addKind", async function () {
        const { asSafe, badge } = dao;
        const call = await badge.addKind.populateTransaction(kindConfig({ points, dailyPointsLimit }));
        await expect(asSafe(call))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidDailyPointsLimit")
          .withArgs(points, dailyPointsLimit);
        expect(await badge.kindCount()).to.equal(3);
      });

      it("is refused by addVotingKind", async function () {
        const { badge, governor } = dao;
        const kind = kindConfig({ points, dailyPointsLimit, votes: tokens(1) });
        const proposal = enactLater(dao, [await badge.addVotingKind.populateTransaction(kind)]);
        await proposal;
        await expect(governor.execute(...proposal.args))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidDailyPointsLimit")
          .withArgs(points, dailyPointsLimit);
      });

      it("is refused at the launch", async function () {
        const { launch } = await launchAnother({
          kinds: [kindConfig(), kindConfig({ points, dailyPointsLimit })],
        });
        await expect(launch())
          .to.be.revertedWithCustomError(dao.badge, "ContributionBadgeInvalidDailyPointsLimit")
          .withArgs(points, dailyPointsLimit);
      });
    });
  }

  for (const [points, dailyPointsLimit] of [
    [10n, 10n],
    [1n, 1n],
    [2n ** 24n - 1n, 2n ** 32n - 1n],
    [0n, 0n],
    [2n ** 24n - 1n, 0n],
  ] as const) {
    it(`can be ${dailyPointsLimit.toString()} for badges of ${points.toString()} points`, async function () {
      const { asSafe, badge } = dao;
      const kind = kindConfig({ points, dailyPointsLimit });
      await expect(asSafe(await badge.addKind.populateTransaction(kind)))
        .to.emit(badge, "KindAdded")
        .withArgs(4, Object.values(kind));
    });
  }
});

describe("What a badge's implementation is made with", function () {
  it("needs code", async function () {
    const { deployer, stranger, badge } = await networkHelpers.loadFixture(launchDAO);
    const implementation = await badgeFactory(deployer);
    for (const nothing of [ZeroAddress, stranger.address]) {
      await expect(implementation.deploy(nothing, badge))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidRenderer")
        .withArgs(nothing);
      await expect(implementation.deploy(badge, nothing))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidVerifier")
        .withArgs(nothing);
    }
  });

  it("is its renderer and its verifier", async function () {
    const { deployer } = await networkHelpers.loadFixture(launchDAO);
    const renderer = await new BadgeRenderer__factory(deployer).deploy(ZeroAddress);
    const verifier = await new VoucherVerifier__factory(deployer).deploy();
    const implementation = await (await badgeFactory(deployer)).deploy(renderer, verifier);
    expect(await implementation.RENDERER()).to.equal(await renderer.getAddress());
    expect(await implementation.VERIFIER()).to.equal(await verifier.getAddress());
  });
});

describe("Xml", function () {
  it("keeps tab, line feed and carriage return, and drops the other control characters", async function () {
    const { deployer, member } = await networkHelpers.loadFixture(launchDAO);
    const renderer = await new BadgeRenderer__factory(deployer).deploy(ZeroAddress);
    for (let code = 0; code < 0x20; code++) {
      const character = String.fromCharCode(code);
      const document = await renderer.card({
        title: "",
        brand: `x${character}y`,
        kindName: `${character}${character}`,
        description: "",
        image: "",
        id: 1,
        account: member,
        kind: 1,
        points: 1,
        votes: 0,
        votesWithheld: 0,
        awardedAt: 0,
        season: 1,
        language: 0,
      });
      const kept = ["\t", "\n", "\r"].includes(character) ? character : "";
      expect(readXml(document).slice(0, 2), `character ${code}`).to.deep.equal(
        // An element without a text has none to read.
        kept === "" ? ["xy", "#1　·　1970-01-01"] : [`x${kept}y`, `${kept}${kept}`],
      );
    }
  });
});

describe("The texts of a token", function () {
  const refused = [
    { what: "no name", token: { name: "" }, args: [0, 64] },
    { what: "a name of 65 bytes", token: { name: "n".repeat(65) }, args: [65, 64] },
    { what: "a name of 22 characters in 66 bytes", token: { name: "共".repeat(22) }, args: [66, 64] },
    { what: "no symbol", token: { symbol: "" }, args: [0, 11] },
    { what: "a symbol of 12 bytes", token: { symbol: "S".repeat(12) }, args: [12, 11] },
  ];
  for (const { what, token, args } of refused) {
    it(`can't be ${what}`, async function () {
      const dao = await networkHelpers.loadFixture(launchDAO);
      const { launch } = await launchAnother({ token });
      await expect(launch())
        .to.be.revertedWithCustomError(dao.token, "BrandTokenInvalidText")
        .withArgs(...args);
    });
  }

  for (const [name, symbol] of [
    ["n", "S"],
    ["n".repeat(64), "S".repeat(11)],
    [`${"共".repeat(21)}n`, "共共共SS"],
  ] as const) {
    it(`can have ${Buffer.byteLength(name)} and ${Buffer.byteLength(symbol)} bytes, as "${name.slice(0, 3)}" and "${symbol}"`, async function () {
      const { launch, at } = await launchAnother({ token: { name, symbol } });
      await launch();
      const token = await ethers.getContractAt("BrandToken", at.token);
      expect([await token.name(), await token.symbol()]).to.deep.equal([name, symbol]);
    });
  }
});

describe("What a timelock says of itself", function () {
  it("supports IAccessControl, and not what nothing supports", async function () {
    const { timelock } = await networkHelpers.loadFixture(launchDAO);
    expect(await timelock.supportsInterface("0x7965db0b")).to.equal(true);
    expect(await timelock.supportsInterface("0xffffffff")).to.equal(false);
  });

  it("announces none at a launch without a document", async function () {
    const { launcher } = await networkHelpers.loadFixture(launchDAO);
    const { launch, at } = await launchAnother({ governance: { daoURI: "" } });
    const timelock = BrandTimelock__factory.connect(at.timelock, launcher);
    await expect(launch()).not.to.emit(timelock, "DAOURIUpdate");
    expect(await timelock.daoURI()).to.match(/^data:application\/json;base64,/);
  });

  it("announces the one of a launch", async function () {
    const { launcher } = await networkHelpers.loadFixture(launchDAO);
    const { launch, at } = await launchAnother({ governance: { daoURI: "https://example.org/dao" } });
    const timelock = BrandTimelock__factory.connect(at.timelock, launcher);
    await expect(launch()).to.emit(timelock, "DAOURIUpdate").withArgs(at.timelock, "https://example.org/dao");
    expect(await timelock.daoURI()).to.equal("https://example.org/dao");
  });

  it("announces the way back to the derived document too, which a proposal takes", async function () {
    const dao = await networkHelpers.loadFixture(launchDAO);
    const { timelock, governor, at } = dao;
    await enact(dao, [await timelock.setDaoURI.populateTransaction("https://example.org/dao")], "# There");
    const proposal = enactLater(dao, [await timelock.setDaoURI.populateTransaction("")], "# Back");
    await proposal;
    await expect(governor.execute(...proposal.args))
      .to.emit(timelock, "DAOURIUpdate")
      .withArgs(at.timelock, "");
  });
});
