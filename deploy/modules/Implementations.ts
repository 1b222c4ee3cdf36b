import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { ArgumentType, ContractFuture } from "@nomicfoundation/ignition-core";
import type { Addresses, ImplementationName } from "../../sdk/implementations.js";
import { IMPLEMENTATION_NAMES } from "../../sdk/implementations.js";

/**
 * The implementations, the factories, and what else all DAOs of a chain share.
 *
 * @param missing Those to deploy.
 * @param addresses Where the others are.
 */
export function implementationsModule(
  missing: readonly ImplementationName[] = IMPLEMENTATION_NAMES,
  addresses: Partial<Addresses<ImplementationName>> = {},
) {
  return buildModule("Kyoso", (m) => {
    const deploy = (
      name: ImplementationName,
      args: ArgumentType[] = [],
      libraries: Record<string, ContractFuture<string>> = {},
    ) =>
      missing.includes(name)
        ? m.contract(name, args, { libraries })
        : m.contractAt(name, addresses[name] ?? "");

    const manager = deploy("BrandAccessManager");
    const token = deploy("BrandToken");
    const timelock = deploy("BrandTimelock");
    const governor = deploy("BrandGovernor");
    const board = deploy("IdeaBoard");
    const pass = deploy("MembershipPass", [deploy("PassRenderer")]);
    const modules = deploy("ModuleFactory", [board, pass]);
    const renderer = deploy("BadgeRenderer", [modules]);
    const library = (name: ImplementationName) =>
      missing.includes(name) ? m.library(name) : m.contractAt(name, addresses[name] ?? "");
    const BadgeCatalog = library("BadgeCatalog");
    const RecoveryBook = library("RecoveryBook");
    const verifier = deploy("VoucherVerifier");
    const badge = deploy("ContributionBadge", [renderer, verifier], { BadgeCatalog, RecoveryBook });
    const drop = deploy("LoyaltyDrop");
    const rewards = deploy("ContributionRewards");
    const handover = deploy("Handover");
    const factory = deploy("BrandDAOFactory", [
      { manager, token, timelock, governor, badge, drop, rewards, handover },
      modules,
    ]);
    const relay = deploy("BallotRelay");
    return {
      manager,
      token,
      timelock,
      governor,
      renderer,
      BadgeCatalog,
      RecoveryBook,
      verifier,
      badge,
      drop,
      rewards,
      handover,
      board,
      pass,
      modules,
      factory,
      relay,
      nicknames: deploy("Nicknames"),
      decisions: deploy("DecisionRecorder"),
    };
  });
}

export default implementationsModule();
