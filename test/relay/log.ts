import { expect } from "chai";
import { Lasting } from "../../relay/log.js";

describe("what lasts, in a log", () => {
  it("is said once while it is the same, and again where it is another thing, or has passed in between", () => {
    const said: unknown[] = [];
    const lasting = new Lasting((level, event, fields) => said.push([level, event, fields]));
    const disagree = (about: string, jobs: number) => {
      lasting.say(about, "error", "disagrees", { kind: about }, { jobs });
    };
    disagree("claim", 1);
    disagree("claim", 2);
    disagree("ballot", 3);
    expect(lasting.all).to.deep.equal(["claim", "ballot"]);
    lasting.over("claim");
    disagree("claim", 4);
    lasting.say("claim", "error", "away", { code: "node.read-failed" });
    expect(said).to.deep.equal([
      ["error", "disagrees", { kind: "claim", jobs: 1 }],
      ["error", "disagrees", { kind: "ballot", jobs: 3 }],
      ["error", "disagrees", { kind: "claim", jobs: 4 }],
      ["error", "away", { code: "node.read-failed" }],
    ]);
  });
});
