// cspell:ignore dayz periode
import { expect } from "chai";
import { kindOf } from "../../helpers/problems.js";
import { ALICE, problems } from "./support.js";

describe("what is wrong with a brand file", () => {
  it("is told to programs by its kind and the values", () => {
    const units = (tokens: bigint) => tokens * 10n ** 18n;
    const cases: [changes: Parameters<typeof problems>[0], code: string, data: object][] = [
      [
        { "token.allocations.0.amount": "960,001" },
        "brand.allocations-over-cap",
        { sum: units(1_000_001n), cap: units(1_000_000n), symbol: "BLUE" },
      ],
      [
        { "governance.proposalThreshold": "15,001" },
        "brand.threshold-over-floor",
        { threshold: units(15_001n), floor: units(15_000n), symbol: "BLUE" },
      ],
      [
        { "token.allocations.2": { to: ALICE, amount: 1 } },
        "brand.entry-twice",
        { value: ALICE, first: 2, list: "allocations" },
      ],
      [
        { "governance.votingPeriod": "1 dayz" },
        "duration.unit-unknown",
        { text: "1 dayz", unit: "dayz", nearest: "day" },
      ],
      [
        { "token.cap": ["1"] },
        "value.not-single",
        { field: "token.cap", kind: "list", example: "cap: 10,000,000" },
      ],
      [{ brand: "Blue" }, "value.not-section", { text: "Blue", keys: ["name", "slug", "chainId", "daoURI"] }],
    ];
    for (const [changes, code, data] of cases) {
      expect(problems(changes).map(kindOf)[0]).to.deep.equal([code, data]);
    }
    expect(problems({ "brand.votingPeriod": "1 day" }).map(kindOf)).to.deep.equal([
      ["key.elsewhere", { key: "votingPeriod", sections: ["governance"] }],
    ]);
    expect(problems({ "governance.votingPeriode": "1 day" })[0]).to.deep.include({ code: "key.unknown" });
  });
});
