import { expect } from "chai";
import { Signature, type TransactionResponse, type TypedDataDomain, ZeroAddress, ZeroHash } from "ethers";
import { type Nicknames, Nicknames__factory } from "../../../typechain-types/index.js";
import { connect, type Connection, DAY, now } from "../../helpers/chain.js";
import { ROLE } from "../../helpers/dao.js";
import { openCampaign } from "../../helpers/drop.js";
import {
  launchWithStewardedModules,
  makeMembers,
  openCall,
  openSupport,
  submitIdea,
} from "../../helpers/modules.js";
import { enactLater, Proposal, SUPPORT } from "../../helpers/proposal.js";
import { request, refuse } from "../../helpers/recovery.js";
import { claimTimes, deployToken, fundSeason, sendAt } from "../../helpers/seasons.js";
import { issueVoucher } from "../../helpers/vouchers.js";

const { ethers, networkHelpers } = await connect();

type Send = () => Promise<TransactionResponse>;

/** A moment, and what can be done from it on, or until it. */
interface Edge {
  moment: bigint;
  send: Send;
}

const fields = (...list: string[]) =>
  list.map((field) => {
    const [type = "", name = ""] = field.split(" ");
    return { type, name };
  });
const DELEGATION = { Delegation: fields("address delegatee", "uint256 nonce", "uint256 expiry") };
const PERMIT = {
  Permit: fields("address owner", "address spender", "uint256 value", "uint256 nonce", "uint256 deadline"),
};
const NICKNAME = {
  Nickname: fields("address account", "string nickname", "uint256 nonce", "uint48 deadline"),
};

async function domainOf(contract: Pick<Nicknames, "eip712Domain">): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await contract.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

async function launch(connection: Connection) {
  const dao = await launchWithStewardedModules(connection);
  const { asSafe, holders, manager, member, other, stranger } = dao;
  await asSafe(await manager.grantRole.populateTransaction(ROLE.ISSUER, other, 0));
  await makeMembers(dao, member, holders[0]);
  const plain = await deployToken("PlainToken", [stranger]);
  await fundSeason(dao, stranger, 1n, plain, 1_000n);
  return { ...dao, issuer: other, plain };
}

type World = Awaited<ReturnType<typeof launch>>;

/** To be awaited, for it to be proposed. */
function proposed({ governor, holders, stranger }: World): Proposal {
  return new Proposal(governor, [{ to: stranger.address, data: "0x" }]).propose(holders[0]);
}

/** As {@link proposed}, with votes enough. */
const passing = (world: World) => proposed(world).vote({ for: world.holders });

async function ideaOf(world: World): Promise<{ call: bigint; idea: bigint }> {
  const call = await openCall(world);
  return { call, idea: await submitIdea(world, call, world.holders[0]) };
}

