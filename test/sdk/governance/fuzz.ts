import { expect } from "chai";
import { stringify } from "yaml";
import { KyosoError } from "../../../sdk/errors.js";
import { parseProposal } from "../../../sdk/governance/actions.js";
import type { Random } from "../fuzzing.js";
import { changed, damaged, INPUTS, LONGEST, processor, randomFrom } from "../fuzzing.js";
import { ALICE, FILE, fileWorld } from "./support.js";

const PIECES = [
  ...["---\n", "\n", "  ", "\t", "- ", ": ", "? ", "# ", "{", "}", "[", "]", ",", '"', "'", "|\n", ">-\n"],
  ...[
    "&a ",
    "*a",
    "!!str ",
    "<<: *a\n",
    "actions:\n",
    "title: ",
    "to: ",
    "contract: ",
    "function: ",
    "args:\n",
  ],
  ...["value: ", "data: 0x", "treasury", "token", "transfer", "10 BLUE", "1 ETH", "30 days", "5%", "nobody"],
];

const TREE = {
  title: "夏の限定ブレンド",
  actions: [
    { to: "treasury", value: "0 ETH" },
    { contract: "token", function: "transfer", args: [ALICE, "10 BLUE"] },
    { contract: "governor", function: "setVotingPeriod", args: ["7 days"] },
    { contract: "badge", function: "awardBatch", args: ["1", [ALICE], [`0x${"12".repeat(32)}`], ""] },
    { contract: "badge", data: "0x12345678", value: "0.5 ETH" },
  ],
};

describe("drafts of proposals", () => {
  const { stackTraceLimit } = Error;
  before(() => (Error.stackTraceLimit = 0));
  after(() => (Error.stackTraceLimit = stackTraceLimit));

  const written = (tree: object) =>
    `---\n${stringify(tree, { aliasDuplicateObjects: false })}---\n\nひとくち\n`;

  /** A draft in which something is changed, or a text that isn't quite one. */
  function draft(random: Random): string {
    if (random(4) === 0) {
      return `---\n${Array.from({ length: random(16) }, () => PIECES[random(PIECES.length)] ?? "").join("")}`;
    }
    const tree = random(4) === 0 ? TREE : changed(TREE, random);
    const text = written(tree);
    return random(3) === 0 ? damaged(text, PIECES, random) : text;
  }

  it(`are read, or it is said what is wrong with them: ${INPUTS.toLocaleString("en")} of them`, async function () {
    // What each takes of the processor is bounded below; how long all take is the machine's.
    this.timeout(600_000);
    const { live } = await fileWorld();
    const random = randomFrom(31);
    expect((await parseProposal(live, written(TREE), FILE)).calls).to.have.length(TREE.actions.length);
    let whole = 0;
    for (let i = 0; i < INPUTS; i++) {
      const text = draft(random);
      const began = processor();
      try {
        const { calls } = await parseProposal(live, text, FILE);
        expect(calls, text).not.to.be.empty;
        whole += 1;
      } catch (error) {
        if (!(error instanceof KyosoError) || error.problems.length === 0) {
          throw new Error(`crashed on ${JSON.stringify(text)}`, { cause: error });
        }
        expect(
          error.problems.every(({ place = "" }) => place.startsWith(FILE)),
          text,
        ).to.equal(true);
      }
      expect(processor() - began, text).to.be.below(LONGEST);
    }
    expect(whole, "read").to.be.within(INPUTS / 20, INPUTS / 2);
  });
});
