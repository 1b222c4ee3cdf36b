import { createRequire } from "node:module";
import { expect } from "chai";
import {
  deploySafeContracts,
  hasSafeContracts,
  predictCanonicalSafe,
  SAFE_VERSION,
  safeContractNetworks,
} from "../../../../sdk/node/safe/canonical.js";
import { LOCAL_CHAIN_ID } from "../../../../sdk/chain/local.js";
import { predictSafe, safeSaltNonce } from "../../../../sdk/node/safe/kit.js";
import { breakingSigner, emptyWorld, impatient, load } from "../../support.js";

const require = createRequire(import.meta.url);

/** The contracts under protocol-kit's names, by the names that they have in the registry of Safe's deployments. */
const REGISTRY: Record<string, string> = {
  safeSingletonAddress: "safe_l2",
  safeProxyFactoryAddress: "safe_proxy_factory",
  multiSendAddress: "multi_send",
  multiSendCallOnlyAddress: "multi_send_call_only",
  fallbackHandlerAddress: "compatibility_fallback_handler",
  signMessageLibAddress: "sign_message_lib",
  createCallAddress: "create_call",
  simulateTxAccessorAddress: "simulate_tx_accessor",
};

/** The canonical address of a contract, as Safe publishes it. */
function publishedAddress(contract: string): string {
  const file = `@safe-global/safe-deployments/dist/assets/v${SAFE_VERSION}/${contract}.json`;
  const published = require(file) as { deployments: { canonical: { address: string } } };
  return published.deployments.canonical.address;
}

describe("canonical Safe contracts", () => {
  it("have the addresses that Safe publishes", () => {
    const local = safeContractNetworks(LOCAL_CHAIN_ID)?.[LOCAL_CHAIN_ID.toString()];
    const published = Object.fromEntries(
      Object.entries(REGISTRY).map(([name, contract]) => [name, publishedAddress(contract)]),
    );
    expect(local).to.deep.equal(published);
  });

  it("are left to protocol-kit on other chains", () => {
    expect(safeContractNetworks(1n)).to.equal(undefined);
  });

  it("arrive on a local chain, and are deployed once", async () => {
    const { context, launcher } = await load(emptyWorld);
    const { provider } = context;
    expect(await hasSafeContracts(provider)).to.equal(false);
    await deploySafeContracts(launcher);
    expect(await hasSafeContracts(provider)).to.equal(true);
    for (const contract of Object.values(REGISTRY)) {
      expect(await provider.getCode(publishedAddress(contract)), contract).not.to.equal("0x");
    }
    const nonce = await launcher.getNonce();
    await deploySafeContracts(launcher);
    expect(await launcher.getNonce()).to.equal(nonce);
  });

  it("can be completed, where only some arrived", async () => {
    const { context, launcher } = await load(emptyWorld);
    const published = Object.values(REGISTRY).map(publishedAddress);
    const arrived = async () => {
      const codes = await Promise.all(published.map((address) => context.provider.getCode(address)));
      return codes.filter((code) => code !== "0x").length;
    };
    // The first transaction funds the account that deploys the factory.
    const failure: unknown = await deploySafeContracts(await impatient(breakingSigner(launcher, 4))).catch(
      (error: unknown) => error,
    );
    expect(failure).to.be.an.instanceOf(Error);
    expect(await arrived()).to.equal(3);
    expect(await hasSafeContracts(context.provider)).to.equal(false);

    const nonce = await launcher.getNonce();
    await deploySafeContracts(launcher);
    expect(await arrived()).to.equal(8);
    expect(await launcher.getNonce()).to.equal(nonce + 5);
  });

  it("give a Safe the address that protocol-kit says, before they are there", async () => {
    const { context, launcher, owners } = await load(emptyWorld);
    const addresses = owners.map(({ address }) => address);
    const predicted = [1, 2, 3].map((threshold) =>
      predictCanonicalSafe(addresses, threshold, safeSaltNonce("blue")),
    );
    await deploySafeContracts(launcher);
    for (const threshold of [1, 2, 3]) {
      const safe = { owners: addresses, threshold };
      const kit = await predictSafe(context.eip1193, LOCAL_CHAIN_ID, safe, "blue");
      expect(await kit.getAddress()).to.equal(predicted[threshold - 1]);
    }
    expect(new Set(predicted).size).to.equal(3);
    expect(predictCanonicalSafe(addresses, 2, safeSaltNonce("red"))).not.to.equal(predicted[1]);
  });
});