/** What can be done from a moment on: not a second before. */
const FROM: Record<string, (world: World) => Promise<Edge>> = {
  "a vote, after the snapshot": async (world) => {
    const { governor, holders } = world;
    const proposal = proposed(world);
    await proposal;
    const { id } = proposal;
    return {
      moment: (await governor.proposalSnapshot(id)) + 1n,
      send: () => governor.connect(holders[0]).castVote(id, SUPPORT.for),
    };
  },
  "queueing, after the deadline": async (world) => {
    const { governor } = world;
    const proposal = passing(world);
    await proposal;
    const { id, args } = proposal;
    return { moment: (await governor.proposalDeadline(id)) + 1n, send: () => governor.queue(...args) };
  },
  "an execution, from the eta on": async (world) => {
    const { governor } = world;
    const proposal = passing(world);
    await proposal.pass().queue();
    const { id, args } = proposal;
    return { moment: await governor.proposalEta(id), send: () => governor.execute(...args) };
  },
  "discarding, after the time of grace": async (world) => {
    const { config, governor } = world;
    const proposal = passing(world);
    await proposal.pass().queue();
    const { id, args } = proposal;
    const moment = (await governor.proposalEta(id)) + config.governance.gracePeriod + 1n;
    return { moment, send: () => governor.discard(...args) };
  },
  "a claim of a season's reward, after the dispute window": async (world) => {
    const { member, plain, rewards } = world;
    const { opens } = await claimTimes(world, 1n);
    return { moment: opens, send: () => rewards.claim(1, plain, member) };
  },
  "a recovery, after its wait": async (world) => {
    const { badge, member, stranger } = world;
    await request(world, member, stranger);
    const { eta } = await badge.recoveryOf(member);
    return { moment: eta, send: () => badge.connect(stranger).recover(member, [1]) };
  },
  "closing a campaign, from its deadline on": async (world) => {
    const { connection, drop, member, stranger } = world;
    const deadline = (await now(connection)) + DAY;
    const { name } = await openCampaign(world, [{ claimant: member.address, kind: 1n }], { deadline });
    return { moment: deadline, send: () => drop.connect(stranger).close(name) };
  },
  "a handover by anybody, from the community's date on": ({ config, handover, stranger }) =>
    Promise.resolve({
      moment: config.handover.communityDate,
      send: () => handover.connect(stranger).handOver(),
    }),
  "an owner's second halt": async (world) => {
    const { asSafe, badge, handover, owners } = world;
    const halting = handover.connect(owners[0]);
    await halting.haltAwards();
    await asSafe(await badge.resume.populateTransaction());
    return { moment: await handover.haltableFrom(owners[0]), send: () => halting.haltAwards() };
  },
  "support for an idea, after the snapshot": async (world) => {
    const { board, holders } = world;
    const { call, idea } = await ideaOf(world);
    const { snapshot } = await board.callOf(call);
    return { moment: snapshot + 1n, send: () => board.connect(holders[1]).support([idea]) };
  },
  "adopting an idea, from the end of its call on": async (world) => {
    const { asSafe, board } = world;
    const { call, idea } = await ideaOf(world);
    const adoption = await board.adopt.populateTransaction(idea);
    return { moment: (await board.callOf(call)).end, send: () => asSafe(adoption) };
  },
};

