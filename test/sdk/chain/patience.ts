import { expect } from "chai";
import { isPassing, isRead, patiently } from "../../../sdk/chain/patience.js";

const QUICK = { attempts: 3, firstWait: 1 };

describe("patience", () => {
  /** What fails in these ways, and then answers. */
  function failing(...errors: Error[]) {
    let asked = 0;
    const ask = () => {
      const error = errors[asked++];
      return error === undefined ? Promise.resolve("an answer") : Promise.reject(error);
    };
    return { ask, asked: () => asked };
  }

  it("asks again where a node is overloaded, slow or behind", async () => {
    for (const message of [
      "Too Many Requests",
      "daily request limit reached",
      "The request timed out",
      "header not found",
      "read ECONNRESET",
    ]) {
      const { ask, asked } = failing(new Error(message), new Error("outer", { cause: new Error(message) }));
      expect(await patiently(ask, undefined, QUICK)).to.equal("an answer");
      expect(asked()).to.equal(3);
    }
  });

  it("waits longer each time", async () => {
    const { ask } = failing(new Error("rate limit"), new Error("rate limit"));
    const began = performance.now();
    await patiently(ask, undefined, { attempts: 3, firstWait: 20 });
    expect(performance.now() - began).to.be.above(55);
  });

  it("gives up in the end, with the node's own error", async () => {
    const error = new Error("rate limit exceeded");
    const { ask, asked } = failing(error, error, error, error);
    expect(await patiently(ask, undefined, QUICK).catch((thrown: unknown) => thrown)).to.equal(error);
    expect(asked()).to.equal(3);
  });

  it("doesn't ask again what will be the same again", async () => {
    for (const message of ["execution reverted", "nonce too low", "timed out: block range is too large"]) {
      const { ask, asked } = failing(new Error(message));
      expect(await patiently(ask, undefined, QUICK).catch(() => "failed")).to.equal("failed");
      expect(asked()).to.equal(1);
    }
  });

  it("judges an answer that is a refusal, too", async () => {
    let asked = 0;
    const ask = () => Promise.resolve(asked++ === 0 ? "rate limit" : "fine");
    expect(await patiently(ask, (answer) => answer, QUICK)).to.equal("fine");
    expect(asked).to.equal(2);
  });

  it("never repeats what changes something", () => {
    for (const method of [
      "eth_sendRawTransaction",
      "eth_sendTransaction",
      "eth_signTypedData_v4",
      "evm_mine",
    ]) {
      expect(isRead(method), method).to.equal(false);
    }
    for (const method of [
      "eth_call",
      "eth_getLogs",
      "eth_blockNumber",
      "eth_estimateGas",
      "eth_getBlockByNumber",
    ]) {
      expect(isRead(method), method).to.equal(true);
    }
    expect(isPassing("insufficient funds")).to.equal(false);
  });
});
