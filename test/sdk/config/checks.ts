// cspell:ignore Ambasador
import { expect } from "chai";
import { ALICE, BOB, expectOne, problems, read } from "./support.js";

const CAROL = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";

describe("what has to fit across the fields of a brand file", () => {
  describe("allocations", () => {
    it("name each receiver once", () => {
      const allocations = [
        { to: "treasury", amount: 1 },
        { to: ALICE, amount: "40,000" },
        { to: "Treasury", amount: 1 },
        { to: ALICE, amount: 1 },
      ];
      const list = problems({ "token.allocations": allocations });
      expect(list.map(({ place }) => place)).to.deep.equal([
        "token.allocations[2].to",
        "token.allocations[3].to",
      ]);
      expect(list[1]?.message).to.include(ALICE).and.to.include("number 2");
      expect(list[1]?.remedy).to.include("one allocation");
    });

    it("stay within the cap", () => {
      expectOne(
        problems({ "token.allocations.0.amount": "960,000.5" }),
        "token.allocations",
        "add up to 1,000,000.5 BLUE, more than the cap of 1,000,000 BLUE",
        "token.cap",
      );
    });
  });

  describe("governance", () => {
    it("takes no more votes to propose than to pass", () => {
      expectOne(
        problems({ "governance.proposalThreshold": "15,001" }),
        "governance.proposalThreshold",
        "15,001 BLUE is more than governance.quorumFloor, 15,000 BLUE",
        "lower it",
      );
    });

    it("keeps amounts within the cap", () => {
      const list = problems({
        "governance.proposalThreshold": "2,000,000",
        "governance.quorumFloor": "3,000,000",
        "contributionVotes.limit": "4,000,000",
      });
      expect(list.map(({ place }) => place)).to.have.members([
        "contributionVotes.limit",
        "governance.quorumFloor",
        "governance.proposalThreshold",
        "governance.quorumFloor",
      ]);
      expect(list[0]?.message).to.include("4,000,000 BLUE is more than the cap of 1,000,000 BLUE");
    });

    it("extends a vote by no more than the voting period", () => {
      expectOne(
        problems({ "governance.votingPeriod": "1 day", "governance.lateQuorumExtension": "36 hours" }),
        "governance.lateQuorumExtension",
        "1 day 12 hours is longer than governance.votingPeriod, 1 day",
        "shorten",
      );
    });

    it("doesn't let contribution votes reach the quorum by themselves", () => {
      expectOne(
        problems({ "contributionVotes.share": "11%", "governance.quorum": "10%" }),
        "contributionVotes.share",
        "11% is more than governance.quorum, 10%",
        "pass a proposal with the votes",
      );
    });

    it("lets half of the tokens reach the quorum, though no earned vote is cast", () => {
      const [share, quorum] = ["contributionVotes.share", "governance.quorum"];
      expect(read({ [share]: "20%", [quorum]: "30%" }).governance.quorumBps).to.equal(3_000);
      expectOne(
        problems({ [share]: "20%", [quorum]: "30.01%" }),
        quorum,
        "30.01% and contributionVotes.share, 20%, are together more than 50%",
        "half of the tokens",
      );
      // By default 5% can be earned.
      expectOne(problems({ [quorum]: "45.01%" }), quorum, "45.01%", "lower one of them");
    });

    it("has a quorum floor of a token at least, and of half of the cap at most", () => {
      expectOne(
        problems({ "governance.quorumFloor": "0.9", "governance.proposalThreshold": "0.5" }),
        "governance.quorumFloor",
        "0.9 BLUE is less than one token",
        "raise it",
      );
      expect(problems({ "governance.quorumFloor": "600,000" })[0]).to.include({
        place: "governance.quorumFloor",
        message: "600,000 BLUE is more than half of the cap, 1,000,000 BLUE",
      });
    });

    it("has a quorum floor within reach of the people", () => {
      expectOne(
        problems({ "governance.quorumFloor": "42,001" }),
        "governance.quorumFloor",
        "42,001 BLUE can never be reached: people are allocated 40,000 BLUE, contribution votes add at most 2,000 BLUE",
        "could never decide anything",
      );
      expectOne(
        problems({ "token.allocations": [{ to: "treasury", amount: "600,000" }] }),
        "governance.quorumFloor",
        "people are allocated 0 BLUE",
        "allocate more to people",
      );
    });
  });

  describe("the Safe", () => {
    it("either exists or is made", () => {
      const list = problems({ safe: { address: BOB, owners: [ALICE], threshold: 1 } });
      expect(list.map(({ place }) => place)).to.deep.equal(["safe", "safe.threshold"]);
      expect(list[0]?.message).to.include("both an address and owners");
      expect(list[1]?.remedy).to.include("leave it out");
    });

    it("has the threshold of its own, if it exists", () => {
      expectOne(problems({ "safe.threshold": 1 }), "safe.threshold", "that of a new Safe", "leave it out");
    });

    it("names each owner once", () => {
      expectOne(
        problems({ safe: { owners: [ALICE, BOB, ALICE], threshold: 2 } }),
        "safe.owners[2]",
        `${ALICE} is there already, as number 1`,
        "once",
      );
    });

    it("says how many owners sign", () => {
      expectOne(
        problems({ safe: { owners: [ALICE, BOB, CAROL] } }),
        "safe.threshold",
        "is missing",
        'the owners (3) have to sign, for instance "threshold: 2"',
      );
    });

    it("doesn't ask for more signatures than there are owners", () => {
      expectOne(
        problems({ safe: { owners: [ALICE, BOB], threshold: 3 } }),
        "safe.threshold",
        "3 signatures can't be had from 2 owners",
        'write 1 to 2, for instance "threshold: 2"',
      );
      expect(problems({ safe: { owners: [ALICE], threshold: 2 } })[0]?.message).to.match(/from 1 owner$/u);
    });
  });

  describe("the handover", () => {
    it("ends the veto before the community takes over", () => {
      expectOne(
        problems({ "handover.veto": "3 years" }),
        "handover.veto",
        "until 1095 days after the launch, but the community takes over at 730 days after the launch",
        "end the veto first",
      );
      expectOne(
        problems({ "handover.veto": "2027-04-02", "handover.community": "2027-04-01" }),
        "handover.veto",
        "until 2027-04-02, but the community takes over at 2027-04-01",
        "end the veto first",
      );
    });

    it("leaves a date and a duration to the launch to compare", () => {
      const mixed = { "handover.veto": "4 years", "handover.community": "2027-04-01", "brand.name": "" };
      expectOne(problems(mixed), "brand.name", "is missing", "name");
      const other = { "handover.veto": "2030-04-01", "handover.community": "1 day", "brand.name": "" };
      expectOne(problems(other), "brand.name", "is missing", "name");
    });
  });

  describe("titles", () => {
    const ladder = (...points: unknown[]) => ({
      titles: points.map((from, i) => ({ name: `称号 ${i}`, points: from })),
    });

    it("are at most 5", () => {
      expectOne(problems(ladder(0, 1, 2, 3, 4, 5)), "titles", "has 6 titles, more than 5", "leave some out");
    });

    it("begin with one that everybody has", () => {
      expectOne(
        problems(ladder("1,000", "2,000")),
        "titles[0].points",
        "1,000 is more than 0",
        '"points: 0"',
      );
    });

    it("go up", () => {
      const same = problems(ladder(0, 10, 10));
      expectOne(same, "titles[2].points", "10 is not more than the 10 of the title before it", "raise it");
      expectOne(
        problems(ladder(0, "2,000", "1,999", "3,000")),
        "titles[2].points",
        "1,999 is not more than the 2,000",
        "in order",
      );
    });

    it("are compared with those only that can be read", () => {
      expectOne(problems(ladder(0, "ten", 5)), "titles[1].points", '"ten" isn\'t an amount', "digits");
    });
  });

  describe("seasons", () => {
    it("have whole hours", () => {
      expectOne(
        problems({ "badges.season": "30 days 90 minutes" }),
        "badges.season",
        "30 days 1 hour 30 minutes has parts of an hour",
        "30 days 2 hours",
      );
    });

    it("have a dispute window of whole hours", () => {
      expectOne(
        problems({ "rewards.disputeWindow": "100 minutes" }),
        "rewards.disputeWindow",
        "1 hour 40 minutes has parts of an hour",
        '"2 hours"',
      );
    });

    it("are longer than the dispute window", () => {
      for (const window of ["7 days", "8 days"]) {
        expectOne(
          problems({ "badges.season": "7 days", "rewards.disputeWindow": window }),
          "rewards.disputeWindow",
          `${window} is not shorter than badges.season, 7 days`,
          "shorten it",
        );
      }
      const fits = { "badges.season": "7 days", "rewards.disputeWindow": "167 hours", "brand.name": "" };
      expectOne(problems(fits), "brand.name", "is missing", "name");
    });

    it("are compared with the dispute window only where both can be read", () => {
      const wrong = { "badges.season": "6 days", "rewards.disputeWindow": "7 days" };
      expectOne(problems(wrong), "badges.season", "7 days to 366 days", "season");
    });
  });

  describe("badge kinds", () => {
    const KIND = { name: "Review", points: 10 };

    it("are at most 40", () => {
      const kinds = Array.from({ length: 41 }, () => KIND);
      expectOne(
        problems({ "badges.kinds": kinds }),
        "badges.kinds",
        "has 41 kinds, more than the 40",
        "after",
      );
    });

    it("can be awarded at least once a day", () => {
      expectOne(
        problems({ "badges.kinds": [KIND, { ...KIND, dailyPoints: 9 }] }),
        "badges.kinds[1].dailyPoints",
        "9 points a day are less than the 10 of one badge",
        "no limit",
      );
    });

    it("can be awarded at least once a season", () => {
      expectOne(
        problems({ "badges.kinds": [KIND, { ...KIND, points: 101 }], "badges.pointsPerSeason": 100 }),
        "badges.kinds[1].points",
        "101 is more than badges.pointsPerSeason, 100, so that none could be awarded",
        "raise badges.pointsPerSeason",
      );
      const just = read({ "badges.kinds": [{ ...KIND, points: 100 }], "badges.pointsPerSeason": 100 });
      expect(just.badges.pointsPerSeason).to.equal(100);
    });

    it("don't promise votes that the limits would withhold", () => {
      const kinds = [{ ...KIND, votes: "2,000.1" }];
      expectOne(
        problems({ "badges.kinds": kinds }),
        "badges.kinds[0].votes",
        "2,000.1 BLUE is more than contributionVotes.limit, 2,000 BLUE",
        "without its votes",
      );
      expectOne(
        problems({ "badges.kinds": [{ ...KIND, votes: 1 }], "contributionVotes.share": "0%" }),
        "badges.kinds[0].votes",
        "1 BLUE is more than contributionVotes.share, 0%, lets through",
        "without its votes",
      );
    });
  });

  describe("the pass", () => {
    const KIND = { name: "常連", points: 10 };

    it("is for a kind that the file describes", () => {
      const kinds = [KIND, { ...KIND, name: "Ambassador" }];
      expect(read({ "badges.kinds": kinds, pass: { kind: "Ambassador" } }).pass.kind).to.equal(2);
      expectOne(
        problems({ "badges.kinds": kinds, pass: { kind: "Ambasador" } }),
        "pass.kind",
        'there is no kind called "Ambasador"',
        '"常連", "Ambassador"',
      );
      expectOne(problems({ pass: { kind: "常連" } }), "pass.kind", "no kind called", "chosen later");
    });

    it("looks as the page does where nothing else is said", () => {
      const look = { colour: "#8E4B4A", languages: ["en", "ja"] };
      expect(read({ page: look }).pass).to.deep.include({ colour: "#8e4b4a", language: "en" });
      const own = read({ page: look, pass: { colour: "#112233", language: "ja" } });
      expect(own.pass).to.deep.include({ colour: "#112233", language: "ja" });
    });

    it("takes a royalty that markets pay, a colour, a language, and a plain yes or no", () => {
      for (const [field, value, text] of [
        ["royalty", "10.01%", "out of bounds"],
        ["colour", "red", "a colour"],
        ["language", "fr", '"ja" or "en"'],
        ["enabled", "maybe", '"yes" or "no"'],
      ] as const) {
        expectOne(problems({ pass: { [field]: value } }), `pass.${field}`, text, field);
      }
      expectOne(problems({ ideas: { enabled: "true" } }), "ideas.enabled", '"yes" or "no"', "enabled: no");
    });
  });
});
