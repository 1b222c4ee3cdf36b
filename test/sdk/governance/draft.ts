import { expect } from "chai";
import type { ParamType } from "ethers";
import { FunctionFragment, Interface, MaxUint256, parseEther, ZeroAddress } from "ethers";
import { parse } from "yaml";
import { FOREIGN, INTERFACES } from "../../../sdk/calls/known.js";
import type { Call } from "../../../sdk/calls/plan.js";
import { call } from "../../../sdk/calls/plan.js";
import { draftProposal, parseProposal } from "../../../sdk/governance/actions.js";
import { campaignId } from "../../../sdk/drop/campaign.js";
import { DAO_CONTRACTS } from "../../../sdk/daoRecord.js";
import type { FileWorld } from "./support.js";
import { ALICE, FILE, fileWorld, foreignToken, raw } from "./support.js";

/** Texts that YAML or this file's own form would take for something else. */
const TEXTS = [
  "",
  " ",
  "yes",
  "null",
  "~",
  "0x12",
  "1e3",
  "1_000",
  "- a",
  "a: b",
  "# a",
  "a #b",
  "---",
  "...",
  "a\n---\nb",
  "&a *b !c",
  "%TAG",
  "{a, b]",
  '"quoted"',
  "it's 'so'",
  "back\\slash\\n",
  " before and after ",
  "line\nline\n\n  indented\n",
  "\n\nlate",
  "trailing  \nspace \n",
  "\ttab",
  "Windows\r\nline ends, long enough that a writer of YAML would fold the text somewhere\r\n\r\n  here",
  "\u0007\u001b[31m\u0085\u2028\u200b\ufeff",
  "ブランド「共創」：試飲会、# 見出し",
  "👩‍🍳 é",
  "a long text ".repeat(40),
  `x\n\n#proposer=${ALICE}`,
  "nobody",
  "treasury",
];

/** A value of a type; each `seed` another one, with those at the bounds among them. */
function sample(type: ParamType, seed: number, at: FileWorld): unknown {
  const { arrayChildren, arrayLength, components } = type;
  if (arrayChildren !== null) {
    const length = arrayLength === null || arrayLength < 0 ? seed % 3 : arrayLength;
    return Array.from({ length }, (_, i) => sample(arrayChildren, seed + i, at));
  }
  if (components !== null) return components.map((component, i) => sample(component, seed + i, at));
  const pick = <Value>(values: readonly Value[]): Value | undefined => values[seed % values.length];
  if (type.type === "address")
    return pick([ALICE, ZeroAddress, at.record.safe, at.record.contracts.timelock]);
  if (type.type === "bool") return seed % 2 === 0;
  if (type.type === "string") return pick(TEXTS);
  const [, kind = "", size = ""] = /^(bytes|u?int)(\d*)$/u.exec(type.type) ?? [];
  if (kind === "bytes")
    return `0x${pick(["ab", "00", "e3"])?.repeat(size === "" ? seed % 40 : Number(size)) ?? ""}`;
  const highest = 2n ** BigInt(kind === "int" ? Number(size) - 1 : size) - 1n;
  const lowest = kind === "int" ? -highest - 1n : 0n;
  const some = [0n, highest, 1n, 1_234_567n, lowest, 86_400n, 10n ** 18n + 1n, highest / 3n];
  const value = pick(some) ?? 0n;
  return value > highest ? highest : value;
}

/** What the calls are after they were written down and read again. */
async function again({ live }: FileWorld, calls: readonly Call[], named: boolean) {
  const text = draftProposal(calls, "題", "", named ? live : undefined);
  const parsed = await parseProposal(live, text, FILE);
  return parsed.calls.map(raw);
}

async function expectSame(at: FileWorld, calls: readonly Call[]): Promise<void> {
  expect(await again(at, calls, true)).to.deep.equal(calls.map(raw));
  expect(await again(at, calls, false), "without names").to.deep.equal(calls.map(raw));
}

