import { expect } from "chai";
import { expectSuccess, runAlone, describeCommandLine } from "./support.js";

describeCommandLine("the demo", function () {
  this.timeout(120_000);

  it("tells the whole story, and closes with an audit", async () => {
    const told = await runAlone(["dao", "demo"]);
    expectSuccess(told);
    expect(told.stdout).to.match(/Told in \d+ s\./);
    for (const area of ["code", "parameters", "powers"]) {
      expect(told.stdout).to.match(new RegExp(`✓ ${area}: (\\d+) of \\1 as the brand file says`));
    }
    expect(told.stdout.indexOf("Audit")).to.be.greaterThan(told.stdout.indexOf("propos"));
    expect(told.stdout).not.to.include("✗");
    expect(told.stderr).to.equal("");
  });
});
