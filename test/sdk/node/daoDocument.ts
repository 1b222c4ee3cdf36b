import { expect } from "chai";
import { ZeroHash } from "ethers";
import { call, named } from "../../../sdk/calls/plan.js";
import { OWN_CONTRACTS } from "../../../sdk/daoRecord.js";
import { daoDocument } from "../../../sdk/node/daoDocument.js";
import { asSafe } from "../badges/support.js";
import { ballotWorld } from "../governance/ballotWorld.js";
import { load } from "../support.js";

const ROOT = { "@context": "https://www.daostar.org/schemas", type: "DAO", name: "ブルー自転車" };

interface Address {
  readonly type: string;
  readonly id: string;
}

/** As the sections of ERC-4824 lay them out. */
interface Document {
  readonly members: { readonly members: readonly Address[] };
  readonly proposals: {
    readonly proposals: readonly {
      readonly id: string;
      readonly status: string;
      readonly calls: readonly object[];
    }[];
  };
  readonly activityLog: {
    readonly activities: readonly {
      readonly id: string;
      readonly proposal: Address;
      readonly member: Address;
    }[];
  };
  readonly contracts: { readonly contracts: readonly (Address & { readonly name: string })[] };
}

describe("daoDocument", () => {
  it("describes a DAO for directories, each part as ERC-4824 has it", async () => {
    const world = await load(ballotWorld);
    const { dao, record, alice, bob, open, proposal } = world;
    const badge = await named("badge", dao.badge);
    await asSafe(world, [call(badge, "award", [1, bob.address, ZeroHash], "Award")]);
    const { id } = await proposal(1);
    await dao.governor.connect(alice).castVote(id, 1);

    const document = (await daoDocument(await open(), ROOT.name)) as Document;
    expect(document).to.deep.include({ ...ROOT, governor: record.contracts.governor });
    const { members, proposals, activityLog, contracts } = document;
    for (const part of [members, proposals, activityLog, contracts]) expect(part).to.deep.include(ROOT);
    expect(members.members).to.deep.equal([{ type: "EthereumAddress", id: bob.address }]);
    const proposalId = `eip155:31337:${record.contracts.governor}?proposalId=${id}`;
    expect(proposals.proposals).to.have.length(3);
    expect(proposals.proposals[0]).to.deep.equal({
      type: "proposal",
      id: proposalId,
      name: "First",
      status: "Active",
      calls: [
        {
          type: "CallDataEVM",
          operation: "call",
          from: record.contracts.timelock,
          to: alice.address,
          value: "0",
          data: dao.governor.interface.encodeFunctionData("votingDelay"),
        },
      ],
    });
    expect(activityLog.activities).to.deep.equal([
      {
        id: `${proposalId}&voter=${alice.address}`,
        type: "activity",
        proposal: { type: "proposal", id: proposalId },
        member: { type: "EthereumAddress", id: alice.address },
      },
    ]);
    const addresses = new Map(contracts.contracts.map(({ name, id: address }) => [name, address]));
    expect(addresses.get("Treasury")).to.equal(record.contracts.timelock);
    expect(addresses.get("Safe")).to.equal(record.safe);
    expect(new Set(addresses.values()).size).to.equal(OWN_CONTRACTS.length + 2);
  });
});
