import { expect } from "chai";
import { type Interface, type TransactionResponse, ZeroHash } from "ethers";
import { DecisionRecorder__factory, Nicknames__factory } from "../../../typechain-types/index.js";
import { type Call, connect, type Connection, gasOf, type Signer, tokens } from "../../helpers/chain.js";
import { kindConfig } from "../../helpers/dao.js";
import { openCampaign } from "../../helpers/drop.js";
import {
  callTerms,
  launchWithStewardedModules,
  makeMembers,
  MODULE_KIND,
  openCall,
  openSupport,
  pollTerms,
  submitIdea,
} from "../../helpers/modules.js";
import { Proposal, SUPPORT } from "../../helpers/proposal.js";
import { deployToken, fundSeason, openClaims } from "../../helpers/seasons.js";

const { networkHelpers } = await connect();

/** Pieces of dust that are sent: each in a second of its own, as that is what makes a checkpoint. */
const DUST = 256;

/** In bytes. Whoever sends it pays some 800,000 gas for it. */
const HUGE = "x".repeat(50_000);

/** Of gas, how much two transactions may differ in calldata that isn't zero. */
const NOISE = 200n;

const INVALID_TEXT = "ContributionBadgeInvalidText";

async function launch(connection: Connection) {
  const dao = await launchWithStewardedModules(connection);
  await makeMembers(dao, ...dao.holders, dao.stranger);
  await dao.token.connect(dao.holders[0]).transfer(dao.stranger, tokens(2_000));
  return { ...dao, attacker: dao.stranger, victim: dao.holders[1] };
}

