// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IBrandDAOFactory} from "../interfaces/IBrandDAOFactory.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {Roles} from "../access/Roles.sol";

/// @title AccessTable
/// @notice The table of powers at launch, in one place: who holds which role, who administers it, and what a steward may
/// call. Of the functions that are `restricted`, those not named here are ADMIN's, as AccessManager defaults to:
/// upgrades, settings, and everything that touches kinds with votes.
library AccessTable {
    /// @dev The caller must be ADMIN of `dao.manager`. It stays so: giving that up is the caller's next step.
    function write(IBrandDAOFactory.Deployment memory dao, address safe, uint32 stewardDelay) internal {
        IAccessManager manager = IAccessManager(dao.manager);

        manager.grantRole(Roles.ADMIN, dao.timelock, 0);
        manager.grantRole(Roles.MINTER, dao.timelock, 0);
        manager.grantRole(Roles.STEWARD, dao.timelock, 0);
        manager.grantRole(Roles.STEWARD, safe, stewardDelay);
        manager.grantRole(Roles.ISSUER, safe, 0);
        manager.grantRole(Roles.SENTINEL, dao.handover, 0); // on behalf of each owner of the Safe
        manager.grantRole(Roles.HANDOVER, dao.handover, 0);
        manager.grantRole(Roles.HANDOVER, dao.timelock, 0);
        manager.grantRole(Roles.VOTES_GRANTER, dao.badge, 0);

        bytes4[] memory steward = new bytes4[](4);
        steward[0] = IContributionBadge.addKind.selector;
        steward[1] = IContributionBadge.closeKind.selector;
        steward[2] = IContributionBadge.revoke.selector;
        steward[3] = IContributionBadge.resume.selector;
        manager.setTargetFunctionRole(dao.badge, steward, Roles.STEWARD);

        // Last, as from here on ADMIN can't grant these two.
        manager.setRoleAdmin(Roles.STEWARD, Roles.HANDOVER);
        manager.setRoleAdmin(Roles.ISSUER, Roles.STEWARD);
    }
}
