import { expect } from "chai";
import { shorten } from "../../tasks/output.js";
import { quoted } from "../../tasks/commandLine.js";

describe("texts on the screen", () => {
  it("are cut to the columns that there are", () => {
    expect(shorten("short", 10)).to.equal("short");
    expect(shorten("a longer text", 8)).to.equal("a longe…");
    expect(shorten("夏の試飲会のお知らせ", 9)).to.equal("夏の試飲…");
    expect(shorten("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 5)).to.equal("👨‍👩‍👧👨‍👩‍👧…");
  });

  it("take no longer where they are long", () => {
    const start = performance.now();
    for (let i = 0; i < 100; i++) shorten("夏".repeat(10_000), 44);
    expect(performance.now() - start).to.be.below(2_000);
  });

  it("are words of a shell, whatever is in them", () => {
    expect(quoted("outbox/31337/blue/x.json")).to.equal("outbox/31337/blue/x.json");
    expect(quoted("a b.json")).to.equal('"a b.json"');
    expect(quoted("$(touch x).json")).to.equal("'$(touch x).json'");
    expect(quoted("a`id`'b\"!.json")).to.equal("'a`id`'\\''b\"!.json'");
    expect(quoted("-rf")).to.equal("./-rf");
  });
});
