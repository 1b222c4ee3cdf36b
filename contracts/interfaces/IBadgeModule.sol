// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IBadgeModule
/// @notice A contract that a DAO can have besides those of its launch, at the launch or later. It knows its DAO by the
/// ContributionBadge; token and treasury are the badge's, and the AccessManager that says who may do what. Its code never
/// changes: a fault is cured by another module, to which the roles are given.
interface IBadgeModule {
    /// @notice `caller` isn't a member of `role`.
    error RoleRestrictedUnauthorized(address caller, uint64 role);

    /// @notice The AccessManager is the badge's, and can't be another.
    error BadgeModuleFollowsBadge();

    /// @notice The ContributionBadge.
    function badge() external view returns (address);

    /// @notice The BrandToken.
    function token() external view returns (address);

    /// @notice The timelock.
    function treasury() external view returns (address);
}
