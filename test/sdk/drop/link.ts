// cspell:ignore AQAAAA QAAAA
import { expect } from "chai";
import { id, Wallet, ZeroHash } from "ethers";
import { campaignId, campaignName } from "../../../sdk/drop/campaign.js";
import type { Claimable } from "../../../sdk/drop/link.js";
import { formatLink, looksLikeLink, parseClaim, parseLink } from "../../../sdk/drop/link.js";
import { parseLinkBase } from "../../../sdk/drop/page.js";
import { thrownBy } from "../badges/support.js";

const BASE = "https://example.com/claim";
const wallet = new Wallet(id("a claim key"));
const ACCOUNT = new Wallet(id("an account")).address;

const byKey: Claimable = {
  chainId: 31337n,
  drop: ACCOUNT,
  campaign: campaignId("spring-2027"),
  leaf: {
    index: 70_000,
    claimant: wallet.address,
    byKey: true,
    amount: 5n * 10n ** 18n,
    kind: 3,
    evidence: id("春"),
  },
  proof: [id("one"), id("two")],
  key: wallet.privateKey,
};
const byAccount: Claimable = {
  ...byKey,
  leaf: { index: 0, claimant: ACCOUNT, byKey: false, amount: 1n, kind: 0, evidence: ZeroHash },
  proof: [],
  key: undefined,
};

describe("claim links", () => {
  it("hold all that a claim takes", () => {
    for (const claimable of [byKey, byAccount]) {
      const link = formatLink(claimable, BASE);
      expect(link.startsWith(`${BASE}#`)).to.equal(true);
      expect(looksLikeLink(link)).to.equal(true);
      expect(parseLink(link)).to.deep.equal(claimable);
      expect(parseLink(` ${link.split("#")[1] ?? ""}\n`)).to.deep.equal(claimable);
    }
    expect(looksLikeLink(ACCOUNT)).to.equal(false);
  });

  it("that were cut off or changed are refused, at whatever place", () => {
    const link = formatLink(byKey, BASE);
    for (const length of [BASE.length + 2, BASE.length + 50, link.length - 44, link.length - 1]) {
      expect(thrownBy(() => parseLink(link.slice(0, length))).place).to.equal("link");
    }
    const start = BASE.length + 1;
    for (let at = start + 2; at < link.length; at += 7) {
      const other = link[at] === "A" ? "B" : "A";
      const changed = `${link.slice(0, at)}${other}${link.slice(at + 1)}`;
      expect(thrownBy(() => parseLink(changed)).message).to.equal("It was cut off or changed");
    }
  });

  for (const [what, text, message] of [
    ["no fragment", BASE, 'There is nothing after a "#" in it'],
    ["an empty fragment", `${BASE}#`, 'There is nothing after a "#" in it'],
    ["other characters", `${BASE}#ab%20c`, "It has characters that no claim link has"],
    [
      "another version",
      `${BASE}#${Buffer.alloc(200, 2).toString("base64url")}`,
      "It isn't a claim link of version 1",
    ],
  ] as const) {
    it(`with ${what} are refused`, () => {
      const problem = thrownBy(() => parseLink(text));
      expect(problem.message).to.equal(message);
      expect(problem.remedy ?? "").not.to.equal("");
    });
  }

  it("with a key of another leaf are refused", () => {
    const link = formatLink({ ...byKey, key: new Wallet(id("other")).privateKey }, BASE);
    expect(thrownBy(() => parseLink(link)).message).to.equal("Its claim key isn't that of what it claims");
  });
});

describe("parseClaim", () => {
  it("takes links and addresses", () => {
    expect(parseClaim(formatLink(byKey, BASE))).to.deep.equal(byKey);
    expect(parseClaim(` ${ACCOUNT} `)).to.equal(ACCOUNT);
  });

  for (const [what, text, shown] of [
    ["a campaign", "spring-2027", '"spring-2027"'],
    ["a page without its link", "example.com/claim", '"example.com/claim"'],
    ["a part of a link", formatLink(byKey, "").slice(-150), `"${formatLink(byKey, "").slice(-150, -138)}…"`],
    ["nothing", "", '""'],
  ] as const) {
    it(`refuses ${what}, saying what could be meant`, () => {
      const { place, message, remedy } = thrownBy(() => parseClaim(text));
      expect(place).to.equal("claim");
      expect(message).to.equal(
        `${shown} is neither a claim link, which may have been cut off, nor the address of an account`,
      );
      expect(remedy).to.include("Copy the whole link").and.to.include("--campaign");
    });
  }

  it("says what is wrong with an address", () => {
    const { place, message } = thrownBy(() => parseClaim(ACCOUNT.slice(0, -1)));
    expect(place).to.equal("claim");
    expect(message).to.include("has 39 letters and digits after 0x");
  });
});

