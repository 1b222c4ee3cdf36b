import { readTextFile } from "../config/load.js";
import type { LiveDao } from "../../live.js";
import type { ProposalFile } from "../../governance/actions.js";
import { EXAMPLE, parseProposal } from "../../governance/actions.js";

/**
 * Reads a proposal's Markdown file.
 *
 * @throws KyosoError naming everything that is wrong in it.
 */
export async function readProposalFile(live: LiveDao, path: string): Promise<ProposalFile> {
  return parseProposal(live, await readTextFile(path, EXAMPLE), path);
}
