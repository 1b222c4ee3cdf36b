import { createRequire } from "node:module";
import {
  buildSignatureBytes,
  calculateSafeTransactionHash,
  encodeMultiSendData,
  EthSafeSignature,
  generatePreValidatedSignature,
  preimageSafeTransactionHash,
} from "@safe-global/protocol-kit";
import { expect } from "chai";
import { Wallet, ZeroAddress } from "ethers";
import { encodeMultiSend, parseMultiSend } from "../../../../sdk/calls/multiSend.js";
import { BATCH_CODE } from "../../../../sdk/calls/sequence.js";
import { FOREIGN } from "../../../../sdk/calls/known.js";
import type { CheckedSignature } from "../../../../sdk/safe/transactions/signatures.js";
import { encodeSignatures } from "../../../../sdk/safe/transactions/signatures.js";
import type { SafeTransactionData } from "../../../../sdk/safe/transactions/transaction.js";
import { transactionHash, transactionPreimage } from "../../../../sdk/safe/transactions/transaction.js";

const [ann, ben, cho] = ["0x01", "0x02", "0x03"].map((byte) => new Wallet(byte.padEnd(66, "7")).address) as [
  string,
  string,
  string,
];

const transaction: SafeTransactionData = {
  to: ann,
  value: "123456789012345678901234567890",
  data: "0xdeadbeef00",
  operation: 1,
  safeTxGas: "1",
  baseGas: "2",
  gasPrice: "3",
  gasToken: ben,
  refundReceiver: ZeroAddress,
  nonce: 7,
};

// What the SDK does by itself, so that it runs in a page, is what Safe's own kit does.
describe("Safe transactions, beside protocol-kit", () => {
  for (const version of ["1.3.0", "1.4.1", "1.5.0"]) {
    it(`have the same hash and preimage in version ${version}`, () => {
      const safe = { address: cho, version, chainId: 31337n };
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- ours has the numbers of its enum
      const data = transaction as Parameters<typeof calculateSafeTransactionHash>[1];
      const theirs = [cho, data, version, 31337n] as const;
      expect(transactionHash(safe, transaction)).to.equal(calculateSafeTransactionHash(...theirs));
      expect(transactionPreimage(safe, transaction)).to.equal(preimageSafeTransactionHash(...theirs));
    });
  }

  it("come with the same bytes of signatures", () => {
    const contract = `0x${"ab".repeat(100)}`;
    const approved = generatePreValidatedSignature(cho).data;
    const signatures: CheckedSignature[] = [
      { signer: cho, signature: approved, kind: "approved on chain" },
      { signer: ben, signature: contract, kind: "contract" },
      { signer: ann, signature: `0x${"11".repeat(64)}1b`, kind: "account" },
    ];
    const theirs = buildSignatureBytes(
      signatures.map(
        ({ signer, signature, kind }) => new EthSafeSignature(signer, signature, kind === "contract"),
      ),
    );
    // Theirs keeps the checksums of addresses.
    expect(encodeSignatures(signatures, 3)).to.equal(theirs.toLowerCase());
    const two = [contract, `0x${"cd".repeat(7)}`].map((signature, i) => ({
      signer: [ann, ben][i] ?? "",
      signature,
      kind: "contract" as const,
    }));
    expect(encodeSignatures(two, 2)).to.equal(
      buildSignatureBytes(
        two.map(({ signer, signature }) => new EthSafeSignature(signer, signature, true)),
      ).toLowerCase(),
    );
  });

  it("bundle calls alike", () => {
    const calls = [
      { to: ann, value: 0n, data: "0x" },
      { to: ben, value: 2n ** 200n, data: "0x12345678" },
    ];
    const theirs = encodeMultiSendData(calls.map((each) => ({ ...each, value: each.value.toString() })));
    const data = encodeMultiSend(calls);
    expect(data).to.equal(FOREIGN.safe.encodeFunctionData("multiSend", [theirs]));
    expect(parseMultiSend(data)).to.deep.equal(calls.map((each) => ({ ...each, operation: 0 })));
  });

  it("are tried with the code of Safe's own bundler", () => {
    const { deployedBytecode } = createRequire(import.meta.url)(
      "@safe-global/safe-smart-account/build/artifacts/contracts/libraries/MultiSendCallOnly.sol/MultiSendCallOnly.json",
    ) as { deployedBytecode: string };
    expect(BATCH_CODE).to.equal(deployedBytecode);
  });
});
