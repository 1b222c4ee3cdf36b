import { expect } from "chai";
import { missingBrand } from "../../../../sdk/node/config/missing.js";

describe("missingBrand", () => {
  it("names the one that is probably meant, and all that there are", async () => {
    const { message } = await missingBrand("brands/sakura-coffees.yaml", "brands");
    expect(message).to.include('Did you mean "sakura-coffee"?').and.to.include("In brands/: sakura-coffee.");
    expect((await missingBrand("something else", "brands")).message).not.to.include("Did you mean");
    expect((await missingBrand("x", "nowhere")).message).to.include("none is there");
  });
});
