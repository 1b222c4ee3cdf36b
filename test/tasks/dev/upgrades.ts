import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { slotOf } from "../../../tasks/dev/upgrades/slots.js";
import type { Layout } from "../../../tasks/dev/upgrades/layouts.js";
import { incompatibility, unseen } from "../../../tasks/dev/upgrades/layouts.js";

const STATE = "erc7201:kyoso.storage.BadgeState";

async function layoutOf(name: string): Promise<Layout> {
  return JSON.parse(await readFile(path.resolve("storage-layouts", `${name}.json`), "utf8")) as Layout;
}

/** The same layout, with other fields in the namespace of the badge's settings. */
function withFields(layout: Layout, change: (fields: Layout["storage"]) => Layout["storage"]): Layout {
  const fields = layout.namespaces[STATE] ?? [];
  return { ...layout, namespaces: { ...layout.namespaces, [STATE]: change(fields) } };
}

describe("upgrades: layouts", () => {
  it("are kept of all that is behind a proxy or a clone", async () => {
    const files = await readdir(path.resolve("storage-layouts"));
    expect(files.sort()).to.deep.equal(
      [
        "BrandAccessManager",
        "BrandGovernor",
        "BrandTimelock",
        "BrandToken",
        "ContributionBadge",
        "ContributionRewards",
        "LoyaltyDrop",
      ].map((name) => `${name}.json`),
    );
  });

  it("have the structs that libraries use, with the place of each field", async () => {
    const badge = await layoutOf("ContributionBadge");
    for (const name of ["BadgeKinds", "BadgeState", "Recoveries", "Referrals"]) {
      const fields = badge.namespaces[`erc7201:kyoso.storage.${name}`] ?? [];
      expect(fields, name).not.to.deep.equal([]);
      for (const { slot, offset } of fields) {
        expect(slot, name).to.be.a("string");
        expect(offset, name).to.be.a("number");
      }
    }
    const { namespaces } = await layoutOf("BrandGovernor");
    expect(namespaces).to.have.property("erc7201:kyoso.storage.GovernorTerms").that.is.not.empty;
  });

  it("can be upgraded where nothing changed, or something came at the end", async () => {
    const before = await layoutOf("ContributionBadge");
    expect(incompatibility(before, before)).to.equal(undefined);
    const added = { label: "more", type: "t_uint256", slot: "9", offset: 0 };
    expect(
      incompatibility(
        before,
        withFields(before, (fields) => [...fields, added]),
      ),
    ).to.equal(undefined);
  });

  const broken: [what: string, change: (fields: Layout["storage"]) => Layout["storage"]][] = [
    ["left out", (fields) => fields.slice(1)],
    ["put before others", (fields) => [...fields.slice(-1), ...fields.slice(0, -1)]],
    [
      "of another type",
      ([first, ...rest]) => [{ ...(first ?? rest[0]), label: "counts", type: "t_address" }, ...rest],
    ],
    [
      "renamed",
      ([first, ...rest]) => [{ ...(first ?? rest[0]), label: "tally", type: first?.type ?? "" }, ...rest],
    ],
  ];
  for (const [what, change] of broken) {
    it(`can't be upgraded where a field is ${what}`, async () => {
      const before = await layoutOf("ContributionBadge");
      expect(incompatibility(before, withFields(before, change)))
        .to.be.a("string")
        .and.not.equal("");
    });
  }

  it("can't be upgraded where a namespace is gone", async () => {
    const before = await layoutOf("ContributionBadge");
    const namespaces = Object.fromEntries(
      Object.entries(before.namespaces).filter(([name]) => name !== STATE),
    );
    expect(incompatibility(before, { ...before, namespaces })).to.include("kyoso.storage.BadgeState");
  });
});

describe("upgrades: what no check would see", () => {
  const source = (namespace: string, slot: string) =>
    new Map([["contracts/A.sol", `/// @custom:storage-location erc7201:${namespace}\n${slot}`]]);

  it("is nothing, where each namespace is in a layout and at its place", async () => {
    const layouts = [await layoutOf("ContributionBadge")];
    const name = "kyoso.storage.BadgeState";
    expect(slotOf(name)).to.equal("0x9fd68f9661f993cfe3c704efd167bccfa47156c9a20ea0580067ca399e307e00");
    expect(unseen(source(name, slotOf(name)), layouts, slotOf)).to.deep.equal([]);
  });

  it("is a namespace of a library, which is in no layout", async () => {
    const layouts = [await layoutOf("BrandToken")];
    const name = "kyoso.storage.BadgeState";
    const faults = unseen(source(name, slotOf(name)), layouts, slotOf);
    expect(faults).to.have.length(1);
    expect(faults[0]).to.include("contracts/A.sol").and.to.include(name);
  });

  it("is one that isn't where its name says", async () => {
    const layouts = [await layoutOf("ContributionBadge")];
    const faults = unseen(
      source("kyoso.storage.BadgeState", slotOf("kyoso.storage.Awards")),
      layouts,
      slotOf,
    );
    expect(faults).to.have.length(1);
    expect(faults[0]).to.include("ERC-7201");
  });
});
