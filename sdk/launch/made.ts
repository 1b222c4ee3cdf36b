import type { DaoContract, DaoRecord } from "../daoRecord.js";
import { DAO_CONTRACTS } from "../daoRecord.js";
import type { Addresses, ImplementationName } from "../implementationNames.js";
import { launchSalt } from "./config.js";
import { predictDeployment } from "./predict.js";

/** What a factory makes DAOs of, as it says itself. All else is this version's, modules among it: nothing of a DAO follows from those. */
export function madeAsTold(
  implementations: Addresses<ImplementationName>,
  told: Readonly<Partial<Record<DaoContract, string>>>,
): Addresses<ImplementationName> {
  const { manager = "", token = "", timelock = "", governor = "" } = told;
  const { badge = "", drop = "", rewards = "", handover = "" } = told;
  return {
    ...implementations,
    BrandAccessManager: manager,
    BrandToken: token,
    BrandTimelock: timelock,
    BrandGovernor: governor,
    ContributionBadge: badge,
    LoyaltyDrop: drop,
    ContributionRewards: rewards,
    Handover: handover,
  };
}

/**
 * The contracts of a record that aren't where the factory put them for this launcher, name, Safe and date: their addresses are
 * hashes of these.
 *
 * @param made What the factory makes DAOs of.
 */
export function wrongAddresses(
  record: DaoRecord,
  made: Addresses<ImplementationName>,
): { readonly name: DaoContract; readonly expected: string }[] {
  const { factory, launcher, slug, safe, terms, contracts } = record;
  const { communityDate } = terms;
  const salt = launchSalt(slug);
  const predicted = predictDeployment({
    factory,
    implementations: made,
    launcher,
    salt,
    safe,
    communityDate,
  });
  return DAO_CONTRACTS.filter((name) => predicted[name] !== contracts[name]).map((name) => ({
    name,
    expected: predicted[name],
  }));
}
