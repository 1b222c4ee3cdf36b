import { expect } from "chai";
import { AbiCoder, concat, keccak256, parseEther, toBeHex, ZeroAddress, ZeroHash } from "ethers";
import type { RawCall } from "../../../sdk/calls/decode.js";
import { decodeCall, MOST_LEVELS } from "../../../sdk/calls/decode.js";
import { FOREIGN, INTERFACES } from "../../../sdk/calls/known.js";
import { encodeMultiSend, MULTI_SENDS } from "../../../sdk/calls/multiSend.js";
import { callsWithin, describeCall, describeFate } from "../../../sdk/calls/nested.js";
import { describeUnread, unreadAmong, unreadProblems } from "../../../sdk/calls/unread.js";
import { MULTICALL3 } from "../../../sdk/chain/multicall.js";
import { DAO_CONTRACTS } from "../../../sdk/daoRecord.js";
import { ALICE, address, contracts, encode, names, SAFE } from "./support.js";

const [MULTI_SEND = "", CALL_ONLY = ""] = MULTI_SENDS;
const UPGRADE = address(30);
const DAY = 86_400;

const mint = encode("token", "mint", [ALICE, parseEther("5")]);
const period = encode("governor", "setVotingPeriod", [4 * DAY]);
const unknown: RawCall = { to: ALICE, data: "0x12345678aa", value: 0n };
const lists = (...calls: RawCall[]) => [
  calls.map(({ to }) => to),
  calls.map(({ value }) => value),
  calls.map(({ data }) => data),
];
const safe = (name: string, args: readonly unknown[]): RawCall => ({
  to: SAFE,
  data: FOREIGN.safeExecution.encodeFunctionData(name, args),
  value: 0n,
});
const exec = ({ to, data, value }: RawCall, operation: number) =>
  safe("execTransaction", [to, value, data, operation, 0, 0, 0, ZeroAddress, ZeroAddress, "0x"]);
const bundle = (to: string, ...calls: RawCall[]): RawCall => ({
  to,
  data: encodeMultiSend(calls),
  value: 0n,
});

/** Each function that carries calls, with two of them or as many as it takes, and what is said of them. */
const CARRIERS: Readonly<Record<string, readonly [RawCall, fate: string, calls?: readonly RawCall[]]>> = {
  "manager.execute": [encode("manager", "execute", [mint.to, mint.data]), "It has made by manager", [mint]],
  "manager.schedule": [
    encode("manager", "schedule", [mint.to, mint.data, 1_806_570_000]),
    "It announces, to be made not before 2027-04-01 09:00 UTC",
    [mint],
  ],
  "manager.cancel": [
    encode("manager", "cancel", [SAFE, mint.to, mint.data]),
    "It keeps from being made",
    [mint],
  ],
  "timelock.execute": [
    encode("timelock", "execute", [ALICE, 7n, "0x", ZeroHash, ZeroHash]),
    "It has made by timelock",
    [{ to: ALICE, value: 7n, data: "0x" }],
  ],
  "timelock.executeBatch": [
    encode("timelock", "executeBatch", [...lists(mint, period), ZeroHash, ZeroHash]),
    "It has made by timelock",
  ],
  "timelock.schedule": [
    encode("timelock", "schedule", [mint.to, 0, mint.data, ZeroHash, ZeroHash, 2 * DAY]),
    "It announces, to be made by timelock 2 days later, or after that",
    [mint],
  ],
  "timelock.scheduleBatch": [
    encode("timelock", "scheduleBatch", [...lists(mint, period), ZeroHash, ZeroHash, 36 * 3_600]),
    "It announces, to be made by timelock 1 day 12 hours later, or after that",
  ],
  "timelock.queueBatch": [
    encode("timelock", "queueBatch", [...lists(mint, period), ZeroHash]),
    "It announces, to be made by timelock later",
  ],
  "governor.propose": [
    encode("governor", "propose", [...lists(mint, period), "# Why"]),
    "It proposes, to be made by timelock if the vote passes",
  ],
  "governor.queue": [
    encode("governor", "queue", [...lists(mint, period), ZeroHash]),
    "It announces, to be made by timelock later",
  ],
  "governor.execute": [
    encode("governor", "execute", [...lists(mint, period), ZeroHash]),
    "It has made by timelock",
  ],
  "governor.cancel": [
    encode("governor", "cancel", [...lists(mint, period), ZeroHash]),
    "It keeps from being made",
  ],
  "governor.discard": [
    encode("governor", "discard", [...lists(mint, period), ZeroHash]),
    "It keeps from being made",
  ],
  "governor.veto": [
    encode("governor", "veto", [...lists(mint, period), ZeroHash, "No"]),
    "It keeps from being made",
  ],
  "governor.relay": [
    encode("governor", "relay", [mint.to, 3, mint.data]),
    "It has made by governor",
    [{ ...mint, value: 3n }],
  ],
  "manager.multicall": [
    encode("manager", "multicall", [[encode("manager", "labelRole", [9, "x"]).data]]),
    "It has made",
    [encode("manager", "labelRole", [9, "x"])],
  ],
  ...Object.fromEntries(
    DAO_CONTRACTS.filter((name) => INTERFACES[name].hasFunction("upgradeToAndCall")).map((name) => [
      `${name}.upgradeToAndCall`,
      [
        encode(name, "upgradeToAndCall", [UPGRADE, encode(name, "upgradeToAndCall", [UPGRADE, "0x"]).data]),
        "With its new code, it then makes",
        [encode(name, "upgradeToAndCall", [UPGRADE, "0x"])],
      ] as const,
    ]),
  ),
  "safe.execTransaction": [exec(mint, 0), "It has made by safe", [mint]],
  "safe.execTransactionFromModule": [
    safe("execTransactionFromModule", [mint.to, 0, mint.data, 0]),
    "It has made by safe",
    [mint],
  ],
  "safe.execTransactionFromModuleReturnData": [
    safe("execTransactionFromModuleReturnData", [CALL_ONLY, 0, encodeMultiSend([mint, period]), 1]),
    "It has made by safe",
  ],
  [`${CALL_ONLY}.multiSend`]: [bundle(CALL_ONLY, mint, period), `It has made by ${CALL_ONLY}`],
  ...Object.fromEntries(
    ["aggregate", "tryAggregate", "aggregate3", "aggregate3Value"].map((name) => {
      const three = name.startsWith("aggregate3");
      const calls = [mint, period].map(({ to, data, value }) => [
        to,
        ...(three ? [true] : []),
        ...(name === "aggregate3Value" ? [value] : []),
        data,
      ]);
      const args = name === "tryAggregate" ? [false, calls] : [calls];
      const data = FOREIGN.multicall.encodeFunctionData(name, args);
      const passing = name === "aggregate" ? "" : ", passing over what fails";
      return [
        `${MULTICALL3}.${name}`,
        [{ to: MULTICALL3, data, value: 0n }, `It has made by ${MULTICALL3}${passing}`] as const,
      ];
    }),
  ),
};

