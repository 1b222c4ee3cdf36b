import { expect } from "chai";
import { parseAccount, roleOf } from "../../../sdk/token/account.js";
import { load } from "../support.js";
import { problemIn, tokenWorld } from "./support.js";

describe("parseAccount", () => {
  it("takes addresses, and the DAO's own names", async () => {
    const { open, alice, record, treasury } = await load(tokenWorld);
    const live = await open();
    expect(parseAccount(live, alice.address)).to.equal(alice.address);
    expect(parseAccount(live, " Treasury ")).to.equal(treasury);
    expect(parseAccount(live, "safe")).to.equal(record.safe);
  });

  it("refuses anything else, and says what there is", async () => {
    const { open, alice } = await load(tokenWorld);
    const live = await open();
    const refused = (text: string) => problemIn(() => parseAccount(live, text, "--account"));
    const unknown = await refused("vault");
    expect(unknown.message).to.include('"vault"');
    expect(unknown.remedy).to.include("treasury");
    for (const text of [alice.address.toLowerCase(), alice.address.slice(0, -1), "alice.eth", "0x", ""]) {
      expect((await refused(text)).place, text).to.equal("--account");
    }
  });
});

describe("roleOf", () => {
  it("names what is the DAO's", async () => {
    const { open, alice, record, treasury } = await load(tokenWorld);
    const live = await open();
    expect(
      [treasury, record.safe, record.contracts.token, alice.address].map((each) => roleOf(live, each)),
    ).to.deep.equal(["treasury", "safe", "token", undefined]);
  });
});
