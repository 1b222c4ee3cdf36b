import { expect } from "chai";
import { expectSuccess, runAlone, skipUnderCoverage } from "./support.js";

describe("the demo", function () {
  this.timeout(120_000);

  before(skipUnderCoverage);

  it("tells the whole story within a minute, and closes with an audit", async () => {
    const start = Date.now();
    const told = await runAlone(["dao", "demo"]);
    expectSuccess(told);
    expect(Date.now() - start).to.be.lessThan(60_000);
    for (const area of ["code", "parameters", "powers"]) {
      expect(told.stdout).to.match(new RegExp(`✓ ${area}: (\\d+) of \\1 as the brand file says`));
    }
    expect(told.stdout.indexOf("Audit")).to.be.greaterThan(told.stdout.indexOf("propos"));
    expect(told.stdout).not.to.include("✗");
    expect(told.stderr).to.equal("");
  });
});
