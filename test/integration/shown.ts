import { expect } from "chai";
import { forgetLogs, launchLive, type LiveNode } from "./live.js";
import type { Lie } from "./lies/answers.js";
import { liesAbout } from "./lies/answers.js";
import { runHere } from "./lies/inProcess.js";
import type { Question } from "./lies/liar.js";
import { Liar } from "./lies/liar.js";
import type { Showing } from "./lies/shown.js";
import { prepareShowings } from "./lies/shown.js";
import { describeCommandLine, launcher } from "./support.js";

/** So many lies are told to each task, evenly spread over all; with KYOSO_DEEP=1, all of them: some fifteen thousand. */
const MOST = process.env.KYOSO_DEEP === "1" ? Infinity : 5;

/** Milliseconds that it takes at most, to tell some or all. */
const [LONGEST_RUN, DEEP] = [600_000, 14_400_000];

/**
 * What tasks that only look make of logs that were changed, each of them, and each word of them. What a node says of the state, one
 * node alone can make up; what it says of the past has to agree with that.
 */
describeCommandLine("what is shown, by whoever is lied to about logs", function () {
  let live: LiveNode;
  let liar: Liar;
  let showings: readonly Showing[];

  before(async () => {
    live = await launchLive();
    liar = await Liar.before(live.node);
    showings = await prepareShowings(live);
  });

  after(async () => {
    await liar.close();
    await live.stop();
  });

  async function run({ task, args, who = launcher }: Showing, question?: Question, lie?: Lie) {
    for (const address of Object.values(live.record.contracts)) await forgetLogs(address);
    const { result } = await liar.during(question, lie, () =>
      runHere(task.split(" "), { ...args, dao: live.slug }, { url: liar.url, key: who.privateKey }),
    );
    return result;
  }

  it("is what is there, or why it isn't shown, but for what no contract says", async () => {
    const faults: string[] = [];
    for (const showing of showings) {
      liar.forget();
      const honest = await run(showing);
      expect(honest.ok, `${showing.task}: ${honest.stdout}${honest.stderr}`).to.equal(true);
      const seen = seenIn(showing, honest.stdout);
      const lies = liar.questions
        .filter(({ method }) => method === "eth_getLogs")
        .flatMap((question) => liesAbout(question.method, question.answer).map((lie) => ({ question, lie })));
      for (const { question, lie } of someOf(lies)) {
        const { ok, stdout, stderr } = await run(showing, question, lie);
        const name = `${showing.task} ${showing.how ?? ""}: ${question.key.slice(0, 200)}: ${lie.what}`;
        if (/didn't foresee|\n\s+at .*\.js/u.test(stdout + stderr))
          faults.push(`${name}: ${stdout}${stderr}`);
        else if (ok && seenIn(showing, stdout) !== seen) faults.push(`${name}: shown unseen: ${stdout}`);
      }
    }
    expect(faults).to.deep.equal([]);
  }).timeout(MOST === Infinity ? DEEP : LONGEST_RUN);
});

/** Without what no contract says. */
function seenIn({ untold }: Showing, text: string): string {
  return untold === undefined ? text : text.replaceAll(untold, "");
}

function someOf<Item>(all: readonly Item[]): readonly Item[] {
  const step = Math.max(1, all.length / MOST);
  return all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}
