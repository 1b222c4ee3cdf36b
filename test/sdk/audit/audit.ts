import { expect } from "chai";
import type { Filter } from "ethers";
import { Interface, parseEther } from "ethers";
import { audit } from "../../../sdk/audit/audit.js";
import { check } from "../../../sdk/audit/check.js";
import { PROXIES } from "../../../sdk/audit/code.js";
import { proxyCodeOf } from "../../../sdk/launch/predict.js";
import { executeAsSafe } from "../../../sdk/node/execute/safe.js";
import type { Call } from "../../../sdk/calls/plan.js";
import { call, named } from "../../../sdk/calls/plan.js";
import { ROLES } from "../../../sdk/roles.js";
import { BrandToken__factory, ContributionRewards__factory } from "../../../typechain-types/index.js";
import { enact } from "../enact.js";
import {
  brandTree,
  type LaunchedWorld,
  launchOnce,
  launchedWorld,
  load,
  preparedWorld,
  readBrand,
} from "../support.js";
import { DAO_CONTRACTS } from "../../../sdk/daoRecord.js";
import { connectDao } from "../../../sdk/dao.js";

const DAY = 86_400;
const NOTHING = `0x${"00".repeat(32)}`;
const SAFE = new Interface([
  "function swapOwner(address prevOwner, address oldOwner, address newOwner)",
  "function changeThreshold(uint256 threshold)",
]);

/** The contracts of the DAO as a plan wants them. */
async function contractsOf({ dao }: LaunchedWorld) {
  return {
    manager: await named("manager", dao.manager),
    token: await named("token", dao.token),
    timelock: await named("timelock", dao.timelock),
    governor: await named("governor", dao.governor),
    badge: await named("badge", dao.badge),
    drop: await named("drop", dao.drop),
    rewards: await named("rewards", dao.rewards),
    handover: await named("handover", dao.handover),
  };
}

/** A call as a test needs it: its purpose is that of the test. */
const to = (contract: Awaited<ReturnType<typeof named>>, name: string, ...args: unknown[]) =>
  call(contract, name, args, name);

async function asSafe({ context, owners, record }: LaunchedWorld, ...calls: Call[]): Promise<void> {
  await executeAsSafe({ title: "The Safe acts", calls }, context.provider, context.eip1193, {
    address: record.safe,
    owners: owners.slice(0, 2).map(({ address }) => address),
  });
}

function ofSafe({ record }: LaunchedWorld, name: string, ...args: unknown[]): Call {
  return call({ name: "Safe", address: record.safe, interface: SAFE }, name, args, name);
}

/** The checks that fail, by name, with what was found. */
async function failures({ context, record }: LaunchedWorld): Promise<Record<string, string>> {
  const checks = await audit({ ...context, record });
  return Object.fromEntries(checks.filter(({ ok }) => !ok).map(({ name, actual }) => [name, actual]));
}

