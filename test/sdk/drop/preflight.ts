import { expect } from "chai";
import { readKinds } from "../../../sdk/badges/kinds/kinds.js";
import { checkCampaign } from "../../../sdk/drop/preflight.js";
import { KIND } from "../badges/support.js";
import { withDrops } from "./support.js";

describe("checkCampaign", () => {
  it("warns where its badges are more points than the season has left", () =>
    withDrops(async ({ open, steward }) => {
      const live = await open();
      const warn = async (badges: number) =>
        checkCampaign(
          live,
          await readKinds(live),
          { tokens: 0n, kinds: new Map([[KIND.REVIEW, badges]]) },
          { referralKind: 0, actor: steward.address, missing: 0n, opens: true },
        );
      expect((await warn(10_000)).map(({ code }) => code)).not.to.include("campaign.season-short");
      const warning = (await warn(10_001)).find(({ code }) => code === "campaign.season-short");
      expect(warning?.message).to.equal(
        "Its badges are 100,010 points, and 100,000 of 100,000 can still be awarded in it",
      );
    }));
});
