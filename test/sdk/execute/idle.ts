import { requireIdle } from "../../../sdk/execute/idle.js";
import { expect } from "chai";
import { launchedWorld, load, problemOf } from "../support.js";

describe("requireIdle", () => {
  it("refuses an account of which a transaction is under way", async () => {
    const { connection, context, stranger, launcher } = await load(launchedWorld);
    const { provider } = connection;
    await requireIdle(stranger.address, context.provider);
    await provider.request({ method: "evm_setAutomine", params: [false] });
    try {
      await stranger.sendTransaction({ to: launcher.address });
      const { place, message } = await problemOf(requireIdle(stranger.address, context.provider));
      expect(place).to.include(stranger.address);
      expect(message).to.include("1 of its transactions");
      await requireIdle(launcher.address, context.provider);
      await connection.networkHelpers.mine();
      await requireIdle(stranger.address, context.provider);
    } finally {
      await provider.request({ method: "evm_setAutomine", params: [true] });
    }
  });
});
