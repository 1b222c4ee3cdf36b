// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IBadgeSatellite
/// @notice A contract that gives out tokens for what the ContributionBadge records. What it holds and nobody has claimed
/// doesn't vote and doesn't circulate: it delegates to the treasury. Token, treasury and AccessManager are the badge's.
interface IBadgeSatellite {
    /// @notice `badge` has no code, or another token than this contract.
    error BadgeSatelliteInvalidBadge(address badge);

    /// @notice The AccessManager is the badge's, and can't be another.
    error BadgeSatelliteFollowsBadge();

    /// @notice Sets up the proxy; callable once, when the badge that its code names has been set up.
    function initialize() external;

    /// @notice The ContributionBadge.
    function badge() external view returns (address);
}
