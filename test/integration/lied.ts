import { expect } from "chai";
import { Transaction } from "ethers";
import { formatTime } from "../../sdk/time.js";
import { forgetUnderWay } from "./cut.js";
import { forgetLogs, launchLive, type LiveNode } from "./live.js";
import type { Lie } from "./lies/answers.js";
import { liesAbout } from "./lies/answers.js";
import type { Signing } from "./lies/cases.js";
import { prepareSignings } from "./lies/cases.js";
import { runHere } from "./lies/inProcess.js";
import type { Question } from "./lies/liar.js";
import { Liar } from "./lies/liar.js";
import { signingTasks } from "./owed.js";
import { describeCommandLine } from "./support.js";

/** So many lies are told to each task, evenly spread over all; with KYOSO_DEEP=1, all of them: some five thousand. */
const MOST = process.env.KYOSO_DEEP === "1" ? Infinity : 9;

/** Milliseconds that it takes at most, to tell some or all. */
const [LONGEST_RUN, DEEP] = [600_000, 7_200_000];

/** Milliseconds that a lie may keep a task busy: it is asked again what may pass. */
const LONGEST = 60_000;

/** What a task did that was lied to, or wasn't. */
interface Outcome {
  readonly ok: boolean;
  readonly said: string;
  readonly signed: { readonly written: unknown; readonly transactions: readonly unknown[] };
}

describeCommandLine("what is signed, by whoever is lied to", function () {
  let live: LiveNode;
  let liar: Liar;
  let signings: readonly Signing[];

  before(async () => {
    live = await launchLive();
    liar = await Liar.before(live.node);
    signings = await prepareSignings(live);
  });

  after(async () => {
    await liar.close();
    await live.stop();
  });

  /** Runs a task once. What it signed is what is in its files, and in what it would have sent. */
  async function run({ task, args, who, reset, written }: Signing, question?: Question, lie?: Lie) {
    await reset?.();
    await forgetUnderWay(live.node.provider, who.address);
    const { contracts, modules } = live.record;
    for (const address of Object.values({ ...contracts, ...modules })) await forgetLogs(address);
    const { result, signed } = await liar.during(question, lie, () =>
      runHere(task.split(" "), { ...args, dao: live.slug }, { url: liar.url, key: who.privateKey }),
    );
    const transactions = [
      ...new Map(signed.map((raw) => [JSON.stringify(deedOf(raw)), deedOf(raw)])).values(),
    ];
    const { ok, stdout, stderr } = result;
    return { ok, said: stdout + stderr, signed: { written: await written?.(), transactions } };
  }

  it("is looked at of every task that does nothing but sign", () => {
    const here = new Set(signings.map(({ task }) => task));
    expect(signingTasks().filter((task) => !here.has(task))).to.deep.equal([]);
  });

  it("is what was shown, or nothing, whichever answer is a lie", async () => {
    const faults: string[] = [];
    for (const signing of signings) {
      liar.forget();
      const honest = await run(signing);
      expect(isSigned(honest), honest.said).to.equal(true);
      const lies = liar.questions.flatMap((question) =>
        liesAbout(question.method, question.answer).map((lie) => ({ question, lie })),
      );
      expect(lies).to.have.length.above(100);
      for (const { question, lie } of someOf(lies)) {
        const name = `${signing.task} ${signing.how ?? ""}: ${question.key.slice(0, 200)}: ${lie.what}`;
        const began = performance.now();
        const fault = faultOf(honest, await run(signing, question, lie));
        if (fault !== undefined) faults.push(`${name}: ${fault}`);
        if (performance.now() - began > LONGEST) faults.push(`${name}: took too long`);
      }
    }
    expect(faults).to.deep.equal([]);
  }).timeout(MOST === Infinity ? DEEP : LONGEST_RUN);
});

function someOf<Item>(all: readonly Item[]): readonly Item[] {
  const step = Math.max(1, all.length / MOST);
  return all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}

function deedOf(raw: string) {
  const { to, data, value, chainId } = Transaction.from(raw);
  return { to, data, value: value.toString(), chainId: chainId.toString() };
}

function isSigned({ signed: { written, transactions } }: Outcome): boolean {
  return written !== undefined || transactions.length > 0;
}

/** What is wrong with what a task did that was lied to; undefined where it noticed, did the same, or showed what it did. */
function faultOf(honest: Outcome, lied: Outcome): string | undefined {
  if (/didn't foresee|\n\s+at .*\.js/u.test(lied.said)) return `nobody foresaw it: ${lied.said}`;
  if (!isSigned(lied)) return lied.ok ? `it neither signed nor failed: ${lied.said}` : undefined;
  const [was, is] = [leavesOf(honest.signed), leavesOf(lied.signed)];
  const changed = [...is].filter(([key, value]) => was.get(key) !== value);
  if (changed.length === 0) return undefined;
  const content = changed.filter(([key]) => !/signature/iu.test(key));
  const unseen = content.filter(([, value]) => !isShown(value, lied.said));
  if (unseen.length > 0) return `signed unseen: ${JSON.stringify(unseen)}\n${lied.said}`;
  // Of the same content it is signed for something else: another contract, another number.
  return content.length === 0 && lied.said === honest.said
    ? `signed for something else: ${lied.said}`
    : undefined;
}

/** A number as itself, a moment as people read it. */
function isShown(value: string, said: string): boolean {
  const moment = /^\d{9,13}$/u.test(value) ? formatTime(Number(value)) : value;
  return said.includes(value) || said.includes(moment);
}

/** All values in a tree, by their paths. */
function leavesOf(tree: unknown, at = ""): Map<string, string> {
  if (typeof tree !== "object" || tree === null) return new Map([[at, String(tree)]]);
  return new Map(Object.entries(tree).flatMap(([key, value]) => [...leavesOf(value, `${at}.${key}`)]));
}
