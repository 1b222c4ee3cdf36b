import { expect } from "chai";
import type { Subject } from "../../../../sdk/pass/choices.js";
import type { Condition } from "../../../../sdk/pass/conditions.js";
import { isEnough, passesShown, requireCoupon } from "../../../../sdk/node/gate/perks.js";
import { thrownBy } from "../../badges/support.js";

const asks = (subject: Subject, group = 0, amount = 1): Condition => ({ subject, group, kind: null, amount });

const perk = (...conditions: Condition[]) => ({ conditions, once: true, byPass: false, closed: false });

describe("What a perk is marked by, where somebody gets it once", function () {
  for (const [what, conditions, code] of [
    ["a pass, or a badge", [asks("passes"), asks("badges", 1)], "gate.perk-mixed"],
    ["tokens", [asks("tokens")], "gate.perk-handed-on"],
    ["points, or tokens", [asks("points"), asks("tokens", 1)], "gate.perk-handed-on"],
  ] as const) {
    it(`is nothing that holds, for ${what}`, () => {
      const { code: told } = thrownBy(() => {
        requireCoupon(1, perk(...conditions));
      });
      expect(told).to.equal(code);
    });
  }

  it("is the pass or the account otherwise", () => {
    requireCoupon(1, perk(asks("passes"), asks("tokens", 1), asks("passes", 1)));
    requireCoupon(1, perk(asks("tokens"), asks("member days"), asks("rank", 2)));
  });

  it("is as many passes as the least that is enough", () => {
    const { conditions } = perk(
      asks("passes", 0, 3),
      asks("passes", 1, 2),
      asks("rank", 1),
      asks("passes", 0, 4),
    );
    expect(passesShown({ conditions }, [true, true, false, true])).to.equal(4);
    expect(passesShown({ conditions }, [true, true, true, true])).to.equal(2);
    expect(isEnough({ conditions }, [true, true, false, false])).to.equal(false);
    expect(isEnough({ conditions }, [false, true, true, false])).to.equal(true);
  });
});
