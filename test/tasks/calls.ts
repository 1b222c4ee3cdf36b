import { stripVTControlCharacters } from "node:util";
import { expect } from "chai";
import { ZeroHash } from "ethers";
import type { RawCall } from "../../sdk/calls/decode.js";
import { decodeCall } from "../../sdk/calls/decode.js";
import { asPast } from "../../sdk/calls/reading.js";
import { KyosoError } from "../../sdk/errors.js";
import { callsAsJson, printCalls, printPastCalls, requireReadable } from "../../tasks/calls.js";
import { ALICE, contracts, encode, names, SAFE } from "../sdk/calls/support.js";

const unknown: RawCall = { to: ALICE, data: "0x12345678aa", value: 0n };
const mint = encode("token", "mint", [ALICE, 5n * 10n ** 18n]);

function batch(...calls: RawCall[]): RawCall {
  const lists = [calls.map(({ to }) => to), calls.map(({ value }) => value), calls.map(({ data }) => data)];
  return encode("timelock", "scheduleBatch", [...lists, ZeroHash, ZeroHash, 2 * 86_400]);
}

/** What is printed, without its colours. */
function printed(run: () => void): string[] {
  const { log } = console;
  const lines: string[] = [];
  console.log = (line: string) => lines.push(...stripVTControlCharacters(line).split("\n"));
  try {
    run();
  } finally {
    console.log = log;
  }
  return lines;
}

const reviewed = (...calls: RawCall[]) =>
  calls.map((raw) => ({
    ...asPast(decodeCall(raw, names)),
    simulation: { ok: true as const, result: "0x" },
  }));

describe("calls on the screen", () => {
  it("are shown with those that they carry, what can't be undone, and loudly what nobody can read", () => {
    const relayed = encode("governor", "relay", [mint.to, 0, mint.data]);
    const lines = printed(() => {
      printCalls(reviewed(batch(relayed, unknown)));
    });
    const at = (start: string) => lines.findIndex((line) => line.trimStart().startsWith(start));
    expect(lines[at("It announces")]).to.include("by timelock 2 days later, or after that:");
    expect(at("1.1. governor.relay")).to.be.greaterThan(at("It announces"));
    expect(lines[at("1.1.1. token.mint")]).to.include("amount: 5 BLUE");
    expect(lines[at("1.1.1.") + 1]).to.include("! Can't be undone. It dilutes");
    expect(lines[at("1.2.") + 1])
      .to.include("NOBODY CAN SAY WHAT THIS DOES")
      .and.to.include("5 bytes, hash 0x");
  });

  it("of which nothing comes any more aren't warned of", () => {
    const lines = printed(() => {
      printPastCalls([decodeCall(batch(mint, unknown), names)]);
    }).join("\n");
    expect(lines).to.include("1.1. token.mint").and.to.include("NOBODY CAN SAY");
    expect(lines).not.to.include("Can't be undone");
    const vetoed = encode("governor", "veto", [[mint.to], [0], [mint.data], ZeroHash, "No"]);
    const told = printed(() => {
      printCalls(reviewed(vetoed));
    }).join("\n");
    expect(told).to.include("It keeps from being made:").and.to.include("1.1. token.mint");
    expect(told).not.to.include("dilutes");
  });

  it("say of what is scheduled when it can be done", () => {
    const schedule = encode("manager", "schedule", [mint.to, mint.data, 1_806_570_000]);
    const [outer] = reviewed(schedule);
    const [inner] = outer?.inner ?? [];
    if (outer === undefined || inner === undefined) throw new Error("nothing was read");
    const announced = { ...inner, simulation: { ok: true as const, result: "0x" } };
    const [first] = printed(() => {
      printCalls([{ ...outer, announced }]);
    });
    expect(first).to.include("1. schedule, not before 2027-04-01 09:00 UTC: token.mint(");
  });

  it("are the same for programs", () => {
    const [call] = callsAsJson(reviewed(batch(mint, unknown))) as {
      carried: {
        fate: string;
        when: string;
        calls: { signature: string; unread: { reason: string } | null }[];
      };
    }[];
    expect(call?.carried.fate).to.equal("announced");
    expect(call?.carried.when).to.equal("2 days");
    expect(call?.carried.calls.map(({ signature, unread }) => [signature, unread?.reason])).to.deep.equal([
      ["mint(address,uint256)", undefined],
      ["0x12345678", "function"],
    ]);
  });
});

describe("requireReadable", () => {
  const told = (allowUnknownCalls: boolean, ...calls: RawCall[]) =>
    printed(() => {
      requireReadable(reviewed(...calls), { allowUnknownCalls, json: false }, "a.json");
    });

  it("refuses what nobody can read, and takes it where it is allowed, aloud", () => {
    expect(told(false, mint, { to: SAFE, data: "0x", value: 1n })).to.deep.equal([]);
    const refused = () => told(false, mint, batch(mint, { ...unknown, to: contracts.token }));
    expect(refused).to.throw(KyosoError, "Nobody can say what it does");
    const lines = told(true, batch(unknown)).join("\n");
    expect(lines).to.include("a.json, call 1.1").and.to.include("function 0x12345678, 5 bytes, hash 0x");
  });
});
