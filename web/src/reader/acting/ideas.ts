import type { CallWithIdeas, IdeaEvents, IdeaSupport, LiveDao, Readiness } from "@kyoso/sdk";
import {
  callOfIdea,
  ideaName,
  KyosoError,
  MOST_SUPPORTED,
  planSubmit,
  planSupport,
  planWithdraw,
  readSomeIdeas,
  readVoice,
  signSupport,
  submitReadiness,
  supportReadiness,
  textURI,
} from "@kyoso/sdk";
import { keccak256, toUtf8Bytes } from "ethers";
import type { Act, PreparedCall, Refused, Sign } from "../acts.js";
import type { VoiceView } from "../ideaAnswers.js";
import { answerOf } from "../reads/common.js";
import { prepareFirst, refusedBy } from "./calls.js";
import { AskingSigner } from "./signer.js";

type Of<Name extends Act["act"]> = Extract<Act, { readonly act: Name }>;

/** What an account did in a call, and what it can do there now. */
export async function readVoiceView(
  live: LiveDao,
  { call: number, account }: Of<"voice">,
): Promise<VoiceView> {
  // Of more than somebody can support, there is one that they don't: whether they can support that is asked.
  const [call, voice] = await Promise.all([
    someOf(live, number, (ideas) =>
      ideas.filter(({ status }) => status !== "withdrawn").slice(0, MOST_SUPPORTED + 1),
    ),
    readVoice(live, number, account),
  ]);
  const other = call.list.filter(({ id }) => !voice.ideas.includes(id)).slice(0, 1);
  const [supporting, submitting] = await Promise.all([
    other.length === 0 ? undefined : supportReadiness(live, call, other, account),
    submitReadiness(live, call, account),
  ]);
  const most = call.choice === "pick one" ? 1 : MOST_SUPPORTED;
  return {
    ...answerOf(live),
    supported: voice.ideas.map(ideaName),
    weight: voice.weight === 0n ? voice.wouldWeigh : voice.weight,
    left: Math.max(0, most - voice.ideas.length),
    refused: supporting === undefined ? NOTHING_LEFT : refusedBy(supporting),
    submitting: {
      left: Math.max(0, call.ideasPerMember - voice.submitted),
      refused: refusedBy(submitting),
    },
  };
}

/** That there is no idea that an account could support, and doesn't. */
const NOTHING_LEFT: Refused = { code: "idea.all-supported-already", text: "There is no other idea" };

/**
 * Support, signed so that anybody can hand it in.
 *
 * @throws KyosoError where it wouldn't be taken: before anybody is asked to sign it.
 */
export async function makeSupport(
  live: LiveDao,
  { ideas, account }: Of<"sign support">,
  sign: Sign,
): Promise<IdeaSupport> {
  requireNone(await readinessOf(live, ideas, account));
  return (await signSupport(live, new AskingSigner(account, sign), { ideas })).support;
}

/** The same as a transaction of the account's own. */
export async function prepareSupport(
  live: LiveDao,
  { ideas, account }: Of<"support">,
): Promise<PreparedCall> {
  return prepareFirst(live, account, async () => {
    requireNone(await readinessOf(live, ideas, account));
    return planSupport(live, ideas).calls;
  });
}

/** An idea that an account puts forward; what it says of it is in the idea itself. */
export async function prepareSubmitting(
  live: LiveDao,
  { call: number, account, title, text }: Of<"submit">,
): Promise<PreparedCall> {
  const content = text.trim().normalize("NFC");
  const texts = {
    title: title.trim().normalize("NFC"),
    uri: content === "" ? "" : textURI(content),
    contentHash: content === "" ? undefined : keccak256(toUtf8Bytes(content)),
  };
  return prepareFirst(live, account, async () => {
    requireNone(await submitReadiness(live, await someOf(live, number, () => []), account));
    return planSubmit(live, number, texts).calls;
  });
}

/** An idea that its author takes back. */
export async function prepareWithdrawing(
  live: LiveDao,
  { idea, account }: Of<"withdraw">,
): Promise<PreparedCall> {
  return prepareFirst(live, account, () => Promise.resolve(planWithdraw(live, idea).calls));
}

async function readinessOf(live: LiveDao, ids: readonly number[], account: string) {
  const call = await someOf(live, callOfIdea(ids[0] ?? 0), (ideas) =>
    ideas.filter(({ id }) => ids.includes(id)),
  );
  return supportReadiness(live, call, call.list, account);
}

/** @throws KyosoError where something stands against it. */
function requireNone({ problem }: Readiness): void {
  if (problem !== undefined) throw new KyosoError([problem]);
}

/** A call with some of its ideas. */
async function someOf(
  live: LiveDao,
  number: number,
  choose: (ideas: readonly IdeaEvents[]) => readonly IdeaEvents[],
): Promise<CallWithIdeas> {
  const { call, ideas } = await readSomeIdeas(live, number, (_, logs) => ({ wanted: choose(logs.ideas) }));
  return { ...call, list: ideas };
}
