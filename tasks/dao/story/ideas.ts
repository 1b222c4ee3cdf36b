import { keccak256, parseEther, toUtf8Bytes } from "ethers";
import { call, named } from "../../../sdk/calls/plan.js";
import { readKinds } from "../../../sdk/badges/kinds/kinds.js";
import { KyosoError } from "../../../sdk/errors.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { makeProposal } from "../../../sdk/governance/proposal.js";
import { readIdea, readIdeaCall } from "../../../sdk/ideas/board.js";
import { textURI } from "../../../sdk/ideas/inline.js";
import { ideaOf } from "../../../sdk/ideas/names.js";
import { planOpen, planShip, planSubmit } from "../../../sdk/ideas/plans.js";
import { planAdoption, readBrandLanguage } from "../../../sdk/ideas/proposal.js";
import { signSupport } from "../../../sdk/ideas/signing.js";
import { type CallTexts, readNewCall } from "../../../sdk/ideas/terms.js";
import { done, heading, print, table } from "../../output.js";
import { votersOf } from "./decision.js";
import { amountOf, asSafe, live, nameOf, pass, plural, signerOf, type Story } from "./story.js";
import { endVote, FOR, propose, vote } from "./vote.js";

/** Kind of badge that the author of what ships is awarded. */
const EARNED = "共創メンバー";

/** What the brand asks. What isn't said here has a default: two weeks for ideas, one for support, one voice for each member. */
const CALL: CallTexts = {
  question: "次の季節のブレンドは？",
  options: [],
  winners: "1",
  badge: EARNED,
  rules: undefined,
  rulesHash: undefined,
  ideasFor: undefined,
  supportFor: undefined,
  ideasPerMember: undefined,
  counting: undefined,
  choice: undefined,
  memberDays: undefined,
};

/** What members put forward, and what is said of it. */
const IDEAS = [
  { title: "夜明けの深煎り", text: "朝いちばんの一杯に。深く煎って、後味はすっきりと。" },
  { title: "桜の葉のブレンド", text: "塩漬けの桜の葉を、ほんの少しだけ。春にしか飲めない味です。" },
  { title: "カフェインレスの春", text: "夜でも飲める一杯を。妊娠中の友人にも贈れます。" },
] as const;

/** Numbers of the ideas that customers want, one after the other. */
const WANTED: readonly (readonly number[])[] = [[1], [1, 2], [2], [1, 3], [1], [2, 3]];

/** What the treasury gives for the first beans. */
const COST = parseEther("3000");
/** Gas that each may use whose support is handed in by another one: docs/gas.md has what it takes. */
const GAS_EACH = 250_000;
/** Where the product can be seen. */
const SHELF = "https://example.com/yoake";

/**
 * Members put ideas forward, customers choose, the DAO funds the winner, and the brand ships it.
 *
 * @param contributors Accounts of those who earned badges.
 * @param customers Accounts of those who came by a link.
 */
export async function tellIdeas(
  story: Story,
  contributors: readonly string[],
  customers: readonly string[],
): Promise<void> {
  const { dao, record, launcher } = story;
  heading("7. Customers choose the next blend, and its author is credited");
  const kinds = await readKinds(await live(story));
  const terms = await readNewCall(await live(story), CALL, kinds, "safe");
  await asSafe(story, planOpen(await live(story), terms));
  const number = Number(await dao.board.callCount());
  done(`The Safe asks:「${CALL.question}」Ideas are taken for two weeks, and then support for one`);

  const [proposer, ...others] = votersOf(story);
  const authors = [proposer, ...others].filter((each) => contributors.includes(each)).slice(0, IDEAS.length);
  if (authors.length < IDEAS.length) {
    const detail = "Too few who vote have contributed";
    throw KyosoError.of("demo.broken", { data: { detail }, message: detail });
  }
  for (const [i, author] of authors.entries()) {
    const { title = "", text = "" } = IDEAS[i] ?? {};
    const contentHash = keccak256(toUtf8Bytes(text));
    const plan = planSubmit(await live(story), number, { title, uri: textURI(text), contentHash });
    await executeAsSigner(plan, await signerOf(story, author));
  }
  done(`${plural(authors.length, "member")} put ideas forward`);
  await pass(story, terms.ideasFor, "now everybody who has a badge can say what they want");

  await supportAll(story, number, customers);
  const { list } = await readIdeaCall(await live(story), number);
  table(
    list.map(({ name, title, author, tally, rank }) => [
      name,
      title,
      author === null ? "" : nameOf(story, author),
      plural(tally, "voice"),
      rank === null ? "" : "wins",
    ]),
  );
  print(
    "  Who wins is exact after each voice. Nobody counts, and nobody can take a voice back or give it twice.",
  );
  await pass(story, terms.supportFor, "the result is final");

  const winner = list.find(({ rank }) => rank === 1);
  const author = winner?.author ?? undefined;
  if (winner === undefined || author === undefined) {
    const detail = "No idea has won";
    throw KyosoError.of("demo.broken", { data: { detail }, message: detail });
  }
  const language = await readBrandLanguage(await live(story), CALL.question);
  const {
    title,
    body = "",
    calls,
  } = planAdoption(await live(story), await readIdea(await live(story), winner.id), { language });
  const fund = call(await named("token", dao.token), "transfer", [record.safe, COST], "For the first beans");
  const proposal = makeProposal([...calls, fund], title, body, proposer);
  const steps = await propose(story, proposal, title, proposer);
  await pass(story, (await dao.governor.votingDelay()) + 1n, "voting opens");
  const voters = [proposer, ...others].slice(0, 7);
  await vote(
    story,
    proposal,
    voters.map((voter) => ({ voter, support: FOR, reason: "飲んでみたいです" })),
  );
  await endVote(story, proposal);
  await executeAsSigner(steps.queue, launcher);
  await pass(story, story.brand.governance.timelockDelay, "the wait is over");
  await executeAsSigner(steps.execute, launcher);
  done(
    `Carried out: the board says that the DAO adopted the idea, and the brand has ${amountOf(story, COST)} for the beans`,
  );

  const titleOf = async () => (await dao.badge.titleOf(author)).name;
  const before = await titleOf();
  await asSafe(story, planShip(await live(story), winner.id, { uri: SHELF, evidence: undefined }));
  done(`It is on the shelf: ${nameOf(story, author)} is awarded the badge「${EARNED}」`);
  const after = await titleOf();
  const points = await dao.badge.pointsOf(author);
  table([
    [nameOf(story, author), before === after ? after : `${before} → ${after}`, plural(points, "point")],
  ]);
}

/** Customers sign which ideas they want, and the brand hands all of it in at once. */
async function supportAll(story: Story, call: number, customers: readonly string[]): Promise<void> {
  const { connection, dao, launcher } = story;
  const signed = [];
  for (const [i, account] of customers.entries()) {
    const wallet = story.wallets.get(account);
    const ideas = (WANTED[i % WANTED.length] ?? []).map((number) => ideaOf(call, number));
    if (wallet === undefined) continue;
    const { support } = await signSupport(await live(story), wallet.connect(connection.ethers.provider), {
      ideas,
    });
    signed.push({ supporter: account, ideas, signature: support.signature });
  }
  await (await dao.board.connect(launcher).relay(signed, GAS_EACH)).wait();
  done(
    `${plural(signed.length, "customer")} sign what they want, without gas; the brand hands it in, in one transaction`,
  );
}
