import { expect } from "chai";

/** The JSON document within a data URI. */
export function decodeJson(uri: string): unknown {
  const prefix = "data:application/json;base64,";
  expect(uri.slice(0, prefix.length)).to.equal(prefix);
  return JSON.parse(Buffer.from(uri.slice(prefix.length), "base64").toString("utf8"));
}

/** The SVG document within a data URI. */
export function decodeSvg(uri: string): string {
  const prefix = "data:image/svg+xml;base64,";
  expect(uri.slice(0, prefix.length)).to.equal(prefix);
  return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(uri.slice(prefix.length), "base64"));
}

const TAG = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
const ATTRIBUTE = /([\w:-]+)="([^"<]*)"/g;
const TEXT = /[^<]+/y;
const ENTITY = /&(?:amp|lt|gt|quot|apos);/g;

/** Replaces entities; an ampersand that begins none is a defect, as is what is no character of XML 1.0. */
function unescape(text: string): string {
  expect(text.replace(ENTITY, ""), "an ampersand outside of an entity").not.to.contain("&");
  // eslint-disable-next-line no-control-regex -- this is what is looked for
  const foreign = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;
  expect(text, "no character of XML").not.to.match(foreign);
  const characters: Record<string, string> = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&apos;": "'",
  };
  return text.replace(ENTITY, (entity) => characters[entity] ?? "");
}

/**
 * Reads an XML document of elements, attributes and text: that is all that a card has. Fails where it is not well-formed.
 * @returns the texts of its elements, in order.
 */
export function readXml(document: string): string[] {
  const open: string[] = [];
  const texts: string[] = [];
  let position = 0;
  while (position < document.length) {
    TAG.lastIndex = TEXT.lastIndex = position;
    const tag = TAG.exec(document);
    if (tag) {
      const [whole, closing, name = "", attributes = "", selfClosing] = tag;
      const names = [...attributes.matchAll(ATTRIBUTE)].map(([, attribute, value = ""]) => {
        unescape(value);
        return attribute;
      });
      expect(new Set(names).size, `attributes of ${name}`).to.equal(names.length);
      if (closing) expect(open.pop(), `what </${name}> closes`).to.equal(name);
      else if (!selfClosing) open.push(name);
      position += whole.length;
    } else {
      const text = TEXT.exec(document);
      if (!text) throw new Error(`not well-formed at: ${document.slice(position, position + 60)}`);
      expect(open, "elements around a text").not.to.have.length(0);
      texts.push(unescape(text[0]));
      position += text[0].length;
    }
  }
  expect(open, "elements left open").to.deep.equal([]);
  return texts;
}
