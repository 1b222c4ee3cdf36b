import { expect } from "chai";
import { AbiCoder, parseEther } from "ethers";
import { ERROR_UNITS } from "../../../sdk/calls/errorUnits.js";
import { errorInterfaces, INTERFACES } from "../../../sdk/calls/known.js";
import type { RevertNames } from "../../../sdk/calls/revert.js";
import { describeRevert, reasonOf } from "../../../sdk/calls/revert.js";
import type { DaoContract } from "../../../sdk/daoRecord.js";
import { campaignId } from "../../../sdk/drop/campaign.js";
import { ALICE, names, SAFE } from "./support.js";

describe("reasonOf", () => {
  it("says the short message that ethers has", () => {
    expect(
      reasonOf(Object.assign(new Error("long and (full=of, codes)"), { shortMessage: "short" })),
    ).to.equal("short");
  });

  it("says the first line of any other error", () => {
    expect(reasonOf(new Error("first\nsecond"))).to.equal("first");
  });

  it("says what else was thrown", () => {
    expect(reasonOf("a text")).to.equal("a text");
  });
});

describe("describeRevert", () => {
  const coder = AbiCoder.defaultAbiCoder();

  it("names a contract's own error, with its arguments", () => {
    const data = INTERFACES.badge.encodeErrorResult("ERC721NonexistentToken", [7]);
    expect(describeRevert(data)).to.equal("ERC721NonexistentToken(tokenId: 7)");
    const nested = new Error("outer", { cause: { code: 3, data: { data } } });
    expect(reasonOf(nested)).to.equal("ERC721NonexistentToken(tokenId: 7)");
  });

  it("reads texts and panics", () => {
    expect(describeRevert(`0x08c379a0${coder.encode(["string"], ["だめです"]).slice(2)}`)).to.equal(
      "だめです",
    );
    expect(describeRevert(`0x4e487b71${coder.encode(["uint256"], [17]).slice(2)}`)).to.equal("Panic(17)");
  });

  it("shows a text as a terminal can: any contract may have written it", () => {
    const data = `0x08c379a0${coder.encode(["string"], ["a\n\u001b[2Jb"]).slice(2)}`;
    expect(describeRevert(data)).to.equal("a \\u001b[2Jb");
  });

  it("shows what it can't read", () => {
    expect(describeRevert("0x12345678")).to.include("0x12345678");
    expect(describeRevert("0x08c379a0ff")).to.include("0x08c379a0ff");
    // The error's selector, but not its arguments.
    const cut = INTERFACES.badge.encodeErrorResult("ERC721NonexistentToken", [7]).slice(0, 20);
    expect(describeRevert(cut)).to.include(cut);
  });

  it("says amounts, times, shares, roles and kinds as people read them", () => {
    const told = (
      contract: DaoContract,
      name: string,
      args: readonly unknown[],
      more?: Partial<RevertNames>,
    ) => describeRevert(INTERFACES[contract].encodeErrorResult(name, args), { ...names, ...more });
    const wei = parseEther("1.5");
    expect(told("token", "BrandTokenMintLimited", [wei, 0])).to.equal(
      "BrandTokenMintLimited(amount: 1.5 BLUE, available: 0 BLUE)",
    );
    expect(told("handover", "HandoverTooEarly", [SAFE, 1_806_570_000]))
      .to.include("caller: safe (0x")
      .and.to.include("communityDate: 2027-04-01 09:00 UTC");
    expect(told("timelock", "TimelockInsufficientDelay", [60, 2 * 86_400])).to.equal(
      "TimelockInsufficientDelay(delay: 1 minute, minDelay: 2 days)",
    );
    expect(told("manager", "AccessManagerUnauthorizedAccount", [ALICE, 2])).to.include("roleId: STEWARD (2)");
    const selector = INTERFACES.governor.getFunction("setVotingPeriod")?.selector;
    expect(told("governor", "BrandGovernorOutOfBounds", [selector, 1, 86_400, 30 * 86_400])).to.equal(
      "BrandGovernorOutOfBounds(setting: governor.setVotingPeriod, value: 1 second, lowest: 1 day, highest: 30 days)",
    );
    const kinds = new Map([[2, "レビュー"]]);
    expect(told("badge", "ContributionBadgeKindClosed", [2], { kinds })).to.include("kind: 2 (レビュー)");
    expect(told("badge", "ContributionBadgeNonexistentKind", [3], { kinds })).to.include("(kind: 3)");
    expect(told("drop", "LoyaltyDropUnderfunded", [campaignId("spring"), wei, 0])).to.equal(
      "LoyaltyDropUnderfunded(campaign: spring, requested: 1.5 BLUE, available: 0 BLUE)",
    );
  });

  it("says amounts in the token that is spent, where that can be told", () => {
    const data = INTERFACES.token.encodeErrorResult("ERC20InsufficientBalance", [ALICE, 5, 1_500_000]);
    const usdc = { symbol: "USDC", decimals: 6 };
    expect(describeRevert(data, { ...names, spent: usdc })).to.equal(
      `ERC20InsufficientBalance(sender: ${ALICE}, balance: 0.000005 USDC, needed: 1.5 USDC)`,
    );
    expect(describeRevert(data, names)).to.include("needed: 1500000 of the token's smallest unit");
  });

  it("knows units of errors and arguments that there are, and of all amounts and times", () => {
    const found = new Map<string, string[]>();
    for (const contract of errorInterfaces()) {
      contract.forEachError(({ name, inputs }) =>
        found.set(
          name,
          inputs.map((input) => input.name),
        ),
      );
    }
    for (const [name, units] of Object.entries(ERROR_UNITS)) {
      expect(found.get(name), name).to.include.members(Object.keys(units));
    }
    const plain = [...found].flatMap(([name, inputs]) =>
      inputs
        .filter((input) =>
          /amount|balance|needed|allowance|delay|deadline|expiry|date$|window|period/iu.test(input),
        )
        .filter((input) => ERROR_UNITS[name]?.[input] === undefined)
        .map((input) => `${name}.${input}`),
    );
    expect(plain).to.deep.equal([]);
  });
});
