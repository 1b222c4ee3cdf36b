import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { KyosoError, problem } from "../../sdk/errors.js";
import type { Posted } from "../../sdk/execute/outbox.js";
import type { Handed, Job } from "../../relay/jobs/job.js";
import { StoreOutbox } from "../../relay/jobs/outbox.js";
import type { StoreLimits } from "../../relay/jobs/store.js";
import { JobStore } from "../../relay/jobs/store.js";
import type { JobState } from "../../relay/jobs/states.js";
import { mayFollow, STATES } from "../../relay/jobs/states.js";
import { useFolder } from "../sdk/signed/support.js";

const IDENTITY = { chainId: "31337", governor: "0x00000000000000000000000000000000000000a1" };
const LIMITS: StoreLimits = { waiting: 100, waitingOfSubject: 3 };
const ALICE = "0x00000000000000000000000000000000000000A2";

/** All that may follow each state. */
const TABLE: Readonly<Record<JobState, readonly JobState[]>> = {
  waiting: ["sent", "confirmed", "refused"],
  sent: ["unconfirmed", "stuck", "confirmed", "refused", "waiting"],
  unconfirmed: ["stuck", "confirmed", "refused", "waiting"],
  stuck: ["unconfirmed", "confirmed", "refused", "waiting"],
  confirmed: ["final", "waiting"],
  final: [],
  refused: ["waiting"],
};

/** By what states a job comes to each. */
const WAY: Readonly<Record<JobState, readonly JobState[]>> = {
  waiting: [],
  sent: ["sent"],
  unconfirmed: ["sent", "unconfirmed"],
  stuck: ["sent", "stuck"],
  confirmed: ["confirmed"],
  final: ["confirmed", "final"],
  refused: ["refused"],
};

function handed(of: string, more: Partial<Handed> = {}): Handed {
  return {
    kind: "claim",
    identity: [of],
    subject: `claim ${of}`,
    account: ALICE,
    campaign: null,
    share: null,
    body: JSON.stringify({ of }),
    ...more,
  };
}

function transaction(nonce: number, hash: string): Posted {
  const common = { chainId: 31337n, chain: "31337", from: ALICE, to: ALICE, data: "0x", value: 0n };
  const attempts = [{ hash, raw: "0x01", fee: 1n, tip: 1n }];
  return { ...common, nonce, gasLimit: 1n, type: 2, purpose: "", block: 1, at: Date.now(), attempts };
}

const HASH = `0x${"ab".repeat(32)}`;

