import type { Call, LiveDao, ProposalFile, ReviewedCall } from "@kyoso/sdk";
import {
  draftProposal,
  identify,
  KyosoError,
  makeProposal,
  namesFor,
  parseProposal,
  planProposal,
  proposeReadiness,
  readProposals,
  reviewCalls,
} from "@kyoso/sdk";
import { prepare, refusedBy } from "../reader/acting/calls.js";
import type { PreparedCall, Refused, TriedCall } from "../reader/acts.js";
import { callView } from "../reader/reads/calls.js";
import type { CheckedDraft, DraftProblem } from "./protocol.js";

/** What problems call the draft. */
export const FILE = "draft";

/** A draft as `proposal create` would take it: read, decoded, tried as the timelock, and written anew. */
export async function checkDraft(
  live: LiveDao,
  { text, proposer }: { readonly text: string; readonly proposer: string | null },
): Promise<CheckedDraft> {
  const { votes, threshold, ...readiness } = await proposeReadiness(
    live,
    proposer ?? live.record.contracts.timelock,
  );
  const terms = { votes: proposer === null ? 0n : votes, threshold };
  let draft: ProposalFile;
  try {
    draft = await parseProposal(live, text, FILE);
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    const problems = error.problems.map(problemOf);
    return { ...terms, title: "", problems, calls: [], file: null, call: null };
  }
  const { title, body, calls } = draft;
  const [reviewed, names] = await Promise.all([
    reviewCalls(live, calls, live.record.contracts.timelock),
    namesFor(live, calls),
  ]);
  const call = proposer === null ? null : await prepareProposing(live, draft, proposer, refusedBy(readiness));
  return {
    ...terms,
    ...{ title, problems: [], call },
    calls: await Promise.all(reviewed.map((each) => triedCall(live, names, each))),
    file: draftProposal(calls, title, body, names),
  };
}

async function triedCall(
  live: LiveDao,
  names: Parameters<typeof callView>[1],
  reviewed: ReviewedCall,
): Promise<TriedCall> {
  const { simulation } = reviewed;
  return {
    ...(await callView(live, names, reviewed)),
    fails: simulation.ok ? null : simulation.reason,
    note: simulation.ok ? (simulation.note ?? null) : null,
  };
}

async function prepareProposing(
  live: LiveDao,
  { calls, title, body }: { readonly calls: readonly Call[]; readonly title: string; readonly body: string },
  proposer: string,
  refused: Refused | null,
): Promise<PreparedCall> {
  const proposal = makeProposal(calls, title, body, proposer);
  const id = identify(proposal).id.toString();
  const isMade = (await readProposals(live)).some((other) => other.id === id);
  const again = { code: "proposal.made-already", text: "This was proposed already" };
  const [call] = planProposal(live.record, proposal).propose.calls;
  if (call === undefined) throw new RangeError("There is nothing to send");
  return prepare(live, call, proposer, isMade ? again : refused);
}

/** A problem of a draft, with the action that it is about: its place says so. */
function problemOf({ code, message, remedy, place = "" }: KyosoError["problems"][number]): DraftProblem {
  const [, action] = /actions\[(\d+)\]/u.exec(place) ?? [];
  return {
    code,
    text: remedy === undefined ? message : `${message} (${remedy})`,
    action: action === undefined ? null : Number(action),
  };
}
