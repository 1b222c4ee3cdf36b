// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title ReferralState
/// @notice What is kept of referrals: one slot for each account.
abstract contract ReferralState {
    /// @param referrer Who brought the account.
    /// @param season The last season in which the account itself earned a badge for bringing somebody, or took that over from
    /// the account that it was recovered from.
    /// @param rewarded For how many it did in that season.
    struct Referral {
        address referrer;
        uint16 season;
        uint32 rewarded;
    }

    /// @custom:storage-location erc7201:kyoso.storage.Referrals
    struct ReferralsStorage {
        mapping(address account => Referral) referrals;
    }
}

// keccak256(abi.encode(uint256(keccak256("kyoso.storage.Referrals")) - 1)) & ~bytes32(uint256(0xff))
bytes32 constant REFERRALS_STORAGE = 0x364a876fbd3effe1a75e0d9eeeaee6d1e38d51ae5144c74bf3f90ee90918c500;

/// @dev The referrals, also for the library that moves them with a recovery.
function referralState() pure returns (ReferralState.ReferralsStorage storage $) {
    assembly {
        $.slot := REFERRALS_STORAGE
    }
}
