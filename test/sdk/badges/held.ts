import { expect } from "chai";
import { ZeroHash } from "ethers";
import { chooseBadge, parseBadgeId, requireHeld } from "../../../sdk/badges/held.js";
import { readLedger } from "../../../sdk/badges/ledger.js";
import { load } from "../support.js";
import { badgeWorld, KIND, openAs, threeBadges, thrownBy } from "./support.js";

describe("held badges", () => {
  it("reads the number of a badge", () => {
    expect(["1", " #12 ", "4294967295"].map((text) => parseBadgeId(text, "badge"))).to.deep.equal([
      1, 12, 4294967295,
    ]);
    for (const text of ["", "0", "-1", "1.5", "x", "01", "12345678901"]) {
      const { place, message } = thrownBy(() => parseBadgeId(text, "--badge"));
      expect(place).to.equal("--badge");
      expect(message).to.include(`"${text}"`);
    }
  });

  it("says of a badge that nobody has whether there ever was one", async () => {
    const { ledger, kinds, holders } = await threeBadges();
    expect(requireHeld(ledger, 2, kinds)).to.deep.include({ id: 2, account: holders[0].address });
    expect(thrownBy(() => requireHeld(ledger, 3, kinds)).message).to.include("taken back, or given up");
    const { message, remedy } = thrownBy(() => requireHeld(ledger, 4, kinds));
    expect(message).to.include("no such badge");
    expect(remedy).to.include("1 to 3");
    const none = await readLedger(await openAs(await load(badgeWorld)));
    expect(thrownBy(() => requireHeld(none, 1, kinds)).remedy).to.include("None has been awarded");
  });

  it("chooses an account's own badges alone", async () => {
    const { ledger, kinds, holders, stranger } = await threeBadges();
    const { address } = holders[0];
    expect(chooseBadge(ledger, address, undefined, kinds).id).to.equal(2);
    expect(chooseBadge(ledger, address, 1, kinds).id).to.equal(1);
    expect(thrownBy(() => chooseBadge(ledger, stranger.address, undefined, kinds)).message).to.include(
      "no badges",
    );
    const foreign = thrownBy(() => chooseBadge(ledger, stranger.address, 1, kinds));
    expect(foreign.message).to.include(address).and.to.include(stranger.address);
    expect(foreign.remedy).to.include("has none");
    expect(thrownBy(() => chooseBadge(ledger, address, 3, kinds)).message).to.include("Nobody has it");
  });

  it("names the badges that could have been meant", async () => {
    const { badge, holders, kinds, ...found } = await threeBadges();
    await badge.award(KIND.REVIEW, holders[1], ZeroHash);
    const ledger = await readLedger(await openAs({ ...found, holders }));
    const { remedy } = thrownBy(() => chooseBadge(ledger, holders[0].address, 4, kinds));
    expect(remedy).to.include("#1, #2");
  });
});
