import { expect } from "chai";
import { concat, keccak256, toUtf8Bytes } from "ethers";
import { checkEvidence, makeEvidence } from "../../../../sdk/badges/awards/evidence.js";
import { KyosoError } from "../../../../sdk/errors.js";

const SALT = `0x${"ab".repeat(32)}`;

describe("evidence", () => {
  it("is a hash of salt and text", () => {
    const hash = keccak256(concat([SALT, toUtf8Bytes("試飲会")]));
    expect(makeEvidence("試飲会", SALT)).to.deep.equal({ text: "試飲会", salt: SALT, hash });
  });

  it("has a new salt each time, so that the same text never has the same hash", () => {
    const made = Array.from({ length: 20 }, () => makeEvidence("試飲会"));
    expect(new Set(made.map(({ salt }) => salt)).size).to.equal(20);
    expect(new Set(made.map(({ hash }) => hash)).size).to.equal(20);
    for (const { salt } of made) expect(salt).to.match(/^0x[0-9a-f]{64}$/);
  });

  it("is proven by text and salt", () => {
    const evidence = makeEvidence("試飲会");
    expect(checkEvidence(evidence)).to.equal(true);
    expect(checkEvidence({ ...evidence, text: "試飲会!" })).to.equal(false);
    expect(checkEvidence({ ...evidence, salt: SALT })).to.equal(false);
    expect(checkEvidence({ ...evidence, hash: SALT })).to.equal(false);
  });

  it("doesn't mind how a system composes its characters", () => {
    // macOS writes "が" in file names as "か" and a mark.
    const composed = makeEvidence("がんばる", SALT);
    const decomposed = makeEvidence("がんばる".normalize("NFD"), SALT);
    expect(decomposed.text).not.to.equal(composed.text);
    expect(decomposed.hash).to.equal(composed.hash);
    expect(checkEvidence({ ...composed, text: decomposed.text })).to.equal(true);
  });

  for (const salt of ["", "0x", "0x12", `${SALT}00`, "salt", SALT.slice(2)]) {
    it(`refuses "${salt.slice(0, 12)}" of ${salt.length} characters for a salt`, () => {
      expect(() => makeEvidence("text", salt)).to.throw(KyosoError, "is not a salt");
    });
  }
});
