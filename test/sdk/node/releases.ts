import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { getAddress, isHexString } from "ethers";
import { IMPLEMENTATION_NAMES } from "../../../sdk/implementations.js";
import { readReleases, releaseFolder, releaseWith } from "../../../sdk/node/releases.js";

describe("releases", () => {
  it("say of each contract that a launch deploys what it is", async () => {
    const releases = await readReleases(".");
    expect(releases).not.to.deep.equal([]);
    for (const { contracts, sources } of releases) {
      expect(Object.keys(contracts)).to.deep.equal([...IMPLEMENTATION_NAMES]);
      for (const { address, creationCode, runtimeCode, source } of Object.values(contracts)) {
        expect(getAddress(address)).to.equal(address);
        for (const hash of [creationCode, runtimeCode ?? creationCode, sources[source]]) {
          expect(isHexString(hash, 32), source).to.equal(true);
        }
      }
      // Their signatures name the chain that they are for.
      const own = Object.entries(contracts).filter(([, { runtimeCode }]) => runtimeCode === null);
      expect(own.map(([name]) => name)).to.deep.equal(["IdeaBoard", "Nicknames"]);
    }
  });

  it("are found by all of their addresses", async () => {
    const releases = await readReleases(".");
    const [release] = releases;
    if (release === undefined) throw new Error("there is no release");
    const addresses = Object.fromEntries(
      IMPLEMENTATION_NAMES.map((name) => [name, release.contracts[name].address]),
    ) as Parameters<typeof releaseWith>[1];
    expect(releaseWith(releases, addresses)).to.equal(release);
    expect(releaseWith(releases, { ...addresses, BallotRelay: addresses.Handover })).to.equal(undefined);
  });

  it("are told in the order of their versions, and are none where there is no folder", async () => {
    const root = await mkdtemp(path.join(tmpdir(), "kyoso-releases-"));
    try {
      expect(await readReleases(root)).to.deep.equal([]);
      for (const version of ["0.10.0", "0.9.1"]) {
        await mkdir(path.join(root, releaseFolder(version)), { recursive: true });
        await writeFile(path.join(root, releaseFolder(version), "release.json"), JSON.stringify({ version }));
      }
      // Left there by a computer's own program.
      await writeFile(path.join(root, releaseFolder(".DS_Store")), "");
      expect((await readReleases(root)).map(({ version }) => version)).to.deep.equal(["0.9.1", "0.10.0"]);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
