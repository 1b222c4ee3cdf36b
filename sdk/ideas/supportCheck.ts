import type { TypedDataDomain } from "ethers";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { foreignTo } from "../signed/foreign.js";
import { checkSignature, findSafe, ownersWhoSigned, safeMessageHash } from "../signed/wallets.js";
import type { CallWithIdeas, Idea } from "./board.js";
import { boardAddress, readIdeaCall, readIdeaCalls } from "./board.js";
import { callOfIdea, ideaName } from "./names.js";
import { supportReadiness } from "./readiness.js";
import type { IdeaSupport } from "./signing.js";
import { supportHash } from "./signing.js";
import { readVoice } from "./voices.js";

/**
 * Gas for support of one idea: the dearest, an account's first in a call that six ideas win, needs some 75,000 in all
 * (docs/gas.md). Votes are looked up, which takes some 110,000 at most where they changed in each second since the snapshot.
 * What isn't used isn't paid.
 */
const GAS_PER_SUPPORT = 120_000n;
const GAS_FOR_VOTES = 110_000n;
const GAS_PER_MORE = 45_000n;

/** What signed support is worth at this moment. */
export type SupportCheck =
  | { readonly status: "refused"; readonly problem: Problem }
  /** Its supporter supports all of it already. */
  | { readonly status: "supported before" }
  /** It can be taken, with so much gas at most. */
  | { readonly status: "valid"; readonly weight: bigint; readonly gas: bigint };

/** What the chain says that signed support is checked against. */
export interface SupportContext {
  readonly live: LiveDao;
  readonly domain: TypedDataDomain;
  /** Those that are spoken of, by their numbers. */
  readonly calls: ReadonlyMap<number, CallWithIdeas>;
}

/** Reads all that signed support is checked against, as of the block at which the DAO was opened. */
export async function readSupportContext(
  live: LiveDao,
  domain: TypedDataDomain,
  all: readonly IdeaSupport[],
): Promise<SupportContext> {
  const ours = all.filter((support) => foreignSupport(live, "", support) === undefined);
  const wanted = new Set(ours.flatMap(({ ideas }) => ideas.map((idea) => callOfIdea(Number(idea)))));
  const known = wanted.size === 0 ? [] : await readIdeaCalls(live);
  const numbers = known.map(({ number }) => number).filter((number) => wanted.has(number));
  const calls = await Promise.all(numbers.map((number) => readIdeaCall(live, number)));
  return { live, domain, calls: new Map(calls.map((call) => [call.number, call])) };
}

/** Whether what was signed is so as of the block at which the DAO was opened. */
export async function isSupported(live: LiveDao, support: IdeaSupport): Promise<boolean> {
  const ideas = support.ideas.map(Number);
  const voice = await readVoice(live, callOfIdea(ideas[0] ?? 0), support.supporter);
  return ideas.every((idea) => voice.ideas.includes(idea));
}

/** The call that signed support is for; undefined where there is none. */
export function callOfSupport({ calls }: SupportContext, { ideas }: IdeaSupport): CallWithIdeas | undefined {
  return calls.get(callOfIdea(Number(ideas[0])));
}

/** Checks signed support as the board would, and that it is this DAO's. */
export async function checkSupport(
  context: SupportContext,
  file: string,
  support: IdeaSupport,
): Promise<SupportCheck> {
  const { live, domain } = context;
  const refuse = (told: Problem): SupportCheck => ({ status: "refused", problem: { ...told, place: file } });
  const foreign = foreignSupport(live, file, support);
  if (foreign !== undefined) return refuse(foreign);
  const call = callOfSupport(context, support);
  const ideas: Idea[] = [];
  for (const id of support.ideas.map(Number)) {
    const idea = call?.list.find((each) => each.id === id);
    if (call === undefined || idea === undefined) return refuse(unknownProblem(file, id));
    if (ideas.includes(idea)) {
      return refuse(
        problem("idea.named-twice", {
          data: { idea: idea.name },
          message: `${idea.name} is named twice`,
          remedy: `Ask for a new one: npx hardhat idea sign ${idea.name}.`,
        }),
      );
    }
    ideas.push(idea);
  }
  if (call === undefined) return refuse(unknownProblem(file, 0));
  const readiness = await supportReadiness(live, call, ideas, support.supporter);
  if (readiness.left.length === 0) return { status: "supported before" };
  const before = ideas.find(({ id }) => !readiness.left.includes(id));
  if (before !== undefined) {
    return refuse(
      problem("idea.supported-already", {
        data: { idea: before.name, account: support.supporter },
        message: `${support.supporter} supports ${before.name} already, and what is signed is taken as a whole or not at all`,
        remedy: `Ask for one of the others alone: npx hardhat idea sign ${readiness.left.map(ideaName).join(" ")}.`,
      }),
    );
  }
  if (readiness.problem !== undefined) return refuse(readiness.problem);
  const verdict = await checkSignature(
    live.provider,
    support.supporter,
    supportHash(domain, support),
    support.signature,
  );
  if (!verdict.valid) return refuse(await signatureProblem(context, file, support, ideas, verdict.contract));
  const more = BigInt(ideas.length - 1) * GAS_PER_MORE;
  const votes = call.counting === "weight" ? GAS_FOR_VOTES : 0n;
  return { status: "valid", weight: readiness.weight, gas: GAS_PER_SUPPORT + votes + more + verdict.gas };
}

async function signatureProblem(
  { live, domain }: SupportContext,
  file: string,
  support: IdeaSupport,
  ideas: readonly Idea[],
  isContract: boolean,
): Promise<Problem> {
  const { supporter, signature } = support;
  const again = `npx hardhat idea sign ${ideas.map(({ name }) => name).join(" ")}`;
  if (!isContract) {
    return problem("signed.not-signed", {
      data: { file, signer: supporter },
      message: `It isn't signed by ${supporter}, or was changed after that`,
      remedy: `Ask for a new one: ${again}.`,
    });
  }
  const safe = await findSafe(live.provider, supporter);
  const hash = supportHash(domain, support);
  const by =
    safe === undefined ? 0 : ownersWhoSigned(safe, safeMessageHash(live, safe.address, hash), signature).size;
  if (safe !== undefined && by < safe.threshold) {
    return problem("signed.owners-missing", {
      data: { file, safe: safe.address, count: by, threshold: safe.threshold },
      message: `${by} of the ${safe.threshold} owners of the Safe ${safe.address} who have to sign have signed it`,
      remedy: `Have more owners sign the same file: ${again} --supporter ${supporter} --out <file>.`,
    });
  }
  return problem("signed.wallet-refuses", {
    data: { file, wallet: supporter },
    message: `The wallet ${supporter} doesn't accept its signature, or takes too much gas to say so (ERC-1271)`,
    remedy: `Ask for a new one: ${again}.`,
  });
}

function unknownProblem(file: string, idea: number): Problem {
  return problem("support.idea-unknown", {
    data: { file, idea: ideaName(idea) },
    message: `It is for idea ${ideaName(idea)}, which there isn't`,
    remedy: "Check that the node is up to date.",
  });
}

/** Why signed support is another DAO's; undefined if it is this one's. */
function foreignSupport(
  live: LiveDao,
  file: string,
  { chainId, board: address, dao }: IdeaSupport,
): Problem | undefined {
  return foreignTo(live, file, { chainId, contract: "board", address, dao, own: boardAddress(live) });
}
