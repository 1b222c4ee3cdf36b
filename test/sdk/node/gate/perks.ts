import { expect } from "chai";
import type { Condition } from "../../../../sdk/node/gate/perks.js";
import { isEnough, passesShown, requireCoupon, SUBJECT } from "../../../../sdk/node/gate/perks.js";
import { thrownBy } from "../../badges/support.js";

const asks = (subject: keyof typeof SUBJECT, group = 0, amount = 1): Condition => ({
  subject: SUBJECT[subject],
  group,
  argument: 0,
  amount,
});

const perk = (...conditions: Condition[]) => ({ conditions, once: true, byPass: false, closed: false });

describe("What a perk is marked by, where somebody gets it once", function () {
  for (const [what, conditions, code] of [
    ["a pass, or a badge", [asks("Passes"), asks("Badges", 1)], "gate.perk-mixed"],
    ["tokens", [asks("Tokens")], "gate.perk-handed-on"],
    ["points, or tokens", [asks("Points"), asks("Tokens", 1)], "gate.perk-handed-on"],
  ] as const) {
    it(`is nothing that holds, for ${what}`, () => {
      const { code: told } = thrownBy(() => {
        requireCoupon(1, perk(...conditions));
      });
      expect(told).to.equal(code);
    });
  }

  it("is the pass or the account otherwise", () => {
    requireCoupon(1, perk(asks("Passes"), asks("Tokens", 1), asks("Passes", 1)));
    requireCoupon(1, perk(asks("Tokens"), asks("MemberDays"), asks("Rank", 2)));
  });

  it("is as many passes as the least that is enough", () => {
    const { conditions } = perk(
      asks("Passes", 0, 3),
      asks("Passes", 1, 2),
      asks("Rank", 1),
      asks("Passes", 0, 4),
    );
    expect(passesShown({ conditions }, [true, true, false, true])).to.equal(4);
    expect(passesShown({ conditions }, [true, true, true, true])).to.equal(2);
    expect(isEnough({ conditions }, [true, true, false, false])).to.equal(false);
    expect(isEnough({ conditions }, [false, true, true, false])).to.equal(true);
  });
});
