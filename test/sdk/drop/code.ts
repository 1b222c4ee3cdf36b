// cspell:ignore qpzry tvdw khce
import { hkdfSync } from "node:crypto";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { bech32m } from "@scure/base";
import { expect } from "chai";
import { hexlify } from "ethers";
import { codesIn, formatCode, looksLikeCode } from "../../../sdk/drop/code.js";
import { isShort, looksLikeLink, parseClaim, readLink } from "../../../sdk/drop/link.js";
import { deriveLine } from "../../../sdk/drop/seeds.js";
import { KyosoError } from "../../../sdk/errors.js";
import { thrownBy } from "../badges/support.js";
import { campaignOf, seedOf } from "./short.js";

const PAGE = "https://example.com/claim";
const { digest, linkOf } = campaignOf(1);
const link = linkOf(70_000);
const code = formatCode(link);
const text = `${PAGE}#${code}`;
const CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/** The error of reading a text, with all that a log could have of it. */
function logged(given: string): { code: string; all: string } {
  try {
    parseClaim(given);
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    const { message, stack, problems, cause } = error;
    return { code: problems[0]?.code ?? "", all: JSON.stringify([message, stack, problems, String(cause)]) };
  }
  throw new Error("It was read");
}

/** Whether a text has so much of the code's secret that the rest could be guessed. */
const tells = (all: string, of = code) =>
  Array.from({ length: of.length - 16 }, (_, i) => of.slice(17 + i, 25 + i)).some(
    (part) => part.length === 8 && all.toLowerCase().includes(part),
  );

describe("short links", () => {
  it("have 49 characters behind the page's address", () => {
    expect(code).to.match(/^ky1[02-9ac-hj-np-z]{46}$/u);
    expect(PAGE).to.have.length(25);
    expect(text).to.have.length(75);
    expect(readLink(text)).to.deep.equal(link);
    expect(isShort(link)).to.equal(true);
    for (const index of [0, 255, 0xffff_ffff]) {
      expect(readLink(formatCode(linkOf(index)))).to.deep.equal(linkOf(index));
    }
  });

  const percent = encodeURIComponent(text);
  for (const [what, given] of [
    ["as they are", text],
    ["without the page", code],
    ["in upper case, as QR codes like them", code.toUpperCase()],
    ["with a capital at the beginning", `K${code.slice(1)}`],
    ["in groups", code.match(/.{1,4}/gu)?.join(" ") ?? ""],
    [
      "in groups of capitals",
      `code: ${
        code
          .toUpperCase()
          .match(/.{1,7}/gu)
          ?.join(" ") ?? ""
      }`,
    ],
    ["broken over lines", `${text.slice(0, 40)}\r\n${text.slice(40)}\nBest regards`],
    ["quoted in an answer", `> ${text.slice(0, 50)}\n> ${text.slice(50)}\n> Best`],
    ["with soft breaks", `${text.slice(0, 60)}=\r\n${text.slice(60)}`],
    ["in Japanese brackets", `「${text}」から受け取れます。`],
    ["in wide letters", Array.from(code, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join("")],
    ["with a full stop behind", `${text}.`],
    ["with characters that nobody sees", `${text.slice(0, 44)}\u200b\u2060${text.slice(44)}`],
    ["twice", `${text}\n<${text}>`],
    ["behind Outlook's Safe Links", `https://eur01.safelinks.protection.outlook.com/?url=${percent}&data=05`],
    [
      "behind two redirects",
      `https://example.org/?u=${encodeURIComponent(`https://www.google.com/url?q=${percent}`)}`,
    ],
    ["behind base64", `https://www.bing.com/ck/a?!&&u=a1${Buffer.from(text).toString("base64url")}&ntb=1`],
  ] as const) {
    it(`are read ${what}`, () => {
      expect(looksLikeLink(given)).to.equal(true);
      expect(parseClaim(given)).to.deep.equal(link);
    });
  }

  it("are told from names, addresses and paths", () => {
    for (const other of ["spring-2027", "sky1-party", "ky1", `0x${"ab".repeat(20)}`, "drops/31337/spring"]) {
      expect(looksLikeCode(other), other).to.equal(false);
    }
  });

  it("are refused where there are several, in either version", () => {
    const other = `${PAGE}#${formatCode(linkOf(3))}`;
    for (const given of [`${text}\n${other}`, `${other} ${text} ${text}`]) {
      expect(thrownBy(() => readLink(given))).to.deep.include({ code: "link.several", data: { count: 2 } });
    }
  });

  it("of another version are refused as such", () => {
    const bytes = Uint8Array.from({ length: 25 }, (_, i) => i + 3);
    const newer = `${PAGE}#${bech32m.encode("ky", bech32m.toWords(bytes))}`;
    expect(thrownBy(() => readLink(newer)).code).to.equal("link.version");
    expect(readLink(`${newer} ${text}`)).to.deep.equal(link);
  });

  it("with two other characters are never read", () => {
    let state = 7;
    const random = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let i = 0; i < 10_000; i++) {
      const letters = Array.from(code);
      const [one, other] = [3 + random(46), 3 + random(46)];
      for (const at of [one, other]) letters[at] = CHARSET[random(32)] ?? "";
      const changed = letters.join("");
      expect(codesIn(changed), changed).to.have.length(changed === code ? 1 : 0);
    }
  });

  it("that were cut off or changed are refused, and nothing of their secret is told", () => {
    for (const given of [
      ...Array.from({ length: 38 }, (_, i) => code.slice(0, -1 - i)),
      ...Array.from(
        { length: 46 },
        (_, i) => `${code.slice(0, 3 + i)}${code[3 + i] === "q" ? "p" : "q"}${code.slice(4 + i)}`,
      ),
      ...Array.from({ length: 38 }, (_, i) => `${PAGE}#${code.slice(0, -1 - i).toUpperCase()}`),
    ]) {
      const { code: found, all } = logged(given);
      expect(found, given).to.equal("link.damaged");
      expect(tells(all), all).to.equal(false);
    }
    // Parts without their beginning, which could be anything.
    for (let from = 1; from < 41; from++) {
      const { code: found, all } = logged(code.slice(from));
      expect(found).to.equal("claim.unreadable");
      expect(tells(all), all).to.equal(false);
    }
  });

  it("derive keys and pads as HKDF and the curve's own function do", () => {
    for (const index of [0, 70_000]) {
      const u32 = Buffer.alloc(4);
      u32.writeUInt32BE(index);
      const derived = (what: string, length: number) =>
        new Uint8Array(
          hkdfSync("sha256", seedOf(index), digest, Buffer.concat([Buffer.from(what), u32]), length),
        );
      const { key, pad } = deriveLine(seedOf(index), digest, index);
      expect(hexlify(key)).to.equal(
        hexlify(secp256k1.utils.randomSecretKey(derived("kyoso/claim/2/key", 48))),
      );
      expect(hexlify(pad)).to.equal(hexlify(derived("kyoso/claim/2/leaf", 52)));
    }
  });
});
