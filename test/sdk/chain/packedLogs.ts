import { expect } from "chai";
import { concat, hexlify, randomBytes, ZeroHash, zeroPadBytes, zeroPadValue } from "ethers";
import type { ChainLog } from "../../../sdk/chain/packedLogs.js";
import { packLogs, topicIn, unpackLogs, wordIn } from "../../../sdk/chain/packedLogs.js";
import { plain } from "./support.js";

const HASH = hexlify(randomBytes(32));

function log(topics: readonly string[], data: string, transactionHash = HASH): ChainLog {
  return { blockNumber: 12, index: 3, transactionHash, topics, data };
}

function through(logs: readonly ChainLog[]): ChainLog[] {
  const unpacked = unpackLogs(packLogs(logs));
  if (unpacked === undefined) throw new Error("what was packed can't be read");
  return unpacked;
}

const random = hexlify(randomBytes(32));
const words: Readonly<Record<string, string>> = {
  zero: ZeroHash,
  one: zeroPadValue("0x01", 32),
  "an address": zeroPadValue(hexlify(randomBytes(20)), 32),
  "a text": zeroPadBytes("0xe8b39be68890", 32),
  "the largest": `0x${"ff".repeat(32)}`,
  "zeros at both ends": `0x${"00".repeat(10)}${"12".repeat(12)}${"00".repeat(10)}`,
  "an odd digit at the begin": `0x0${"1".repeat(63)}`,
  "an odd digit at the end": `0x${"1".repeat(63)}0`,
  random,
};

describe("packed logs", () => {
  for (const [name, word] of Object.entries(words)) {
    it(`have words of data as they were: ${name}`, () => {
      const logs = [
        log([word], word),
        log([random, word], concat([word, random, word])),
        log([], word, word),
        log([word, word, word, word], concat([random, word])),
      ];
      expect(through(logs).map(plain)).to.deep.equal(logs);
    });
  }

  it("have data that isn't in whole words, and none", () => {
    const logs = ["0x", "0x00", "0xff", `${ZeroHash}00`, concat([random, random, "0x0102"])].flatMap(
      (data) => [log([], data), log([random], data)],
    );
    expect(through(logs).map(plain)).to.deep.equal(logs);
    expect(through([])).to.deep.equal([]);
  });

  it("are what they were, whatever they were", () => {
    const pick = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T;
    const all = Object.values(words);
    const some = (most: number) => Array.from({ length: Math.floor(Math.random() * most) }, () => pick(all));
    const logs = Array.from({ length: 500 }, (_, i) => ({
      blockNumber: Math.floor(Math.random() * 1e9),
      index: i,
      transactionHash: pick(all),
      topics: some(5),
      data: concat([...some(9), hexlify(randomBytes(pick([0, 0, 1, 31])))]),
    }));
    expect(through(logs).map(plain)).to.deep.equal(logs);
  });

  it("tell words and topics one by one as well", () => {
    const original = log(
      [random, words.one ?? ""],
      concat([random, ZeroHash, words["a text"] ?? "", "0x0102"]),
    );
    for (const each of [original, ...through([original, original])]) {
      expect([0, 1, 2, 3, 4].map((i) => wordIn(each, i))).to.deep.equal([
        random.slice(2),
        "0".repeat(64),
        words["a text"]?.slice(2),
        "",
        "",
      ]);
      expect([0, 1, 2].map((i) => topicIn(each, i))).to.deep.equal([
        random.slice(2),
        words.one?.slice(2),
        "",
      ]);
    }
  });

  it("are taken in small letters, whatever a node writes", () => {
    const [found] = through([
      log([random.toUpperCase().replace("X", "x")], random.toUpperCase().replace("X", "x")),
    ]);
    expect(found?.data).to.equal(random);
    expect(found?.topics).to.deep.equal([random]);
  });

  it("are a good deal smaller where they repeat themselves", () => {
    const logs = Array.from({ length: 100 }, (_, i) => ({
      ...log([random, words["an address"] ?? ""], concat([random, ZeroHash, words["a text"] ?? ""])),
      index: i,
    }));
    expect(JSON.stringify(packLogs(logs)).length).to.be.below(JSON.stringify(logs).length / 8);
  });

  it("are none where the text isn't of their form", () => {
    const { words: referred, logs } = packLogs([log([random], random), log([random], random)]);
    expect(unpackLogs({ words: referred, logs })).to.have.length(2);
    for (const broken of [
      "1",
      "1 2 3",
      "1 2 3 4",
      "1 2 3 4 5",
      "1 2 3 4!",
      "x 2 3 4 5!",
      "- 2 3 4 5!",
      "1 2 3 4 5!;;1 2 3 4 5!",
      `${logs};1`,
      logs.replace("!", ""),
      logs.replace(" ", ""),
      logs.toUpperCase().replace("+", "G"),
    ]) {
      expect(unpackLogs({ words: referred, logs: broken }), broken).to.equal(undefined);
    }
    expect(unpackLogs({ words: "g", logs })).to.equal(undefined);
  });
});
