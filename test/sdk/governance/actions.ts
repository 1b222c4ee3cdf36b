// cspell:ignore ntitel titel tokn alise vlaue
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { formatProblem } from "../../../sdk/errors.js";
import { parseProposal, splitProposal } from "../../../sdk/governance/actions.js";
import { readProposalFile } from "../../../sdk/node/governance/proposalFile.js";
import { kyosoError } from "../support.js";
import { ALICE, callAction, FILE, fileWith, fileWorld, problemsOf } from "./support.js";

const ACTIONS = "actions:\n- { to: treasury, value: 0 ETH }";

describe("the file of a proposal", () => {
  describe("may have", () => {
    const texts: [what: string, text: string, title: string, body: string][] = [
      [
        "its title as a heading",
        `---\n${ACTIONS}\n---\n\n# 試飲会\n\n本文\n\n# 詳細\n`,
        "試飲会",
        "本文\n\n# 詳細",
      ],
      ["its title above", `---\ntitle: 試飲会\n${ACTIONS}\n---\n本文\n\n# 詳細`, "試飲会", "本文\n\n# 詳細"],
      ["its title in both places", `---\ntitle: "a: b"\n${ACTIONS}\n---\n# a: b\n本文`, "a: b", "本文"],
      ["nothing below the title", `---\n${ACTIONS}\n--- \n#   x   `, "x", ""],
      ["lines in its text", `---\n${ACTIONS}\n---\n# x\n\na\n\n---\n\nb`, "x", "a\n\n---\n\nb"],
      ["tabs and emoji", `---\n${ACTIONS}\n---\n# 👩‍🍳\n\n\ta`, "👩‍🍳", "a"],
      ["Windows' line ends", `\ufeff---\r\n${ACTIONS}\r\n---\r\n\r\n# x\r\n\r\na\r\nb\r\n`, "x", "a\nb"],
    ];
    for (const [what, text, title, body] of texts) {
      it(what, async () => {
        const { live } = await fileWorld();
        const parsed = await parseProposal(live, text, FILE);
        expect([parsed.title, parsed.body]).to.deep.equal([title, body]);
        expect(parsed.calls).to.have.length(1);
      });
    }
  });

  it("is taken apart for whoever goes on writing it, also where its actions aren't right yet", async () => {
    const action = { to: "nobody in particular", value: "1.10 ETH" };
    const text = `---\nactions: ${JSON.stringify([action])}\n---\n\n# 試飲会\n\n本文\n`;
    expect(splitProposal(text, FILE)).to.deep.equal({ title: "試飲会", body: "本文", actions: [action] });
    expect(splitProposal("# x", FILE).actions).to.deep.equal([]);
    for (const [wrong, code] of [
      ["---\nactions: {}\n---\n# x", "proposal.actions-not-list"],
      ["---\nactions: [\n---\n# x", "yaml.invalid"],
      [`---\n${ACTIONS}\n---\nx`, "proposal.title-missing"],
    ] as const) {
      const told = await kyosoError(Promise.resolve().then(() => splitProposal(wrong, FILE)));
      expect(told.problems[0]?.code).to.equal(code);
    }
  });

  describe("may not have", () => {
    const broken: [what: string, text: string, place: string, offending: string][] = [
      ["a key that isn't known", `---\ntitel: x\n${ACTIONS}\n---\n# x`, ":2 titel", '"titel"'],
      ["no actions", "# x", "", ""],
      ["no front matter but a comment", "---\n# none\n---\n# x", "", ""],
      ["a front matter without keys", "---\n- { to: treasury, value: 0 ETH }\n---\n# x", ":2", ""],
      ["an empty list of actions", "---\n# none\nactions:\n---\n# x", ":3 actions", ""],
      ["actions that are no list", "---\nactions: { to: treasury }\n---\n# x", ":2 actions", ""],
      ["no title", `---\n${ACTIONS}\n---\nx`, "", ""],
      ["a title on two lines", `---\ntitle: "a\\nb"\n${ACTIONS}\n---\n# x`, ":2 title", ""],
      ["two titles", `---\n${ACTIONS}\ntitle: 甲\n---\n# 乙`, ":4 title", '"甲"'],
      ["a front matter without an end", `---\n${ACTIONS}\n\n# x`, ":1", ""],
      ["broken YAML", `---\nactions:\n- to: treasury: x\n---\n# x`, ":3", "treasury: x"],
      ["a key twice", `---\n${ACTIONS}\ntitle: x\ntitle: x\n---\n# x`, ":5", '"title"'],
      ["characters that can't be seen", `---\n${ACTIONS}\n---\n# x\n\na\u0007b`, "", ""],
      ["half a character", `---\n${ACTIONS}\n---\n# x\n\n\ud83d`, "", ""],
      ["its proposer at the end", `---\n${ACTIONS}\n---\n# x\n\n#proposer=${ALICE}\n`, "", "#proposer="],
    ];
    for (const [what, text, place, offending] of broken) {
      it(what, async () => {
        const problems = await problemsOf(await fileWorld(), text);
        expect(problems, problems.map((each) => formatProblem(each)).join("\n")).to.have.length(1);
        expect(problems[0]?.place).to.equal(`${FILE}${place}`);
        expect(problems[0]?.message).to.include(offending);
      });
    }
  });

  it("is told which key was likely meant", async () => {
    const [problem] = await problemsOf(await fileWorld(), `---\ntitel: x\n${ACTIONS}\n---\n# x`);
    expect(problem?.remedy).to.include('"title"');
  });

  it("is told all problems at once, each with its line and path", async () => {
    const actions = [
      callAction("tokn", "transfer", "[]"),
      callAction("token", "transfer", '\n  - alise\n  - "100"'),
      "  vlaue: 1",
      "- to: safe",
    ];
    const problems = await problemsOf(await fileWorld(), `---\nactions:\n${actions.join("\n")}\n---\ntext`);
    expect(problems.map(({ place }) => place)).to.deep.equal([
      FILE,
      `${FILE}:3 actions[0].contract`,
      `${FILE}:9 actions[1].args[0]`,
      `${FILE}:10 actions[1].args[1]`,
      `${FILE}:11 actions[1].vlaue`,
      `${FILE}:12 actions[2]`,
    ]);
  });

  describe("on disk", () => {
    it("is read as its text is", async () => {
      const { live } = await fileWorld();
      const folder = await mkdtemp(path.join(tmpdir(), "kyoso-proposal-"));
      try {
        const file = path.join(folder, "grant.md");
        const text = fileWith("- { to: treasury, value: 1 ETH }");
        await writeFile(file, text);
        expect(await readProposalFile(live, file)).to.deep.equal(await parseProposal(live, text, file));
        await writeFile(file, Buffer.from([0xff]));
        expect((await kyosoError(readProposalFile(live, file))).problems[0]?.place).to.equal(file);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it("has to be there", async () => {
      const { live } = await fileWorld();
      const { problems } = await kyosoError(readProposalFile(live, "proposals/none.md"));
      expect(problems.map(({ place }) => place)).to.deep.equal(["proposals/none.md"]);
    });
  });
});
