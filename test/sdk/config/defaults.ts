import { expect } from "chai";
import { readFile } from "node:fs/promises";
import { FIELDS, fieldOf, type FieldKey } from "../../../sdk/config/fields.js";
import { ROLES } from "../../../sdk/roles.js";
import { loadBrandFile } from "../../../sdk/node/config/load.js";
import { ALICE, BOB, read } from "./support.js";

const DAY = 86_400;
const TOKEN = 10n ** 18n;

describe("a brand file that is right", () => {
  it("needs very little, and gets careful defaults for the rest", () => {
    expect(read()).to.deep.equal({
      file: "brands/blue.yaml",
      brand: { name: "Blue Bicycle", slug: "blue", daoURI: "" },
      token: {
        symbol: "BLUE",
        capTokens: 1_000_000n,
        minting: { amount: 0n, window: 365 * DAY },
        allocations: [
          { to: "treasury", amount: 600_000n * TOKEN },
          { to: ALICE, amount: 40_000n * TOKEN },
        ],
      },
      governance: {
        votingDelay: DAY,
        votingPeriod: 5 * DAY,
        lateQuorumExtension: 2 * DAY,
        timelockDelay: 2 * DAY,
        gracePeriod: 14 * DAY,
        proposalThreshold: 500n * TOKEN,
        quorumBps: 1_000,
        quorumFloor: 15_000n * TOKEN,
      },
      contributionVotes: { shareBps: 500, limit: { amount: 2_000n * TOKEN, window: 30 * DAY } },
      safe: { kind: "existing", address: BOB },
      stewardDelay: 0,
      handover: { veto: { after: 365 * DAY }, community: { after: 2 * 365 * DAY } },
      titles: [],
      disputeWindow: 14 * DAY,
      ideas: { enabled: true },
      pass: { enabled: true, kind: 0, royaltyBps: 500, colour: "#4a5a6b", language: "ja" },
      page: {
        colour: "#4a5a6b",
        rpc: [],
        languages: ["ja", "en"],
        links: [],
        publishesNames: false,
      },
      referralsPerSeason: 5,
      recoveriesPerSeason: 10,
      badges: { seasonLength: 90 * DAY, pointsPerSeason: 100_000, kinds: [] },
    });
  });

  it("may say everything", () => {
    const config = read({
      "brand.chainId": 11155111,
      "brand.daoURI": "https://example.com/dao.json",
      "token.minting": { limit: "20,000 BLUE", per: "30 days" },
      "token.allocations.1.note": "Alice",
      governance: {
        votingDelay: "2 days",
        votingPeriod: "1 week",
        lateQuorumExtension: "0 days",
        timelockDelay: "36 hours",
        gracePeriod: "1 month",
        proposalThreshold: "0.5",
        quorum: "12.5%",
        quorumFloor: 40_000,
      },
      contributionVotes: { share: "5%", limit: "300", per: "1 week" },
      safe: { owners: [ALICE, BOB], threshold: 2, stewardDelay: "1 day" },
      handover: { veto: "none", community: "2027-04-01" },
      titles: [
        { name: "お客さま", points: 0 },
        { name: "常連", points: "1,000" },
      ],
      rewards: { disputeWindow: "3 weeks" },
      referrals: { perSeason: 3 },
      recoveries: { perSeason: 0 },
      badges: {
        season: "180 days",
        pointsPerSeason: "30,000",
        kinds: [
          {
            name: "Review",
            description: "For a review.\nThank you!\n",
            image: "ipfs://cid/review.png",
            points: 10,
            votes: "2.5 BLUE",
            issuer: 100,
            supply: 500,
            dailyPoints: "2,000",
          },
          { name: "Co-creator", points: 100, issuer: "board" },
        ],
      },
      ideas: { enabled: "no" },
      pass: { enabled: "Yes", kind: "Co-creator", royalty: "2.5%", colour: "#8E4B4A", language: "en" },
    });
    expect(config.brand).to.deep.include({ chainId: 11155111n, daoURI: "https://example.com/dao.json" });
    expect(config.token.minting).to.deep.equal({ amount: 20_000n * TOKEN, window: 30 * DAY });
    expect(config.token.allocations[1]).to.deep.equal({ to: ALICE, amount: 40_000n * TOKEN, note: "Alice" });
    expect(config.governance).to.deep.equal({
      votingDelay: 2 * DAY,
      votingPeriod: 7 * DAY,
      lateQuorumExtension: 0,
      timelockDelay: 1.5 * DAY,
      gracePeriod: 30 * DAY,
      proposalThreshold: TOKEN / 2n,
      quorumBps: 1_250,
      quorumFloor: 40_000n * TOKEN,
    });
    expect(config.contributionVotes).to.deep.equal({
      shareBps: 500,
      limit: { amount: 300n * TOKEN, window: 7 * DAY },
    });
    expect(config.safe).to.deep.equal({ kind: "new", owners: [ALICE, BOB], threshold: 2 });
    expect(config.stewardDelay).to.equal(DAY);
    expect(config.handover).to.deep.equal({ veto: "none", community: { at: Date.UTC(2027, 3, 1) / 1000 } });
    expect(config.titles).to.deep.equal([
      { name: "お客さま", points: 0 },
      { name: "常連", points: 1_000 },
    ]);
    expect(config).to.deep.include({
      disputeWindow: 21 * DAY,
      referralsPerSeason: 3,
      recoveriesPerSeason: 0,
    });
    expect(config.badges).to.deep.equal({
      seasonLength: 180 * DAY,
      pointsPerSeason: 30_000,
      kinds: [
        {
          name: "Review",
          description: "For a review.\nThank you!",
          image: "ipfs://cid/review.png",
          points: 10,
          votes: (5n * TOKEN) / 2n,
          issuerRole: 100n,
          supplyLimit: 500,
          dailyPointsLimit: 2_000,
        },
        {
          name: "Co-creator",
          description: "",
          image: "",
          points: 100,
          votes: 0n,
          issuerRole: ROLES.BOARD,
          supplyLimit: 0,
          dailyPointsLimit: 0,
        },
      ],
    });
    expect(config.ideas).to.deep.equal({ enabled: false });
    expect(config.pass).to.deep.equal({
      enabled: true,
      kind: 2,
      royaltyBps: 250,
      colour: "#8e4b4a",
      language: "en",
    });
  });

  it("may say the defaults, in their own words", () => {
    const kind = { name: "Review", points: 1 };
    const words = {
      description: "none",
      image: "None",
      votes: 0,
      issuer: "safe",
      supply: "no limit",
      dailyPoints: "no limit",
    };
    expect(
      read({
        "brand.chainId": "any",
        "brand.daoURI": "none",
        "token.allocations.1.note": "none",
        "badges.kinds": [{ ...kind, ...words }],
      }),
    ).to.deep.equal(read({ "badges.kinds": [kind] }));
  });

  it("may leave keys and sections empty for their defaults", () => {
    expect(
      read({
        "governance.votingDelay": "",
        badges: "",
        contributionVotes: "",
        handover: "",
        titles: "",
        rewards: "",
        referrals: "",
        recoveries: { perSeason: "" },
        "token.minting": "",
      }),
    ).to.deep.equal(read());
  });

  it("never gets a default that another key rules out", () => {
    const short = read({ "governance.votingPeriod": "1 day", "handover.community": "6 months" });
    expect(short.governance.lateQuorumExtension).to.equal(DAY);
    expect(short.handover.veto).to.deep.equal({ after: 180 * DAY });
    expect(read({ "handover.community": "2028-04-01" }).handover.veto).to.deep.equal({ after: 365 * DAY });
    // Half of it, in whole hours.
    expect(read({ "badges.season": "7 days 1 hour" }).disputeWindow).to.equal(3.5 * DAY);
    expect(read({ "badges.season": "28 days" }).disputeWindow).to.equal(14 * DAY);
  });

  it("has values on their bounds", () => {
    const lowest = read({
      "governance.votingDelay": "1 minute",
      "governance.votingPeriod": "10 minutes",
      "governance.timelockDelay": "1 minute",
      "governance.gracePeriod": "1 day",
      "governance.quorum": "0.01%",
      "contributionVotes.share": "0%",
      "rewards.disputeWindow": "1 hour",
      "referrals.perSeason": 0,
      "recoveries.perSeason": 0,
      "badges.season": "7 days",
      "badges.pointsPerSeason": 1,
    });
    expect(lowest.badges.pointsPerSeason).to.equal(1);
    expect(lowest).to.deep.include({ disputeWindow: 3_600, referralsPerSeason: 0, recoveriesPerSeason: 0 });
    expect(lowest.governance).to.deep.include({ votingPeriod: 600, lateQuorumExtension: 600, quorumBps: 1 });
    const highest = read({
      "governance.votingPeriod": "60 days",
      "governance.lateQuorumExtension": "60 days",
      "governance.gracePeriod": "90 days",
      "governance.quorum": "50%",
      "contributionVotes.share": "0%",
      "token.minting.per": "5 years",
      "handover.veto": "4 years 1 day",
      "handover.community": "4 years 1 day",
      titles: [0, 1, 2, 3, "16,777,215"].map((points) => ({ name: "x".repeat(64), points })),
      "rewards.disputeWindow": "365 days",
      "referrals.perSeason": "65,535",
      "recoveries.perSeason": 255,
      "badges.season": "366 days",
      "badges.pointsPerSeason": "4,294,967,295",
    });
    const shared = read({ "governance.quorum": "25%", "contributionVotes.share": "25%" });
    expect(shared.contributionVotes.shareBps).to.equal(2_500);
    expect(highest.badges.pointsPerSeason).to.equal(2 ** 32 - 1);
    expect(highest.titles.map(({ points }) => points)).to.deep.equal([0, 1, 2, 3, 2 ** 24 - 1]);
    expect(highest).to.deep.include({ referralsPerSeason: 65_535, recoveriesPerSeason: 255 });
    expect(highest.handover.veto).to.deep.equal({ after: 1461 * DAY });
    // 21 characters of 3 bytes, and one of 1 byte.
    const name = `${"共".repeat(21)}!`;
    expect(read({ "brand.name": name }).brand.name).to.equal(name);
    expect(read({ "token.cap": "63,382,530,011" }).token.capTokens).to.equal(63_382_530_011n);
  });

  it("lets the floor count on what contribution votes can add, and no further", () => {
    expect(read({ "governance.quorumFloor": "42,000" }).governance.quorumFloor).to.equal(42_000n * TOKEN);
  });
});