const hasCalls = (name: string) => /^(?:data|payload|payloads|calldatas)$/u.test(name);

describe("calls in calls", () => {
  for (const [name, [raw, fate, inside = [mint, period]]] of Object.entries(CARRIERS)) {
    it(`are read in ${name}`, () => {
      const call = decodeCall(raw, names);
      expect(`${call.contract}.${call.name}`).to.equal(name);
      expect(call.unread).to.equal(undefined);
      expect(call.carried?.calls).to.deep.equal(inside.map((each) => decodeCall(each, names)));
      expect(call.carried && describeFate(call.carried)).to.equal(fate);
      // What is said of them takes the place of their bytes.
      expect(describeCall(call)).not.to.match(/0x[0-9a-f]{66}/u);
    });
  }

  it("are read in each function of the DAO's contracts that takes some", () => {
    const known = Object.values(CARRIERS).map(([{ to, data }]) => `${to} ${data.slice(0, 10)}`);
    const others = DAO_CONTRACTS.flatMap((name) => {
      const functions: string[] = [];
      INTERFACES[name].forEachFunction(({ constant, inputs, selector, name: own }) => {
        if (constant || known.includes(`${contracts[name]} ${selector}`)) return;
        if (inputs.some((input) => input.type.startsWith("bytes") && hasCalls(input.name))) {
          functions.push(`${name}.${own}`);
        }
      });
      return functions;
    });
    // It is only asked by a contract that is being called.
    expect(others).to.deep.equal(["manager.consumeScheduledOp"]);
  });

  it("are read down to the last one, with what can't be undone at each level", () => {
    const relayed = encode("governor", "relay", [
      contracts.manager,
      0,
      encode("manager", "execute", [mint.to, mint.data]).data,
    ]);
    const raw = encode("timelock", "scheduleBatch", [...lists(relayed, period), ZeroHash, ZeroHash, DAY]);
    const all = [...callsWithin([decodeCall(raw, names)])];
    expect(all.map(({ place, call }) => `${place} ${call.contract}.${call.name}`)).to.deep.equal([
      "1 timelock.scheduleBatch",
      "1.1 governor.relay",
      "1.1.1 manager.execute",
      "1.1.1.1 token.mint",
      "1.2 governor.setVotingPeriod",
    ]);
    expect(all[3]?.call.known.irreversible).to.include("dilutes");
    expect(all[3]?.call.args[1]?.text).to.equal("5 BLUE");
    expect(describeCall(decodeCall(raw, names)))
      .to.include("token.mint(to: ")
      .and.to.include("newVotingPeriod: 4 days");
  });
});