describe("Attack: dust and huge texts make what others do dearer", function () {
  let world: Awaited<ReturnType<typeof launch>>;

  beforeEach(async function () {
    world = await networkHelpers.loadFixture(launch);
  });

  /** What `act` costs, on a chain on which `before` was done and on one on which it wasn't. */
  async function compare(act: () => Promise<TransactionResponse>, before: () => Promise<unknown>) {
    const fork = await networkHelpers.takeSnapshot();
    const without = await gasOf(act());
    await fork.restore();
    await before();
    return { without, with: await gasOf(act()) };
  }

  const expectSame = (costs: { without: bigint; with: bigint }) =>
    expect(costs.with).to.be.within(costs.without - NOISE, costs.without + NOISE);

  describe("dust of tokens", function () {
    async function sendDust(to: Signer, pieces: number): Promise<void> {
      const { attacker, token } = world;
      for (let count = 0; count < pieces; count++) await token.connect(attacker).transfer(to, 1);
    }

    it("makes the vote of whom it is sent to dearer by a look for each doubling, twice", async function () {
      const { governor, holders, victim } = world;
      const proposal = new Proposal(governor, [{ to: victim.address, data: "0x" }]);
      await proposal.propose(holders[0]).start();
      const vote = () => governor.connect(victim).castVote(proposal.id, SUPPORT.for);
      const costs = await compare(vote, () => sendDust(victim, DUST));
      const looks = 2n * BigInt(Math.log2(DUST) + 1);
      expect(costs.with - costs.without).to.be.at.most(looks * 2_600n);
    });

    it("leaves its transfers as dear as they are after any other transfer", async function () {
      const { token, victim, other } = world;
      await sendDust(victim, 2);
      const transfer = () => token.connect(victim).transfer(other, 5);
      expectSame(await compare(transfer, () => sendDust(victim, DUST)));
    });

    it("that is delegated to it makes nothing dearer but by that", async function () {
      const { attacker, token, victim, other } = world;
      const transfer = () => token.connect(victim).transfer(other, 5);
      await sendDust(victim, 2);
      const costs = await compare(transfer, async () => {
        for (let count = 0; count < 16; count++) {
          await token.connect(attacker).delegate(count % 2 === 0 ? victim : attacker);
        }
      });
      expectSame(costs);
    });

    it("in a season's budget leaves claims as dear as they were, and shares what they are", async function () {
      const { attacker, rewards, victim } = world;
      const plain = await deployToken("PlainToken", [attacker]);
      await fundSeason(world, attacker, 1n, plain, 10_000n);
      await plain.connect(attacker).getFunction("approve").send(rewards, DUST);
      const claim = () => rewards.claim(1, plain, victim);
      const fund = async () => {
        for (let count = 0; count < 32; count++) await rewards.connect(attacker).fund(1, plain, 1);
      };
      const costs = await compare(async () => {
        await openClaims(world, 1n);
        return claim();
      }, fund);
      expectSame(costs);
      expect(await plain.getFunction("balanceOf").staticCall(victim)).to.equal(10_032n / 4n);
    });
  });

  describe("many ideas", function () {
    it("leave support for others as dear as it was", async function () {
      const { attacker, board, holders, victim } = world;
      const call = await openCall(world, { ideasPerMember: 10n });
      const idea = await submitIdea(world, call, holders[0]);
      const costs = await compare(
        async () => {
          await openSupport(world, call);
          return board.connect(victim).support([idea]);
        },
        async () => {
          for (let count = 0; count < 10; count++) await submitIdea(world, call, attacker, "x".repeat(200));
          await expect(submitIdea(world, call, attacker)).to.be.revertedWithCustomError(
            board,
            "IdeaBoardIdeasLimited",
          );
        },
      );
      expectSame(costs);
    });

    it("that everybody supports leave it as dear as the places of leaders make it", async function () {
      const { attacker, board, holders, victim } = world;
      const call = await openCall(world, { ideasPerMember: 10n, winners: 6n });
      const idea = await submitIdea(world, call, holders[0]);
      const ideas: bigint[] = [];
      for (let count = 0; count < 10; count++) ideas.push(await submitIdea(world, call, attacker));
      await openSupport(world, call);
      const support = () => board.connect(victim).support([idea]);
      const costs = await compare(support, () => board.connect(attacker).support(ideas));
      expect(costs.with - costs.without).to.be.at.most(25_000n);
    });
  });

  describe("a huge text", function () {
    it("as a ballot's reason, leaves others' votes as dear as they were", async function () {
      const { attacker, governor, holders, victim } = world;
      const proposal = new Proposal(governor, [{ to: victim.address, data: "0x" }]);
      await proposal.propose(holders[0]).start();
      await governor.connect(holders[0]).castVote(proposal.id, SUPPORT.for);
      const vote = () => governor.connect(victim).castVote(proposal.id, SUPPORT.for);
      const costs = await compare(vote, () =>
        governor.connect(attacker).castVoteWithReason(proposal.id, SUPPORT.against, HUGE),
      );
      expectSame(costs);
    });

    it("as a proposal's description, leaves voting, queueing and executing it as dear as they were", async function () {
      const { attacker, governor, holders, victim } = world;
      const costs: bigint[][] = [];
      for (const description of ["x", HUGE]) {
        const fork = await networkHelpers.takeSnapshot();
        const proposal = new Proposal(governor, [{ to: victim.address, data: "0x" }], description);
        await proposal.propose(attacker).start();
        const vote = await gasOf(governor.connect(victim).castVote(proposal.id, SUPPORT.for));
        await governor.connect(holders[0]).castVote(proposal.id, SUPPORT.for);
        await proposal.pass();
        const queue = await gasOf(governor.queue(...proposal.args));
        await proposal.ready();
        costs.push([vote, queue, await gasOf(governor.execute(...proposal.args))]);
        await fork.restore();
      }
      const [short = [], long = []] = costs;
      for (const [index, cost] of long.entries()) {
        const other = short[index] ?? 0n;
        expect(cost).to.be.within(other - 2_000n, other + 2_000n);
      }
    });

    it("as a reason of revoking, of stopping a campaign or of hiding an idea, is kept nowhere", async function () {
      const { asSafe, badge, board, drop, holders, victim } = world;
      const campaign = await openCampaign(world, [{ claimant: victim.address, kind: 1n }]);
      const call = await openCall(world);
      const idea = await submitIdea(world, call, holders[0]);
      await asSafe(await badge.revoke.populateTransaction(1, HUGE));
      await asSafe(await drop.stop.populateTransaction(campaign.name, HUGE));
      await asSafe(await board.hide.populateTransaction(idea, HUGE));
      expect((await board.ideaOf(idea)).hidden).to.equal(true);
      expect((await drop.campaignOf(campaign.name)).stopped).to.equal(true);
    });

    it("as the address of a batch's evidence, leaves its badges as dear to have and to renounce as others", async function () {
      const { asSafe, badge, victim } = world;
      const renounce = () => badge.connect(victim).renounce(2);
      const batch = await badge.awardBatch.populateTransaction(1, [victim.address], [ZeroHash], HUGE);
      const small = await badge.awardBatch.populateTransaction(1, [victim.address], [ZeroHash], "");
      await asSafe(small);
      expectSame(await compare(renounce, () => asSafe(batch)));
      expect((await badge.tokenURI(6)).length).to.equal((await badge.tokenURI(5)).length);
    });

    it("is refused wherever it would be kept or drawn", async function () {
      const { asSafe, badge, board, deployer, pass, stranger } = world;
      const nicknames = await new Nicknames__factory(deployer).deploy();
      const recorder = await new DecisionRecorder__factory(deployer).deploy();
      const call = await openCall(world);
      const submit = (title: string, uri: string) =>
        board.connect(stranger).submit(call, title, uri, ZeroHash);
      const conditions = [{ subject: 0n, group: 0n, argument: 0n, amount: 1n }];
      const perk = { name: "A perk", uri: "", once: false, conditions };
      const steward = async (call: Promise<Call>) => asSafe(await call);
      const refused: [
        send: () => Promise<TransactionResponse>,
        by: { interface: Interface },
        error: string,
      ][] = [
        [() => submit("x".repeat(201), ""), board, "IdeaBoardInvalidText"],
        [() => submit("An idea", "x".repeat(2_001)), board, "IdeaBoardInvalidText"],
        [() => nicknames.set("x".repeat(33)), nicknames, "NicknamesTooLong"],
        [() => recorder.record(ZeroHash, ZeroHash, "x".repeat(257)), recorder, "DecisionRecorderTooLong"],
      ];
      for (const terms of [callTerms({ question: "x".repeat(201) }), pollTerms(["a", "x".repeat(201)])]) {
        refused.push([() => steward(board.open.populateTransaction(terms)), board, "IdeaBoardInvalidText"]);
      }
      for (const changes of [{ name: "x".repeat(65) }, { uri: "x".repeat(257) }]) {
        const config = { ...perk, ...changes };
        refused.push([() => steward(pass.addPerk.populateTransaction(config)), pass, "PerksInvalidText"]);
      }
      const texts = { name: "x".repeat(65), description: "x".repeat(1_001), image: "x".repeat(257) };
      for (const [field, text] of Object.entries(texts)) {
        const config = { ...kindConfig(), [field]: text };
        refused.push([() => steward(badge.addKind.populateTransaction(config)), badge, INVALID_TEXT]);
      }
      const titles = [{ name: texts.name, points: 0 }];
      refused.push([() => steward(badge.setTitles.populateTransaction(titles)), badge, INVALID_TEXT]);
      for (const [send, by, error] of refused) {
        await expect(send(), error).to.be.revertedWithCustomError(by, error);
      }
    });
  });

  it("badges by the hundred make a further one no dearer, for the member or for anybody", async function () {
    const { asSafe, badge, victim, member } = world;
    const award = async (account: Signer) =>
      asSafe(await badge.award.populateTransaction(MODULE_KIND.CUSTOMER, account, ZeroHash));
    const many = async () => {
      const accounts = Array<string>(100).fill(victim.address);
      await asSafe(
        await badge.awardBatch.populateTransaction(
          MODULE_KIND.CUSTOMER,
          accounts,
          accounts.map(() => ZeroHash),
          "",
        ),
      );
    };
    await many();
    for (const account of [victim, member]) expectSame(await compare(() => award(account), many));
  });
});
