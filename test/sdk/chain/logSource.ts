import { expect } from "chai";
import { ZeroHash } from "ethers";
import { parseAggregated, parseAnswers } from "../../../sdk/chain/batch.js";
import { UnreadableAnswer } from "../../../sdk/chain/answer.js";
import { logSource } from "../../../sdk/chain/logSource.js";

const GOVERNOR = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

const LOG = {
  address: GOVERNOR.toLowerCase(),
  blockNumber: "0x10",
  logIndex: "0x0",
  transactionHash: ZeroHash,
  topics: [ZeroHash],
  data: "0xAB",
};

/** The logs of a node that answers with one. */
const from = (log: object) =>
  logSource({ request: () => Promise.resolve([log]) }).getLogs({
    address: GOVERNOR,
    fromBlock: 1,
    toBlock: 16,
  });

describe("Logs from a node", () => {
  it("are taken as they come, in small letters", async () => {
    expect(await from(LOG)).to.deep.equal([
      {
        address: GOVERNOR.toLowerCase(),
        blockNumber: 16,
        index: 0,
        transactionHash: ZeroHash,
        topics: [ZeroHash],
        data: "0xab",
      },
    ]);
  });

  it("are put in their order", async () => {
    const [first, second, third] = [LOG, { ...LOG, logIndex: "0x1" }, { ...LOG, blockNumber: "0xf" }];
    const node = { request: () => Promise.resolve([second, first, third]) };
    const logs = await logSource(node).getLogs({ address: GOVERNOR, fromBlock: 1, toBlock: 16 });
    expect(logs.map(({ blockNumber, index }) => [blockNumber, index])).to.deep.equal([
      [15, 0],
      [16, 0],
      [16, 1],
    ]);
  });

  it("can be of several contracts, each with its own", async () => {
    const other = `0x${"12".repeat(20)}`;
    const node = { request: () => Promise.resolve([LOG, { ...LOG, logIndex: "0x1", address: other }]) };
    const asked = { address: [GOVERNOR, other], fromBlock: 1, toBlock: 16 };
    const logs = await logSource(node).getLogs(asked);
    expect(logs.map(({ address }) => address)).to.deep.equal([GOVERNOR.toLowerCase(), other]);
    const foreign = logSource(node).getLogs({ ...asked, address: [GOVERNOR] });
    expect(await foreign.catch((error: unknown) => error)).to.be.instanceOf(UnreadableAnswer);
  });

  const hostile: [what: string, log: object][] = [
    ["a topic that isn't a word", { topics: ["0x12"] }],
    ["a topic with a mark of the text that logs are kept as", { topics: [`${ZeroHash.slice(0, -1)}!`] }],
    ["data with such marks", { data: "0x00;1 2 3 ,!" }],
    ["half a byte of data", { data: "0xabc" }],
    ["a hash that isn't one", { transactionHash: "0x" }],
    ["a block that has no number", { blockNumber: null }],
    ["a block whose number is too large", { blockNumber: `0x${"f".repeat(20)}` }],
    ["an index that is none", { logIndex: "-1" }],
    ["another contract's name under it", { address: `0x${"12".repeat(20)}` }],
    ["a block after those that were asked for", { blockNumber: "0x11" }],
    ["a block before them", { blockNumber: "0x0" }],
  ];
  for (const [what, change] of hostile) {
    it(`are refused with ${what}`, async () => {
      const error: unknown = await from({ ...LOG, ...change }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(TypeError);
    });
  }
});

describe("Answers to many calls", () => {
  it("are refused where they aren't hexadecimal: a length with a sign would lead back", () => {
    expect(() => parseAnswers("0x00-0000004")).to.throw(RangeError);
    expect(() => parseAggregated(`0x${"0".repeat(63)}g`)).to.throw(RangeError);
  });
});
