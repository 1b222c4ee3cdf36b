// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IClaimant
/// @notice Errors of everything that is claimed by an account or with a claim key.
interface IClaimant {
    /// @notice This belongs to `claimant`, and `account` can't have it.
    error ClaimantMismatch(address claimant, address account);

    /// @notice `claimant` didn't sign for this account and this referrer.
    error ClaimantInvalidSignature(address claimant);
}
