// cspell:ignore Ａｍｂａｓｓａｄｏｒ ＧＵＥＳＴ Ambas sador
import { expect } from "chai";
import { getAddress, parseEther, toBeHex } from "ethers";
import { FIELDS } from "../../../sdk/config/fields.js";
import type { Problem } from "../../../sdk/errors.js";
import {
  checkAccounts,
  checkBrand,
  checkTerms,
  estimateLaunchGas,
  TRANSACTION_GAS_CAP,
} from "../../../sdk/launch/preflight.js";
import { treasuryPrice } from "../../../sdk/launch/price.js";
import { LOCAL_CHAIN_ID } from "../../../sdk/chain/local.js";
import { loadBrandFile } from "../../../sdk/node/config/load.js";
import type { LaunchContext } from "../../../sdk/node/launch/context.js";
import type { DaoRecord } from "../../../sdk/daoRecord.js";
import { parsePercent } from "../../../sdk/units.js";
import {
  type BrandTree,
  brandTree,
  launchedWorld,
  launchOnce,
  load,
  preparedWorld,
  readBrand,
} from "../support.js";

const DAY = 86_400;
const YEAR = 365 * DAY;
const LONGEST = 4 * YEAR + DAY;
const NOW = Date.parse("2026-04-01T12:00:00Z") / 1000;

/** The account that all test chains of Hardhat and anvil give to their first signer. */
const TEST_ACCOUNT = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const LAST_TEST_ACCOUNT = "0x8626f6940E2eb28930eFb4CeF49B2d1F2C9C1199";

/** An address that is as good as any. */
const addressOf = (index: number) => getAddress(toBeHex(0x1000 + index, 20));
const OWNERS = [1, 2, 3].map(addressOf);
const HOLDERS = [4, 5, 6].map(addressOf);
const LAUNCHER = addressOf(7);

/** A brand that nothing is wrong with, but for what `change` does to it. */
function brandWith(change: (tree: BrandTree) => unknown = () => undefined) {
  const tree = brandTree(OWNERS, HOLDERS);
  change(tree);
  return readBrand(tree);
}

const findings = (change?: (tree: BrandTree) => unknown) => checkBrand(brandWith(change));

/** Expects one problem, with all of `texts` in its message. */
function expectOne(problems: readonly Problem[], place: string, ...texts: string[]): void {
  expect(problems.map((problem) => problem.place)).to.deep.equal([place]);
  for (const text of texts) expect(problems[0]?.message).to.include(text);
  expect(problems[0]?.remedy).not.to.be.oneOf([undefined, ""]);
}

