import { expect } from "chai";
import { ZeroHash } from "ethers";
import { INTERFACES } from "../../../sdk/calls/known.js";
import type { ChainLog } from "../../../sdk/chain/packedLogs.js";
import { UnreadableData } from "../../../sdk/chain/abi.js";
import { readNewNickname } from "../../../sdk/community/nicknames.js";
import { readBoardEvents } from "../../../sdk/ideas/events.js";
import { textInURI, textURI } from "../../../sdk/ideas/inline.js";
import { callOfIdea, ideaName, ideaOf, parseCall, parseIdea } from "../../../sdk/ideas/names.js";
import { ruleInWords } from "../../../sdk/pass/conditions.js";
import { readNewPerk } from "../../../sdk/pass/newPerk.js";
import { visible } from "../../../sdk/text.js";
import { damaged, INPUTS, randomFrom, tried } from "../fuzzing.js";

const ALICE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

/** Texts of pieces that parsers make something of. */
function* texts(seed: number, pieces: readonly string[], most: number): Generator<string> {
  const random = randomFrom(seed);
  for (let i = 0; i < INPUTS; i++) {
    const parts = Array.from({ length: 1 + random(most) }, () => pieces[random(pieces.length)] ?? "");
    yield random(3) === 0 ? damaged(parts.join(""), pieces, random) : parts.join("");
  }
}

describe("parsers of ideas and perks", () => {
  const { stackTraceLimit } = Error;
  before(() => (Error.stackTraceLimit = 0));
  after(() => (Error.stackTraceLimit = stackTraceLimit));

  it(`read the names of ${INPUTS.toLocaleString("en")} ideas, or say that they are none`, () => {
    let read = 0;
    for (const text of texts(
      41,
      ["1", "3", "12", "-", "#", "65536", "０", " ", "0", "9".repeat(9), "−", "x"],
      4,
    )) {
      tried(text, () => parseCall(text));
      const idea = tried(text, () => parseIdea(text));
      if (idea === undefined) continue;
      read += 1;
      expect(parseIdea(ideaName(idea)), text).to.equal(idea);
      expect(ideaOf(callOfIdea(idea), (idea % 65_536) + 1), text).to.equal(idea);
    }
    expect(read).to.be.greaterThan(INPUTS / 50);
  });

  it(`read ${INPUTS.toLocaleString("en")} conditions, or say that they are none`, () => {
    const kinds = [{ number: 1, name: "レビュー", closed: false }];
    const counts = ["1", "2", "1,000", "０", "12 "];
    const words = [
      "pass",
      "passes",
      "badges",
      "badges of レビュー",
      "points this season",
      "days",
      "tokens",
      "cats",
    ];
    const pieces = [
      ...counts.flatMap((count) => words.map((word) => `${count} ${word}`)),
      "rank 3",
      " ",
      "or",
    ];
    let read = 0;
    const perks = texts(42, pieces, 2);
    for (const text of perks) {
      const conditions = text.split("|");
      const perk = tried(text, () => readNewPerk({ name: "x", uri: "", once: false, conditions }, kinds));
      if (perk === undefined) continue;
      read += 1;
      // What is shown of a rule can be written again.
      const shown = ruleInWords(perk.conditions, () => "レビュー");
      expect(
        readNewPerk({ name: "x", uri: "", once: false, conditions: [shown] }, kinds).conditions,
      ).to.deep.equal(perk.conditions);
    }
    expect(read).to.be.greaterThan(INPUTS / 50);
  });

  it(`take ${INPUTS.toLocaleString("en")} texts for no more than texts`, () => {
    const pieces = [
      "a",
      "花",
      "👩‍🍳",
      "\u202e",
      "\u001b[2J",
      "\n",
      "<b>",
      "data:text/plain;charset=utf-8;base64,",
      "=",
      "\ud800",
      "\u200d",
    ];
    for (const text of texts(43, pieces, 6)) {
      tried(text, () => textInURI(text));
      const nickname = tried(text, () => readNewNickname(text));
      if (nickname !== undefined) expect(visible(nickname), JSON.stringify(text)).to.equal(nickname);
      const whole = text.replaceAll(/\p{Cs}/gu, "").normalize("NFC");
      expect(textInURI(textURI(whole)), JSON.stringify(text)).to.equal(whole);
    }
  });

  it(`read ${INPUTS.toLocaleString("en")} logs of a board, or say that they can't be`, () => {
    const terms = {
      ...{ question: "次は？", rulesURI: "", rulesHash: ZeroHash, ideasFor: 0, supportFor: 600 },
      ...{
        ideasPerMember: 1,
        winners: 1,
        counting: 1,
        choice: 0,
        memberDays: 0,
        badgeKind: 0,
        options: ["A", "B"],
      },
    };
    const idea = ideaOf(1, 1);
    const events = [
      ["CallOpened", [1, ALICE, 10, 20, terms]],
      ["IdeaSubmitted", [idea, 1, ALICE, "花", "ipfs://x", ZeroHash]],
      ["IdeaSupported", [idea, ALICE, 5]],
      ["IdeaHidden", [idea, ALICE, "why"]],
      ["IdeaAdopted", [idea, ALICE]],
      ["IdeaShipped", [idea, ALICE, 7, "https://x"]],
      ["IdeaWithdrawn", [idea]],
    ] as const;
    const whole = events.map(([name, args], index): ChainLog => {
      const { topics, data } = INTERFACES.board.encodeEventLog(name, args as readonly unknown[]);
      return { blockNumber: 1, index, transactionHash: ZeroHash, topics: topics.map(String), data };
    });
    const told = readBoardEvents(whole);
    expect(told.calls[0]?.question).to.equal("次は？");
    expect(told.ideas.get(idea)).to.deep.include({ tally: 5n, supporters: 1, hidden: true });
    const random = randomFrom(44);
    const digits = ["0", "f", "ff".repeat(16), "0".repeat(64)];
    let read = 0;
    for (let i = 0; i < INPUTS; i++) {
      const at = random(whole.length);
      const logs = whole.flatMap((log, place) => {
        if (place !== at) return [log];
        if (random(4) === 0) return [];
        const part = random(2 + log.topics.length);
        const change = (text: string) =>
          `0x${damaged(text.slice(2), digits, random).replaceAll(/[^0-9a-f]/gu, "")}`;
        // As the node's answers are checked: topics are words, data are bytes.
        const topics = log.topics.map((topic, j) =>
          j + 1 === part ? change(topic).slice(0, 66).padEnd(66, "0") : topic,
        );
        const data = part === 0 ? change(log.data) : log.data;
        return [{ ...log, topics, data: data.length % 2 === 0 ? data : `${data}0` }];
      });
      const found = tried(JSON.stringify(logs[at] ?? "none"), () => {
        try {
          return readBoardEvents(logs);
        } catch (error) {
          if (error instanceof UnreadableData) return undefined;
          throw error;
        }
      });
      if (found !== undefined) read += 1;
    }
    expect(read).to.be.within(INPUTS / 50, INPUTS - INPUTS / 50);
  });
});