/** What can be done until a moment: in the second before, and not in it any more. */
const UNTIL: Record<string, (world: World) => Promise<Edge>> = {
  "a vote, in the second of the deadline": async (world) => {
    const { governor, holders } = world;
    const proposal = proposed(world);
    await proposal;
    const { id } = proposal;
    return {
      moment: (await governor.proposalDeadline(id)) + 1n,
      send: () => governor.connect(holders[0]).castVote(id, SUPPORT.for),
    };
  },
  "a proposer's cancellation, in the second of the snapshot": async (world) => {
    const { governor, holders } = world;
    const proposal = proposed(world);
    await proposal;
    const { id, args } = proposal;
    return {
      moment: (await governor.proposalSnapshot(id)) + 1n,
      send: () => governor.connect(holders[0]).cancel(...args),
    };
  },
  "queueing, in the last second of grace": async (world) => {
    const { config, governor } = world;
    const proposal = passing(world);
    await proposal;
    const { id, args } = proposal;
    const moment = (await governor.proposalDeadline(id)) + config.governance.gracePeriod + 1n;
    return { moment, send: () => governor.queue(...args) };
  },
  "an execution, in the last second of grace": async (world) => {
    const { config, governor } = world;
    const proposal = passing(world);
    await proposal.pass().queue();
    const { id, args } = proposal;
    const moment = (await governor.proposalEta(id)) + config.governance.gracePeriod + 1n;
    return { moment, send: () => governor.execute(...args) };
  },
  "a veto, before the guardian's term ends": async (world) => {
    const { asSafe, config, governor } = world;
    const { guardianExpiry } = config.handover;
    await networkHelpers.time.increaseTo(guardianExpiry - DAY);
    const proposal = proposed(world);
    await proposal;
    const { args } = proposal;
    const veto = await governor.veto.populateTransaction(...args, "no");
    return { moment: guardianExpiry, send: () => asSafe(veto) };
  },
  "a voucher, before it expires": async (world) => {
    const { badge, connection, member } = world;
    const expiry = (await now(connection)) + DAY;
    const [voucher, signature] = await issueVoucher(world, { expiry });
    return { moment: expiry, send: () => badge.redeem(voucher, signature, member, ZeroAddress, "0x") };
  },
  "a claim from a campaign, before its deadline": async (world) => {
    const { connection, drop, member } = world;
    const deadline = (await now(connection)) + DAY;
    const campaign = await openCampaign(world, [{ claimant: member.address, kind: 1n }], { deadline });
    const args = await campaign.args(0);
    return { moment: deadline, send: () => drop.claim(...args) };
  },
  "a claim of a season's reward, before the next season ends": async (world) => {
    const { member, plain, rewards } = world;
    const { closes } = await claimTimes(world, 1n);
    return { moment: closes, send: () => rewards.claim(1, plain, member) };
  },
  "funding a season, before it ends": async (world) => {
    const { badge, plain, rewards, stranger } = world;
    const { end } = await badge.seasonBounds(1);
    await plain.connect(stranger).getFunction("approve").send(rewards, 1);
    return { moment: end, send: () => rewards.connect(stranger).fund(1, plain, 1) };
  },
  "excluding points, before claims open": async (world) => {
    const { asSafe, badge, governor } = world;
    const { end } = await badge.seasonBounds(1);
    await networkHelpers.time.increaseTo(end - 2n * DAY);
    await asSafe(await badge.revoke.populateTransaction(1, "by mistake"));
    const proposal = enactLater(world, [await badge.excludePoints.populateTransaction(1, 10)]);
    await proposal;
    const { opens } = await claimTimes(world, 1n);
    return { moment: opens, send: () => governor.execute(...proposal.args) };
  },
  "a recovery, before it is over": async (world) => {
    const { badge, member, stranger } = world;
    await request(world, member, stranger);
    const { end } = await badge.recoveryOf(member);
    return { moment: end, send: () => badge.connect(stranger).recover(member, [1]) };
  },
  "a refusal of a recovery, before it is over": async (world) => {
    const { badge, member, stranger } = world;
    await request(world, member, stranger);
    const { end } = await badge.recoveryOf(member);
    return { moment: end, send: () => refuse(world, member) };
  },
  "an idea, before the snapshot": async (world) => {
    const { board, holders } = world;
    const call = await openCall(world);
    const { snapshot } = await board.callOf(call);
    return { moment: snapshot, send: () => board.connect(holders[0]).submit(call, "An idea", "", ZeroHash) };
  },
  "withdrawing an idea, before the snapshot": async (world) => {
    const { board, holders } = world;
    const { call, idea } = await ideaOf(world);
    const { snapshot } = await board.callOf(call);
    return { moment: snapshot, send: () => board.connect(holders[0]).withdraw(idea) };
  },
  "support for an idea, before the call ends": async (world) => {
    const { board, holders } = world;
    const { call, idea } = await ideaOf(world);
    await openSupport(world, call);
    return {
      moment: (await board.callOf(call)).end,
      send: () => board.connect(holders[1]).support([idea]),
    };
  },
  "a signed delegation, in the second in which it expires": async (world) => {
    const { connection, holders, member, token } = world;
    const expiry = (await now(connection)) + DAY;
    const message = { delegatee: member.address, nonce: 0n, expiry };
    const signature = await holders[0].signTypedData(await domainOf(token), DELEGATION, message);
    const { r, s, v } = Signature.from(signature);
    return { moment: expiry + 1n, send: () => token.delegateBySig(member, 0, expiry, v, r, s) };
  },
  "a permit, in the second of its deadline": async (world) => {
    const { connection, holders, member, token } = world;
    const deadline = (await now(connection)) + DAY;
    const [owner, spender] = [holders[0].address, member.address];
    const message = { owner, spender, value: 1n, nonce: 0n, deadline };
    const signature = await holders[0].signTypedData(await domainOf(token), PERMIT, message);
    const { r, s, v } = Signature.from(signature);
    return { moment: deadline + 1n, send: () => token.permit(owner, spender, 1n, deadline, v, r, s) };
  },
  "a signed nickname, before its deadline": async ({ connection, deployer, member }) => {
    const nicknames = await new Nicknames__factory(deployer).deploy();
    const deadline = (await now(connection)) + DAY;
    const message = { account: member.address, nickname: "aoki", nonce: 0n, deadline };
    const signature = await member.signTypedData(await domainOf(nicknames), NICKNAME, message);
    return { moment: deadline, send: () => nicknames.setBySig(member, "aoki", deadline, signature) };
  },
};

