// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {CodeData} from "./CodeData.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {PackedCounts} from "./PackedCounts.sol";

/// @title BadgeState
/// @notice What awards need of the badge's settings and counts. Slots decide what an award costs: it reads and writes the
/// first one, once for a whole batch, and reads the second one; the others are for what is rare.
/// @dev Apart from {BadgeCatalog} and {RecoveryBook}, which use it too: OpenZeppelin's upgrade validator compares only what
/// stands in a contract that the upgradeable one inherits, and not what stands in a library.
abstract contract BadgeState {
    /// @param counts The first slot.
    /// @param drop The LoyaltyDrop, which awards what is claimed from its campaigns.
    /// @param thresholds Points of the second title and those above it: see {BadgeCatalog}.
    /// @param token The BrandToken: only badges with votes need it.
    /// @param referralLimit Referrals of a member that earn a badge in a season.
    /// @param recoveryLimit Recoveries that can be requested in a season.
    /// @param heldUntil Until when the last halt is ended by a passed proposal only.
    /// @param names Names of the titles: see {BadgeCatalog}.
    /// @param pastSeasonPoints Points that a season before that of `counts` is shared by.
    /// @param takenPoints Points of a season whose badges were taken, and that it is shared by nevertheless.
    /// @custom:storage-location erc7201:kyoso.storage.BadgeState
    struct BadgeStateStorage {
        PackedCounts counts;
        address drop;
        uint96 thresholds;
        IBrandToken token;
        uint16 referralLimit;
        uint8 recoveryLimit;
        uint48 heldUntil;
        CodeData names;
        mapping(uint256 season => uint256) pastSeasonPoints;
        mapping(uint256 season => uint256) takenPoints;
    }
}

// keccak256(abi.encode(uint256(keccak256("kyoso.storage.BadgeState")) - 1)) & ~bytes32(uint256(0xff))
bytes32 constant BADGE_STATE_STORAGE = 0x9fd68f9661f993cfe3c704efd167bccfa47156c9a20ea0580067ca399e307e00;

/// @dev The badge's settings and counts, also for the libraries that run on its storage.
function badgeState() pure returns (BadgeState.BadgeStateStorage storage $) {
    assembly {
        $.slot := BADGE_STATE_STORAGE
    }
}
