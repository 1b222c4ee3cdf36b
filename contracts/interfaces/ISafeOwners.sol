// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title ISafeOwners
/// @notice The part of a Safe's OwnerManager that the Handover asks.
interface ISafeOwners {
    /// @notice The owners. Reverts in a Safe that was never set up.
    function getOwners() external view returns (address[] memory);

    /// @notice Whether `account` is an owner of the Safe.
    function isOwner(address account) external view returns (bool);
}
