import { expect } from "chai";
import { id, parseEther, Wallet } from "ethers";
import { describeForMembers } from "../../../sdk/badges/memberWords.js";
import { AddressBook } from "../../../sdk/calls/book.js";
import { decodeCall } from "../../../sdk/calls/decode.js";
import { INTERFACES } from "../../../sdk/calls/known.js";
import { DAO_CONTRACTS, type DaoContract } from "../../../sdk/daoRecord.js";

const address = (i: number) => `0x${"0".repeat(38)}${(i + 16).toString(16)}`;
const contracts = Object.fromEntries(DAO_CONTRACTS.map((name, i) => [name, address(i)])) as Record<
  DaoContract,
  string
>;
const names = { book: new AddressBook({ contracts, factory: address(21) }, address(20)), symbol: "BLUE" };
const [old = "", new_ = ""] = ["old", "new"].map((seed) => new Wallet(id(seed)).address);

describe("describeForMembers", () => {
  const told = (contract: "badge" | "rewards" | "token", name: string, args: unknown[]) => {
    const data = INTERFACES[contract].encodeFunctionData(name, args);
    return describeForMembers(decodeCall({ to: contracts[contract], data, value: 0n }, names));
  };

  it("says from whom to whom a recovery moves what was earned, and what stops it", () => {
    expect(told("badge", "requestRecovery", [old, new_])).to.equal(
      `move all that ${old} earned to ${new_}, after the wait in which either can refuse`,
    );
    expect(told("badge", "cancelRecovery", [old])).to.equal(`stop the recovery of what ${old} earned`);
    expect(told("badge", "recover", [old, [1, 2]])).to.equal(`carry out the recovery of what ${old} earned`);
  });

  it("names the titles with their points, as one line whatever their names are", () => {
    const titles = [
      { name: "はじめまして", points: 0 },
      { name: "常連\n✓", points: 1_000 },
    ];
    expect(told("badge", "setTitles", [titles])).to.equal(
      "let there be these titles and no others: はじめまして from 0 points, 常連 ✓ from 1,000",
    );
    expect(told("badge", "setTitles", [[]])).to.equal("let there be these titles and no others: none");
  });

  it("says what a season is shared by and how much is put into it", () => {
    expect(told("badge", "excludePoints", [3, 120])).to.equal(
      "share season 3 among the others as if 120 points, of those that were taken, had never been",
    );
    const fund = told("rewards", "fund", [3, contracts.token, parseEther("1000")]);
    expect(fund).to.match(/^add .+ to the rewards of season 3$/u);
    expect(told("rewards", "returnUnclaimed", [contracts.token])).to.equal(
      `return to the treasury what nobody claimed of token (${contracts.token}) in seasons that are over`,
    );
    expect(told("badge", "resume", [])).to.equal("let badges be awarded and claimed again");
  });

  it("has no words for other calls", () => {
    expect(told("token", "transfer", [old, 1])).to.equal(undefined);
    expect(told("badge", "renounce", [1])).to.equal(undefined);
  });
});
