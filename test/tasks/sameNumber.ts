import path from "node:path";
import { expect } from "chai";
import { prepare } from "../../sdk/node/safe/prepare.js";
import { openSeveral } from "../../sdk/node/safe/several.js";
import { warnOfGaps } from "../../tasks/safe/signSeveral.js";
import { withOwners } from "../sdk/safe/support.js";

describe("who signs several transactions of a Safe", () => {
  it("is warned where two have the same number, and of those that come before", () =>
    withOwners(async (owners) => {
      const { live, account } = await owners.look();
      const place = await owners.share(await owners.award(1));
      const [rival] = await prepare(live, account, [{ title: "Rival", calls: [await owners.award(2)] }], []);
      if (rival === undefined) throw new Error("nothing was prepared");
      await owners.exchange.propose(rival.file);
      const several = await openSeveral(live, account, owners.exchange, [path.dirname(place)]);
      const { log } = console;
      const lines: string[] = [];
      console.log = (line: string) => lines.push(line);
      try {
        warnOfGaps({ account }, several);
        warnOfGaps({ account: { ...account, nonce: -1 } }, several.slice(0, 1));
      } finally {
        console.log = log;
      }
      expect(lines).to.have.length(2);
      expect(lines[0]).to.include("It has the number 0, and so has ");
      expect(lines[1]).to.include("before 0");
    }));
});