describe("the relay's database", () => {
  const folder = useFolder();
  const file = () => path.join(folder(), "relay.sqlite");
  const opened: JobStore[] = [];
  const open = (limits = LIMITS, identity = IDENTITY) => {
    const store = JobStore.open(file(), identity, limits);
    opened.push(store);
    return store;
  };

  afterEach(() => {
    for (const store of opened.splice(0)) if (store.database.isOpen) store.close();
  });

  async function take(store: JobStore, one: Handed): Promise<Job> {
    const { job } = await store.accept(one);
    if (job === undefined) throw new Error("it wasn't taken");
    return job;
  }

  async function inState(store: JobStore, state: JobState, name: string): Promise<Job> {
    const { id } = await take(store, handed(name));
    const look = () => {
      const job = store.find(id);
      if (job === undefined) throw new Error("there is no such job");
      return job;
    };
    for (const next of WAY[state]) store.move([look()], next);
    return look();
  }

  for (const from of STATES) {
    it(`lets a job that is ${from} go where it may, and nowhere else`, async () => {
      const store = open();
      for (const to of STATES) {
        const allowed = TABLE[from].includes(to);
        expect(mayFollow(from, to), to).to.equal(allowed);
        const job = await inState(store, from, `to ${to}`);
        if (allowed) store.move([job], to);
        else {
          expect(() => {
            store.move([job], to);
          }, to).to.throw(RangeError);
        }
        expect(store.find(job.id)?.state).to.equal(allowed ? to : from);
      }
    });
  }

  it("changes several as a whole or none, and none that has changed meanwhile", async () => {
    const store = open();
    const [one, two] = [await take(store, handed("one")), await take(store, handed("two"))];
    store.move([two], "confirmed");
    expect(() => {
      store.move([one, two], "sent");
    }).to.throw(RangeError);
    expect(store.find(one.id)?.state).to.equal("waiting");
    store.move([one], "sent");
    expect(() => {
      store.move([one], "refused");
    }).to.throw(RangeError, "isn't waiting any more");
  });

  it("gives the same thing the same job, whatever else is in it, and an id that nobody can guess", async () => {
    const store = open();
    const [first, again, other] = await Promise.all([
      store.accept(handed("one")),
      store.accept(handed("one", { body: "another name" })),
      store.accept(handed("two")),
    ]);
    expect([first, again, other].map((each) => each.job !== undefined && each.isNew)).to.deep.equal([
      true,
      false,
      true,
    ]);
    expect(again.job?.id).to.equal(first.job?.id);
    expect(first.job?.id).to.match(/^[0-9a-f]{32}$/);
    expect(other.job?.id).not.to.equal(first.job?.id);
    expect(store.counts().waiting).to.equal(2);
  });

  it("has on the disk what it answered, after a process that ended without a word", async () => {
    const { id } = await take(open(), handed("one"));
    // What is written is there for whoever opens it next: it is closed nowhere but by the end of the process.
    for (const store of opened.splice(0)) store.close();
    expect(open().find(id)).to.deep.include({ state: "waiting", body: '{"of":"one"}' });
  });

  it("opens what was refused anew when it is handed in again, and keeps nothing of what ended", async () => {
    const store = open();
    const job = await take(store, handed("one"));
    const late = problem("vote.closed", { data: { deadline: 5 }, message: "late" });
    store.move([job], "refused", { problem: late });
    expect(store.find(job.id)).to.deep.include({ state: "refused", body: null });
    expect(store.find(job.id)?.problem).to.deep.include({ code: "vote.closed", data: { deadline: 5 } });
    const { job: again } = await store.accept(handed("one"));
    expect(again).to.deep.include({ id: job.id, state: "waiting", problem: null, body: '{"of":"one"}' });
  });

  it("carries out one of a subject at a time, the oldest first", async () => {
    const store = open();
    const subject = "claim leaf";
    const [one, two, other] = [
      await take(store, handed("one", { subject })),
      await take(store, handed("two", { subject })),
      await take(store, handed("other")),
    ];
    const due = () => store.due("claim", Date.now(), 10).map(({ id }) => id);
    expect(due()).to.deep.equal([one.id, other.id]);
    store.move([one], "sent");
    expect(due()).to.deep.equal([other.id]);
    const sent = store.find(one.id);
    if (sent === undefined) throw new Error("there is no such job");
    store.move([sent], "waiting", { notBefore: Date.now() + 60_000 });
    expect(due()).to.deep.equal([two.id, other.id]);
    expect(store.due("ballot", Date.now(), 10)).to.deep.equal([]);
    // What was paid for in vain has all of its subject wait: else each other account that it is signed for were one more attempt.
    const [paused] = store.inStates(["waiting"], 1);
    if (paused === undefined) throw new Error("nothing waits");
    store.note([paused], { strikes: 1 });
    expect(due()).to.deep.equal([other.id]);
    store.note([paused], { notBefore: 0 });
    expect(due()).to.deep.equal([one.id, other.id]);
  });

  it("takes no more than so many, in all and of one subject", async () => {
    const store = open({ waiting: 7, waitingOfSubject: 2 });
    const results = [];
    for (let i = 0; i < 3; i++) results.push(await store.accept(handed(`same ${i}`, { subject: "leaf" })));
    for (let i = 0; i < 3; i++) results.push(await store.accept(handed(`other ${i}`)));
    expect(results.map((each) => (each.job === undefined ? each.problem.code : "taken"))).to.deep.equal([
      "taken",
      "taken",
      "relay.subject-busy",
      "taken",
      "taken",
      "relay.queue-full",
    ]);
  });

  it("keeps no more of one subject that is done than may wait, whatever else of it was signed", async () => {
    const store = open({ waiting: 100, waitingOfSubject: 2 });
    const done = { block: 1, blockHash: HASH };
    const hand = async (name: string) => {
      const { job, ...more } = await store.accept(handed(name, { subject: "nonce" }), { done });
      return job?.state ?? ("problem" in more ? more.problem.code : undefined);
    };
    expect(await hand("one")).to.equal("confirmed");
    expect(await hand("two")).to.equal("confirmed");
    store.move(store.inStates(["confirmed"], 1), "final");
    expect(await hand("three")).to.equal("relay.subject-busy");
    expect(await hand("one")).to.equal("final");
    expect(store.counts()).to.include({ confirmed: 1, final: 1, waiting: 0, refused: 0 });
  });

  it("is read in pages, of whatever has a later number", async () => {
    const store = open();
    for (const name of ["one", "two", "three"]) await take(store, handed(name));
    const page = (after: number) => store.inStates(["waiting"], 2, after).map(({ number }) => number);
    expect([page(0), page(2), page(3)]).to.deep.equal([[1, 2], [3], []]);
  });

  it("writes a transaction down together with what is in it, or neither", async () => {
    const store = open();
    const outbox = new StoreOutbox(store);
    const [one, two] = [await take(store, handed("one")), await take(store, handed("two"))];
    await outbox.carrying([one, two], () => outbox.write(transaction(7, HASH)));
    expect(store.underWay(7).map(({ id, state, transaction: hash }) => [id, state, hash])).to.deep.equal([
      [one.id, "sent", HASH],
      [two.id, "sent", HASH],
    ]);
    // Made anew with a higher fee.
    const raised = `0x${"cd".repeat(32)}`;
    await outbox.write(transaction(7, raised));
    expect(store.underWay(7).map((job) => job.transaction)).to.deep.equal([raised, raised]);
    const third = await take(store, handed("three"));
    store.move([third], "confirmed");
    const stale = async () => outbox.carrying([third], () => outbox.write(transaction(8, HASH)));
    expect(await stale().catch((error: unknown) => error)).to.be.instanceOf(RangeError);
    expect((await outbox.open("31337", ALICE)).map(({ nonce }) => nonce)).to.deep.equal([7]);
  });

  it("takes nothing while the disk is full, and goes on when there is room", async () => {
    const store = open();
    const { page_count: pages } = store.database.prepare("PRAGMA page_count").get() ?? {};
    store.database.exec(`PRAGMA max_page_count = ${String(pages)}`);
    const large = handed("large", { body: "x".repeat(100_000) });
    const error = await store.accept(large).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(KyosoError);
    expect((error as KyosoError).problems[0]?.code).to.equal("relay.disk-full");
    expect(store.counts().waiting).to.equal(0);
    store.database.exec("PRAGMA max_page_count = 1000000");
    expect((await store.accept(large)).job?.state).to.equal("waiting");
  });

  const codeOf = (use: () => unknown): unknown => {
    try {
      use();
      return undefined;
    } catch (error) {
      return error instanceof KyosoError ? error.problems[0]?.code : error;
    }
  };

  it("is one relay's at a time, and one DAO's for ever", () => {
    const store = open();
    expect(codeOf(() => open())).to.equal("relay.database-taken");
    store.close();
    const elsewhere = { ...IDENTITY, chainId: "1" };
    const other = { ...IDENTITY, governor: ALICE };
    expect(codeOf(() => open(LIMITS, elsewhere))).to.equal("relay.database-other");
    expect(codeOf(() => open(LIMITS, other))).to.equal("relay.database-other");
    expect(codeOf(() => open())).to.equal(undefined);
  });

  it("isn't opened where a later version wrote it, or it is something else, and isn't changed by that", async () => {
    open().close();
    const database = new DatabaseSync(file());
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(codeOf(() => open())).to.equal("relay.database-newer");
    await rm(file());
    await writeFile(file(), "no database at all, but a text that is long enough to be looked at".repeat(20));
    expect(codeOf(() => open())).to.equal("relay.database-unreadable");
    await rm(file());
    const foreign = new DatabaseSync(file());
    foreign.exec("CREATE TABLE recipes (name TEXT)");
    foreign.close();
    expect(codeOf(() => open())).to.equal("relay.database-unreadable");
    expect(existsSync(file())).to.equal(true);
  });
});
