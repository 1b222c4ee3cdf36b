import { expect } from "chai";
import { stringify } from "yaml";
import { REFUSAL_FILE } from "../../sdk/badges/recovery/refusals.js";
import { NICKNAME_FILE } from "../../sdk/community/nicknameSigning.js";
import { parseBrandFile } from "../../sdk/config/brandFile.js";
import { DAO_CONTRACTS } from "../../sdk/daoRecord.js";
import { CLAIM_FILE } from "../../sdk/drop/claims.js";
import { BALLOT_FILE } from "../../sdk/governance/ballots.js";
import { SUPPORT_FILE } from "../../sdk/ideas/signing.js";
import { IMPLEMENTATION_NAMES } from "../../sdk/implementationNames.js";
import { parsePosted } from "../../sdk/node/execute/outbox.js";
import { parseRecord } from "../../sdk/node/record.js";
import type { FileKind } from "../../sdk/signed/form.js";
import { parseSigned } from "../../sdk/signed/form.js";
import { DELEGATION_FILE } from "../../sdk/token/delegations.js";
import { REDEMPTION_FILE, VOUCHER_FILE } from "../../sdk/vouchers/voucher.js";
import type { Random } from "./fuzzing.js";
import { changed, damaged, INPUTS, jsonLike, randomFrom, tried } from "./fuzzing.js";
import { brandTree } from "./support.js";

const address = (digit: number) => `0x${String(digit).repeat(40)}`;
const hash = (digit: number) => `0x${String(digit).repeat(64)}`;
const header = { version: 1, dao: "sakura", chainId: "31337" };
const signature = `0x${"12".repeat(64)}1b`;

const voucher = {
  ...{
    kind: "voucher",
    ...header,
    badge: address(1),
    issuer: address(2),
    badgeKind: 1,
    claimant: address(3),
  },
  ...{ byKey: false, evidence: hash(4), referralKind: 0, expiry: 1_800_000_000, nonce: "7", signature },
};

const SIGNED: readonly (readonly [FileKind<unknown>, object])[] = [
  [
    BALLOT_FILE,
    {
      ...{ kind: "ballot", ...header, governor: address(1), proposalId: "123456789", support: "for" },
      ...{ voter: address(2), reason: "良い", signature },
    },
  ],
  [
    DELEGATION_FILE,
    {
      ...{ kind: "delegation", ...header, token: address(1), delegator: address(2), delegatee: address(3) },
      ...{ nonce: "0", expiry: 1_800_000_000, signature },
    },
  ],
  [VOUCHER_FILE, voucher],
  [
    REDEMPTION_FILE,
    { ...voucher, kind: "redemption", account: address(5), referrer: address(6), claimSignature: "0x" },
  ],
  [
    REFUSAL_FILE,
    {
      ...{ kind: "refusal", ...header, badge: address(1), recovery: "1", oldAccount: address(2) },
      ...{ newAccount: address(3), account: address(2), signature },
    },
  ],
  [
    CLAIM_FILE,
    {
      ...{ kind: "claim", ...header, drop: address(1), campaign: hash(1), proof: [hash(2)] },
      leaf: { index: 1, claimant: address(2), byKey: false, amount: "5", kind: 0, evidence: hash(3) },
      ...{ account: address(2), referrer: null, signature },
    },
  ],
  [
    SUPPORT_FILE,
    {
      ...{ kind: "support", ...header, board: address(1), supporter: address(2) },
      ...{ ideas: ["65536", "65537"], signature },
    },
  ],
  [
    NICKNAME_FILE,
    {
      ...{ kind: "nickname", ...header, nicknames: address(1), account: address(2), nickname: "花 🌸" },
      ...{ nonce: "0", deadline: 1_800_000_000, signature },
    },
  ],
];

const RECORD = {
  ...{ version: 1, status: "live", slug: "sakura", name: "さくら", chainId: "31337", launcher: address(1) },
  ...{ safe: address(2), factory: address(3), startBlock: 1, launchBlock: 2 },
  terms: { guardianExpiry: 1_800_000_000, communityDate: 1_900_000_000 },
  contracts: Object.fromEntries(DAO_CONTRACTS.map((name) => [name, address(4)])),
  implementations: Object.fromEntries(IMPLEMENTATION_NAMES.map((name) => [name, address(5)])),
  transactions: { safe: hash(6), launch: hash(7) },
};

