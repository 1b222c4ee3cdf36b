import { expect } from "chai";
import { toQuantity } from "ethers";
import { useRelays } from "./harness.js";

/** How many blocks come before one stays, as on Ethereum. */
const LAG = 64;

/** The chain says which blocks stay, some time after they came: what a relay goes by unless it is told otherwise. */
describe("a relay that waits for blocks that stay", function () {
  this.timeout(180_000);
  const { world, bridge, start, handIn, mine } = useRelays();

  /** The newest block that stays; null where there is none yet. */
  const finalBlock = async () => {
    const stays = (await world().context.provider.getBlockNumber()) - LAG;
    return stays < 0 ? null : mine("eth_getBlockByNumber", toQuantity(stays), false);
  };

  it("calls nothing final before, and asks for no more than it has to meanwhile, however many blocks it is in", async () => {
    let requests = 0;
    let blocks: number[] = [];
    bridge().breaks = () => {
      requests++;
      return undefined;
    };
    bridge().handle = async ({ method, params }, forward) => {
      const [block] = params ?? [];
      if (method !== "eth_getBlockByNumber") return forward();
      if (block === "finalized") {
        return finalBlock();
      }
      if (block !== "latest") blocks.push(Number(block));
      return forward();
    };
    const relay = await start({ finality: "finalized" });
    const ids: string[] = [];
    for (let i = 0; i < 18; i++) {
      const handed = await handIn(relay, "/claims", [await world().claimOf(i)]);
      await relay.api.until(handed, "confirmed");
      ids.push(...handed);
    }
    const jobs = ids.map((id) => relay.service.store.find(id));
    const own = new Set(jobs.map((job) => job?.block ?? 0));
    expect(own.size).to.equal(18);
    const rounds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 60));
    await rounds(10);
    // Nothing has happened since: no block of theirs is asked for.
    blocks = [];
    await rounds(15);
    expect(blocks.filter((block) => own.has(block))).to.deep.equal([]);
    await mine("hardhat_mine", toQuantity(LAG / 2));
    const before = requests;
    while (new Set(blocks.filter((block) => own.has(block))).size < own.size) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // Those of several blocks go together: not one after the other.
    expect(requests - before).to.be.below(18);
    await rounds(10);
    expect(blocks.filter((block) => own.has(block))).to.have.length(own.size);
    await relay.api.until(ids, "confirmed");
    await mine("hardhat_mine", toQuantity(LAG));
    await relay.api.until(ids, "final");
  });

  it("carries out again what a reorganisation undid before that", async () => {
    bridge().handle = async ({ method, params }, forward) => {
      return method === "eth_getBlockByNumber" && params?.[0] === "finalized" ? finalBlock() : forward();
    };
    const relay = await start({ finality: "finalized" });
    const kept = await handIn(relay, "/claims", [await world().claimOf(0)]);
    await relay.api.until(kept, "confirmed");
    const point = await mine("evm_snapshot");
    const undone = await handIn(relay, "/claims", [await world().claimOf(1)]);
    await relay.api.until(undone, "confirmed");
    const [block] = undone.map((id) => relay.service.store.find(id)?.blockHash);
    await mine("evm_revert", point);
    await mine("hardhat_mine", "0x3");
    while (
      relay.service.store.find(undone[0] ?? "")?.state !== "confirmed" ||
      relay.service.store.find(undone[0] ?? "")?.blockHash === block
    ) {
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(relay.logged.map(({ event }) => event)).to.include("reorganised");
    await mine("evm_mine");
    await mine("hardhat_mine", toQuantity(LAG));
    await relay.api.until([...kept, ...undone], "final");
    expect((await world().done()).tokens.slice(0, 3)).to.deep.equal([1, 1, 0]);
  });
});
