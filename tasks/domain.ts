import type { LiveDao } from "../sdk/live.js";
import type { DomainContract, DomainModule } from "../sdk/signed/domain.js";
import { domainOf } from "../sdk/signed/domain.js";
import { oneLine } from "../sdk/text.js";
import { print } from "./output.js";

/**
 * Says what something is signed for, as a wallet would show it: the contract takes it in this domain only, and where it has
 * a number with this one only, which the node has told.
 *
 * @param nonce How many the account has used before it; nothing where they have no numbers.
 */
export async function printDomain(
  live: LiveDao,
  contract: DomainContract | DomainModule,
  nonce?: string,
): Promise<void> {
  const { name, version, verifyingContract } = await domainOf(live, contract);
  const domain = `“${oneLine(name ?? "")}”, version ${oneLine(version ?? "")}`;
  const number = nonce === undefined ? "" : `; the account's number ${nonce}`;
  print(`  To be signed for ${domain}, at ${verifyingContract ?? ""}${number}.`);
}