describe("Attack: somebody acts a second too early, or a second too late", function () {
  let world: World;

  beforeEach(async function () {
    world = await networkHelpers.loadFixture(launch);
  });

  /** Sends something in a block of each of these seconds, on chains that are the same until then. */
  async function tryAt(send: Send, moments: readonly (readonly [second: bigint, allowed: boolean])[]) {
    for (const [second, allowed] of moments) {
      const before = await networkHelpers.takeSnapshot();
      const sent = sendAt(second, send);
      if (allowed) await sent;
      else await expect(sent, second.toString()).to.be.revert(ethers);
      await before.restore();
    }
  }

  describe("what can be done from a moment on can't be done a second before", function () {
    for (const [what, edgeOf] of Object.entries(FROM)) {
      it(what, async function () {
        const { moment, send } = await edgeOf(world);
        await tryAt(send, [
          [moment - 1n, false],
          [moment, true],
          [moment + 1n, true],
        ]);
      });
    }
  });

  describe("what can be done until a moment can't be done in it any more", function () {
    for (const [what, edgeOf] of Object.entries(UNTIL)) {
      it(what, async function () {
        const { moment, send } = await edgeOf(world);
        await tryAt(send, [
          [moment - 1n, true],
          [moment, false],
          [moment + 1n, false],
        ]);
      });
    }
  });

  it("a badge belongs to the season of its very second", async function () {
    const { badge, other, asSafe } = world;
    const { end } = await badge.seasonBounds(1);
    const awarding = await badge.award.populateTransaction(1, other, ZeroHash);
    for (const [second, season] of [
      [end - 1n, 1n],
      [end, 2n],
    ] as const) {
      const before = await networkHelpers.takeSnapshot();
      await sendAt(second, () => asSafe(awarding));
      const id = await badge.totalAwarded();
      expect((await badge.badgeOf(id)).season).to.equal(season);
      expect(await badge.seasonPointsOf(other, season)).to.equal(10);
      await before.restore();
    }
  });

  it("a proposal whose vote and whose veto end in the same second is vetoed before it, and decided after it", async function () {
    const { asSafe, config, governor, holders, stranger } = world;
    const { guardianExpiry } = config.handover;
    const { votingDelay, votingPeriod } = config.governance;
    const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }]);
    await sendAt(guardianExpiry - votingDelay - votingPeriod, async () => {
      const [targets, values, calldatas] = proposal.args;
      return governor.connect(holders[0]).propose(targets, values, calldatas, proposal.description);
    });
    await proposal.vote({ for: holders });
    expect(await governor.proposalDeadline(proposal.id)).to.equal(guardianExpiry);
    const veto = await governor.veto.populateTransaction(...proposal.args, "no");
    await tryAt(
      () => asSafe(veto),
      [
        [guardianExpiry - 1n, true],
        [guardianExpiry, false],
      ],
    );
    await tryAt(
      () => governor.queue(...proposal.args),
      [
        [guardianExpiry, false],
        [guardianExpiry + 1n, true],
      ],
    );
  });
});
