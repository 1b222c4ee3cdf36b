import { expect } from "chai";
import { HDNodeWallet, id, Mnemonic } from "ethers";
import { connect, type Connection, gasOf, type Signer, tokens } from "../../helpers/chain.js";
import { ROLE } from "../../helpers/dao.js";
import {
  type CallTerms,
  callTerms,
  COUNTING,
  endCall,
  ideaId,
  IPFS_URI,
  launchWithStewardedModules,
  makeMembers,
  openSupport,
  signSupport,
  submitIdea,
} from "../../helpers/modules.js";
import { enact } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const TITLE = "ほうじ茶と柚子のブレンド";
const CROWD = 50;
const IDEAS = 9;
const GAS_PER_SUPPORT = 2_000_000n;

/** A steward that is a plain account, and fifty people whose keys are known, with tokens and a badge of long ago. */
async function launchWithCrowd(connection: Connection) {
  const dao = await launchWithStewardedModules(connection);
  const { manager, token, holders, member, other } = dao;
  const mnemonic = Mnemonic.fromEntropy(new Uint8Array(16));
  const root = HDNodeWallet.fromMnemonic(mnemonic, "m/9");
  const crowd = Array.from({ length: CROWD }, (_, index) => root.deriveChild(index));
  for (const { address } of [member, ...crowd])
    await token.connect(holders[0]).transfer(address, tokens(1_000));
  await makeMembers(dao, ...holders, member, ...crowd.map(({ address }) => address));
  await enact(dao, [await manager.grantRole.populateTransaction(ROLE.STEWARD, other, 0)]);
  return { ...dao, crowd, steward: other };
}

/** Limits of gas, which hold for what is deployed, and not for contracts that count their lines. */
describe("What ideas cost", function () {
  let dao: Awaited<ReturnType<typeof launchWithCrowd>>;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithCrowd);
  });

  const open = (terms: Partial<CallTerms> = {}) => dao.board.connect(dao.steward).open(callTerms(terms));

  const all = () => Array.from({ length: IDEAS }, (_, index) => ideaId(1n, index));

  /** A call in which support is taken; all of its ideas have some already, and all places of leaders are taken. */
  async function openWithSupport(terms: Partial<CallTerms> = {}): Promise<void> {
    const { board, crowd, holders } = dao;
    await open(terms);
    for (let index = 0; index < IDEAS; index++) await submitIdea(dao, 1n, holders[index % 3] ?? holders[0]);
    await openSupport(dao, 1n);
    const [first] = crowd;
    if (first === undefined) throw new Error("there is nobody");
    await board.relay([await signSupport(board, first, all())], GAS_PER_SUPPORT);
  }

  it("opening a call: 180,000", async function () {
    await open();
    expect(await gasOf(open())).to.be.at.most(180_000n);
  });

  it("submitting an idea, a member's first in a call and a later one: 96,000 and 80,000", async function () {
    const { board, holders } = dao;
    await open();
    await submitIdea(dao, 1n, holders[0]);
    const submit = (by: Signer) => gasOf(board.connect(by).submit(1, TITLE, IPFS_URI, id("text")));
    expect(await submit(holders[1])).to.be.at.most(96_000n);
    expect(await submit(holders[1])).to.be.at.most(80_000n);
  });

  for (const [winners, first, next] of [
    [3n, 85_000n, 55_000n],
    [6n, 93_000n, 60_000n],
  ] as const) {
    for (const counting of ["weight", "voice"] as const) {
      it(`supporting the last idea, which rises, by ${counting}, with ${winners} winners: ${first} and ${next}`, async function () {
        const { board, member } = dao;
        await openWithSupport({ winners, counting: COUNTING[counting] });
        const support = (index: number) => gasOf(board.connect(member).support([ideaId(1n, index)]));
        expect(await support(8)).to.be.at.most(first);
        expect(await support(7)).to.be.at.most(next);
        expect(await support(0)).to.be.at.most(next);
      });
    }
  }

  for (const [count, limit] of [
    [1, 55_000n],
    [3, 61_000n],
  ] as const) {
    it(`relaying the support of ${CROWD}, who support ${count}: ${limit} each`, async function () {
      const { board, crowd, holders } = dao;
      await open();
      for (let index = 0; index < IDEAS; index++) await submitIdea(dao, 1n, holders[index % 3] ?? holders[0]);
      await openSupport(dao, 1n);
      const chosen = (of: number) => Array.from({ length: count }, (_, at) => ideaId(1n, (of + at) % IDEAS));
      const signed = await Promise.all(crowd.map((one, index) => signSupport(board, one, chosen(index))));
      expect((await gasOf(board.relay(signed, 200_000n))) / BigInt(CROWD)).to.be.at.most(limit);
    });
  }

  it("adopting an idea, and shipping it with a badge: 62,000 and 130,000", async function () {
    const { board, steward } = dao;
    await openWithSupport();
    await endCall(dao, 1n);
    expect(await gasOf(board.connect(steward).adopt(ideaId(1n, 0)))).to.be.at.most(62_000n);
    expect(await gasOf(board.connect(steward).ship(ideaId(1n, 0), id("evidence"), IPFS_URI))).to.be.at.most(
      130_000n,
    );
  });

  it("deploying a board and a pass for a DAO that began without: 90,000 each", async function () {
    const { badge, modules, connection } = dao;
    await connection.networkHelpers.mine();
    // Those of this DAO are there already: it costs what finding them does.
    expect(await gasOf(modules.deployBoard(badge))).to.be.below(60_000n);
    expect(await gasOf(modules.deployPass(badge))).to.be.below(60_000n);
  });
});
