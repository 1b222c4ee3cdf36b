import { expect } from "chai";
import { id, Interface, parseEther, ZeroAddress } from "ethers";
import { AddressBook } from "../../../sdk/calls/book.js";
import { decodeCall, formatCall, formatUnit } from "../../../sdk/calls/decode.js";
import { ROLES } from "../../../sdk/roles.js";
import { campaignId } from "../../../sdk/drop/campaign.js";
import { FOREIGN, INTERFACES, knownFunction } from "../../../sdk/calls/known.js";
import { DAO_CONTRACTS, type DaoContract } from "../../../sdk/daoRecord.js";

/** An address for each name, all different. */
const address = (i: number) => `0x${"0".repeat(38)}${(i + 16).toString(16)}`;
const contracts = Object.fromEntries(DAO_CONTRACTS.map((name, i) => [name, address(i)])) as Record<
  DaoContract,
  string
>;
const SAFE = address(20);
const ALICE = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const book = new AddressBook({ contracts, factory: address(21) }, SAFE);
const names = { book, symbol: "BLUE" };

const encode = (contract: DaoContract, name: string, args: unknown[]) => ({
  to: contracts[contract],
  data: INTERFACES[contract].encodeFunctionData(name, args),
  value: 0n,
});

describe("AddressBook", () => {
  it("knows the treasury under both of its names, whatever their case", () => {
    expect(book.addressOf("treasury")).to.equal(book.addressOf("Timelock"));
    expect(book.nameOf(contracts.timelock)).to.equal("timelock");
    expect(book.addressOf("nobody")).to.equal(undefined);
  });

  it("shows an address with its name", () => {
    expect(book.show(SAFE)).to.match(/^safe \(0x/);
    expect(book.show(ALICE.toLowerCase())).to.equal(ALICE);
    expect(book.show(ZeroAddress)).to.include("nobody");
  });

  it("tells contracts of the DAO from others", () => {
    expect(book.contractAt(contracts.badge)).to.equal("badge");
    expect(book.contractAt(SAFE)).to.equal(undefined);
  });
});

describe("decodeCall", () => {
  const decoded = (raw: Parameters<typeof decodeCall>[0]) => formatCall(decodeCall(raw, names));

  it("says of the AccessManager's functions what nobody could take back, and names functions", () => {
    const warned = (name: string, args: unknown[]) => decodeCall(encode("manager", name, args), names);
    const why = (name: string, args: unknown[]) => warned(name, args).known.irreversible;
    expect(why("grantRole", [ROLES.ADMIN, ALICE, 0])).to.include("can do everything");
    expect(why("revokeRole", [ROLES.ADMIN, contracts.timelock])).to.include("can't change its contracts");
    expect(why("renounceRole", [ROLES.ADMIN, contracts.timelock])).to.include("can't change its contracts");
    expect(why("grantRole", [ROLES.ISSUER, ALICE, 0])).to.equal(undefined);
    const selectors = ["0x4f1ef286", "0x40c10f19", "0x12345678"];
    const opened = warned("setTargetFunctionRole", [contracts.token, selectors, 2n ** 64n - 1n]);
    expect(opened.known.irreversible).to.include("What anybody did");
    expect(formatCall(opened)).to.equal(
      `manager.setTargetFunctionRole(target: token (${contracts.token}), selectors: [upgradeToAndCall (0x4f1ef286), mint (0x40c10f19), 0x12345678, which it doesn't have], roleId: everybody)`,
    );
    const elsewhere = warned("setTargetFunctionRole", [ALICE, selectors.slice(0, 1), ROLES.STEWARD]);
    expect(formatCall(elsewhere)).to.include("selectors: [0x4f1ef286]").and.to.include("STEWARD (2)");
    expect(elsewhere.known.irreversible).to.include("those with this role");
    expect(why("setTargetFunctionRole", [ALICE, selectors, ROLES.ADMIN])).to.equal(undefined);
  });

  it("lets no text of a stranger look like a line of its own, nor fill a screen", () => {
    const lines = `Q4${" ".repeat(100)}2. send 0.01 ETH`;
    expect(decoded(encode("timelock", "setDaoURI", [lines]))).to.include(
      '"Q4 (100 spaces) 2. send 0.01 ETH"',
    );
    expect(decoded(encode("timelock", "setDaoURI", ["レビュー　　大賞"]))).to.include('"レビュー　　大賞"');
    const long = "あ".repeat(100_000);
    const shown = decoded(encode("timelock", "setDaoURI", [long]));
    expect(shown.length).to.be.below(4_300);
    expect(shown).to.include(`100,000 characters with the hash ${id(long)}`);
    expect(decoded(encode("timelock", "setDaoURI", ["x".repeat(4_000)]))).to.include(
      `"${"x".repeat(4_000)}"`,
    );
  });

  it("reads amounts, durations, shares and dates as people write them", () => {
    expect(decoded(encode("token", "transfer", [ALICE, parseEther("1234.5")]))).to.equal(
      `token.transfer(to: ${ALICE}, value: 1,234.5 BLUE)`,
    );
    expect(decoded(encode("governor", "setVotingDelay", [129_600]))).to.equal(
      "governor.setVotingDelay(newVotingDelay: 1 day 12 hours)",
    );
    expect(decoded(encode("governor", "updateQuorumNumerator", [1_250]))).to.include("12.5%");
    expect(decoded(encode("handover", "setCommunityDate", [1_806_570_000]))).to.include(
      "2027-04-01 09:00 UTC",
    );
  });

  it("names the DAO's own addresses", () => {
    expect(decoded(encode("token", "transfer", [contracts.timelock, 1n]))).to.include("to: timelock (0x");
  });

  it("takes structs apart", () => {
    const call = decodeCall(
      encode("badge", "addVotingKind", [["レシピ", "", "", 10, parseEther("100"), 3, 0, 0]]),
      names,
    );
    const texts = Object.fromEntries(call.args.map(({ name, text }) => [name, text]));
    expect(texts).to.deep.include({
      "config.name": '"レシピ"',
      "config.votes": "100 BLUE",
      "config.points": "10",
    });
  });

  it("shows campaigns by their names, where their ids are such", () => {
    const terms = { root: id("root"), deadline: 1_806_570_000, referralKind: 0 };
    const campaign = campaignId("spring-2027");
    expect(decoded(encode("drop", "open", [campaign, terms]))).to.include(
      "drop.open(campaign: spring-2027, ",
    );
    expect(decoded(encode("drop", "fund", [campaign, parseEther("5")]))).to.equal(
      "drop.fund(campaign: spring-2027, amount: 5 BLUE)",
    );
    expect(decoded(encode("drop", "stop", [campaign, "宛先"]))).to.include("campaign: spring-2027");
    expect(decoded(encode("drop", "close", [campaign]))).to.equal("drop.close(campaign: spring-2027)");
    expect(decoded(encode("drop", "close", [id("no name")]))).to.equal(
      `drop.close(campaign: ${id("no name")})`,
    );
  });

  it("shows lists in full", () => {
    const text = decoded(encode("badge", "awardBatch", [1, [ALICE, SAFE], [id("a"), id("b")], ""]));
    expect(text).to.include(`accounts: [${ALICE}, safe (`).and.to.include(id("b"));
  });

  it("shows a plain transfer of ETH", () => {
    expect(decoded({ to: ALICE, data: "0x", value: parseEther("0.5") })).to.equal(`send 0.5 ETH to ${ALICE}`);
    expect(decoded({ to: SAFE, data: "0x", value: 0n })).to.equal("send nothing to safe");
  });

  it("shows ETH that goes along with a call", () => {
    const raw = { ...encode("governor", "setVotingDelay", [60]), value: 1n };
    expect(decoded(raw)).to.match(/ with 0\.0{17}1 ETH$/);
  });

  it("reads what is done with other tokens, and with the Safe", () => {
    const erc20 = new Interface(["function transfer(address to, uint256 amount)"]);
    const data = erc20.encodeFunctionData("transfer", [contracts.timelock, 1_000_000]);
    expect(decoded({ to: ALICE, data, value: 0n })).to.equal(
      `${ALICE}.transfer(to: timelock (${book.addressOf("timelock") ?? ""}), value: 1,000,000)`,
    );
    const owner = FOREIGN.safe.encodeFunctionData("changeThreshold", [3]);
    expect(decoded({ to: SAFE, data: owner, value: 0n })).to.equal("safe.changeThreshold(threshold: 3)");
  });

  it("says so where it can't read a function", () => {
    const call = decodeCall({ to: ALICE, data: "0x12345678aa", value: 0n }, names);
    expect(call.signature).to.equal("0x12345678");
    expect(formatCall(call)).to.include("data: 0x12345678aa");
    expect(formatCall(decodeCall({ to: ALICE, data: "0x12", value: 0n }, names))).to.include("0x12");
  });

  it("isn't fooled by data that only begins like a call", () => {
    const honest = encode("token", "transfer", [ALICE, 1n]);
    expect(decodeCall({ ...honest, data: `${honest.data}00` }, names).signature).to.equal("0xa9059cbb");
    // The governor has no `transfer`: whatever this is, it isn't that.
    expect(decodeCall({ ...honest, to: contracts.governor }, names).signature).to.equal("0xa9059cbb");
  });
});

describe("formatUnit", () => {
  it("survives what no clock shows", () => {
    expect(formatUnit(2n ** 255n, "timestamp", "X")).to.equal((2n ** 255n).toString());
    expect(formatUnit(2n ** 255n, "seconds", "X")).to.include("seconds");
    expect(formatUnit(0n, "timestamp", "X")).to.equal("none");
  });
});

describe("knownFunction", () => {
  it("names functions and arguments that there are", () => {
    for (const contract of DAO_CONTRACTS) {
      for (const fragment of INTERFACES[contract].fragments) {
        if (fragment.type !== "function") continue;
        const { name, inputs } = INTERFACES[contract].getFunction(fragment.format("sighash")) ?? {};
        const units = knownFunction(contract, name ?? "").units ?? {};
        const paths = (inputs ?? []).flatMap((input) => [
          input.name,
          ...(input.components ?? []).map((component) => `${input.name}.${component.name}`),
        ]);
        const { meanings = {} } = knownFunction(contract, name ?? "");
        expect(paths, `${contract}.${name ?? ""}`).to.include.members(Object.keys({ ...units, ...meanings }));
      }
    }
    expect(knownFunction("governor", "setVotingDelay").units).to.deep.equal({ newVotingDelay: "seconds" });
    expect(knownFunction("somewhere", "else")).to.deep.equal({});
  });
});
