import { expect } from "chai";
import { toBeHex, Wallet, ZeroAddress, ZeroHash } from "ethers";
import { readLedger } from "../../../sdk/badges/ledger.js";
import { membersOf } from "../../../sdk/badges/powers.js";
import { planRequest } from "../../../sdk/badges/recovery/recoveryPlans.js";
import { readRecoveries } from "../../../sdk/badges/recovery/recoveries.js";
import { INTERFACES } from "../../../sdk/calls/known.js";
import type { Eip1193Provider } from "../../../sdk/chain/eip1193.js";
import { LogCache } from "../../../sdk/chain/logCache.js";
import { MemoryLogs } from "../../../sdk/chain/logStore.js";
import { claimedBy, claimsOf, readCampaigns } from "../../../sdk/drop/campaigns.js";
import type { DaoContract } from "../../../sdk/daoRecord.js";
import { DAO_CONTRACTS } from "../../../sdk/daoRecord.js";
import { claimCall, makeClaim } from "../../../sdk/drop/claims.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { findProposal, readProposals } from "../../../sdk/governance/proposals.js";
import type { LiveDao } from "../../../sdk/live.js";
import { openDao } from "../../../sdk/live.js";
import { readRewardSeason, readRewardSeasons } from "../../../sdk/rewards/seasons.js";
import { ROLES } from "../../../sdk/roles.js";
import { readHolders } from "../../../sdk/token/holders.js";
import { readUse } from "../../../sdk/vouchers/use.js";
import { linkOf, withDrops } from "../drop/support.js";
import { asSafe, badgeWorld, KIND, openAs } from "../badges/support.js";
import type { ProposalWorld } from "../governance/support.js";
import { proposalWorld } from "../governance/support.js";
import { opened } from "../rewards/support.js";
import type { LaunchedWorld } from "../support.js";
import { kyosoError, load } from "../support.js";

type Log = Record<"blockNumber" | "data", string> & { readonly topics: readonly string[] };

/** A node that makes something else of the logs that it has. */
function through(node: Eip1193Provider, change: (logs: readonly Log[]) => readonly Log[]): Eip1193Provider {
  return {
    async request({ method, params = [] }) {
      const answer = await node.request({ method, params: [...params] });
      return method === "eth_getLogs" ? change(answer as Log[]) : answer;
    },
  };
}

/** The code of what a reader throws. */
const codeOf = async (reading: Promise<unknown>) =>
  (await kyosoError(reading)).problems.map(({ code }) => code);

