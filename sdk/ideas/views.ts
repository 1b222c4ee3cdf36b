import type { LiveDao } from "../live.js";
import type { Idea, IdeaCall, IdeaLife } from "./board.js";
import { textInURI } from "./inline.js";
import type { Voices } from "./voices.js";

/** A call as `--json` prints it. */
export function ideaCallAsJson(call: IdeaCall): object {
  const { number, question, state, snapshot, end, isPoll, ideas, leaders, ...rest } = call;
  return { number, question, state, snapshot, end, isPoll, ideas, leaders, ...rest };
}

/** An idea as `--json` prints it. */
export function ideaAsJson(idea: Omit<Idea, "steps"> & { readonly steps: readonly object[] }): object {
  return { ...idea, text: textInURI(idea.uri) ?? null };
}

/** A call with its ideas, as `--json` prints it. */
export function callWithIdeasAsJson(
  live: LiveDao,
  call: IdeaCall,
  ideas: readonly Idea[],
  voices: Voices,
): object {
  return {
    dao: live.record.slug,
    call: ideaCallAsJson(call),
    voices,
    list: ideas.map((idea) => ideaAsJson(idea)),
  };
}

/**
 * An idea's life, as `--json` prints it.
 *
 * @param nicknames What those in it call themselves.
 */
export function ideaLifeAsJson(
  live: LiveDao,
  { call, idea }: IdeaLife,
  nicknames: ReadonlyMap<string, string>,
): object {
  const named = (account: string | null) => (account === null ? null : (nicknames.get(account) ?? null));
  const steps = idea.steps.map((step) => ({ ...step, nickname: named(step.by) }));
  const told = { ...ideaAsJson({ ...idea, steps }), nickname: named(idea.author) };
  return { dao: live.record.slug, call: ideaCallAsJson(call), idea: told };
}
