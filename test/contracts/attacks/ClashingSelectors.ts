import { expect } from "chai";
import { concat, type InterfaceAbi, id, Interface, toBeHex } from "ethers";
import { artifacts } from "hardhat";
import { cloneCode, proxyCodeOf } from "../../../sdk/launch/predict.js";
import { connect } from "../../helpers/chain.js";
import { launchWithModules } from "../../helpers/modules.js";

const { ethers, networkHelpers } = await connect();

/** The ABIs of all contracts of the project, by their names. */
async function projectABIs(): Promise<ReadonlyMap<string, Interface>> {
  const names = [...(await artifacts.getAllFullyQualifiedNames())].filter((name) =>
    name.startsWith("contracts/"),
  );
  const read = names.map(async (name) => {
    const { abi } = (await artifacts.readArtifact(name)) as { abi: InterfaceAbi };
    return [name, new Interface(abi)] as const;
  });
  return new Map(await Promise.all(read));
}

const abis = await projectABIs();

/** What answers may begin with, or functions be called by, without standing in any ABI. */
const RESERVED = {
  "Error(string)": "0x08c379a0",
  "Panic(uint256)": "0x4e487b71",
  "what a wallet says of a good signature": "0x1626ba7e",
  "what a receiver of an ERC-721 says": "0x150b7a02",
  "what a receiver of an ERC-1155 says": "0xf23a6e61",
  "what a receiver of several ERC-1155 says": "0xbc197c81",
} as const;

type Kind = "function" | "error";

/** All functions or errors that have a selector. */
function bySelector(kind: Kind, among: Iterable<Interface> = abis.values()): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const abi of among) {
    for (const fragment of abi.fragments) {
      if (fragment.type !== kind) continue;
      const signature = fragment.format();
      const selector = id(signature).slice(0, 10);
      found.set(selector, (found.get(selector) ?? new Set()).add(signature));
    }
  }
  return found;
}

const clashes = (found: ReturnType<typeof bySelector>) =>
  [...found.values()].filter(({ size }) => size > 1).map((signatures) => [...signatures]);

describe("Attack: a call or an error is taken for another one, as their selectors are the same", function () {
  it("looks at every contract", function () {
    expect(abis.size).to.be.greaterThan(40);
    expect(bySelector("function").size).to.be.greaterThan(250);
    expect(bySelector("error").size).to.be.greaterThan(150);
  });

  it("would find one", function () {
    const known = new Interface(["function collate_propagate_storage(bytes16)"]);
    expect(clashes(bySelector("function", [...abis.values(), known]))).to.deep.equal([
      ["burn(uint256)", "collate_propagate_storage(bytes16)"],
    ]);
  });

  it("finds no two functions of any contracts, so that what a proposal or a Safe is to call reads in one way", function () {
    expect(clashes(bySelector("function"))).to.deep.equal([]);
  });

  it("finds no two errors of any contracts, so that a refusal reads in one way", function () {
    expect(clashes(bySelector("error"))).to.deep.equal([]);
  });

  it("finds no error that reads as what a wallet or a receiver says when it agrees, and none that reads as Solidity's", function () {
    const errors = bySelector("error");
    for (const [what, selector] of Object.entries(RESERVED)) {
      expect([...(errors.get(selector) ?? [])], what).to.deep.equal([]);
    }
  });

  it("finds no contract that would say of anything that it signed it, but for what receives tokens", function () {
    const functions = bySelector("function");
    expect(functions.has(RESERVED["what a wallet says of a good signature"])).to.equal(false);
  });

  describe("of the DAO's proxies and clones", function () {
    /** Functions that proxies of other designs have for themselves. */
    const OF_OTHER_PROXIES = [
      "admin()",
      "implementation()",
      "upgradeTo(address)",
      "changeAdmin(address)",
      "owner()",
      "masterCopy()",
      "childImplementation()",
      "proxyType()",
      "transferProxyOwnership(address)",
      "setImplementation(address)",
    ];

    const launch = async () => {
      const dao = await launchWithModules(await connect());
      const contracts = { ...dao.at, board: await dao.board.getAddress(), pass: await dao.pass.getAddress() };
      return { ...dao, contracts };
    };

    it("none has a function of its own: what isn't in the ABI is refused", async function () {
      const { contracts, stranger } = await networkHelpers.loadFixture(launch);
      for (const [name, to] of Object.entries(contracts)) {
        for (const signature of OF_OTHER_PROXIES) {
          const data = concat([id(signature).slice(0, 10), toBeHex(0, 64)]);
          await expect(stranger.call({ to, data }), `${name}: ${signature}`).to.be.revert(ethers);
        }
      }
    });

    it("each passes every call on: its code is that of a minimal proxy, byte for byte", async function () {
      const { at, contracts, factory, modules } = await networkHelpers.loadFixture(launch);
      const { manager, handover } = await factory.implementations();
      const [board, pass] = await modules.implementations();
      const codeOf = (name: keyof typeof contracts) => ethers.provider.getCode(contracts[name]);
      for (const name of ["token", "governor", "timelock", "badge", "drop", "rewards"] as const) {
        expect(await codeOf(name), name).to.equal(proxyCodeOf(name, at));
      }
      for (const [name, implementation] of Object.entries({ manager, handover, board, pass })) {
        const code = await codeOf(name as keyof typeof contracts);
        // Behind it are arguments, which are never run.
        expect(code.startsWith(cloneCode(implementation).toLowerCase()), name).to.equal(true);
      }
    });
  });
});
