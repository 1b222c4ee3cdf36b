import { expect } from "chai";
import { parseVia, VIAS } from "../../../sdk/execute/via.js";
import { problemOf } from "../support.js";

describe("parseVia", () => {
  it("reads the ways to act; the Safe where nothing is said", () => {
    for (const via of VIAS) expect(parseVia(via)).to.equal(via);
    expect(parseVia(undefined)).to.equal("safe");
  });

  it("refuses anything else, by name", async () => {
    for (const text of ["", "Safe", "owner"]) {
      const problem = await problemOf(Promise.resolve().then(() => parseVia(text)));
      expect(problem).to.include({ place: "--via" });
      expect(problem.message).to.include(`"${text}"`);
    }
  });
});
