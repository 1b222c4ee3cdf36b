import { expect } from "chai";
import {
  IdeaBoard__factory,
  MembershipPass__factory,
  ModuleFactory__factory,
} from "../../../typechain-types/index.js";
import { connect, type Connection } from "../../helpers/chain.js";
import { launchDAO } from "../../helpers/dao.js";
import { deployModuleFactory } from "../../helpers/factory.js";

const { ethers, networkHelpers } = await connect();

async function launchWithout(connection: Connection) {
  const dao = await launchDAO(connection);
  return { dao, modules: await deployModuleFactory(dao.stranger) };
}

describe("ModuleFactory", function () {
  it("gives a DAO a board and a pass, where it predicted them, whoever calls", async function () {
    const { dao, modules } = await networkHelpers.loadFixture(launchWithout);
    const { at, badge, stranger } = dao;
    const predicted = await modules.predict(badge);
    expect(await modules.predictWith(at.badge, at.token, at.timelock)).to.deep.equal(predicted);
    const [board, pass] = predicted;
    expect(await modules.connect(stranger).deployBoard.staticCall(badge)).to.equal(board);
    await expect(modules.connect(stranger).deployBoard(badge))
      .to.emit(modules, "BoardDeployed")
      .withArgs(badge, board);
    await expect(modules.connect(stranger).deployPass(badge))
      .to.emit(modules, "PassDeployed")
      .withArgs(badge, pass);
    for (const module of [
      IdeaBoard__factory.connect(board, stranger),
      MembershipPass__factory.connect(pass, stranger),
    ]) {
      expect([
        await module.badge(),
        await module.token(),
        await module.treasury(),
        await module.authority(),
      ]).to.deep.equal([at.badge, at.token, at.timelock, at.manager]);
    }
  });

  it("finds what is there when it is asked again", async function () {
    const { dao, modules } = await networkHelpers.loadFixture(launchWithout);
    const [board, pass] = await modules.predict(dao.badge);
    await modules.deployBoard(dao.badge);
    await modules.deployPass(dao.badge);
    expect(await modules.deployBoard.staticCall(dao.badge)).to.equal(board);
    expect(await modules.deployPass.staticCall(dao.badge)).to.equal(pass);
    await expect(modules.deployBoard(dao.badge)).not.to.emit(modules, "BoardDeployed");
    await expect(modules.deployPass(dao.badge)).not.to.emit(modules, "PassDeployed");
  });

  it("takes no badge that isn't set up", async function () {
    const { dao, modules } = await networkHelpers.loadFixture(launchWithout);
    await expect(modules.deployBoard(dao.stranger)).to.be.revert(ethers);
    await expect(modules.deployPass(dao.stranger)).to.be.revert(ethers);
  });

  it("tells what the modules are clones of, and takes nothing without code for it", async function () {
    const { dao, modules } = await networkHelpers.loadFixture(launchWithout);
    const [board, pass] = await modules.implementations();
    const factory = new ModuleFactory__factory(dao.stranger);
    for (const [first, second] of [
      [dao.stranger.address, pass],
      [board, dao.stranger.address],
    ] as const) {
      await expect(factory.deploy(first, second))
        .to.be.revertedWithCustomError(modules, "ModuleFactoryInvalidImplementation")
        .withArgs(dao.stranger);
    }
  });

  it("leaves implementations that belong to no DAO, and can do nothing to any", async function () {
    const { dao, modules } = await networkHelpers.loadFixture(launchWithout);
    const [board, pass] = await modules.implementations();
    const terms = { kind: 0, royaltyBps: 0, colour: 0, language: 0 };
    await expect(MembershipPass__factory.connect(pass, dao.stranger).setTerms(terms)).to.be.revert(ethers);
    await expect(IdeaBoard__factory.connect(board, dao.stranger).adopt(1)).to.be.revert(ethers);
  });
});
