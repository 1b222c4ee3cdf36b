import path from "node:path";
import { expect } from "chai";
import type { Handed, Job } from "../../relay/jobs/job.js";
import type { StoreLimits } from "../../relay/jobs/store.js";
import { JobStore } from "../../relay/jobs/store.js";
import { Purse } from "../../relay/worker/pay.js";
import { useFolder } from "../sdk/signed/support.js";

const IDENTITY = { chainId: "31337", governor: "0x00000000000000000000000000000000000000a1" };

/** What nobody signs, anybody can hand in at no cost: a quarter of the queue and of the day's budget is for that. */
describe("the share of what nobody signs", () => {
  const folder = useFolder();
  let store: JobStore;
  let made = 0;

  const open = (limits: StoreLimits) =>
    (store = JobStore.open(path.join(folder(), "a.sqlite"), IDENTITY, limits));

  afterEach(() => {
    store.close();
  });

  function handed(kind: Handed["kind"]): Handed {
    const of = `${kind} ${++made}`;
    return { kind, identity: [of], subject: of, account: of, campaign: null, share: null, body: "{}" };
  }

  const take = async (...kinds: Handed["kind"][]): Promise<Job[]> => {
    const accepted = await Promise.all(kinds.map((kind) => store.accept(handed(kind))));
    return accepted.flatMap(({ job }) => job ?? []);
  };

  it("is a quarter of the queue at most, and leaves the rest to others", async () => {
    open({ waiting: 8, waitingOfSubject: 3 });
    const rewards = await take("reward", "reward", "reward", "reward");
    expect(rewards).to.have.lengthOf(2);
    const { job, ...refused } = await store.accept(handed("reward"));
    expect(job).to.equal(undefined);
    expect(refused).to.have.nested.property("problem.code", "relay.queue-full");
    expect(await take("claim", "voucher", "ballot", "delegation")).to.have.lengthOf(4);
    for (const each of rewards) store.move([each], "confirmed");
    expect(await take("reward")).to.have.lengthOf(1);
  });

  it("is one at least", async () => {
    open({ waiting: 3, waitingOfSubject: 3 });
    expect(await take("reward", "reward")).to.have.lengthOf(1);
  });

  it("is a quarter of the day's budget, counted with what was spent for it, until tomorrow", async () => {
    open({ waiting: 100, waitingOfSubject: 3 });
    let now = 86_400 * 100;
    const purse = new Purse(
      store,
      { all: 100n, campaign: undefined, call: undefined, account: undefined },
      () => now,
    );
    const jobs = await take("reward", "reward", "reward", "claim", "claim");
    const first = purse.allow(jobs, 10n);
    expect(first.allowed.map(({ kind }) => kind)).to.deep.equal(["reward", "reward", "claim", "claim"]);
    expect(first.over.map(({ problem }) => problem)).to.have.nested.property("[0].data.of", "rewards");
    purse.record(jobs.slice(0, 2), 20n);
    expect(purse.allow(jobs, 10n).allowed.map(({ kind }) => kind)).to.deep.equal(["claim", "claim"]);
    expect(purse.allow(jobs, 5n).allowed.map(({ kind }) => kind)).to.deep.equal(["reward", "claim", "claim"]);
    // What others use up is all of it.
    purse.record(jobs.slice(3), 80n);
    expect(purse.allow(jobs, 1n).allowed).to.deep.equal([]);
    now += 86_400;
    expect(purse.allow(jobs, 10n).allowed).to.have.lengthOf(4);
  });
});