describe("what can't be read whole", () => {
  const reasons = (raw: RawCall) => unreadAmong([decodeCall(raw, names)]).map(({ reason }) => reason);

  it("is named by its place, target, function, length and hash, at any depth", () => {
    const raw = encode("timelock", "executeBatch", [...lists(mint, unknown), ZeroHash, ZeroHash]);
    const [found, ...others] = unreadAmong([decodeCall(mint, names), decodeCall(raw, names)]);
    expect(others).to.deep.equal([]);
    expect(found).to.deep.equal({
      place: "2.2",
      to: ALICE,
      selector: "0x12345678",
      length: 5,
      hash: keccak256(unknown.data),
      reason: "function",
    });
    expect(found && describeUnread(found)).to.include(`to ${ALICE}, function 0x12345678, 5 bytes, hash 0x`);
    const [problem] = unreadProblems([decodeCall(unknown, names)], "a.json");
    expect([problem?.code, problem?.place]).to.deep.equal(["call.unread", "a.json, call 1"]);
    expect(problem?.remedy).to.include("--allow-unknown-calls");
  });

  it("is none where it is only kept from being made", () => {
    expect(reasons(encode("governor", "veto", [...lists(unknown), ZeroHash, "No"]))).to.deep.equal([]);
    expect(reasons(encode("governor", "queue", [...lists(unknown), ZeroHash]))).to.deep.equal(["function"]);
  });

  it("isn't a standard function of a foreign token, and is any other of a stranger's contract", () => {
    for (const [name, args] of [
      ["transfer", [SAFE, 1]],
      ["delegate", [SAFE]],
      ["safeBatchTransferFrom", [SAFE, ALICE, [1], [2], "0x"]],
      ["deposit()", []],
      ["redeem", [1, SAFE, SAFE]],
    ] as const) {
      expect(
        reasons({ to: ALICE, data: FOREIGN.standard.encodeFunctionData(name, args), value: 1n }),
        name,
      ).to.deep.equal([]);
    }
    // Whatever it does there: nobody knows that contract.
    for (const like of [mint, period, exec(mint, 0)]) {
      expect(reasons({ ...like, to: ALICE })).to.include("likeness");
    }
    expect(reasons({ to: ALICE, data: "0x", value: 1n })).to.deep.equal([]);
    expect(reasons({ to: ALICE, data: "0x12", value: 1n })).to.deep.equal(["function"]);
  });

  it("is what another contract's function would be", () => {
    expect(reasons({ ...mint, to: contracts.governor })).to.deep.equal(["function"]);
    // Only what bundles a Safe's calls has this one, and it has no other.
    expect(reasons(bundle(SAFE, mint))).to.deep.equal(["encoding"]);
    expect(reasons({ ...exec(mint, 0), to: CALL_ONLY })).to.deep.equal(["function"]);
    expect(reasons(bundle(ALICE, mint))).to.deep.equal(["encoding"]);
  });

  it("is foreign code that is run in a Safe's own name", () => {
    expect(reasons(exec(bundle(MULTI_SEND, mint), 1))).to.deep.equal([]);
    expect(reasons(exec(mint, 1))).to.deep.equal(["delegatecall"]);
    expect(reasons(exec(bundle(MULTI_SEND, { ...mint, to: ZeroAddress }), 1))).to.deep.equal([
      "delegatecall",
    ]);
    const packed = concat(["0x01", ALICE, toBeHex(0, 32), toBeHex(0, 32)]);
    const data = FOREIGN.safe.encodeFunctionData("multiSend", [packed]);
    expect(reasons({ to: MULTI_SEND, data, value: 0n })).to.deep.equal(["delegatecall"]);
    expect(reasons(exec({ ...mint, to: MULTI_SEND }, 1))).to.deep.equal(["encoding"]);
    expect(reasons(exec(mint, 2))).to.deep.equal(["delegatecall"]);
  });

  it("is what has more to it, or isn't encoded as the function takes it", () => {
    const coder = AbiCoder.defaultAbiCoder();
    const selector = INTERFACES.manager.getFunction("execute")?.selector ?? "";
    const args = coder.encode(["address", "bytes"], [mint.to, mint.data]).slice(2);
    const of = (data: string): RawCall => ({ to: contracts.manager, data: `${selector}${data}`, value: 0n });
    expect(reasons(of(args))).to.deep.equal([]);
    expect(reasons(of(`${args}00`))).to.deep.equal(["encoding"]);
    expect(reasons(of(args.slice(0, -2)))).to.deep.equal(["encoding"]);
    // The bytes of a padding, of an address, a place that is further away.
    expect(reasons(of(`${args.slice(0, -2)}01`))).to.deep.equal(["encoding"]);
    expect(reasons(of(`01${args.slice(2)}`))).to.deep.equal(["encoding"]);
    const head = args.slice(0, 64);
    expect(
      reasons(of(`${head}${toBeHex(0x60, 32).slice(2)}${"00".repeat(32)}${args.slice(128)}`)),
    ).to.deep.equal(["encoding"]);
    expect(reasons(encode("governor", "execute", [[ALICE], [], ["0x"], ZeroHash]))).to.deep.equal([
      "encoding",
    ]);
    expect(reasons({ ...of(args), data: of(args).data.toUpperCase().replace("X", "x") })).to.deep.equal([]);
  });

  it("is a text that isn't one", () => {
    const data = INTERFACES.timelock.encodeFunctionData("setDaoURI", ["ab"]).replace("6162", "ff62");
    expect(reasons({ to: contracts.timelock, data, value: 0n })).to.deep.equal(["encoding"]);
  });

  it("is too deep, or too much", () => {
    const nested = (levels: number) => {
      let raw = mint;
      for (let i = 0; i < levels; i++) raw = encode("manager", "execute", [raw.to, raw.data]);
      return raw;
    };
    expect(reasons(nested(MOST_LEVELS))).to.deep.equal([]);
    expect(reasons(nested(MOST_LEVELS + 1))).to.deep.equal(["too deep"]);
    const labels = Array.from({ length: 1_200 }, (_, i) => encode("manager", "labelRole", [i, ""]).data);
    const found = reasons(encode("manager", "multicall", [labels]));
    expect(new Set(found)).to.deep.equal(new Set(["too many"]));
  });
});

