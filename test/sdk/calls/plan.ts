import { expect } from "chai";
import { Interface } from "ethers";
import { BrandToken__factory } from "../../../typechain-types/index.js";
import { call, named } from "../../../sdk/calls/plan.js";
import { launchedWorld, load } from "../support.js";

const ALICE = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

describe("plan", () => {
  const token = { name: "token", address: ALICE, interface: BrandToken__factory.createInterface() };

  describe("call", () => {
    it("encodes a call, and keeps it readable", () => {
      const transfer = call(token, "transfer", [ALICE, 5n], "Pay");
      expect(transfer).to.deep.equal({
        contract: "token",
        to: ALICE,
        signature: "transfer(address,uint256)",
        args: [ALICE, 5n],
        data: new Interface(["function transfer(address,uint256)"]).encodeFunctionData("transfer", [
          ALICE,
          5n,
        ]),
        value: 0n,
        purpose: "Pay",
      });
    });

    it("refuses a function that the contract doesn't have", () => {
      expect(() => call(token, "transferAll", [], "Pay")).to.throw(
        TypeError,
        "token has no function transferAll",
      );
    });
  });

  describe("named", () => {
    it("takes address and interface of a contract", async () => {
      const { dao, record } = await load(launchedWorld);
      expect(await named("token", dao.token)).to.deep.equal({
        name: "token",
        address: record.contracts.token,
        interface: dao.token.interface,
      });
    });
  });
});