describe("a node that says something else of a proposal than was proposed", () => {
  const SOMEBODY = "0x1111111111111111111111111111111111111111";

  async function proposed() {
    const at = await load(proposalWorld);
    const grant = at.own("token", "transfer", [at.carol.address, 5n]);
    await at.propose("A grant", "For the fair.", [grant]);
    await at.connection.networkHelpers.mine(60);
    const mine = at.carol.address.slice(2).toLowerCase();
    /** The same log, in which somebody else is paid. */
    const lie = (logs: readonly Log[]) =>
      logs.map((log) => ({ ...log, data: log.data.replaceAll(mine, SOMEBODY.slice(2)) }));
    const store = new MemoryLogs();
    const open = (node: Eip1193Provider) =>
      openDao(at.record, at.context.provider, node, { cache: new LogCache(store) });
    return { ...at, lie, store, open, honest: at.context.eip1193 };
  }

  it("isn't believed, whatever of it is another: nothing is shown, and nothing kept", async () => {
    const { open, honest, lie, store, record } = await proposed();
    const changes: ((logs: readonly Log[]) => readonly Log[])[] = [
      lie,
      (logs) => logs.map((log) => ({ ...log, data: log.data.replace("4120677261", "4220677261") })),
    ];
    const whole = await readProposals(await open(honest));
    // Each digit of the log but its own id, its proposer and the dates, which aren't hashed.
    for (const change of changes) {
      const live = await open(through(honest, change));
      await live.forgetLogs("governor");
      expect(await codeOf(readProposals(live))).to.deep.equal(["proposal.not-its-content"]);
      expect(await codeOf(findProposal(live, "1"))).to.deep.equal(["proposal.not-its-content"]);
      const kept = await store.read({ chainId: 31_337n, address: record.contracts.governor });
      expect(kept.lines).to.deep.equal([]);
    }
    expect(await readProposals(await open(honest))).to.deep.equal(whole);
  });

  it("isn't believed of who made it, nor of when: the governor is asked for what the id doesn't say", async () => {
    const { open, honest, record } = await proposed();
    const wordOf = (text: string) => text.padStart(64, "0");
    const lies: readonly (readonly [place: number, word: string])[] = [
      [1, wordOf(record.contracts.timelock.slice(2).toLowerCase())],
      [6, wordOf("6543210")],
    ];
    for (const [place, word] of lies) {
      const node = through(honest, (logs) =>
        logs.map((log) => {
          const words: string[] = log.data.slice(2).match(/.{64}/gu) ?? [];
          const isProposal = log.data.length > 600 && log.topics.length === 1;
          return isProposal ? { ...log, data: `0x${words.with(place, word).join("")}` } : log;
        }),
      );
      const live = await open(node);
      await live.forgetLogs("governor");
      expect(await codeOf(readProposals(live)), `word ${place}`).to.deep.equal(["logs.incomplete"]);
      expect((await readProposals(await open(honest)))[0]?.title).to.equal("A grant");
    }
  });

  it("isn't believed where it says of one twice that it was made: the numbers of others would be other ones", async () => {
    const { open, honest } = await proposed();
    const isProposal = (log: Log) => log.data.length > 600 && log.topics.length === 1;
    const repeated = through(honest, (logs) =>
      logs.flatMap((log) => (isProposal(log) ? [log, { ...log, logIndex: "0x3e8" }] : [log])),
    );
    const live = await open(repeated);
    await live.forgetLogs("governor");
    expect(await codeOf(readProposals(live))).to.deep.equal(["logs.incomplete"]);
  });

  it("isn't believed that a proposal is over, or queued, where the governor says otherwise", async () => {
    const { open, honest } = await proposed();
    for (const name of ["ProposalExecuted", "ProposalCanceled", "ProposalQueued"]) {
      const topic = INTERFACES.governor.getEvent(name)?.topicHash ?? "";
      const eta = name === "ProposalQueued" ? "6543210".padStart(64, "0") : "";
      const node = through(honest, (logs) =>
        logs.flatMap((log) =>
          log.data.length > 600 && log.topics.length === 1
            ? [log, { ...log, topics: [topic], data: log.data.slice(0, 66) + eta }]
            : [log],
        ),
      );
      const live = await open(node);
      await live.forgetLogs("governor");
      expect(await codeOf(readProposals(live)), name).to.deep.equal(["logs.incomplete"]);
      expect((await readProposals(await open(honest)))[0]?.title).to.equal("A grant");
    }
  });

  it("isn't believed that one of many is over, either", async () => {
    const { open, honest, propose } = await proposed();
    for (let i = 0; i < 20; i++) await propose(`Another one ${i}`);
    expect(await readProposals(await open(honest))).to.have.length(21);
    const topic = INTERFACES.governor.getEvent("ProposalCanceled")?.topicHash ?? "";
    const node = through(honest, (logs) => {
      const last = logs.findLast((log) => log.data.length > 600 && log.topics.length === 1);
      return logs.flatMap((log) =>
        log === last ? [log, { ...log, topics: [topic], data: log.data.slice(0, 66) }] : [log],
      );
    });
    const live = await open(node);
    await live.forgetLogs("governor");
    expect(await codeOf(readProposals(live))).to.deep.equal(["logs.incomplete"]);
  });

  it("isn't believed later either, where its lie was kept", async () => {
    const { open, honest, lie } = await proposed();
    // As it was kept by a version that looked at nothing.
    await (await open(through(honest, lie))).logsOf("governor");
    const [proposal] = await readProposals(await open(honest));
    expect(proposal?.calldatas[0]).not.to.include(SOMEBODY.slice(2));
    expect(proposal?.title).to.equal("A grant");
  });

  it("can't hide behind an encoding that reads otherwise", async () => {
    const { open, honest } = await proposed();
    const words = (data: string) => data.slice(2).match(/.{64}/gu) ?? [];
    const place = (value: number) => value.toString(16).padStart(64, "0");
    const forms: ((all: string[]) => string[])[] = [
      // The lists of the targets and of the values point at another one that is put behind all else.
      (all) => [...all.with(2, place(all.length * 32)), place(1), SOMEBODY.slice(2).padStart(64, "0")],
      (all) => [...all.with(3, place(all.length * 32)), place(1), place(1)],
      (all) => [...all.with(5, place(all.length * 32)), place(0)],
      (all) => [...all.with(8, place(all.length * 32)), place(0)],
      (all) => all.with(2, place(2 ** 40)),
      (all) => all.slice(0, 8),
    ];
    for (const [i, form] of forms.entries()) {
      const node = through(honest, (logs) =>
        logs.map((log) =>
          log.data.length > 600 && log.topics.length === 1
            ? { ...log, data: `0x${form(words(log.data)).join("")}` }
            : log,
        ),
      );
      const live = await open(node);
      await live.forgetLogs("governor");
      const [code] = await codeOf(readProposals(live));
      expect(["proposal.not-its-content", "logs.incomplete"], `form ${i}`).to.include(code);
    }
  });
});