/** The actions that a draft has, without comments. */
function actionsOf(text: string): unknown {
  const [, front = ""] = text.split("---\n");
  return (parse(front, { schema: "failsafe" }) as { actions: unknown }).actions;
}

const fragmentsOf = (contract: Interface) =>
  contract.fragments
    .filter((fragment) => FunctionFragment.isFragment(fragment))
    .filter(({ constant }) => !constant);

describe("a draft of a proposal is read back to the same calls", () => {
  for (const name of DAO_CONTRACTS) {
    it(`of every function of the ${name}`, async () => {
      const at = await fileWorld();
      const fragments = fragmentsOf(INTERFACES[name]);
      expect(fragments).to.have.length.above(3);
      for (let seed = 0; seed < 4; seed++) {
        const calls = fragments.map((fragment, i) => {
          const args = fragment.inputs.map((input, j) => sample(input, seed + i + j, at));
          const value = fragment.payable ? BigInt(seed) : 0n;
          return { ...at.own(name, fragment.format("sighash"), args), value };
        });
        await expectSame(at, calls);
      }
    });
  }

  it("of the Safe, of assets and of any contract", async () => {
    const at = await fileWorld();
    const unknown = new Interface([
      "function mint(address to, uint256 amount) payable",
      "function f(int64, (uint8, (bool, string)[])[] , bytes3[2])",
      "function ping()",
    ]);
    const targets: [name: string, address: string, contract: Interface][] = [
      ["safe", at.record.safe, FOREIGN.safe],
      ["asset", ALICE, FOREIGN.asset],
      ["asset", at.record.safe, FOREIGN.asset],
      ["account", ALICE, unknown],
      ["factory", at.record.factory, unknown],
    ];
    for (const [name, address, contract] of targets) {
      for (let seed = 0; seed < 4; seed++) {
        const calls = fragmentsOf(contract).map((fragment, i) => {
          const args = fragment.inputs.map((input, j) => sample(input, seed + i + j, at));
          return {
            ...call({ name, address, interface: contract }, fragment.format("sighash"), args, ""),
            value: BigInt(seed),
          };
        });
        await expectSame(at, calls);
      }
    }
  });

  it("of amounts of another token, whose decimals a draft doesn't know", async () => {
    const at = await fileWorld();
    const coin = { name: "asset", address: await foreignToken(at, "USDC", 6), interface: FOREIGN.asset };
    const { safe } = at.record;
    await expectSame(at, [
      call(coin, "transfer", [ALICE, 1_250_000], ""),
      call(coin, "approve", [safe, MaxUint256], ""),
      call(coin, "transferFrom", [ALICE, safe, 0], ""),
    ]);
  });

  it("of every text", async () => {
    const at = await fileWorld();
    for (const text of TEXTS) {
      const kind = [text, text, text, 10, parseEther("1.5"), 3, 0, 0];
      await expectSame(at, [
        at.own("timelock", "setDaoURI", [text]),
        at.own("badge", "addVotingKind", [kind]),
        at.own("badge", "revokeVoting", [7, text]),
      ]);
    }
  });

  it("of ETH, whatever amount", async () => {
    const at = await fileWorld();
    const calls = [0n, 1n, parseEther("1234.5"), MaxUint256].flatMap((value) =>
      [ALICE, at.record.contracts.timelock, at.record.safe, ZeroAddress].map((to): Call => {
        return { contract: "account", to, signature: "", args: [], data: "0x", value, purpose: "" };
      }),
    );
    await expectSame(at, calls);
  });

  it("of bytes that are no call of a known function", async () => {
    const at = await fileWorld();
    const { token } = at.record.contracts;
    const transfer = at.own("token", "transfer", [ALICE, 1n]);
    // An address with dirt before it, a text that isn't UTF-8.
    const dirty = transfer.data.replace("0000", "00ff");
    const broken = at.own("timelock", "setDaoURI", ["abc"]).data.replace("616263", "ffffff");
    const calls = [`${transfer.data}00`, dirty, "0x12", "0xffffffff", "0x12345678", broken].flatMap((data) =>
      [token, at.record.contracts.timelock, ALICE].map((to): Call => {
        return { contract: "token", to, signature: "", args: [], data, value: 0n, purpose: "" };
      }),
    );
    expect(await again(at, calls, true)).to.deep.equal(calls.map(raw));
  });

  it("with the title and the text below it", async () => {
    const { live, own } = await fileWorld();
    const calls = [own("handover", "handOver", [])];
    const bodies = ["", "本文", "# 別の見出し\n\n- a\n\n---\n\nb", "---\nactions: []\n---", "\n\n  a\n"];
    for (const title of ["試飲会", "yes", "# 1", "a: 'b' \"c\"", "--- #", "*x*"]) {
      for (const body of bodies) {
        const parsed = await parseProposal(live, draftProposal(calls, title, body, live), FILE);
        expect([parsed.title, parsed.body]).to.deep.equal([title, body.trim()]);
      }
    }
    const folded = await parseProposal(live, draftProposal(calls, " 試飲会\n 春 ", "", live), FILE);
    expect(folded.title).to.equal("試飲会 春");
  });
});

