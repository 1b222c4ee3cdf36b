import { expect } from "chai";
import { textInURI, textURI } from "../../../sdk/ideas/inline.js";

describe("a text in a URI", () => {
  it("is read as other programs write it, too", () => {
    const text = "朝いちばんに、\n100% 苦い一杯。";
    for (const uri of [
      textURI(text),
      `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`,
      `data:text/plain;charset=UTF-8;base64,${Buffer.from(text).toString("base64")}`,
      `DATA:;base64,${Buffer.from(text).toString("base64")}`,
      `data:,${encodeURIComponent(text)}`,
    ])
      expect(textInURI(uri), uri).to.equal(text);
    expect(textInURI("data:,")).to.equal("");
  });

  it("is nothing of another type, in another alphabet, or that can't be read", () => {
    for (const uri of [
      "https://example.com/idea.txt",
      "data:text/html,<b>bold</b>",
      "data:text/html;charset=utf-8;base64,PGI+",
      "data:text/plain;charset=shift_jis,%82%a0",
      "data:text/plainer,a",
      "data:text/plain;base64,%41",
      "data:text/plain,%E3%81",
      "data:text/plain",
      "",
    ])
      expect(textInURI(uri), uri).to.equal(undefined);
  });
});