describe("the example of a brand file", () => {
  it("is one that is right", async () => {
    const config = await loadBrandFile("brands/sakura-coffee.yaml");
    expect(config.brand).to.deep.equal({
      name: "さくら珈琲 共創コミュニティ",
      slug: "sakura-coffee",
      daoURI: "",
    });
    expect(config.token.capTokens).to.equal(10_000_000n);
    expect(config.titles).to.deep.equal([
      { name: "お客さま", points: 0 },
      { name: "常連", points: 10 },
      { name: "アンバサダー", points: 100 },
      { name: "共創メンバー", points: 500 },
    ]);
  });
});

describe("docs/brand-file.md", () => {
  it("lists every key with its bounds and its default", async () => {
    const sections = (await readFile("docs/brand-file.md", "utf8")).split(/^## /mu);
    for (const key of Object.keys(FIELDS) as FieldKey[]) {
      const [name = "", ...steps] = key.split(".");
      const section = sections.find((text) => text.startsWith(`\`${name}\``));
      const row = section?.split("\n").find((line) => line.startsWith(`| \`${steps.join(".")}\` `));
      expect(row, key).to.be.a("string");
      const { least = "", most = "", default: value = "required", defaultNote = "" } = fieldOf(key);
      for (const text of [least, most, value, defaultNote]) expect(row, key).to.include(text);
    }
  });
});