describe("parseLinkBase", () => {
  it("takes pages with https, and local ones", () => {
    for (const base of [BASE, `${BASE}?lang=ja`, "http://localhost:3000/claim"]) {
      expect(parseLinkBase(base)).to.equal(base);
    }
  });

  for (const base of [undefined, "", "example.com", "http://example.com", "ftp://example.com", `${BASE}#x`]) {
    it(`refuses ${JSON.stringify(base)}`, () => {
      expect(thrownBy(() => parseLinkBase(base)).place).to.equal("--link");
    });
  }
});

describe("campaignId", () => {
  it("is the name in ASCII, and is read back", () => {
    expect(campaignId(" spring ")).to.equal(`0x${Buffer.from("spring").toString("hex").padEnd(64, "0")}`);
    expect(campaignName(campaignId("a".repeat(31)))).to.equal("a".repeat(31));
    expect(campaignName(id("not a name"))).to.equal(id("not a name"));
  });

  for (const name of [undefined, "", "春", "..", "../x", "a/b", ".hidden", "a b", "a".repeat(32)]) {
    it(`refuses ${JSON.stringify(name)}`, () => {
      expect(thrownBy(() => campaignId(name)).place).to.equal("--campaign");
    });
  }
});

describe("claim links as they come out of mail and messengers", () => {
  const link = formatLink(byKey, BASE);
  const wrapped = (width: number, end: string) =>
    link.match(new RegExp(`.{1,${width}}`, "gu"))?.join(end) ?? "";
  const percent = encodeURIComponent(link);
  const proofpoint = percent
    .replaceAll("-", "%2D")
    .replaceAll("_", "%5F")
    .replaceAll("%2F", "_")
    .replaceAll("%", "-");
  for (const [what, text] of [
    ["wrapped at 76 characters", wrapped(76, "\r\n")],
    ["wrapped and followed by a greeting", `${wrapped(60, "\n")}\nBest regards\nSakura`],
    ["quoted in an answer", `> ${wrapped(60, "\n> ")}\n> Best`],
    ["with the soft breaks of quoted-printable", wrapped(75, "=\r\n").replaceAll("=\r\n", "=\r\n")],
    ["in Japanese brackets", `「${link}」から受け取れます。`],
    ["in angle quotes", `‹${link}›`],
    ["in <>", `<${link}>`],
    ["with a full stop behind it", `${link}.`],
    ["with characters that nobody sees", wrapped(50, "\u200b\u2060")],
    [
      "behind Outlook's Safe Links",
      `https://eur01.safelinks.protection.outlook.com/?url=${percent}&data=05%7C02%7C`,
    ],
    ["behind a search engine", `https://www.google.com/url?q=${percent}&sa=D&source=hangouts&ust=1`],
    [
      "behind two of them",
      `https://example.org/?u=${encodeURIComponent(`https://www.google.com/url?q=${percent}`)}`,
    ],
    ["behind Proofpoint", `https://urldefense.proofpoint.com/v2/url?u=${proofpoint}&d=DwMFaQ&c=x`],
    ["behind its third version", `https://urldefense.com/v3/__${link.replace("#", "*")}__;Iw!!AbC-x_Y!Zz9$`],
    [
      "behind base64",
      `https://www.bing.com/ck/a?!&&p=1&u=a1${Buffer.from(link).toString("base64url")}&ntb=1`,
    ],
  ] as const) {
    it(`are read ${what}`, () => {
      expect(looksLikeLink(text)).to.equal(true);
      expect(parseLink(text)).to.deep.equal(byKey);
    });
  }

  it("are found in little time, whatever the text", () => {
    for (const part of [
      "AQAAAA",
      "aHR0c",
      "%25",
      "-2D_urldefense.proofpoint.com/v2",
      "> \n",
      "AQAAAA-",
      "%41QAAAA",
    ]) {
      const text = part.repeat(Math.ceil(200_000 / part.length));
      const start = performance.now();
      expect(() => parseLink(text)).to.throw();
      // A thousand times as much as it takes: only what grows with the square of the length is found.
      expect(performance.now() - start).to.be.lessThan(20_000);
    }
  });
});
