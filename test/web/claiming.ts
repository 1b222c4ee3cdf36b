import { expect } from "chai";
import { id, Interface, ZeroAddress, ZeroHash } from "ethers";
import { BrandToken, ContributionBadge, LoyaltyDrop, IClaimant } from "../../typechain-types/abi/index.js";
import {
  claimData,
  ERRORS,
  EVENTS,
  FUNCTIONS,
  redeemData,
  Returned,
  whyIn,
} from "../../web/src/claim/abi.js";
import { appAround } from "../../web/src/views/claim/inApp.js";

const [drop, badge, token] = [
  LoyaltyDrop.createInterface(),
  ContributionBadge.createInterface(),
  BrandToken.createInterface(),
];
const all = [drop, badge, token, IClaimant.createInterface()] as Interface[];

const addressOf = (number: number) => `0x${number.toString(16).padStart(40, "0")}`;
const bytes = (length: number) =>
  `0x${Array.from({ length }, (_, i) => ((i * 7) & 255).toString(16).padStart(2, "0")).join("")}`;

describe("what claiming has of the contracts' ABIs", () => {
  it("are functions, events and errors that the contracts have", () => {
    for (const [signature, selector] of Object.entries(FUNCTIONS)) {
      expect(id(signature).slice(0, 10), signature).to.equal(selector);
      expect(
        all.some((each) => each.hasFunction(selector)),
        signature,
      ).to.equal(true);
    }
    for (const [signature, topic] of Object.entries(EVENTS)) {
      expect(id(signature), signature).to.equal(topic);
      expect(
        all.some((each) => each.hasEvent(topic)),
        signature,
      ).to.equal(true);
    }
    for (const [signature, [selector]] of Object.entries(ERRORS)) {
      expect(id(signature).slice(0, 10), signature).to.equal(selector);
      expect(
        all.some((each) => each.getError(selector) !== null),
        signature,
      ).to.equal(true);
    }
    expect(whyIn(id("ContributionBadgeHalted()").slice(0, 10))).to.equal("halted");
    expect(whyIn({ data: id("LoyaltyDropCampaignOver(bytes32)").slice(0, 10) })).to.equal("over");
    for (const none of [undefined, null, "0x", "0x08c379a0", 1]) expect(whyIn(none)).to.equal(undefined);
  });

  for (const length of [0, 1, 31, 32, 65, 130]) {
    it(`encodes calls as ethers does: a signature of ${length} bytes, ${length % 7} nodes`, () => {
      const signature = bytes(length);
      const proof = Array.from({ length: length % 7 }, (_, i) => id(`${i}`));
      const leaf = {
        index: 4_000_000_000,
        claimant: addressOf(5),
        byKey: true,
        amount: 2n ** 128n - 1n,
        kind: 3,
        evidence: id("e"),
      };
      const campaign = id("c");
      const [account, referrer] = [addressOf(6), ZeroAddress];
      expect(claimData({ campaign, leaf, proof, account, referrer, signature })).to.equal(
        drop.encodeFunctionData("claim", [campaign, leaf, proof, account, referrer, signature]),
      );
      const voucher = {
        ...{ issuer: addressOf(7), badgeKind: 2, claimant: addressOf(8), byKey: true, evidence: ZeroHash },
        ...{ referralKind: 1, expiry: 2 ** 47, nonce: (2n ** 255n).toString(), signature: bytes(65) },
      };
      const { badgeKind: kind, signature: issuers, ...rest } = voucher;
      expect(redeemData({ voucher, account, referrer, signature })).to.equal(
        badge.encodeFunctionData("redeem", [{ ...rest, kind }, issuers, account, referrer, signature]),
      );
    });
  }

  it("reads what the contracts return", () => {
    const config = {
      ...{ name: "常連のお客さま 🌸", description: "x".repeat(100), image: "", points: 10, votes: 5n },
      ...{ issuerRole: 3n, supplyLimit: 0, dailyPointsLimit: 7 },
    };
    const found = new Returned(badge.encodeFunctionResult("kindOf", [{ config, awarded: 9, closed: false }]));
    const kind = found.number(0);
    const at = kind + found.number(kind);
    expect([found.text(at, at), found.text(at + 32, at)]).to.deep.equal([config.name, config.description]);
    expect([found.number(at + 96), found.bigint(at + 128)]).to.deep.equal([10, 5n]);
    expect(new Returned(badge.encodeFunctionResult("titleOf", [2, "常連"])).text(32)).to.equal("常連");
    expect(() => new Returned("0x12")).to.throw();
    expect(() => new Returned("0x").number(0)).to.throw();
    expect(() => new Returned(`0x${"ff".repeat(32)}`).number(0)).to.throw();
    expect(() => new Returned(`0x${"00".repeat(31)}20`).text(0)).to.throw();
  });
});

describe("browsers inside of apps", () => {
  it("are told from browsers", () => {
    const chrome =
      "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36";
    expect(appAround(chrome)).to.equal(undefined);
    expect(appAround(`${chrome} Line/14.1.0`)).to.equal("LINE");
    expect(appAround("Mozilla/5.0 (iPhone) AppleWebKit Mobile/15E148 Instagram 300.0")).to.equal("Instagram");
    expect(appAround(chrome.replace("Pixel 8", "Pixel 8; wv"))).to.equal("");
  });
});