const POSTED = {
  ...{ chainId: "1", chain: "1", from: address(1), nonce: 4, to: address(2), data: "0x1234", value: "0" },
  ...{ gasLimit: "21000", type: 2, purpose: "Pay", block: 5, at: 1.5e12 },
  attempts: [{ hash: hash(1), raw: "0x02", fee: "9", tip: "1" }],
};

describe("parsers of files", () => {
  const { stackTraceLimit } = Error;
  // Thousands of refusals, of which nobody wants to know where they came from, would take most of the time.
  before(() => (Error.stackTraceLimit = 0));
  after(() => (Error.stackTraceLimit = stackTraceLimit));

  /** Reads so many inputs, and expects that some are read and most aren't. */
  function fuzz(
    seed: number,
    inputs: number,
    make: (random: Random) => string,
    read: (text: string) => unknown,
  ) {
    const random = randomFrom(seed);
    let whole = 0;
    for (let i = 0; i < inputs; i++) {
      const text = make(random);
      if (tried(text, () => read(text)) !== undefined) whole += 1;
    }
    expect(whole, "read").to.be.within(inputs / 50, inputs / 2);
  }

  for (const [i, [kind, tree]] of SIGNED.entries()) {
    it(`read a ${kind.kind}'s file, or say what is wrong with it`, () => {
      expect(parseSigned(JSON.stringify(tree), "f.json", kind)).to.have.property("value");
      fuzz(
        31 + i,
        INPUTS,
        (random) => jsonLike(tree, random),
        (text) => parseSigned(text, "f.json", kind).value,
      );
    });
  }

  it("read a record, or say what is wrong with it", () => {
    const read = (text: string) => parseRecord(text, "r.json", "sakura");
    expect(read(JSON.stringify(RECORD))).to.deep.equal(RECORD);
    fuzz(21, INPUTS, (random) => jsonLike(RECORD, random), read);
  });

  it("read what was written down of a transaction, or say what is wrong with it", () => {
    const read = (text: string) => parsePosted(text, "4.json");
    expect(read(JSON.stringify(POSTED)).nonce).to.equal(4);
    fuzz(22, INPUTS, (random) => jsonLike(POSTED, random), read);
  });

  it("read a brand file, or say what is wrong with it", () => {
    const tree = brandTree([address(1), address(2)], [address(3), address(4)]);
    const whole = stringify(tree);
    const read = (text: string) => parseBrandFile(text, "b.yaml");
    const pieces = [
      ...[
        "a: ",
        "- ",
        "&a ",
        "*a",
        "? ",
        "!!str ",
        "!x ",
        "{",
        "}",
        "[",
        "]",
        "|\n",
        ">-\n",
        "---\n",
        "...\n",
      ],
      ...[
        "%YAML 1.2\n",
        "\t",
        "  ",
        "\n",
        "# ",
        '"',
        "'",
        "<<: *a\n",
        "brand:\n",
        "token:\n",
        "safe:\n",
        ": ",
        ",",
      ],
    ];
    // Of so many inputs most are short: to read a whole file takes some thousand times as long as to read a line.
    const WHOLE = INPUTS / 20;
    const random = randomFrom(23);
    for (let i = 0; i < INPUTS - WHOLE; i++) {
      const text = Array.from({ length: random(16) }, () => pieces[random(pieces.length)] ?? "").join("");
      tried(text, () => read(text));
    }
    for (let i = 0; i < WHOLE; i++) {
      const text =
        random(2) === 0
          ? damaged(whole, pieces, random)
          : stringify(changed(tree, random), { aliasDuplicateObjects: false });
      tried(text, () => read(text));
    }
  });

  it("take no longer for what is made to take long", () => {
    const bomb = [
      "a0: &a0 [x]",
      ...Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
    ];
    for (const text of [
      bomb.join("\n"),
      "[".repeat(20_000),
      "{a: ".repeat(5_000),
      "- ".repeat(20_000),
      "? ".repeat(5_000),
      `a: "${"x\n".repeat(50_000)}`,
      `a: ${"*a ".repeat(20_000)}`,
      " ".repeat(1 << 20),
      `${"a".repeat(1 << 20)}: b`,
    ]) {
      tried(text, () => parseBrandFile(text, "b.yaml"));
    }
    for (const text of ["[".repeat(200_000), '{"a":'.repeat(200_000), `"${"\\u0000".repeat(100_000)}"`]) {
      tried(text, () => parseRecord(text, "r.json", "sakura"));
      tried(text, () => parsePosted(text, "4.json"));
      for (const [kind] of SIGNED) parseSigned(text, "f.json", kind);
    }
  });
});