describe("a draft of a proposal", () => {
  it("is in people's units, and says whose addresses are", async () => {
    const { live, own, record } = await fileWorld();
    const campaign = campaignId("spring-2027");
    const calls = [
      own("token", "transfer", [record.safe, parseEther("1234.5")]),
      own("governor", "setVotingPeriod", [345_600]),
      own("governor", "updateQuorumNumerator", [1_250]),
      own("governor", "setGuardianTerm", [record.safe, Date.UTC(2027, 3) / 1000]),
      own("governor", "setGuardianTerm", [ZeroAddress, 0]),
      own("governor", "setProposalGuardian", [ZeroAddress]),
      own("token", "setMintLimit", [[parseEther("50000"), 86_400]]),
      own("drop", "fund", [campaign, parseEther("5")]),
    ];
    const text = draftProposal(calls, "題", "", live);
    expect(actionsOf(text)).to.deep.equal([
      { contract: "token", function: "transfer(address,uint256)", args: [record.safe, "1,234.5 BLUE"] },
      { contract: "governor", function: "setVotingPeriod(uint32)", args: ["4 days"] },
      { contract: "governor", function: "updateQuorumNumerator(uint256)", args: ["12.5%"] },
      {
        contract: "governor",
        function: "setGuardianTerm(address,uint48)",
        args: [record.safe, "2027-04-01 00:00:00 UTC"],
      },
      { contract: "governor", function: "setGuardianTerm(address,uint48)", args: ["nobody", "none"] },
      { contract: "governor", function: "setProposalGuardian(address)", args: ["nobody"] },
      {
        contract: "token",
        function: "setMintLimit((uint128,uint48))",
        args: [{ amount: "50,000 BLUE", window: "1 day" }],
      },
      { contract: "drop", function: "fund(bytes32,uint256)", args: [campaign, "5 BLUE"] },
    ]);
    expect(text).to.include(`"${campaign}" # spring-2027`);
    expect(text).to.include(`"${record.safe}" # safe`).and.to.include(`token # ${record.contracts.token}`);
  });

  it("says what a call's data does, and not what the call says of itself", async () => {
    const { live, own, record } = await fileWorld();
    const lie: Call = {
      ...own("token", "transfer", [ALICE, parseEther("1000")]),
      signature: "approve(address,uint256)",
      args: [record.safe, 0n],
      contract: "badge",
    };
    expect(actionsOf(draftProposal([lie], "題", "", live))).to.deep.equal([
      { contract: "token", function: "transfer(address,uint256)", args: [ALICE, "1,000 BLUE"] },
    ]);
  });
});
