// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IBadgeModule} from "../interfaces/IBadgeModule.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {ModuleArguments} from "./ModuleArguments.sol";

/// @title BadgeModule
/// @notice See {IBadgeModule}. Its arguments are in the code of the clone: nothing is initialized, and nothing could be a second
/// time. What the AccessManager doesn't list for it is ADMIN's.
abstract contract BadgeModule is AccessManaged, IBadgeModule {
    /// @dev For what only stops something, so that an execution delay has nothing to protect.
    modifier onlyMember(uint64 role) {
        (bool isMember, ) = IAccessManager(authority()).hasRole(role, msg.sender);
        require(isMember, RoleRestrictedUnauthorized(msg.sender, role));
        _;
    }

    /// @dev What OpenZeppelin keeps as authority stays empty, and isn't asked.
    constructor() AccessManaged(address(0)) {}

    /// @notice Always reverts with {BadgeModuleFollowsBadge}.
    function setAuthority(address) public pure override {
        revert BadgeModuleFollowsBadge();
    }

    /// @inheritdoc IBadgeModule
    function badge() external view returns (address) {
        return address(_badge());
    }

    /// @inheritdoc IBadgeModule
    function token() external view returns (address) {
        return address(_token());
    }

    /// @inheritdoc IBadgeModule
    function treasury() external view returns (address) {
        return _treasury();
    }

    /// @notice The AccessManager of the badge.
    function authority() public view override returns (address) {
        return IAccessManaged(address(_badge())).authority();
    }

    function _badge() internal view returns (IContributionBadge) {
        return IContributionBadge(ModuleArguments.read(ModuleArguments.BADGE));
    }

    function _token() internal view returns (IBrandToken) {
        return IBrandToken(ModuleArguments.read(ModuleArguments.TOKEN));
    }

    function _treasury() internal view returns (address) {
        return ModuleArguments.read(ModuleArguments.TREASURY);
    }
}
