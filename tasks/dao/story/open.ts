import { parseEther } from "ethers";
import type { Call } from "../../../sdk/calls/plan.js";
import { call, named } from "../../../sdk/calls/plan.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { identify, makeProposal, planProposal } from "../../../sdk/governance/proposal.js";
import { done, heading } from "../../output.js";
import { votersOf } from "./decision.js";
import { amountOf, nameOf, pass, signerOf, type Story } from "./story.js";

/** What a regular adds to the season that runs, and what the treasury is asked for. */
const GIFT = parseEther("800");
const ASKED = parseEther("3000");
const SEVEN_DAYS = 7 * 86_400;

/** How those vote who have voted already on the first one: 1 for it, 0 against it. */
const BALLOTS: readonly (readonly [support: number, reason: string])[] = [
  [1, "秋のブレンドも、みんなで決めたいです。"],
  [1, "試飲会が楽しかったので、続けてほしい。"],
  [0, "予算は、もう少し様子を見てからでもよいと思います。"],
];

/** Two proposals are open to votes, one is about to be, and the season that runs has something to share. */
export async function tellOpenVotes(story: Story): Promise<void> {
  const { dao, record } = story;
  heading("9. What is open now");
  const [proposer, ...others] = votersOf(story);
  const season = Number(await dao.badge.currentSeason());
  const { token, rewards } = record.contracts;

  const [giver = proposer] = others;
  const signer = await signerOf(story, giver);
  await (await dao.token.connect(signer).approve(rewards, GIFT)).wait();
  await (await dao.rewards.connect(signer).fund(season, token, GIFT)).wait();
  done(`${nameOf(story, giver)} adds ${amountOf(story, GIFT)} to season ${season}, which runs`);

  const share = [
    call(await named("token", dao.token), "approve", [rewards, ASKED], "Let the rewards take it"),
    call(await named("rewards", dao.rewards), "fund", [season, token, ASKED], `Share it in season ${season}`),
  ];
  const id = await propose(
    story,
    share,
    `シーズン ${season} にも ${amountOf(story, ASKED)} を`,
    "前のシーズンと同じように、**お店を育ててくれたみんな**で分けます。\n\n- 試飲会を3回\n- レビューのお礼\n- お友だち紹介のお礼",
    proposer,
  );
  const longer = [
    call(await named("governor", dao.governor), "setVotingPeriod", [SEVEN_DAYS], "Vote for longer"),
  ];
  await propose(
    story,
    longer,
    "投票期間を 7 日間に延ばす",
    "忙しい週でも投票できるように、5 日間から 7 日間に延ばします。",
    giver,
  );
  await pass(story, (await dao.governor.votingDelay()) + 1n, "voting on both is open");
  for (const [i, [support, reason]] of BALLOTS.entries()) {
    const governor = dao.governor.connect(await signerOf(story, others[i] ?? proposer));
    await (await governor.castVoteWithReason(id, support, reason)).wait();
  }
  done(`${BALLOTS.length} members have voted on the first one`);
  const gift = [
    call(await named("token", dao.token), "transfer", [giver, parseEther("50")], "For the beans of the fair"),
  ];
  await propose(
    story,
    gift,
    "夏祭りの豆代を中村さんへ",
    "夏祭りで配るコーヒーの豆代を、立て替えてくれた中村さんにお返しします。",
    proposer,
  );
}

/** @returns The proposal's id. */
async function propose(
  story: Story,
  calls: readonly Call[],
  title: string,
  text: string,
  proposer: string,
): Promise<bigint> {
  const proposal = makeProposal(calls, title, text, proposer);
  await executeAsSigner(planProposal(story.record, proposal).propose, await signerOf(story, proposer));
  done(`${nameOf(story, proposer)} proposes:「${title}」`);
  return identify(proposal).id;
}
