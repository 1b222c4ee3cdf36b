// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {AccessManagedUpgradeable} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @title RoleRestricted
/// @notice The two ways in which a satellite asks the AccessManager.
/// @dev `restricted`, OpenZeppelin's, asks for the role that the manager lists for a function; it is used for what ADMIN
/// and STEWARD do, who may have an execution delay. `onlyRole` names the role in the code; it is used for powers that
/// are exercised at once or belong to a contract (MINTER, VOTES_GRANTER, ISSUER, SENTINEL, HANDOVER). A member with an
/// execution delay would have to schedule each call, which only `restricted` can make it do: `onlyRole` turns it away.
/// Closing a target in the manager closes what is `restricted`, and nothing else.
abstract contract RoleRestricted is AccessManagedUpgradeable {
    /// @notice `caller` isn't a member of `role`, or only one with an execution delay.
    error RoleRestrictedUnauthorized(address caller, uint64 role);

    modifier onlyRole(uint64 role) {
        _checkRole(role, msg.sender);
        _;
    }

    /// @dev For what only stops something, so that an execution delay has nothing to protect.
    modifier onlyMember(uint64 role) {
        (bool isMember, ) = IAccessManager(authority()).hasRole(role, msg.sender);
        require(isMember, RoleRestrictedUnauthorized(msg.sender, role));
        _;
    }

    function _checkRole(uint64 role, address account) internal view {
        (bool isMember, uint32 executionDelay) = IAccessManager(authority()).hasRole(role, account);
        require(isMember && executionDelay == 0, RoleRestrictedUnauthorized(account, role));
    }
}
