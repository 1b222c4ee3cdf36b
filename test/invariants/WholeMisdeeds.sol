// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {IBrandTimelock} from "../../contracts/interfaces/IBrandTimelock.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {IHandover} from "../../contracts/interfaces/IHandover.sol";
import {Roles} from "../../contracts/access/Roles.sol";
import {WholeMembers} from "./WholeMembers.sol";

/// @title WholeMisdeeds
/// @notice What only a passed proposal may do, and nobody by themselves, however they have been trusted.
abstract contract WholeMisdeeds is WholeMembers {
    error Misdeed(uint256 what);

    uint256 private constant COUNT = 24;
    uint256 private constant OF_GOVERNANCE = 12;

    /// @dev By people, owners, Safes, the factory, and the launcher.
    function misdeed(uint256 by, uint256 what, uint256 seed) external {
        address account = _person(seed);
        what %= COUNT;
        (address target, bytes memory data) = what < OF_GOVERNANCE
            ? _ofGovernance(what, account, seed)
            : _ofMembers(what, account, seed);
        bool success;
        if (by % 4 == 0) {
            (success, ) = _bySafe(by >> 8, target, data);
        } else {
            // The first ten are the DAO's own contracts, which do what their code lets them.
            (success, ) = _try(_accounts[10 + (by % (_accounts.length - 10))], target, data);
        }
        if (success) revert Misdeed(what);
    }

    function _ofGovernance(uint256 what, address account, uint256 seed) private view returns (address, bytes memory) {
        if (what == 0) {
            // Whoever is steward gives ISSUER.
            uint64 role = seed % 2 == 0 ? Roles.ADMIN : uint64(Roles.SENTINEL + (seed % 3));
            return (address(manager), abi.encodeCall(IAccessManager.grantRole, (role, account, 0)));
        }
        if (what == 1) {
            return (address(manager), abi.encodeCall(IAccessManager.setRoleAdmin, (Roles.ADMIN, Roles.ISSUER)));
        }
        if (what == 2) {
            return (address(manager), abi.encodeCall(IAccessManager.updateAuthority, (address(token), account)));
        }
        if (what == 3) {
            bytes4[] memory selectors = new bytes4[](1);
            selectors[0] = IBrandToken.mint.selector;
            return (
                address(manager),
                abi.encodeCall(IAccessManager.setTargetFunctionRole, (address(token), selectors, Roles.ISSUER))
            );
        }
        if (what == 4) {
            bytes memory pay = abi.encodeCall(IERC20.transfer, (account, 1e18));
            bytes memory data = abi.encodeCall(TimelockController.schedule, (address(token), 0, pay, 0, 0, _delay));
            return (timelock, data);
        }
        if (what == 5) {
            bytes memory pay = abi.encodeCall(IERC20.transfer, (account, 1e18));
            return (timelock, abi.encodeCall(TimelockController.execute, (address(token), 0, pay, 0, 0)));
        }
        if (what == 6) {
            return (timelock, abi.encodeCall(IAccessControl.grantRole, (keccak256("CANCELLER_ROLE"), account)));
        }
        if (what == 7) return (timelock, abi.encodeCall(TimelockController.updateDelay, (1 minutes)));
        if (what == 8) {
            uint256 index = seed % (_proposals.length + 1);
            bytes32 id = index == _proposals.length ? bytes32(0) : bytes32(_proposals[index].id);
            return (timelock, abi.encodeCall(TimelockController.cancel, (id)));
        }
        if (what == 9) return (address(governor), abi.encodeCall(IBrandGovernor.setQuorumFloor, (1e18)));
        if (what == 10) {
            return (address(governor), abi.encodeCall(IBrandGovernor.setGuardianTerm, (account, type(uint48).max)));
        }
        return (timelock, abi.encodeCall(IBrandTimelock.setDaoURI, ("mine")));
    }

    function _ofMembers(uint256 what, address account, uint256 seed) private view returns (address, bytes memory) {
        if (what == 12) return (address(token), abi.encodeCall(IBrandToken.mint, (account, 1)));
        if (what == 13) {
            return (address(token), abi.encodeCall(IBrandToken.moveContributionVotes, (address(0), account, 1)));
        }
        if (what == 14) return (address(token), abi.encodeCall(IERC20.transferFrom, (timelock, account, 1)));
        if (what == 15) {
            IBrandToken.RateLimit memory limit = IBrandToken.RateLimit(type(uint128).max, 1 hours);
            return (address(token), abi.encodeCall(IBrandToken.setMintLimit, (limit)));
        }
        if (what == 16) return (address(handover), abi.encodeCall(IHandover.setSafe, (address(safes[1 - _current]))));
        if (what == 17) return (address(handover), abi.encodeCall(IHandover.setCommunityDate, (type(uint48).max)));
        if (what == 18) return (address(badge), abi.encodeCall(IContributionBadge.rotateIssuerRole, ()));
        if (what == 19) return (address(badge), abi.encodeCall(IContributionBadge.setLimits, (0, 0, 0)));
        if (what == 20) return (address(badge), abi.encodeCall(IContributionBadge.halt, (type(uint48).max)));
        if (what == 21) {
            uint256 id = 1 + (seed % (badge.totalAwarded() + 1));
            return (address(badge), abi.encodeCall(IContributionBadge.revokeVoting, (id, "mine")));
        }
        if (what == 22) {
            uint16 season = badge.currentSeason();
            return (address(badge), abi.encodeCall(IContributionBadge.excludePoints, (season, 0)));
        }
        // A new version of each: even one of the same code.
        address[6] memory proxies = [
            address(token),
            timelock,
            address(governor),
            address(badge),
            address(drop),
            address(rewards)
        ];
        address implementation = factory.implementations().token;
        return (proxies[seed % 6], abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (implementation, "")));
    }
}
