import { expect } from "chai";
import { KyosoError } from "../../../../sdk/errors.js";
import { readBatch } from "../../../../sdk/safe/sharing/builder.js";
import { parseSafeFile } from "../../../../sdk/safe/sharing/file.js";
import { decodeCall } from "../../../../sdk/calls/decode.js";
import { describeCall } from "../../../../sdk/calls/nested.js";
import { ALICE, encode, names, SAFE } from "../../calls/support.js";

/** Files that each parser is given. */
const FILES = 10_000;
/** Of the processor, for all of them: one or two, and several times as many where lines are counted on a busy computer. */
const MOST_SECONDS = 20;

/** Numbers from 0 to under `below` that are the same in each run. */
function randomFrom(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const ODD: readonly unknown[] = [
  null,
  -1,
  1e300,
  "",
  "0x",
  "0xzz",
  "１",
  "\u0000",
  "9".repeat(100),
  [],
  {},
  true,
  [[[]]],
  { __proto__: 1 },
];

/** A value with one thing in it changed, left out or added. */
function spoilt(value: unknown, random: (below: number) => number): unknown {
  if (typeof value !== "object" || value === null || random(6) === 0) return ODD[random(ODD.length)];
  const entries = Object.entries(value);
  const at = random(entries.length + 1);
  const [key = "more", inner] = entries[at] ?? [];
  if (Array.isArray(value))
    return value.map((each, i) => (i === at ? spoilt(each, random) : (each as unknown)));
  if (random(8) === 0) return Object.fromEntries(entries.filter((_, i) => i !== at));
  return { ...value, [key]: spoilt(inner, random) };
}

/** Runs what may only refuse in words, and says how long it took. */
function run(
  seed: number,
  whole: object,
  parse: (text: string) => unknown,
): { read: number; seconds: number } {
  const random = randomFrom(seed);
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const started = process.cpuUsage();
  let read = 0;
  try {
    for (let i = 0; i < FILES; i++) {
      const text = JSON.stringify(random(20) === 0 ? whole : spoilt(whole, random));
      const cut = random(10) === 0 ? text.slice(0, random(text.length)) : text;
      try {
        parse(cut);
        read += 1;
      } catch (error) {
        if (!(error instanceof KyosoError)) throw new Error(`crashed on ${cut}`, { cause: error });
        expect(error.problems.length).to.be.above(0);
      }
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  const { user, system } = process.cpuUsage(started);
  return { read, seconds: (user + system) / 1e6 };
}

describe("hostile files of a Safe", () => {
  const call = encode("token", "transfer", [ALICE, 5n]);
  const zero = `0x${"00".repeat(20)}`;

  it(`are read or refused in words: ${FILES.toLocaleString("en")} transactions`, () => {
    const file = {
      kind: "safe-transaction",
      version: 1,
      dao: "blue",
      chainId: "31337",
      safe: SAFE,
      title: "A payment",
      calls: ["send"],
      transaction: {
        to: call.to,
        value: "0",
        data: call.data,
        operation: 0,
        safeTxGas: "0",
        baseGas: "0",
        gasPrice: "0",
        gasToken: zero,
        refundReceiver: zero,
        nonce: 1,
      },
      hash: `0x${"11".repeat(32)}`,
      signatures: [{ signer: ALICE, signature: "0x12" }],
      followUp: { title: "Then", calls: [{ to: call.to, data: call.data, value: "0" }] },
    };
    const { read, seconds } = run(7, file, (text) => parseSafeFile(text, "a.json"));
    expect(read).to.be.greaterThan(FILES / 50);
    expect(seconds).to.be.below(MOST_SECONDS);
  });

  it(`are read or refused in words: ${FILES.toLocaleString("en")} batches`, () => {
    const inputs = [
      { name: "to", type: "address" },
      { name: "value", type: "uint256[]" },
    ];
    const batch = {
      version: "1.0",
      chainId: "31337",
      meta: { name: "A batch", createdFromSafeAddress: SAFE },
      transactions: [
        { to: call.to, value: "0", data: call.data, contractMethod: null, contractInputsValues: null },
        {
          to: call.to,
          value: "1",
          data: null,
          contractMethod: { name: "pay", inputs },
          contractInputsValues: { to: ALICE, value: "[1, 2]" },
        },
      ],
    };
    const { read, seconds } = run(8, batch, (text) => readBatch(text, 31337n, "a.json"));
    expect(read).to.be.greaterThan(FILES / 50);
    expect(seconds).to.be.below(MOST_SECONDS);
  });

  it("have calls of any bytes, which are read or said to be unread", () => {
    const random = randomFrom(9);
    const started = process.cpuUsage();
    const whole = encode("timelock", "executeBatch", [
      [call.to],
      [0],
      [call.data],
      `0x${"00".repeat(32)}`,
      `0x${"00".repeat(32)}`,
    ]);
    for (let i = 0; i < 2_000; i++) {
      const digits = Array.from(whole.data);
      for (let j = random(3); j >= 0; j--) digits[10 + random(digits.length - 10)] = random(16).toString(16);
      const data = digits
        .join("")
        .slice(0, random(4) === 0 ? 2 + 2 * random(whole.data.length >> 1) : undefined);
      describeCall(decodeCall({ ...whole, data }, names));
    }
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).to.be.below(MOST_SECONDS);
  });
});