describe("audit", () => {
  describe("check", () => {
    it("compares as text", () => {
      expect(check("code", "a number", 5, 5n)).to.deep.equal({
        area: "code",
        name: "a number",
        expected: "5",
        actual: "5",
        ok: true,
      });
      expect(check("code", "a number", 5, 6n).ok).to.equal(false);
    });
  });

  describe("is green", () => {
    it("after a launch, in all areas, and writes nothing", async () => {
      const { connection, context, record } = await load(launchedWorld);
      const block = await connection.networkHelpers.time.latestBlock();
      const checks = await audit({ ...context, record });
      expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
      for (const area of ["code", "parameters", "powers"] as const) {
        expect(checks.filter((one) => one.area === area)).to.have.length.above(9);
      }
      const names = checks.map(({ area, name }) => `${area} ${name}`);
      expect(new Set(names).size).to.equal(names.length);
      expect(await connection.networkHelpers.time.latestBlock()).to.equal(block);
    });

    it("where the Safe waits before it acts as steward, and has no veto", async () => {
      const world = await load(preparedWorld);
      const addresses = (accounts: typeof world.owners) => accounts.map(({ address }) => address);
      const tree = brandTree(addresses(world.owners), addresses(world.holders));
      Object.assign(tree.safe, { stewardDelay: "2 days" });
      tree.handover.veto = "none";
      const context = { ...world.context, brand: readBrand(tree) };
      const { plan, record } = await launchOnce(context);
      const dao = connectDao(record, world.launcher);
      const live = { ...world, context, plan, record, dao };
      expect(await failures(live)).to.deep.equal({});
      const checks = await audit({ ...context, record });
      const stewards = checks.find(({ name }) => name === "STEWARD is held by");
      expect(stewards?.actual).to.include(`${record.safe} after ${2 * DAY} s`);
      // As it is for the one whose file says nothing of a delay.
      const hasty = { ...live, context: { ...context, brand: { ...context.brand, stewardDelay: 0 } } };
      expect(Object.keys(await failures(hasty))).to.deep.equal(["STEWARD is held by"]);
    });

    it("whatever the DAO does from day to day", async () => {
      const world = await load(launchedWorld);
      const { badge, manager, token } = await contractsOf(world);
      const kind = {
        name: "Photo",
        description: "",
        image: "",
        points: 5,
        votes: 0,
        issuerRole: ROLES.ISSUER,
        supplyLimit: 0,
        dailyPointsLimit: 0,
      };
      await asSafe(
        world,
        to(badge, "addKind", kind),
        to(badge, "award", 2, world.stranger.address, NOTHING),
        to(manager, "grantRole", ROLES.ISSUER, world.stranger.address, 0),
      );
      await world.dao.badge.connect(world.stranger).award(1, world.holders[0].address, NOTHING);
      await enact(world, to(token, "mint", world.stranger.address, parseEther("1000")));
      expect(await failures(world)).to.deep.equal({});
    });

    it("once the veto has ended", async () => {
      const world = await load(launchedWorld);
      await world.connection.networkHelpers.time.increaseTo(world.record.terms.guardianExpiry);
      expect(await failures(world)).to.deep.equal({});
    });

    it("once the community has taken over", async () => {
      const world = await load(launchedWorld);
      const { manager } = await contractsOf(world);
      await asSafe(world, to(manager, "grantRole", ROLES.ISSUER, world.stranger.address, 0));
      await world.connection.networkHelpers.time.increaseTo(world.record.terms.communityDate);
      await world.dao.handover.connect(world.stranger).handOver();
      expect(await failures(world)).to.deep.equal({});
      const checks = await audit({ ...world.context, record: world.record });
      const stewards = checks.find(({ name }) => name === "STEWARD is held by");
      expect(stewards?.expected).to.equal(world.record.contracts.timelock);
    });

    it("once the Safe handed over by itself, early", async () => {
      const world = await load(launchedWorld);
      const { governor, handover } = await contractsOf(world);
      await asSafe(world, to(governor, "resignGuardian"), to(handover, "handOver"));
      expect(await failures(world)).to.deep.equal({});
    });
  });

  type Tampering = (world: LaunchedWorld) => Promise<void>;

  /** What was done, and exactly which checks then fail. */
  const passed: Record<string, [tampering: Tampering, failing: string[]]> = {
    "another voting period": [
      async (world) => enact(world, to((await contractsOf(world)).governor, "setVotingPeriod", 5 * DAY)),
      ["governance.votingPeriod"],
    ],
    "another quorum, threshold and floor": [
      async (world) => {
        const { governor } = await contractsOf(world);
        await enact(
          world,
          to(governor, "updateQuorumNumerator", 2_000),
          to(governor, "setProposalThreshold", parseEther("600")),
          to(governor, "setQuorumFloor", parseEther("30000")),
        );
      },
      ["governance.proposalThreshold", "governance.quorum", "governance.quorumFloor"],
    ],
    "another delay of the timelock": [
      async (world) => enact(world, to((await contractsOf(world)).timelock, "updateDelay", 3 * DAY)),
      ["governance.timelockDelay"],
    ],
    "another limit to minting": [
      async (world) =>
        enact(
          world,
          to((await contractsOf(world)).token, "setMintLimit", {
            amount: parseEther("50001"),
            window: 365 * DAY,
          }),
        ),
      ["token.minting"],
    ],
    "a minter": [
      async (world) => {
        const { manager } = await contractsOf(world);
        await enact(world, to(manager, "grantRole", ROLES.MINTER, world.stranger.address, 0));
      },
      ["MINTER is held by"],
    ],
    "an admin of the satellites": [
      async (world) => {
        const { manager } = await contractsOf(world);
        await enact(world, to(manager, "grantRole", ROLES.ADMIN, world.stranger.address, 0));
      },
      ["ADMIN is held by"],
    ],
    "another steward": [
      async (world) => {
        const { manager } = await contractsOf(world);
        await enact(world, to(manager, "grantRole", ROLES.STEWARD, world.stranger.address, 60));
      },
      ["STEWARD is held by"],
    ],
    "no votes for badges": [
      async (world) => {
        const { manager } = await contractsOf(world);
        await enact(world, to(manager, "revokeRole", ROLES.VOTES_GRANTER, world.record.contracts.badge));
      },
      ["VOTES_GRANTER is held by"],
    ],
    "another admin of a role": [
      async (world) => enact(world, to((await contractsOf(world)).manager, "setRoleAdmin", ROLES.ISSUER, 77)),
      ["ISSUER is administered by"],
    ],
    "a guardian of a role": [
      async (world) =>
        enact(world, to((await contractsOf(world)).manager, "setRoleGuardian", ROLES.STEWARD, ROLES.ISSUER)),
      ["STEWARD has a guardian"],
    ],
    "a function more for the stewards": [
      async (world) => {
        const { manager } = await contractsOf(world);
        const { token, dao } = { token: world.record.contracts.token, dao: world.dao };
        const { selector } = dao.token.interface.getFunction("mint");
        await enact(world, to(manager, "setTargetFunctionRole", token, [selector], ROLES.STEWARD));
      },
      ["functions of STEWARD"],
    ],
    "a function for everybody": [
      async (world) => {
        const { manager } = await contractsOf(world);
        const { selector } = world.dao.token.interface.getFunction("mint");
        const everybody = 2n ** 64n - 1n;
        await enact(
          world,
          to(manager, "setTargetFunctionRole", world.record.contracts.token, [selector], everybody),
        );
      },
      ["functions of other roles than ADMIN and STEWARD"],
    ],
    "a closed badge": [
      async (world) => {
        const { manager } = await contractsOf(world);
        await enact(world, to(manager, "setTargetClosed", world.record.contracts.badge, true));
      },
      ["badge is closed"],
    ],
    "a closed drop": [
      async (world) => {
        const { manager } = await contractsOf(world);
        await enact(world, to(manager, "setTargetClosed", world.record.contracts.drop, true));
      },
      ["drop is closed"],
    ],
    "a function less for the stewards": [
      async (world) => {
        const { manager } = await contractsOf(world);
        const { selector } = world.dao.drop.interface.getFunction("open");
        const { drop } = world.record.contracts;
        await enact(world, to(manager, "setTargetFunctionRole", drop, [selector], ROLES.ADMIN));
      },
      ["functions of STEWARD"],
    ],
    "other limits of points, referrals and recoveries": [
      async (world) => enact(world, to((await contractsOf(world)).badge, "setLimits", 7, 6, 0)),
      ["badges.pointsPerSeason", "referrals.perSeason", "recoveries.perSeason"],
    ],
    "upgraded rewards": [
      async (world) => {
        const { rewards } = await contractsOf(world);
        const other = await (await new ContributionRewards__factory(world.launcher).deploy()).getAddress();
        await enact(world, to(rewards, "upgradeToAndCall", other, "0x"));
      },
      ["rewards runs ContributionRewards"],
    ],
    "a canceller beside the governor": [
      async (world) => {
        const { timelock } = await contractsOf(world);
        const role = await world.dao.timelock.CANCELLER_ROLE();
        await enact(world, to(timelock, "grantRole", role, world.stranger.address));
      },
      ["timelock's CANCELLER"],
    ],
    "an admin of the timelock beside itself": [
      async (world) => {
        const { timelock } = await contractsOf(world);
        const role = await world.dao.timelock.DEFAULT_ADMIN_ROLE();
        await enact(world, to(timelock, "grantRole", role, world.stranger.address));
      },
      ["timelock's DEFAULT_ADMIN"],
    ],
    "another guardian": [
      async (world) =>
        enact(world, to((await contractsOf(world)).governor, "setProposalGuardian", world.stranger.address)),
      ["the veto is held by"],
    ],
    "a longer veto": [
      async (world) =>
        enact(
          world,
          to(
            (await contractsOf(world)).governor,
            "setGuardianTerm",
            world.record.safe,
            world.record.terms.guardianExpiry + DAY,
          ),
        ),
      ["handover.veto"],
    ],
    "another date for the community": [
      async (world) =>
        enact(
          world,
          to((await contractsOf(world)).handover, "setCommunityDate", world.record.terms.communityDate + DAY),
        ),
      ["handover.community"],
    ],
    "an upgraded token": [
      async (world) => {
        const { token } = await contractsOf(world);
        const other = await (await new BrandToken__factory(world.launcher).deploy()).getAddress();
        await enact(world, to(token, "upgradeToAndCall", other, "0x"));
      },
      ["token runs BrandToken"],
    ],
  };

  const done: Record<string, [tampering: Tampering, failing: string[]]> = {
    "an owner of the Safe who halted awards": [
      async ({ dao, owners }) => {
        await dao.handover.connect(owners[1]).haltAwards();
      },
      ["awards are halted"],
    ],
    "another ladder of titles": [
      async (world) => {
        const { badge } = await contractsOf(world);
        await asSafe(world, to(badge, "setTitles", [{ name: "お客さま", points: 0 }]));
      },
      ["titles"],
    ],
    "an owner of the Safe who was replaced": [
      async (world) => {
        const { owners, stranger } = world;
        await asSafe(
          world,
          ofSafe(world, "swapOwner", owners[0].address, owners[1].address, stranger.address),
        );
      },
      ["safe.owners"],
    ],
    "a Safe in which one owner acts alone": [
      async (world) => asSafe(world, ofSafe(world, "changeThreshold", 1)),
      ["safe.threshold"],
    ],
    "code of the token's proxy that isn't a proxy's": [
      async ({ connection, context, record }) => {
        const { token } = record.contracts;
        const implementation = await context.provider.getCode(record.implementations.BrandToken);
        await connection.networkHelpers.setCode(token, implementation);
      },
      // Nor does it name the treasury then, with whom drop and rewards have left their votes.
      [
        "token is an ERC-1967 proxy",
        "token's treasury",
        ...["drop", "rewards"].map((name) => `${name}'s votes are with`),
      ],
    ],
    "another manager's code": [
      async ({ connection, context, record }) => {
        const code = await context.provider.getCode(record.implementations.BrandAccessManager);
        await connection.networkHelpers.setCode(record.contracts.manager, code);
      },
      ["manager is a clone of BrandAccessManager"],
    ],
    "a Handover with other terms": [
      async ({ connection, context, record }) => {
        const { handover } = record.contracts;
        const code = await context.provider.getCode(handover);
        const date = record.terms.communityDate.toString(16).padStart(12, "0");
        expect(code.endsWith(date)).to.equal(true);
        const later = (record.terms.communityDate + DAY).toString(16).padStart(12, "0");
        await connection.networkHelpers.setCode(handover, code.slice(0, -12) + later);
      },
      ["handover is a clone of Handover, with the launch's terms", "handover.community"],
    ],
  };

  for (const [by, tamperings] of [
    ["what a proposal changed", passed],
    ["what else was done", done],
  ] as const) {
    describe(`shows ${by}`, () => {
      for (const [what, [tampering, failing]] of Object.entries(tamperings)) {
        it(`${what}: ${failing.join(", ")}`, async () => {
          const world = await load(launchedWorld);
          await tampering(world);
          expect(Object.keys(await failures(world))).to.have.members(failing);
        });
      }
    });
  }

  it("finds a function that anybody may call where the node leaves the event of it out", async () => {
    const world = await load(launchedWorld);
    const { manager } = await contractsOf(world);
    const { dao, context } = world;
    const block = await context.provider.getBlockNumber();
    const { selector } = dao.token.interface.getFunction("mint");
    const anybody = 2n ** 64n - 1n;
    await enact(
      world,
      to(manager, "setTargetFunctionRole", await dao.token.getAddress(), [selector], anybody),
    );
    const leaky = new Proxy(context.provider, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (key === "getLogs") {
          return async (filter: Filter) =>
            (await target.getLogs(filter)).filter(({ blockNumber }) => blockNumber <= block);
        }
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    const found = await failures({ ...world, context: { ...context, provider: leaky } });
    expect(found).to.have.all.keys("functions of other roles than ADMIN and STEWARD");
    expect(Object.values(found)[0]).to.include(selector);
  });

  it("says what was expected and what was found", async () => {
    const world = await load(launchedWorld);
    const { governor } = await contractsOf(world);
    await enact(world, to(governor, "setVotingPeriod", 5 * DAY));
    const checks = await audit({ ...world.context, record: world.record });
    expect(checks.find(({ name }) => name === "governance.votingPeriod")).to.deep.equal({
      area: "parameters",
      name: "governance.votingPeriod",
      expected: "3 days",
      actual: "5 days",
      ok: false,
    });
  });

  it("shows everything that another file says", async () => {
    const world = await load(launchedWorld);
    const { owners, holders, stranger } = world;
    const tree = brandTree(
      [owners[0].address, stranger.address],
      holders.map(({ address }) => address),
    );
    tree.brand.name = "Red";
    tree.token.symbol = "RED";
    tree.token.cap = "2,000,000";
    Object.assign(tree, {
      titles: [
        { name: "お客さま", points: "0" },
        { name: "常連", points: "10" },
      ],
      rewards: { disputeWindow: "13 days" },
      referrals: { perSeason: "6" },
      recoveries: { perSeason: "11" },
    });
    tree.badges.kinds[0] = { name: "レビュー", points: "11" };
    tree.badges.kinds.push({ name: "Photo", points: "1" });
    const found = await failures({ ...world, context: { ...world.context, brand: readBrand(tree) } });
    expect(Object.keys(found)).to.include.members([
      "brand.name",
      "token.symbol",
      "token.cap",
      "safe.owners",
      "titles",
      "rewards.disputeWindow",
      "referrals.perSeason",
      "recoveries.perSeason",
      "badges.kinds[0].points",
      "badges.kinds[2]",
    ]);
    expect(found["badges.kinds[2]"]).to.equal("none");
    expect(found["badges.kinds[0].points"]).to.equal("10");
  });

  it("knows that the factory of the record made none of it", async () => {
    const world = await load(launchedWorld);
    const { record, stranger, context } = world;
    const found = await failures({ ...world, record: { ...record, factory: stranger.address } });
    expect(Object.keys(found)).to.have.members([
      "the factory is one that this version knows",
      ...DAO_CONTRACTS.map((name) => `${name} is where the factory made it`),
    ]);
    // One that is named by hand is known; what it made is looked at nevertheless.
    const trusted = await audit({
      ...context,
      record: { ...record, factory: stranger.address },
      factories: [stranger.address],
    });
    expect(trusted.filter(({ ok }) => !ok).map(({ name }) => name)).to.have.members(
      DAO_CONTRACTS.map((name) => `${name} is where the factory made it`),
    );
  });

  it("knows that a drop and rewards of another DAO aren't this one's", async () => {
    const world = await load(launchedWorld);
    const tree = brandTree(
      world.owners.map(({ address }) => address),
      world.holders.map(({ address }) => address),
    );
    tree.brand.slug = "red";
    const { contracts } = (await launchOnce({ ...world.context, brand: readBrand(tree, "red") })).record;
    const { drop, rewards } = contracts;
    const mixed = { ...world.record, contracts: { ...world.record.contracts, drop, rewards } };
    const found = await failures({ ...world, record: mixed });
    expect(Object.keys(found)).to.have.members([
      // Their code names another badge.
      ...["drop", "rewards"].map((name) => `${name} is an ERC-1967 proxy`),
      ...["drop", "rewards"].map((name) => `${name} is where the factory made it`),
      "badge's drop",
      ...["drop", "rewards"].flatMap((name) => [`${name}'s badge`, `${name}'s authority`]),
      ...["drop", "rewards"].map((name) => `${name}'s votes are with`),
      "functions of STEWARD",
    ]);
    expect(found["drop's badge"]).to.equal(contracts.badge);
  });

  it("shows another Safe that a proposal has appointed", async () => {
    const world = await load(launchedWorld);
    const second = await launchOnce({ ...world.context, signer: world.stranger });
    expect(second.record.safe, "the same owners and slug give the same Safe").to.equal(world.record.safe);
    const tree = brandTree(
      world.owners.map(({ address }) => address),
      world.holders.map(({ address }) => address),
    );
    tree.brand.slug = "red";
    const other = await launchOnce({ ...world.context, brand: readBrand(tree, "red") });
    const { handover } = await contractsOf(world);
    await enact(world, to(handover, "setSafe", other.record.safe));
    expect(Object.keys(await failures(world))).to.have.members(["handover's Safe", "STEWARD is held by"]);
  });

  it("knows the code of a proxy as it is on the chain", async () => {
    const { context, record } = await load(launchedWorld);
    const { badge, token, timelock } = record.contracts;
    for (const [name] of PROXIES) {
      const code = proxyCodeOf(name, record.contracts);
      expect(await context.provider.getCode(record.contracts[name]), name).to.equal(code.toLowerCase());
    }
    // Those that name others, each of them.
    const others = [
      { badge, token: timelock, timelock: token },
      { badge: timelock, token, timelock: badge },
    ];
    for (const [name, differ] of [
      ["token", [true, true]],
      ["governor", [true, true]],
      ["drop", [true, true]],
      ["rewards", [true, true]],
      ["timelock", [false, false]],
      ["badge", [false, false]],
    ] as const) {
      const code = proxyCodeOf(name, record.contracts);
      expect(
        others.map((linked) => proxyCodeOf(name, linked) !== code),
        name,
      ).to.deep.equal(differ);
    }
  });
});
