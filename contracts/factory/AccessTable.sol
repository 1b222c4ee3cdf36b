// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IBrandDAOFactory} from "../interfaces/IBrandDAOFactory.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IIdeaBoard} from "../interfaces/IIdeaBoard.sol";
import {ILoyaltyDrop} from "../interfaces/ILoyaltyDrop.sol";
import {IMembershipPass} from "../interfaces/IMembershipPass.sol";
import {IPerks} from "../interfaces/IPerks.sol";
import {IRecoveries} from "../interfaces/IRecoveries.sol";
import {ITitles} from "../interfaces/ITitles.sol";
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

        bytes4[] memory ofBadge = new bytes4[](6);
        ofBadge[0] = IContributionBadge.addKind.selector;
        ofBadge[1] = IContributionBadge.closeKind.selector;
        ofBadge[2] = IContributionBadge.revoke.selector;
        ofBadge[3] = IContributionBadge.resume.selector;
        ofBadge[4] = ITitles.setTitles.selector;
        ofBadge[5] = IRecoveries.requestRecovery.selector;
        manager.setTargetFunctionRole(dao.badge, ofBadge, Roles.STEWARD);

        bytes4[] memory ofDrop = new bytes4[](1);
        ofDrop[0] = ILoyaltyDrop.open.selector;
        manager.setTargetFunctionRole(dao.drop, ofDrop, Roles.STEWARD);

        // For the pages that show an AccessManager. It names ADMIN, and everybody, by itself.
        manager.labelRole(Roles.MINTER, "MINTER");
        manager.labelRole(Roles.STEWARD, "STEWARD");
        manager.labelRole(Roles.ISSUER, "ISSUER");
        manager.labelRole(Roles.SENTINEL, "SENTINEL");
        manager.labelRole(Roles.HANDOVER, "HANDOVER");
        manager.labelRole(Roles.VOTES_GRANTER, "VOTES_GRANTER");

        // Last, as from here on ADMIN can't grant these two.
        manager.setRoleAdmin(Roles.STEWARD, Roles.HANDOVER);
        manager.setRoleAdmin(Roles.ISSUER, Roles.STEWARD);
    }

    /// @dev What the table has of a DAO's IdeaBoard. A DAO that gets one later has the same from a passed proposal: `sdk/modules/`
    /// makes its calls. As with {write}, the caller must be ADMIN.
    function writeBoard(IAccessManager manager, address board) internal {
        bytes4[] memory ofBoard = new bytes4[](3);
        ofBoard[0] = IIdeaBoard.open.selector;
        ofBoard[1] = IIdeaBoard.adopt.selector;
        ofBoard[2] = IIdeaBoard.ship.selector;
        manager.setTargetFunctionRole(board, ofBoard, Roles.STEWARD);
        manager.grantRole(Roles.BOARD, board, 0);
        manager.labelRole(Roles.BOARD, "BOARD");
    }

    /// @dev As {writeBoard}, of its MembershipPass.
    function writePass(IAccessManager manager, address pass) internal {
        bytes4[] memory ofPass = new bytes4[](3);
        ofPass[0] = IMembershipPass.setTerms.selector;
        ofPass[1] = IPerks.addPerk.selector;
        ofPass[2] = IPerks.closePerk.selector;
        manager.setTargetFunctionRole(pass, ofPass, Roles.STEWARD);
    }
}