describe("preflight", () => {
  describe("checkBrand", () => {
    it("finds nothing wrong with a sensible brand", () => {
      expect(findings()).to.deep.equal({ problems: [], warnings: [] });
    });

    it("refuses a proposal threshold that all holders together don't have", () => {
      const { problems, warnings } = findings((tree) => {
        tree.governance.proposalThreshold = "20,000";
        tree.governance.quorumFloor = "20,000";
        tree.token.allocations = [
          { to: "treasury", amount: "500" },
          { to: addressOf(1), amount: "19,999" },
        ];
        // The votes that contributors may earn let the file's own checks pass.
        Object.assign(tree, { contributionVotes: { share: "5%" } });
      });
      expectOne(problems, "governance.proposalThreshold", "20,000 BLUE", "19,999 BLUE");
      expect(warnings).to.deep.equal([]);
    });

    it("warns of a proposal threshold that no single holder has", () => {
      const { problems, warnings } = findings((tree) => {
        tree.governance.proposalThreshold = "60,001";
        tree.governance.quorumFloor = "70,000";
      });
      expect(problems).to.deep.equal([]);
      expectOne(warnings, "governance.proposalThreshold", "60,001 BLUE", "60,000 BLUE");
      expect(findings((tree) => (tree.governance.proposalThreshold = "25,000")).warnings).to.deep.equal([]);
    });

    it("warns where what has to be bought of the quorum is less than there is to take, minting included", () => {
      // 25,000 less the 3,900 that can be earned are 21,100.
      const taking = (treasury: string, limit: string) => (tree: BrandTree) => {
        tree.token.allocations.splice(0, 1, { to: "treasury", amount: treasury });
        tree.token.minting.limit = limit;
      };
      expect(findings(taking("20,100", "1,000")).warnings).to.deep.equal([]);
      expect(findings(taking("21,100", "0")).warnings).to.deep.equal([]);
      const { warnings } = findings(taking("20,100", "1,000.5"));
      expectOne(
        warnings,
        "governance.quorumFloor",
        "21,100 BLUE",
        "20,100 BLUE",
        "1,000.5 BLUE",
        "3,900 BLUE",
      );
      expect(warnings[0]?.data).to.deep.equal({
        quorum: parseEther("25000"),
        earned: parseEther("3900"),
        treasury: parseEther("20100"),
        mintable: parseEther("1000.5"),
        symbol: "BLUE",
      });
    });

    it("counts no more to mint than the cap leaves", () => {
      const full = (cap: string) => (tree: BrandTree) => {
        tree.token.cap = cap;
        tree.token.minting.limit = "150,000";
      };
      expect(findings(full("151,000")).warnings).to.deep.equal([]);
      expectOne(findings(full("151,101")).warnings, "governance.quorumFloor", "1,101 BLUE");
    });

    it("takes the larger of floor and fraction for the quorum", () => {
      // 20 % of 130,000 and 3,900 are 26,780, more than the floor of 25,000; to be bought are 22,880.
      const tree = (amount: string) => (brand: BrandTree) => {
        Object.assign(brand.governance, { quorum: "20%" });
        brand.token.allocations.splice(0, 1, { to: "treasury", amount });
      };
      expect(findings(tree("21,880")).warnings).to.deep.equal([]);
      expectOne(findings(tree("21,881")).warnings, "governance.quorumFloor", "22,880 BLUE", "21,881 BLUE");
    });

    it("warns where more than half of the quorum can be earned", () => {
      const shares = (share: string) => (tree: BrandTree) => {
        Object.assign(tree, { contributionVotes: { share } });
        tree.token.allocations.splice(0, 1, { to: "treasury", amount: "1" });
      };
      expect(findings(shares("5%")).warnings).to.deep.equal([]);
      expectOne(findings(shares("5.01%")).warnings, "contributionVotes.share", "5.01%", "10%");
    });

    it("has nothing to say about the example, nor about the defaults", async () => {
      const { warnings } = checkBrand(await loadBrandFile("brands/sakura-coffee.yaml"));
      expect(warnings).to.deep.equal([]);
      const { price, treasury, mintable } = treasuryPrice(await loadBrandFile("brands/sakura-coffee.yaml"));
      expect(price >= treasury + mintable).to.equal(true);
      const share = parsePercent(FIELDS["contributionVotes.share"].default);
      expect(share * 2 <= parsePercent(FIELDS["governance.quorum"].default)).to.equal(true);
      expect(FIELDS["token.minting.limit"].default).to.equal("0");
    });

    it("warns of a vote under a day", () => {
      const { warnings } = findings((tree) => {
        tree.governance.votingPeriod = "23 hours";
        Object.assign(tree.governance, { lateQuorumExtension: "1 hour" });
      });
      expectOne(warnings, "governance.votingPeriod", "23 hours");
    });

    it("warns of a delay under a day", () => {
      const { warnings } = findings((tree) => (tree.governance.timelockDelay = "90 minutes"));
      expectOne(warnings, "governance.timelockDelay", "1 hour 30 minutes");
    });

    it("warns of a dispute window that ends before anything can be decided", () => {
      const windowOf = (disputeWindow: string) => (tree: BrandTree) => {
        Object.assign(tree.governance, {
          votingDelay: "1 day",
          votingPeriod: "5 days",
          lateQuorumExtension: "2 days",
          timelockDelay: "2 days",
        });
        Object.assign(tree, { rewards: { disputeWindow } });
      };
      expect(findings(windowOf("10 days")).warnings).to.deep.equal([]);
      const { warnings } = findings(windowOf("239 hours"));
      expectOne(warnings, "rewards.disputeWindow", "9 days 23 hours", "10 days");
    });

    it("warns of a quorum under 1%", () => {
      const { warnings } = findings((tree) => {
        Object.assign(tree.governance, { quorum: "0.99%" });
        Object.assign(tree, { contributionVotes: { share: "0.4%" } });
      });
      expectOne(warnings, "governance.quorum", "0.99%");
    });

    it("warns of kinds, and of titles, that people can't tell apart", () => {
      const named = (kind: string, title: string) => (tree: BrandTree) => {
        const points = ["0", "10"];
        const titles = ["Guest", title].map((name, i) => ({ name, points: points[i] }));
        const kinds = ["Ambassador", "写真", kind].map((name) => ({ name, points: "10" }));
        Object.assign(tree, { titles, badges: { ...tree.badges, kinds } });
      };
      expect(findings(named("写真展", "Guests")).warnings).to.deep.equal([]);
      for (const [kind, first] of [
        ["ambassador", 1],
        ["Ａｍｂａｓｓａｄｏｒ", 1],
        ["Ambas\u200bsador", 1],
        ["写真", 2],
      ] as const) {
        const { warnings, problems } = findings(named(kind, "Guests"));
        expect(problems).to.deep.equal([]);
        expectOne(warnings, "badges.kinds[2].name", `The kinds ${first} and 3`);
      }
      expectOne(findings(named("写真展", "ＧＵＥＳＴ")).warnings, "titles[1].name", "ＧＵＥＳＴ");
    });

    it("warns of a kind that only an idea board awards, where there is none", () => {
      const kinds = [{ name: "Co-creator", points: "10", issuer: "board" }];
      const badges = (tree: BrandTree) => Object.assign(tree, { badges: { kinds } });
      expect(findings(badges).warnings).to.deep.equal([]);
      const { warnings } = findings((tree) => Object.assign(badges(tree), { ideas: { enabled: "no" } }));
      expectOne(warnings, "badges.kinds[0].issuer", '"Co-creator"', "without one");
    });

    it("reckons with the modules of the launch", () => {
      const [whole, bare] = [brandWith(), brandWith()];
      const without = { ...bare, ideas: { enabled: false }, pass: { ...bare.pass, enabled: false } };
      expect(estimateLaunchGas(whole) > estimateLaunchGas(without)).to.equal(true);
    });

    it("warns of a Safe whose owners act alone", () => {
      const { warnings } = findings((tree) => (tree.safe.threshold = "1"));
      expectOne(warnings, "safe.threshold", "One owner alone");
    });

    it("refuses more allocations than fit one transaction, and says how many do", () => {
      const withHolders = (count: number) => (tree: BrandTree) => {
        tree.token.allocations.push(
          ...Array.from({ length: count - tree.token.allocations.length }, (_, i) => ({
            to: addressOf(100 + i),
            amount: "10",
          })),
        );
      };
      const { problems } = findings(withHolders(500));
      expectOne(problems, "token.allocations", "500 allocations", TRANSACTION_GAS_CAP.toLocaleString("en"));
      const most = Number(/at most (\d+)/.exec(problems[0]?.remedy ?? "")?.[1]);
      expect(findings(withHolders(most)).problems).to.deep.equal([]);
      expect(findings(withHolders(most + 1)).problems).to.have.length(1);
    });

    it("finds several things at once", () => {
      const { warnings } = findings((tree) => {
        tree.governance.votingPeriod = "1 hour";
        tree.governance.timelockDelay = "1 hour";
        Object.assign(tree.governance, { lateQuorumExtension: "1 hour" });
        tree.safe.threshold = "1";
      });
      expect(warnings.map(({ place }) => place)).to.deep.equal([
        "governance.votingPeriod",
        "governance.timelockDelay",
        "safe.threshold",
      ]);
    });
  });

  describe("checkTerms", () => {
    const terms = (guardianExpiry: number, communityDate: number) =>
      checkTerms({ guardianExpiry, communityDate }, NOW);

    it("accepts dates ahead, in order", () => {
      expect(terms(NOW + YEAR, NOW + 2 * YEAR)).to.deep.equal([]);
      expect(terms(NOW + YEAR, NOW + YEAR)).to.deep.equal([]);
      expect(terms(NOW + 1, NOW + LONGEST)).to.deep.equal([]);
      expect(terms(NOW + LONGEST, NOW + LONGEST)).to.deep.equal([]);
    });

    it("accepts that there is no veto", () => {
      expect(terms(0, NOW + 1)).to.deep.equal([]);
    });

    it("refuses a veto that is over", () => {
      expectOne(terms(NOW, NOW + YEAR), "handover.veto", "2026-04-01");
    });

    it("refuses dates that are too far ahead", () => {
      expectOne(terms(0, NOW + LONGEST + 1), "handover.community", "2030-04-01");
      const both = terms(NOW + LONGEST + 1, NOW + LONGEST + 1);
      expect(both.map(({ place }) => place)).to.deep.equal(["handover.veto", "handover.community"]);
    });

    it("refuses a handover that is over", () => {
      expectOne(terms(0, NOW), "handover.community", "2026-04-01");
    });

    it("refuses a veto that outlasts the handover", () => {
      expectOne(terms(NOW + 2 * YEAR, NOW + YEAR), "handover.veto", "2028-03-31", "2027-04-01");
    });
  });

  describe("checkAccounts", () => {
    it("lets test accounts be on a local chain", () => {
      expect(checkAccounts(brandWith(), TEST_ACCOUNT, LOCAL_CHAIN_ID)).to.deep.equal([]);
    });

    it("finds nothing wrong with other accounts", () => {
      expect(checkAccounts(brandWith(), LAUNCHER, 1n)).to.deep.equal([]);
    });

    it("refuses them on any other chain, wherever they are", () => {
      const brand = brandWith((tree) => {
        tree.token.allocations.push({ to: LAST_TEST_ACCOUNT, amount: "1" });
        tree.safe.owners[1] = TEST_ACCOUNT;
      });
      for (const chainId of [1n, 10n, 11_155_111n]) {
        const problems = checkAccounts(brand, TEST_ACCOUNT, chainId);
        expect(problems.map(({ place }) => place)).to.deep.equal([
          "token.allocations[4].to",
          "safe.owners[1]",
          "launcher",
        ]);
        for (const { message, remedy } of problems) {
          expect(message).to.match(/^0x\w{40} is one of Hardhat's test accounts/);
          expect(remedy).not.to.equal(undefined);
        }
      }
    });

    it("leaves the owners of a Safe that exists to themselves", () => {
      const brand = brandWith((tree) => Object.assign(tree, { safe: { address: addressOf(9) } }));
      expect(checkAccounts(brand, LAUNCHER, 1n)).to.deep.equal([]);
    });
  });

  describe("estimateLaunchGas", () => {
    it("is more than a launch takes, and not by much", async () => {
      const { context, record } = await load(launchedWorld);
      await expectUpperEstimate(context, record);
    });

    it("is so also with the longest titles", async () => {
      const { context, owners, holders } = await load(preparedWorld);
      const addresses = (accounts: typeof owners) => accounts.map(({ address }) => address);
      const titles = [0, 1, 2, 3, 4].map((points) => ({ name: "称".repeat(21), points }));
      const brand = readBrand({ ...brandTree(addresses(owners), addresses(holders)), titles });
      const { record } = await launchOnce({ ...context, brand });
      await expectUpperEstimate({ ...context, brand }, record);
    });

    async function expectUpperEstimate({ provider, brand }: LaunchContext, { transactions }: DaoRecord) {
      const receipt = await provider.getTransactionReceipt(transactions.launch ?? "");
      const used = receipt?.gasUsed ?? 0n;
      const estimate = estimateLaunchGas(brand);
      expect(used).not.to.equal(0n);
      expect(estimate >= used, `${estimate} for ${used}`).to.equal(true);
      expect(estimate <= (used * 3n) / 2n, `${estimate} for ${used}`).to.equal(true);
    }
  });
});
