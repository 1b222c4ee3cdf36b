// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title ISafeOwners
/// @notice The part of a Safe's OwnerManager that the Handover asks.
interface ISafeOwners {
    /// @notice Whether `account` is an owner of the Safe.
    function isOwner(address account) external view returns (bool);
}
