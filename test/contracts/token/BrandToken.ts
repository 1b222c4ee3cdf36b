import { expect } from "chai";
import { ContractFactory, MaxUint256, Signature, ZeroAddress } from "ethers";
import erc1967Proxy from "@openzeppelin/contracts/build/contracts/ERC1967Proxy.json" with { type: "json" };
import { BrandToken__factory } from "../../../typechain-types/index.js";
import { connect, type Connection, DAY, HOUR, now, tokens } from "../../helpers/chain.js";
import { cloneOf, type DAO, launchDAO, prepareLaunch, ROLE } from "../../helpers/dao.js";
import { enact, enactLater } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

/** A DAO whose `other` was given the roles to mint and to change limits, so that tests can choose the second. */
async function launchWithOfficer(connection: Connection) {
  const dao = await launchDAO(connection);
  const { manager, other } = dao;
  await enact(dao, [
    await manager.grantRole.populateTransaction(ROLE.MINTER, other, 0),
    await manager.grantRole.populateTransaction(ROLE.ADMIN, other, 0),
  ]);
  return { ...dao, token: dao.token.connect(other) };
}

describe("BrandToken", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  describe("initialize", function () {
    it("names the token and mints the allocations, the treasury's for the zero address", async function () {
      const { token, at, holders, config } = dao;
      expect(await token.name()).to.equal("ブランド共創コミュニティ");
      expect(await token.symbol()).to.equal("KYO");
      expect(await token.decimals()).to.equal(18);
      expect(await token.totalSupply()).to.equal(tokens(4_600_000));
      expect(await token.balanceOf(at.timelock)).to.equal(tokens(4_000_000));
      expect(await token.balanceOf(holders[0])).to.equal(tokens(300_000));
      expect(await token.cap()).to.equal(tokens(config.token.capTokens));
      expect(await token.treasury()).to.equal(at.timelock);
      expect(await token.authority()).to.equal(at.manager);
      expect(await token.circulatingSupply()).to.equal(tokens(600_000));
    });

    it("doesn't count allocations against the mint limit", async function () {
      const { token, config } = dao;
      expect(await token.mintLimit()).to.deep.equal([
        Object.values(config.token.mintLimit),
        config.token.mintLimit.amount,
      ]);
    });

    const refusals = [
      {
        what: "a cap of zero",
        token: { capTokens: 0n },
        error: "BrandTokenInvalidCap",
        args: [],
      },
      {
        what: "a cap with which all votes might not fit into 96 bits",
        token: { capTokens: 63_382_530_012n },
        error: "BrandTokenInvalidCap",
        args: [],
      },
      {
        what: "a mint window under an hour",
        token: { mintLimit: { amount: 1n, window: HOUR - 1n } },
        error: "BrandTokenInvalidWindow",
        args: [HOUR - 1n],
      },
      {
        what: "a mint window over five years",
        token: { mintLimit: { amount: 1n, window: 1825n * DAY + 1n } },
        error: "BrandTokenInvalidWindow",
        args: [1825n * DAY + 1n],
      },
      {
        what: "a contribution window under an hour",
        token: { contributionLimit: { amount: 1n, window: HOUR - 1n } },
        error: "BrandTokenInvalidWindow",
        args: [HOUR - 1n],
      },
      {
        what: "a contribution window over five years",
        token: { contributionLimit: { amount: 1n, window: 1825n * DAY + 1n } },
        error: "BrandTokenInvalidWindow",
        args: [1825n * DAY + 1n],
      },
      {
        what: "a contribution share over a quarter",
        token: { contributionShareBps: 2_501n },
        error: "BrandTokenInvalidShare",
        args: [2_501n, 2_500n],
      },
      {
        what: "allocations above the cap",
        token: { capTokens: 4_599_999n },
        error: "ERC20ExceededSafeSupply",
        args: [tokens(4_600_000), tokens(4_599_999)],
      },
    ];

    for (const { what, token, error, args } of refusals) {
      it(`refuses ${what}`, async function () {
        const { factory, launcher, config } = await prepareLaunch(dao.connection, { token });
        await expect(factory.connect(launcher).launch(config))
          .to.be.revertedWithCustomError(dao.token, error)
          .withArgs(...args);
      });
    }

    it("takes the bounds themselves", async function () {
      const { factory, launcher, config } = await prepareLaunch(dao.connection, {
        token: {
          capTokens: 4_600_000n,
          contributionShareBps: 2_500n,
          mintLimit: { amount: 0n, window: HOUR },
          contributionLimit: { amount: 0n, window: 1825n * DAY },
        },
        governance: { quorumBps: 2_500n },
      });
      await expect(factory.connect(launcher).launch(config)).to.emit(factory, "DAOLaunched");
      const longest = { ...config.token, mintLimit: { amount: 0n, window: 1825n * DAY } };
      const other = { ...config, salt: ethers.id("longest"), token: longest };
      await expect(factory.connect(launcher).launch(other)).to.emit(factory, "DAOLaunched");
    });

    it("refuses to be without a treasury", async function () {
      const { factory, deployer, at, config } = dao;
      const { token: implementation } = await factory.implementations();
      const token = BrandToken__factory.connect(await cloneOf(implementation, deployer), deployer);
      await expect(
        token.initialize({ ...config.token, authority: at.manager }),
      ).to.be.revertedWithCustomError(token, "BrandTokenInvalidTreasury");
    });

    it("refuses a treasury that isn't there, as the code of a proxy of another kind would name one", async function () {
      const { factory, deployer, at, config, token } = dao;
      const { token: implementation } = await factory.implementations();
      const proxies = new ContractFactory(erc1967Proxy.abi, erc1967Proxy.bytecode, deployer);
      const proxy = await proxies.deploy(implementation, token.interface.encodeFunctionData("decimals"));
      const foreign = BrandToken__factory.connect(await proxy.getAddress(), deployer);
      expect(await foreign.treasury()).not.to.equal(ZeroAddress);
      await expect(
        foreign.initialize({ ...config.token, authority: at.manager }),
      ).to.be.revertedWithCustomError(token, "BrandTokenInvalidTreasury");
    });
  });

  describe("mint", function () {
    it("is done by a passed proposal", async function () {
      const { token, stranger } = dao;
      const proposal = enactLater(dao, [await token.mint.populateTransaction(stranger, tokens(5))]);
      await proposal;
      await expect(dao.governor.execute(...proposal.args)).to.changeTokenBalance(
        ethers,
        token,
        stranger,
        tokens(5),
      );
      expect(await token.totalSupply()).to.equal(tokens(4_600_005));
      expect(await token.getVotes(stranger)).to.equal(tokens(5));
    });

    it("refuses more than the limit, and says what is available", async function () {
      const { token, stranger } = await networkHelpers.loadFixture(launchWithOfficer);
      await token.mint(stranger, tokens(60_000));
      await expect(token.mint(stranger, tokens(40_000) + 1n))
        .to.be.revertedWithCustomError(token, "BrandTokenMintLimited")
        .withArgs(tokens(40_000) + 1n, tokens(40_000));
      await token.mint(stranger, tokens(40_000));
      expect((await token.mintLimit()).available).to.equal(0);
    });

    it("frees what was minted exactly one window ago, and nothing before", async function () {
      const { connection, token, stranger, config } = await networkHelpers.loadFixture(launchWithOfficer);
      const { window } = config.token.mintLimit;
      const first = (await now(connection)) + 10n;
      await networkHelpers.time.setNextBlockTimestamp(first);
      await token.mint(stranger, tokens(30_000));
      await networkHelpers.time.setNextBlockTimestamp(first + DAY);
      await token.mint(stranger, tokens(70_000));

      await networkHelpers.time.increaseTo(first + window - 1n);
      expect((await token.mintLimit()).available).to.equal(0);
      await networkHelpers.time.increaseTo(first + window);
      expect((await token.mintLimit()).available).to.equal(tokens(30_000));
      await networkHelpers.time.increaseTo(first + window + DAY);
      expect((await token.mintLimit()).available).to.equal(tokens(100_000));
    });

    it("never passes the cap, however high the limit", async function () {
      const { token, stranger } = await networkHelpers.loadFixture(launchWithOfficer);
      await token.setMintLimit({ amount: tokens(20_000_000), window: HOUR });
      await expect(token.mint(stranger, tokens(5_400_000) + 1n))
        .to.be.revertedWithCustomError(token, "ERC20ExceededSafeSupply")
        .withArgs(tokens(10_000_000) + 1n, tokens(10_000_000));
      await token.mint(stranger, tokens(5_400_000));
      expect(await token.totalSupply()).to.equal(await token.cap());
    });
  });

  describe("setMintLimit", function () {
    it("emits, and counts what was minted against the new limit", async function () {
      const { token, stranger } = await networkHelpers.loadFixture(launchWithOfficer);
      await token.mint(stranger, tokens(60_000));
      await expect(token.setMintLimit({ amount: tokens(50_000), window: DAY }))
        .to.emit(token, "MintLimitSet")
        .withArgs(tokens(50_000), DAY);
      expect(await token.mintLimit()).to.deep.equal([[tokens(50_000), DAY], 0n]);
      await expect(token.mint(stranger, 1))
        .to.be.revertedWithCustomError(token, "BrandTokenMintLimited")
        .withArgs(1, 0);
      await networkHelpers.time.increase(DAY);
      expect((await token.mintLimit()).available).to.equal(tokens(50_000));
    });

    it("refuses a window out of bounds", async function () {
      const { token } = await networkHelpers.loadFixture(launchWithOfficer);
      for (const window of [0n, HOUR - 1n, 1825n * DAY + 1n]) {
        await expect(token.setMintLimit({ amount: 1, window }))
          .to.be.revertedWithCustomError(token, "BrandTokenInvalidWindow")
          .withArgs(window);
      }
    });
  });

  describe("burn", function () {
    it("takes the holder's tokens and votes, and lets the cap be reached again", async function () {
      const { token, holders } = dao;
      const [alice] = holders;
      await token.connect(alice).burn(tokens(100_000));
      expect(await token.getVotes(alice)).to.equal(tokens(200_000));
      expect(await token.totalSupply()).to.equal(tokens(4_500_000));
      expect(await token.circulatingSupply()).to.equal(tokens(500_000));
    });
  });

  describe("clock", function () {
    it("counts in timestamps", async function () {
      expect(await dao.token.CLOCK_MODE()).to.equal("mode=timestamp");
      expect(await dao.token.clock()).to.equal(await now(dao.connection));
    });
  });

  describe("permit", function () {
    it("approves by a signature over the token's name and version 1", async function () {
      const { token, holders, stranger } = dao;
      const [alice] = holders;
      const domain = {
        name: "ブランド共創コミュニティ",
        version: "1",
        chainId: (await ethers.provider.getNetwork()).chainId,
        verifyingContract: dao.at.token,
      };
      const types = {
        Permit: [
          { name: "owner", type: "address" },
          { name: "spender", type: "address" },
          { name: "value", type: "uint256" },
          { name: "nonce", type: "uint256" },
          { name: "deadline", type: "uint256" },
        ],
      };
      const permit = {
        owner: alice.address,
        spender: stranger.address,
        value: 7n,
        nonce: 0n,
        deadline: MaxUint256,
      };
      const { v, r, s } = Signature.from(await alice.signTypedData(domain, types, permit));
      await token.permit(alice, stranger, 7n, MaxUint256, v, r, s);
      expect(await token.allowance(alice, stranger)).to.equal(7n);
      expect(await token.nonces(alice)).to.equal(1);
      expect(await token.eip712Domain()).to.deep.equal([
        "0x0f",
        domain.name,
        "1",
        domain.chainId,
        dao.at.token,
        ethers.ZeroHash,
        [],
      ]);
    });
  });
});
