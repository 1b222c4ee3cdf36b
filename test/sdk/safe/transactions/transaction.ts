import { OperationType } from "@safe-global/types-kit";
import { expect } from "chai";
import { Contract, keccak256, TypedDataEncoder, type TypedDataDomain, type TypedDataField } from "ethers";
import {
  doesTheSame,
  transactionHash,
  transactionPreimage,
  typedTransaction,
} from "../../../../sdk/safe/transactions/transaction.js";
import { buildTransaction } from "../../../../sdk/node/safe/build.js";
import { payment, withOwners } from "../support.js";

const SAFE = [
  "function getTransactionHash(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, uint256 nonce) view returns (bytes32)",
];

describe("Safe transactions", () => {
  for (const count of [1, 3]) {
    it(`have the hash that the Safe itself gives them: ${count} call${count === 1 ? "" : "s"}`, () =>
      withOwners(async (owners) => {
        const { account } = await owners.look();
        const award = await owners.award(1);
        const data = await buildTransaction(
          account,
          Array.from({ length: count }, () => award),
          7,
        );
        expect(data.nonce).to.equal(7);
        expect(data.operation).to.equal(count === 1 ? 0 : 1);
        const safe = new Contract(account.address, SAFE, account.provider);
        const hash = transactionHash(account, data);
        expect(
          await safe
            .getFunction("getTransactionHash")
            .staticCall(
              data.to,
              data.value,
              data.data,
              data.operation,
              data.safeTxGas,
              data.baseGas,
              data.gasPrice,
              data.gasToken,
              data.refundReceiver,
              data.nonce,
            ),
        ).to.equal(hash);
        expect(keccak256(transactionPreimage(account, data))).to.equal(hash);
      }));
  }

  it("are given to wallets with all that the hash is of", () =>
    withOwners(async (owners) => {
      const { account } = await owners.look();
      const data = await buildTransaction(account, [await owners.award(1)], 0);
      const { domain, types, message } = JSON.parse(typedTransaction(account, data)) as {
        domain: TypedDataDomain;
        types: Record<string, TypedDataField[]>;
        message: Record<string, unknown>;
      };
      // ethers takes it from the domain.
      Reflect.deleteProperty(types, "EIP712Domain");
      expect(TypedDataEncoder.hash(domain, types, message)).to.equal(transactionHash(account, data));
      expect(domain).to.deep.equal({ chainId: 31337, verifyingContract: account.address.toLowerCase() });
    }));

  it("do the same whatever their numbers", () =>
    withOwners(async (owners) => {
      const { account } = await owners.look();
      const award = await owners.award(1);
      const [one, later, other, paying] = await Promise.all([
        buildTransaction(account, [award], 0),
        buildTransaction(account, [award], 1),
        buildTransaction(account, [await owners.award(2)], 0),
        buildTransaction(account, [{ ...award, value: 1n }], 0),
      ]);
      expect(doesTheSame(one, later)).to.equal(true);
      expect(doesTheSame(one, other)).to.equal(false);
      expect(doesTheSame(one, paying)).to.equal(false);
      expect(doesTheSame(one, { ...one, operation: OperationType.DelegateCall })).to.equal(false);
      expect(doesTheSame(one, await buildTransaction(account, [payment(account.address, 0n)], 0))).to.equal(
        false,
      );
    }));
});
