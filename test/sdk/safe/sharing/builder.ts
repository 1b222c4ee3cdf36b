import { expect } from "chai";
import { Interface } from "ethers";
import { batchChecksum, readBatch, writeBatch } from "../../../../sdk/safe/sharing/builder.js";
import { kyosoError } from "../../support.js";

const ALICE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const BOB = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";

const CALLS = [
  { to: ALICE, value: 5n, data: "0x" },
  { to: BOB, value: 0n, data: "0x12345678" },
];

const OPTIONS = { chainId: 31337n, safe: ALICE, title: "試し", createdAt: 1_700_000_000_000 };

type Written = ReturnType<typeof writeBatch>;

/** A file as the Transaction Builder would save it after somebody typed in one call. */
function typed(
  name: string,
  inputs: readonly { name: string; type: string; components?: readonly object[] }[],
  values: Readonly<Record<string, string>>,
): string {
  return JSON.stringify({
    version: "1.0",
    chainId: "31337",
    createdAt: 1,
    meta: { name: "Transactions Batch", description: "", txBuilderVersion: "1.18.2" },
    transactions: [
      {
        to: BOB,
        value: "0",
        data: null,
        contractMethod: { name, inputs, payable: false },
        contractInputsValues: values,
      },
    ],
  });
}

const dataOf = (content: string) => readBatch(content, 31337n, "a.json").calls[0]?.data;

/** What is wrong with a file that somebody changed. */
async function refused(change: (batch: Written & Record<string, unknown>) => unknown, sealed = true) {
  const batch = writeBatch(CALLS, OPTIONS) as Written & Record<string, unknown>;
  change(batch);
  if (sealed) {
    Reflect.deleteProperty(batch.meta, "checksum");
    batch.meta.checksum = batchChecksum(batch);
  }
  const { problems } = await kyosoError(
    new Promise((resolve) => {
      resolve(readBatch(JSON.stringify(batch), 31337n, "a.json"));
    }),
  );
  for (const { place } of problems) expect(place).to.match(/^a\.json/);
  return problems;
}