describe("hostile calls", () => {
  /** Numbers in words of 32 bytes, and texts of digits; put together without ethers, which takes its time. */
  const joined = (selector: string, ...parts: (number | string)[]) =>
    `${selector}${parts.map((part) => (typeof part === "string" ? part : part.toString(16).padStart(64, "0"))).join("")}`;
  const soon = (what: string, raw: RawCall) => {
    const started = process.cpuUsage();
    const call = decodeCall(raw, names);
    const found = unreadAmong([call]);
    describeCall(call);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1_000, `${what}, in milliseconds`).to.be.below(4_000);
    return found.map(({ reason }) => reason);
  };
  const multicall = INTERFACES.manager.getFunction("multicall")?.selector ?? "";
  const megabyte = "00".repeat(2 ** 20);
  const toManager = (data: string) => ({ to: contracts.manager, data, value: 0n });

  it("are a thousand levels of calls in calls", () => {
    const execute = INTERFACES.manager.getFunction("execute")?.selector ?? "";
    const manager = contracts.manager.slice(2).padStart(64, "0");
    const before: string[] = [];
    const after: string[] = [];
    let length = 4;
    for (let i = 0; i < 1_000; i++) {
      const padding = -length & 31;
      before.push(joined(execute.slice(2), manager, 0x40, length));
      after.push("00".repeat(padding));
      length += 4 + 3 * 32 + padding;
    }
    const deep = joined("0x", ...before.reverse(), execute.slice(2), ...after);
    expect(soon("deep", toManager(deep))).to.deep.equal(["too deep"]);
  });

  it("are a list whose items are all the same bytes: taken apart, more than fits a memory", () => {
    const count = 15_000;
    const places = joined("", count * 32).repeat(count);
    const shared = joined(multicall, 32, count, places, 2 ** 20, megabyte);
    expect(soon("shared", toManager(shared))).to.deep.equal(["encoding"]);
  });

  it("are a list of nothing, many times", () => {
    const count = 15_000;
    const places = Array.from({ length: count }, (_, i) => (count + i) * 32);
    const empty = joined(multicall, 32, count, ...places, "0".repeat(64 * count));
    expect(soon("empty", toManager(empty))).to.deep.equal(["encoding"]);
  });

  it("are a list that claims to be longer than all that there is", () => {
    const endless = joined(multicall, 32, `8${"0".repeat(63)}`);
    expect(soon("endless", toManager(endless))).to.deep.equal(["encoding"]);
  });

  it("are a bundle of more calls than any transaction can make", () => {
    const count = 12_000;
    const packed = `00${ALICE.slice(2)}${"00".repeat(64)}`.repeat(count);
    const padding = "0".repeat(-packed.length & 63);
    const selector = FOREIGN.safe.getFunction("multiSend")?.selector ?? "";
    const data = joined(selector, 32, packed.length / 2, packed, padding);
    expect(soon("bundle", { to: MULTI_SEND, data, value: 0n })).to.deep.equal(["encoding"]);
  });

  it("are a megabyte of nothing", () => {
    expect(soon("zeros", { to: ALICE, data: `0x${megabyte}`, value: 0n })).to.deep.equal(["function"]);
  });
});
