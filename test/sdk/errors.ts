import { expect } from "chai";
import { formatProblem, inPlace, KyosoError } from "../../sdk/errors.js";

describe("errors", () => {
  const placed = { message: "is wrong", place: "brand.name", remedy: "mend it" };
  const bare = { message: "is wrong too" };

  describe("formatProblem", () => {
    it("puts the place first and the remedy on a line of its own", () => {
      expect(formatProblem(placed)).to.equal("brand.name: is wrong\n  → mend it");
    });

    it("leaves out what isn't known", () => {
      expect(formatProblem(bare)).to.equal("is wrong too");
    });
  });

  describe("KyosoError", () => {
    it("takes one problem", () => {
      const error = new KyosoError(placed);
      expect(error.problems).to.deep.equal([placed]);
      expect(error.message).to.equal("brand.name: is wrong\n  → mend it");
      expect(error.name).to.equal("KyosoError");
    });

    it("names several problems at once, in their order", () => {
      const error = new KyosoError([placed, bare]);
      expect(error.problems).to.deep.equal([placed, bare]);
      expect(error.message).to.equal("brand.name: is wrong\n  → mend it\nis wrong too");
    });

    it("keeps the cause", () => {
      const cause = new Error("of it");
      expect(new KyosoError(bare, { cause }).cause).to.equal(cause);
    });
  });

  describe("inPlace", () => {
    const throwing = (error: Error) => () =>
      inPlace("--at", () => {
        throw error;
      });

    it("says where a problem is that doesn't say so itself", () => {
      expect(throwing(new KyosoError([placed, bare])))
        .to.throw(KyosoError)
        .with.deep.property("problems", [placed, { ...bare, place: "--at" }]);
    });

    it("leaves results and other errors as they are", () => {
      expect(inPlace("--at", () => 7)).to.equal(7);
      const defect = new TypeError("a defect");
      expect(throwing(defect)).to.throw(defect);
    });
  });
});
