import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { Wallet } from "ethers";
import { keyFrom, walletOf } from "../../relay/key.js";
import { kyosoError } from "../sdk/support.js";
import { useFolder } from "../sdk/signed/support.js";

describe("the relay's key", () => {
  const folder = useFolder();
  const { privateKey, address } = Wallet.createRandom();
  const problemOf = async (promise: Promise<unknown>) => (await kyosoError(promise)).problems[0];

  it("is in the environment, or in a file that others can't read", async () => {
    expect(await keyFrom({ KYOSO_RELAY_KEY: ` ${privateKey}\n` })).to.equal(privateKey);
    const file = path.join(folder(), "key");
    await writeFile(file, `${privateKey}\n`);
    // As a group's right, systemd's list of who may read it shows.
    for (const mode of [0o600, 0o400, 0o440]) {
      await chmod(file, mode);
      expect(await keyFrom({ KYOSO_RELAY_KEY_FILE: file })).to.equal(privateKey);
    }
    for (const mode of [0o644, 0o604, 0o660]) {
      await chmod(file, mode);
      const told = await problemOf(keyFrom({ KYOSO_RELAY_KEY_FILE: file }));
      expect(told).to.deep.include({ code: "relay.key-file-open", data: { file, mode } });
    }
    const nowhere = keyFrom({ KYOSO_RELAY_KEY_FILE: path.join(folder(), "nowhere") });
    expect((await problemOf(nowhere))?.code).to.equal("file.unreadable");
    expect((await problemOf(keyFrom({ KYOSO_RELAY_KEY: " " })))?.code).to.equal("relay.variable-missing");
  });

  it("isn't repeated where it is none", async () => {
    expect(walletOf(privateKey.slice(2)).address).to.equal(address);
    const told = await kyosoError(Promise.resolve().then(() => walletOf(`${privateKey}0`)));
    expect(told.problems[0]?.code).to.equal("relay.key-unreadable");
    expect(told.message).not.to.include(privateKey.slice(4));
  });
});