describe("a node that has thrown logs away", () => {
  const none = () => [];

  async function withNode(
    { record, context }: Pick<LaunchedWorld, "record" | "context">,
    change: (logs: readonly Log[]) => readonly Log[],
    store = new MemoryLogs(),
  ): Promise<LiveDao> {
    const cache = new LogCache(store);
    return openDao(record, context.provider, through(context.eip1193, change), { cache });
  }

  /**
   * Expects a reader to notice where what `isGone` names is gone, or what `instead` makes of it, and to be right again on a node that
   * has it.
   */
  async function expectNoticed(
    world: Pick<LaunchedWorld, "record" | "context">,
    contract: DaoContract,
    isGone: (log: Log) => boolean,
    read: (live: LiveDao) => Promise<unknown>,
    instead: (log: Log) => readonly Log[] = () => [],
  ): Promise<void> {
    const whole = await read(await withNode(world, (logs) => logs));
    const store = new MemoryLogs();
    let gone = 0;
    const leaky = (logs: readonly Log[]) => {
      gone += logs.filter(isGone).length;
      return logs.flatMap((log) => (isGone(log) ? instead(log) : [log]));
    };
    expect(await codeOf(read(await withNode(world, leaky, store)))).to.deep.equal(["logs.incomplete"]);
    expect(gone).to.be.above(0);
    const place = { chainId: 31_337n, address: world.record.contracts[contract] };
    expect((await store.read(place)).lines).to.deep.equal([]);
    // As a version kept it that didn't look.
    await (await withNode(world, leaky, store)).logsOf(contract);
    expect(await read(await withNode(world, (logs) => logs, store))).to.deep.equal(whole);
  }

  const isEvent = (topic: string) => (log: Log) => log.topics[0] === topic;

  it("is noticed of every contract by the launch's own", async () => {
    const world = await load(badgeWorld);
    await world.connection.networkHelpers.mine(60);
    const live = await withNode(world, none);
    // The Handover has nothing to be set up.
    for (const contract of DAO_CONTRACTS.filter((name) => name !== "handover")) {
      expect(await codeOf(live.logsOf(contract)), contract).to.deep.equal(["logs.incomplete"]);
    }
    expect(await codeOf(readProposals(live))).to.deep.equal(["logs.incomplete"]);
    expect(await codeOf(readCampaigns(live))).to.deep.equal(["logs.incomplete"]);
  });

  it("is noticed where it makes something up that can't be read", async () => {
    const world = await load(badgeWorld);
    await world.badge.award(KIND.REVIEW, world.holders[0], ZeroHash);
    const broken = (logs: readonly Log[]) =>
      logs.map((log) => ({ ...log, data: log.data.replace(/^0x[0-9a-f]{64}/u, `0x${"f".repeat(64)}`) }));
    const live = await withNode(world, broken);
    expect(await codeOf(readLedger(live))).to.deep.equal(["logs.incomplete"]);
  });

  it("is noticed by what became of proposals, and by their votes", async () => {
    const at: ProposalWorld = await load(proposalWorld);
    await at.propose("One");
    await at.reach("Executed");
    await at.propose("Two");
    const topicOf = (name: string) => at.dao.governor.interface.getEvent(name as "VoteCast").topicHash;
    for (const name of ["ProposalCreated", "VoteCast", "ProposalExecuted"]) {
      let first: string | undefined;
      // The first of its kind only: a range of blocks in the middle.
      const isGone = (log: Log) => {
        if (log.topics[0] !== topicOf(name)) return false;
        first ??= log.blockNumber;
        return first === log.blockNumber;
      };
      const read = async (live: LiveDao) =>
        (await readProposals(live)).map(({ id, state, tally }) => [id, state, tally]);
      await expectNoticed(at, "governor", isGone, read);
    }
  });

  it("is noticed by the queue, and by a deadline that was moved", async () => {
    const at: ProposalWorld = await load(proposalWorld);
    await at.propose("One");
    const before = await at.reach("Active");
    await at.travelTo(before.deadline - 60);
    await at.vote(at.alice, 1, before);
    const { ProposalExtended, ProposalQueued } = {
      ProposalExtended: at.dao.governor.interface.getEvent("ProposalExtended").topicHash,
      ProposalQueued: at.dao.governor.interface.getEvent("ProposalQueued").topicHash,
    };
    const read = (live: LiveDao) => findProposal(live, "1").then(({ deadline, eta }) => [deadline, eta]);
    await expectNoticed(at, "governor", isEvent(ProposalExtended), read);
    await at.travelTo((await at.find()).deadline + 1);
    await at.reach("Queued");
    await expectNoticed(at, "governor", isEvent(ProposalQueued), read);
  });

  it("is noticed by campaigns' tokens, their state, and who claimed", () =>
    withDrops(async (world) => {
      const { live, links } = await world.opened();
      const [campaign] = await readCampaigns(live);
      const { alice, dao, steward } = world;
      const topicOf = (name: string) => dao.drop.interface.getEvent(name as "Claimed").topicHash;
      const claimable = [...links.values()].find(({ leaf: { claimant } }) => claimant === alice.address);
      if (campaign === undefined || claimable === undefined) throw new Error("nothing is open");
      const { leaf, proof } = claimable;
      await dao.drop.connect(alice).claim(campaign.id, leaf, [...proof], alice, ZeroAddress, "0x");
      await expectNoticed(world, "drop", isEvent(topicOf("CampaignFunded")), readCampaigns);
      await expectNoticed(world, "drop", isEvent(topicOf("Claimed")), (open) => claimsOf(open, campaign.id));
      await expectNoticed(world, "drop", isEvent(topicOf("Claimed")), (open) =>
        claimedBy(open, campaign.id, leaf.index),
      );
      await expectNoticed(world, "drop", isEvent(topicOf("CampaignOpened")), readCampaigns);
      // Another customer is said to have claimed; and something that nobody can read.
      const other = toBeHex(leaf.index + 1, 32);
      await expectNoticed(
        world,
        "drop",
        isEvent(topicOf("Claimed")),
        (open) => claimsOf(open, campaign.id),
        (log) => [{ ...log, topics: log.topics.with(2, other) }],
      );
      for (const name of ["Claimed", "CampaignFunded"]) {
        await expectNoticed(world, "drop", isEvent(topicOf(name)), readCampaigns, (log) => [
          { ...log, data: "0x" },
        ]);
      }
      // A claim of no tokens leaves nothing in what the campaign can give.
      const gift = linkOf(links, "taro@example.jp");
      const options = { account: alice.address, referrer: undefined };
      const claim = await makeClaim(live, gift, options, new Wallet(gift.key ?? ""));
      await executeAsSigner({ title: "", calls: [claimCall(live, claim)] }, steward);
      const isGift = (log: Log) =>
        isEvent(topicOf("Claimed"))(log) && BigInt(log.topics[2] ?? 0) === BigInt(gift.leaf.index);
      await expectNoticed(world, "drop", isGift, readCampaigns);
      // All that is of a campaign.
      await expectNoticed(world, "drop", ({ topics }) => topics[1] === campaign.id, readCampaigns);
      await dao.drop.connect(steward).stop(campaign.id, "wrong list");
      await expectNoticed(world, "drop", isEvent(topicOf("CampaignStopped")), readCampaigns);
    }));

  it("is noticed by what seasons have to share", async () => {
    const world = await opened();
    const { token, rewards } = world.dao;
    await token.connect(world.holders[0]).approve(rewards, 100n);
    await rewards.connect(world.holders[0]).fund(1, token, 100n);
    await world.afterEnd(1, 30 * 86_400);
    await rewards.claim(1, token, world.holders[0]);
    const topics = (["SeasonFunded", "RewardClaimed"] as const).map(
      (name) => rewards.interface.getEvent(name).topicHash,
    );
    for (const leftOut of [...topics.map((topic) => [topic]), topics]) {
      const isLeftOut: ReturnType<typeof isEvent> = (log) => leftOut.some((topic) => isEvent(topic)(log));
      await expectNoticed(world, "rewards", isLeftOut, readRewardSeasons);
      await expectNoticed(world, "rewards", isLeftOut, (open) => readRewardSeason(open, 1, "shown"));
    }
  });

  it("is noticed by badges, recoveries, vouchers and roles", async () => {
    const world = await load(badgeWorld);
    const { badge, dao, holders, stranger } = world;
    await badge.award(KIND.REVIEW, holders[0], ZeroHash);
    const { plan } = await planRequest(await openAs(world), holders[0].address, stranger.address);
    await asSafe(world, plan.calls);
    await (await dao.badge.connect(holders[0]).cancelVoucher(7n)).wait();
    const topicOf = (name: string) => dao.badge.interface.getEvent(name as "Transfer").topicHash;
    const held = async (live: LiveDao) => {
      const ledger = await readLedger(live);
      return ledger.ids.map((id) => [id, ledger.holderOf(id)]);
    };
    await expectNoticed(world, "badge", isEvent(topicOf("Transfer")), held);
    await expectNoticed(world, "badge", isEvent(topicOf("RecoveryRequested")), readRecoveries);
    for (const eta of [1_900_000_000n, 2n ** 47n]) {
      await expectNoticed(world, "badge", isEvent(topicOf("RecoveryRequested")), readRecoveries, (log) => [
        { ...log, data: toBeHex(eta, 32) },
      ]);
    }
    const moved = dao.token.interface.getEvent("Transfer").topicHash;
    await expectNoticed(world, "token", isEvent(moved), readHolders, (log) => [{ ...log, data: "0x" }]);
    await expectNoticed(world, "badge", isEvent(topicOf("VoucherCanceled")), (live) =>
      readUse(live, holders[0].address, 7n),
    );
    const granted = dao.manager.interface.getEvent("RoleGranted").topicHash;
    await expectNoticed(world, "manager", isEvent(granted), (live) => membersOf(live, ROLES.ISSUER));
  });
});
