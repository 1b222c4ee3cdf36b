// cspell:ignore dayz
import { ALICE, BOB, expectOne, problems, type Changes } from "./support.js";

const KIND = { name: "Review", points: 10 };

/** A field, a value that it can't have, and what is said about it. */
type Refusal = [path: string, value: unknown, message: string, remedy: string];

/** How a path of {@link Changes} is written in problems: `token.allocations[0].to`. */
function placeOf(path: string): string {
  return path.replaceAll(/\.(\d+)/gu, "[$1]");
}

function refuses(refusals: Refusal[], others: Changes = {}): void {
  for (const [path, value, message, remedy] of refusals) {
    const shown = JSON.stringify(value) as string | undefined;
    it(`${path}: ${(shown ?? "left out").slice(0, 70)}`, () => {
      expectOne(problems({ ...others, [path]: value }), placeOf(path), message, remedy);
    });
  }
}

describe("fields of a brand file", () => {
  describe("that are missing", () => {
    refuses([
      ["brand.name", undefined, "is missing", '"name: '],
      ["brand.slug", "", "is missing", '"slug: sakura-coffee"'],
      ["token.symbol", undefined, "is missing", '"symbol: SKR"'],
      ["token.cap", undefined, "is missing", '"cap: 10,000,000"'],
      ["token.allocations", undefined, "is missing", "who gets tokens"],
      ["token.allocations", [], "is missing", "who gets tokens"],
      ["token.allocations.0.to", undefined, "is missing", '"to: treasury"'],
      ["token.allocations.0.amount", undefined, "is missing", '"amount: 600_000"'],
      ["governance.proposalThreshold", undefined, "is missing", '"proposalThreshold: 500"'],
      ["governance.quorumFloor", undefined, "is missing", '"quorumFloor: 15,000"'],
      ["safe", undefined, "neither an address nor owners", '"threshold"'],
    ]);
    refuses(
      [
        ["badges.kinds.0.name", undefined, "is missing", '"name: '],
        ["badges.kinds.0.points", undefined, "is missing", '"points: 10"'],
      ],
      { "badges.kinds": [KIND] },
    );
  });

  describe("of the brand", () => {
    refuses([
      // 22 characters of 3 bytes.
      ["brand.name", "共".repeat(22), "66 bytes (22 characters), more than 64 bytes", "about 21 fit"],
      ["brand.name", "x".repeat(65), "65 bytes (65 characters)", "shorten"],
      ["brand.name", "  ", "has only spaces", '"name: '],
      ["brand.name", "Blue\nBicycle", '"Blue Bicycle" has a line break', "one line"],
      ["brand.name", "Blue\u0007", "can't be seen", "plain text"],
      ["brand.slug", "b", '"b" isn\'t possible', "slug: sakura-coffee"],
      ["brand.slug", "Blue", '"Blue" isn\'t possible', "slug: sakura-coffee"],
      ["brand.slug", "x".repeat(41), "2 to 40 small letters", "slug: sakura-coffee"],
      [
        "brand.slug",
        "red",
        '"red" isn\'t the name of the file, "blue"',
        '"slug: blue", or rename the file to red.yaml',
      ],
      ["brand.chainId", "mainnet", '"mainnet" isn\'t an amount', "digits"],
      ["brand.chainId", 0, '"0" is out of bounds: 1 to', "chainId: 11155111"],
      ["brand.daoURI", "example.com", '"example.com" isn\'t a link', "https://"],
      ["brand.daoURI", `https://example.com/${"x".repeat(1_000)}`, "1020 bytes", "shorten"],
    ]);
  });

  describe("of the token", () => {
    refuses([
      ["token.symbol", "B", '"B" isn\'t possible: it takes 2 to 11 capital letters', '"symbol: SKR"'],
      ["token.symbol", "blue", '"blue" isn\'t possible', '"symbol: SKR"'],
      ["token.symbol", "TWELVE123456", '"TWELVE123456" isn\'t possible', '"symbol: SKR"'],
      ["token.cap", "1,000,000.5", '"1,000,000.5" isn\'t a whole number', "decimals"],
      ["token.cap", "0", '"0" is out of bounds: 1 to 63,382,530,011', '"cap: 10,000,000"'],
      ["token.cap", "63,382,530,012", "out of bounds", '"cap: 10,000,000"'],
      ["token.cap", "1e9", '"1e9" has an exponent', "all digits"],
      ["token.cap", "1,000,000 RED", '"RED", not in BLUE', '"1,000,000 BLUE"'],
      [
        "token.minting.limit",
        "1,000,001",
        "1,000,001 BLUE is more than the cap of 1,000,000 BLUE",
        "token.cap",
      ],
      ["token.minting.limit", "-1", '"-1" is negative', "digits"],
      [
        "token.minting.per",
        "59 minutes",
        '"59 minutes" is out of bounds: 1 hour to 5 years',
        "per: 365 days",
      ],
      ["token.minting.per", "1826 days", "1 hour to 5 years", "per: 365 days"],
      ["token.allocations.0.amount", "0", '"0" is zero', "more than that"],
      ["token.allocations.0.amount", "-600", '"-600" is negative', "digits"],
      ["token.allocations.0.amount", "6,00", '"6,00" has a separator', "groups of three"],
      ["token.allocations.0.to", ALICE.toLowerCase(), "wrong checksum", `the address you mean: ${ALICE}`],
      ["token.allocations.0.to", `0x${"0".repeat(40)}`, "zero address", "wallet"],
      [
        "token.allocations.0.to",
        "blue.eth",
        '"blue.eth" looks like an ENS name',
        "address that the name stands for",
      ],
      ["token.allocations.0.note", "x".repeat(201), "201 bytes", "shorten"],
    ]);
  });

  describe("of governance", () => {
    refuses([
      [
        "governance.votingDelay",
        "0 days",
        '"0 days" is out of bounds: 1 minute to 30 days',
        "votingDelay: 1 day",
      ],
      ["governance.votingDelay", "31 days", "1 minute to 30 days", "votingDelay: 1 day"],
      ["governance.votingPeriod", "9 minutes", "10 minutes to 60 days", "votingPeriod: 5 days"],
      ["governance.votingPeriod", "61 days", "10 minutes to 60 days", "votingPeriod: 5 days"],
      ["governance.votingPeriod", "5", '"5" has a number without a unit', "write the unit"],
      ["governance.votingPeriod", 5, '"5" has a number without a unit', "write the unit"],
      ["governance.votingPeriod", "5 dayz", '"5 dayz"', 'did you mean "days"?'],
      ["governance.votingPeriod", "-5 days", '"-5 days" is negative', "5 days"],
      ["governance.votingPeriod", ["5 days"], "is a list, where one value belongs", "votingPeriod: 5 days"],
      ["governance.votingPeriod", { days: 5 }, "is a section with keys of its own", "votingPeriod: 5 days"],
      ["governance.votingPeriod", true, '"true" isn\'t a duration', "5 days"],
      ["governance.lateQuorumExtension", "61 days", "0 days to 60 days", "lateQuorumExtension: 2 days"],
      ["governance.timelockDelay", "59 seconds", "1 minute to 30 days", "timelockDelay: 2 days"],
      ["governance.gracePeriod", "23 hours", "1 day to 90 days", "gracePeriod: 14 days"],
      ["governance.gracePeriod", "91 days", "1 day to 90 days", "gracePeriod: 14 days"],
      ["governance.quorum", "0%", '"0%" is out of bounds: 0.01% to 50%', '"quorum: 10%"'],
      ["governance.quorum", "50.01%", "0.01% to 50%", '"quorum: 10%"'],
      ["governance.quorum", 0.1, '"0.1" has no unit', "percent sign"],
      ["governance.quorumFloor", "0", '"0" is zero', "quorumFloor: 15,000"],
      ["governance.proposalThreshold", "0", '"0" is zero', "proposalThreshold: 500"],
      ["governance.proposalThreshold", "5%", '"5%" isn\'t an amount', "digits"],
      ["contributionVotes.share", "25.01%", "0% to 25%", "share: 5%"],
      ["contributionVotes.limit", "many", '"many" isn\'t an amount', "digits"],
      ["contributionVotes.per", "1 minute", "1 hour to 5 years", "per: 30 days"],
    ]);
  });

  describe("of the Safe", () => {
    refuses([
      ["safe.address", "me", '"me" isn\'t an address', "0x and 40"],
      ["safe.stewardDelay", "31 days", "0 days to 30 days", "stewardDelay: 1 day"],
    ]);
    refuses(
      [
        ["safe.owners.1", `eth:${BOB}`, "names a chain", BOB],
        ["safe.threshold", "0", '"0" is out of bounds: 1 to 100', "threshold: 2"],
        ["safe.threshold", "1.5", "isn't a whole number", "decimals"],
      ],
      { safe: { owners: [ALICE, BOB], threshold: 2 } },
    );
  });

  describe("of the handover", () => {
    refuses([
      ["handover.veto", "never", '"never" isn\'t a duration', "5 days"],
      ["handover.veto", "30 minutes", "1 hour to 4 years 1 day", "veto: 1 year"],
      ["handover.veto", "5 years", "1 hour to 4 years 1 day", "veto: 1 year"],
      ["handover.community", "none", '"none" isn\'t a duration', "5 days"],
      ["handover.community", "1462 days", "1 hour to 4 years 1 day", "community: 2 years"],
      ["handover.community", "2027-02-30", '"2027-02-30" isn\'t a date', '"2027-04-01"'],
      ["handover.community", "2027-13-01", '"2027-13-01" isn\'t a date', '"2027-04-01"'],
      ["handover.community", "2027/04/01", '"2027/04/01" isn\'t a date', '"2027-04-01"'],
      ["handover.community", "2027-04-01T00:00", "isn't a date", '"2027-04-01"'],
    ]);
  });

  describe("of titles", () => {
    const titles = { titles: [{ name: "Guest", points: 0 }] };
    refuses(
      [
        ["titles.0.name", undefined, "is missing", '"name: 常連"'],
        ["titles.0.name", "共".repeat(22), "66 bytes (22 characters)", "about 21"],
        ["titles.0.points", undefined, "is missing", '"points: 10"'],
        ["titles.0.points", "-1", '"-1" is negative', "digits"],
        ["titles.0.points", "16,777,216", "0 to 16,777,215", "points: 10"],
      ],
      titles,
    );
  });

  describe("of rewards, referrals and recoveries", () => {
    refuses([
      ["rewards.disputeWindow", "59 minutes", "1 hour to 365 days", "disputeWindow: 14 days"],
      ["rewards.disputeWindow", "366 days", "1 hour to 365 days", "disputeWindow: 14 days"],
      ["referrals.perSeason", "65,536", "0 to 65,535", "perSeason: 5"],
      ["referrals.perSeason", "many", '"many" isn\'t an amount', "digits"],
      ["recoveries.perSeason", 256, '"256" is out of bounds: 0 to 255', "perSeason: 10"],
      ["recoveries.perSeason", "1.5", "isn't a whole number", "decimals"],
    ]);
  });

  describe("of badges", () => {
    refuses([
      ["badges.season", "6 days", "7 days to 366 days", "season: 90 days"],
      ["badges.season", "367 days", "7 days to 366 days", "season: 90 days"],
      ["badges.pointsPerSeason", 0, '"0" is out of bounds: 1 to 4,294,967,295', "pointsPerSeason: 20,000"],
      ["badges.pointsPerSeason", "4,294,967,296", "1 to 4,294,967,295", "pointsPerSeason: 20,000"],
    ]);
    refuses(
      [
        ["badges.kinds.0.name", "共".repeat(22), "66 bytes (22 characters)", "about 21"],
        ["badges.kinds.0.description", "共".repeat(334), "1002 bytes (334 characters)", "about 333"],
        ["badges.kinds.0.description", "a\u0000b", "can't be seen", "plain text"],
        ["badges.kinds.0.name", "a\uffffb", "can't be seen", "plain text"],
        ["badges.kinds.0.description", "a\ufffeb", "can't be seen", "plain text"],
        ["badges.kinds.0.image", "review.png", '"review.png" isn\'t a link', "ipfs://"],
        ["badges.kinds.0.image", `ipfs://${"x".repeat(250)}`, "257 bytes", "shorten"],
        ["badges.kinds.0.points", "0", '"0" is out of bounds: 1 to 16,777,215', "points: 10"],
        ["badges.kinds.0.points", "16,777,216", "1 to 16,777,215", "points: 10"],
        ["badges.kinds.0.points", "ten", '"ten" isn\'t an amount', "digits"],
        ["badges.kinds.0.votes", "79,228,162,515", "at most 79,228,162,514", "votes: 200"],
        ["badges.kinds.0.issuer", "me", '"me" isn\'t an amount', "digits"],
        ["badges.kinds.0.issuer", 99, '"99" is out of bounds: 100 to 4,294,967,295', "issuer: safe"],
        ["badges.kinds.0.supply", "0", '"0" is out of bounds: 1 to', "supply: 500"],
        ["badges.kinds.0.dailyPoints", "4,294,967,296", "1 to 4,294,967,295", "dailyPoints: 2,000"],
      ],
      { "badges.kinds": [KIND] },
    );
  });
});