describe("files of the Transaction Builder", () => {
  it("are written in its format, and read back", () => {
    const batch = writeBatch(CALLS, OPTIONS);
    expect(batch).to.deep.include({ version: "1.0", chainId: "31337", createdAt: OPTIONS.createdAt });
    expect(batch.meta).to.include({ name: "試し", createdFromSafeAddress: ALICE });
    expect(batch.transactions[0]).to.deep.include({ to: ALICE, value: "5", data: "0x" });
    expect(readBatch(JSON.stringify(batch), 31337n, "a.json")).to.deep.equal({
      title: "試し",
      calls: CALLS,
      safe: ALICE,
    });
  });

  // What the Transaction Builder itself makes of this file (safe-react-apps, tx-builder, checksum.test.js).
  it("have the checksum that the Transaction Builder gives them, in whatever order their keys are", () => {
    const account = "0x49d4450977E2c95362C13D3a31a09311E0Ea26A6";
    const method = (name: string, input: string, type: string) => ({
      payable: false,
      name,
      inputs: [{ type, name: input, internalType: type }],
    });
    const batch = {
      transactions: [
        {
          contractInputsValues: { paramAddress: account },
          contractMethod: method("testAddress", "paramAddress", "address"),
          value: "0",
          to: account,
        },
        {
          contractInputsValues: { paramBool: "false", paramAddress: "" },
          contractMethod: method("testBool", "paramBool", "bool"),
          value: "0",
          to: account,
        },
        {
          data: "0x42f4579000000000000000000000000049d4450977e2c95362c13d3a31a09311e0ea26a6",
          value: "2000000000000000000",
          to: account,
        },
      ],
      meta: {
        createdFromOwnerAddress: account,
        createdFromSafeAddress: "0xDF8a1Ce35c9a6ACE153B4e0767942f1E2291a1Aa",
        checksum: "",
        txBuilderVersion: "1.4.0",
        name: "test batch file",
      },
      createdAt: 1646321521061,
      chainId: "4",
      version: "1.0",
    };
    expect(batchChecksum(batch)).to.equal(
      "0x4ecbfd364aa6759983915644e73f8bd411e85a2dc306f252a387c2728c4db64c",
    );
  });

  it("are read as the Transaction Builder itself has saved them, also renamed", () => {
    const saved = {
      version: "1.0",
      chainId: "1",
      createdAt: 1761326849944,
      meta: {
        name: "Transactions Batch",
        description: "",
        txBuilderVersion: "1.18.2",
        createdFromSafeAddress: "0xA77DE01e157f9f57C7c4A326eeE9C4874D0598b6",
        createdFromOwnerAddress: "",
        checksum: "0x8b5032f716845c8b08bab3d63dbd9ba92e056f3557793cd041e59b84e16aa989",
      },
      transactions: [
        {
          to: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
          value: "0",
          data: null,
          contractMethod: {
            inputs: [
              { internalType: "address", name: "spender", type: "address" },
              { internalType: "uint256", name: "value", type: "uint256" },
            ],
            name: "approve",
            payable: false,
          },
          contractInputsValues: {
            spender: "0x474e5Ded6b5D078163BFB8F6dBa355C3aA5478C8",
            value: "100000000000",
          },
        },
      ],
    };
    expect(readBatch(JSON.stringify(saved), 1n, "a.json").calls).to.have.length(1);
    const renamed = { ...saved, meta: { ...saved.meta, name: "給与" } };
    expect(readBatch(JSON.stringify(renamed), 1n, "a.json").title).to.equal("給与");
  });

  it("may say what is called in words: numbers, texts, truths, lists and structs", () => {
    const component = (name: string, type: string) => ({ name, type, internalType: type });
    const content = typed(
      "act",
      [
        { name: "to", type: "address" },
        { name: "amount", type: "uint256" },
        { name: "ok", type: "bool" },
        { name: "text", type: "string" },
        { name: "numbers", type: "uint256[]" },
        { name: "one", type: "tuple", components: [component("a", "uint128"), component("b", "bool")] },
        {
          name: "many",
          type: "tuple[]",
          components: [component("a", "address"), component("b", "string")],
        },
        { name: "truths", type: "bool[2]" },
      ],
      {
        to: ALICE,
        amount: " 123456789012345678901234567890 ",
        ok: "False",
        text: "[not a list]",
        numbers: "[1, 123456789012345678901234567890]",
        one: '{"b": true, "a": 123456789012345678901234567890}',
        many: `[["${ALICE}", "has 12 in it"], ["${BOB}", ""]]`,
        truths: '["true", false]',
      },
    );
    const contract = new Interface([
      "function act(address to, uint256 amount, bool ok, string text, uint256[] numbers, (uint128 a, bool b) one, (address a, string b)[] many, bool[2] truths)",
    ]);
    const large = 123456789012345678901234567890n;
    expect(dataOf(content)).to.equal(
      contract.encodeFunctionData("act", [
        ALICE,
        large,
        false,
        "[not a list]",
        [1n, large],
        [large, true],
        [
          [ALICE, "has 12 in it"],
          [BOB, ""],
        ],
        [true, false],
      ]),
    );
  });

  it("may call no function at all", () => {
    for (const name of ["receive", "fallback"]) expect(dataOf(typed(name, [], {}))).to.equal("0x");
  });

  it("have names without characters that would move a terminal's cursor", () => {
    const content = typed("receive", [], {}).replace("Transactions Batch", "a\\u001bb");
    expect(readBatch(content, 31337n, "a.json").title).to.equal("a\\u001bb");
    const nameless = typed("receive", [], {}).replace("Transactions Batch", "");
    expect(readBatch(nameless, 31337n, "a.json").title).to.include("Transaction Builder");
  });

  it("are refused for another chain", async () => {
    const [problem] = await refused((batch) => (batch.chainId = "1"));
    expect(problem?.place).to.include("chainId");
    expect(problem?.message).to.include('"1"').and.to.include("31337");
  });

  it("are refused where somebody changed them", async () => {
    const [problem] = await refused(
      (batch) => Object.assign(batch.transactions[0] ?? {}, { value: "6" }),
      false,
    );
    expect(problem?.place).to.include("meta.checksum");
  });

  it("may be without a checksum, and begin with a byte order mark", () => {
    const batch = writeBatch(CALLS, OPTIONS);
    expect(readBatch(`\ufeff${JSON.stringify(batch)}`, 31337n, "a.json").calls).to.deep.equal(CALLS);
    Reflect.deleteProperty(batch.meta, "checksum");
    expect(readBatch(JSON.stringify(batch), 31337n, "a.json").calls).to.deep.equal(CALLS);
  });

  it("are refused where they aren't JSON, or something else", async () => {
    for (const content of ["{", "[]", "{}", '{"version":"2.0"}']) {
      const { problems } = await kyosoError(
        new Promise((resolve) => {
          resolve(readBatch(content, 31337n, "a.json"));
        }),
      );
      expect(problems.length, content).to.be.greaterThan(0);
    }
  });

  it("are refused without any call", async () => {
    const [problem] = await refused((batch) => (batch.transactions = []));
    expect(problem?.place).to.include("transactions");
  });

  it("have each call named that can't be read", async () => {
    const problems = await refused((batch) => {
      const broken = `${ALICE.slice(0, -1)}9`;
      batch.transactions.push({
        to: broken,
        value: "0",
        data: "0x",
        contractMethod: null,
        contractInputsValues: null,
      });
      Object.assign(batch.transactions[0] ?? {}, { value: "5 ETH" });
      Object.assign(batch.transactions[1] ?? {}, { data: "0x123" });
    });
    expect(problems.map(({ place }) => place)).to.deep.equal([
      "a.json, transactions[0]",
      "a.json, transactions[1]",
      "a.json, transactions[2]",
    ]);
    expect(problems[0]?.message).to.include('"5 ETH"');
  });

  it("are refused where a value is missing, or no value of its type", async () => {
    const inputs = [{ name: "ok", type: "bool" }];
    for (const [values, text] of [
      [{}, '"ok"'],
      [{ ok: "yes" }, '"yes"'],
    ] as const) {
      const { problems } = await kyosoError(
        new Promise((resolve) => {
          resolve(readBatch(typed("act", inputs, values), 31337n, "a.json"));
        }),
      );
      expect(problems[0]?.message).to.include(text);
    }
  });
});
