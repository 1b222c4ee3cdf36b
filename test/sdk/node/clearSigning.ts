import { expect } from "chai";
import { id } from "ethers";
import { readKinds } from "../../../sdk/badges/kinds/kinds.js";
import { clearSigning } from "../../../sdk/node/clearSigning.js";
import { openDao } from "../../../sdk/live.js";
import { BrandGovernor__factory } from "../../../typechain-types/index.js";
import { launchedWorld, load } from "../support.js";

interface Field {
  readonly path: string;
  readonly label: string;
  readonly format: string;
  readonly params?: { readonly $ref?: string; readonly encoding?: string };
}

/** The part of ERC-7730 that is used. */
interface Content {
  readonly context: {
    readonly eip712: { readonly domain: Record<string, unknown>; readonly deployments: object[] };
  };
  readonly metadata: { readonly owner: string; readonly enums: Record<string, Record<string, string>> };
  readonly display: {
    readonly formats: Record<string, { readonly intent: string; readonly fields: readonly Field[] }>;
  };
}

describe("clearSigning", () => {
  it("says of each message that people sign what all of its fields are, and which contract takes it", async () => {
    const { record, context } = await load(launchedWorld);
    const live = await openDao(record, context.provider, context.eip1193);
    const descriptors = await clearSigning(live, "ブルー自転車");
    expect(descriptors.map(({ contract }) => contract)).to.deep.equal(["drop", "badge", "governor", "token"]);
    const types: string[] = [];
    for (const { contract, content } of descriptors) {
      const { context: bound, metadata, display } = content as Content;
      const address = record.contracts[contract];
      expect(bound.eip712.domain).to.include({ chainId: 31_337, verifyingContract: address, version: "1" });
      expect(bound.eip712.deployments).to.deep.equal([{ chainId: 31_337, address }]);
      expect(metadata.owner).to.equal("ブルー自転車");
      for (const [type, { intent, fields }] of Object.entries(display.formats)) {
        types.push(type);
        expect(intent, type).not.to.equal("");
        // A message as EIP-712 writes it: whatever field isn't described, a wallet refuses or shows in hexadecimal.
        const [, members = ""] = /^\w+\((.+)\)$/u.exec(type) ?? [];
        expect(
          fields.map(({ path }) => path),
          type,
        ).to.deep.equal(members.split(",").map((member) => member.split(" ")[1]));
        for (const [i, { path, label, format, params }] of fields.entries()) {
          expect(label, `${type}: ${path}`).not.to.equal(path);
          const kind = members.split(",")[i]?.split(" ")[0] ?? "";
          expect(format === "addressName", `${type}: ${path}`).to.equal(kind === "address");
          expect(params?.encoding, path).to.equal(format === "date" ? "timestamp" : undefined);
          const list = /^\$\.metadata\.enums\.(\w+)$/u.exec(params?.$ref ?? "")?.[1];
          expect(list !== undefined, path).to.equal(format === "enum");
          if (list !== undefined) expect(metadata.enums).to.have.property(list);
        }
      }
      const kinds = (await readKinds(live)).map(({ number, name }) => [number.toString(), name]);
      expect(metadata.enums.kinds).to.deep.equal({ "0": "None", ...Object.fromEntries(kinds) });
    }
    expect(types.map((type) => type.split("(")[0])).to.deep.equal([
      "Claim",
      "Voucher",
      "Redemption",
      "RecoveryRefusal",
      "Ballot",
      "ExtendedBallot",
      "Delegation",
    ]);
    // As the contracts themselves have them.
    const governor = BrandGovernor__factory.connect(record.contracts.governor, context.provider);
    expect(await governor.BALLOT_TYPEHASH()).to.equal(id(types[4] ?? ""));
    expect(await governor.EXTENDED_BALLOT_TYPEHASH()).to.equal(id(types[5] ?? ""));
  });
});
