import type { LiveDao } from "@kyoso/sdk";
import { planAdoption, readIdea } from "@kyoso/sdk";
import type { AdoptionDraft, DeskQuestion } from "./protocol.js";

/** What a proposal says that adopts an idea: the same as `idea adopt` writes, with a link to the page. */
export async function draftAdoption(
  live: LiveDao,
  { idea, language, link }: Extract<DeskQuestion, { readonly what: "adoption" }>,
): Promise<AdoptionDraft> {
  const isPublic = link.startsWith("https://");
  const plan = planAdoption(live, await readIdea(live, idea), isPublic ? { language, link } : { language });
  return { title: plan.title, body: plan.body ?? "" };
}
