// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @dev A badge in one slot. From the lowest bit: holder 160, kind 32, time of the award 40, whether the token granted
/// the votes of the kind 1, the season in which a recovery moved it last 16 (0 for never). As kinds don't change, this is
/// all that is needed to take back exactly what a badge gave.
type PackedBadge is uint256;

using PackedBadges for PackedBadge global;

/// @title PackedBadges
/// @notice Reads and makes a {PackedBadge}.
/// @dev Packed by hand so that a batch computes once what its badges share, and writes each with a single store.
library PackedBadges {
    uint256 private constant KIND_OFFSET = 160;
    uint256 private constant AWARDED_AT_OFFSET = 192;
    uint256 private constant WITH_VOTES = 1 << 232;
    uint256 private constant MOVED_IN_OFFSET = 233;
    uint256 private constant KEPT_WHEN_MOVED = (1 << MOVED_IN_OFFSET) - (1 << KIND_OFFSET);

    /// @dev Without holder and votes yet.
    function pack(uint32 kind_, uint256 awardedAt_) internal pure returns (PackedBadge) {
        return PackedBadge.wrap((uint256(kind_) << KIND_OFFSET) | (uint256(uint40(awardedAt_)) << AWARDED_AT_OFFSET));
    }

    /// @dev For a badge that has no holder yet.
    function withAccount(PackedBadge self, address account_) internal pure returns (PackedBadge) {
        return PackedBadge.wrap(PackedBadge.unwrap(self) | uint160(account_));
    }

    /// @dev For a badge that goes to another holder in `season`.
    function movedTo(PackedBadge self, address account_, uint16 season) internal pure returns (PackedBadge) {
        uint256 kept = PackedBadge.unwrap(self) & KEPT_WHEN_MOVED;
        return PackedBadge.wrap(kept | uint160(account_) | (uint256(season) << MOVED_IN_OFFSET));
    }

    function markVotes(PackedBadge self) internal pure returns (PackedBadge) {
        return PackedBadge.wrap(PackedBadge.unwrap(self) | WITH_VOTES);
    }

    function account(PackedBadge self) internal pure returns (address) {
        return address(uint160(PackedBadge.unwrap(self)));
    }

    function kind(PackedBadge self) internal pure returns (uint32) {
        return uint32(PackedBadge.unwrap(self) >> KIND_OFFSET);
    }

    function awardedAt(PackedBadge self) internal pure returns (uint40) {
        return uint40(PackedBadge.unwrap(self) >> AWARDED_AT_OFFSET);
    }

    function withVotes(PackedBadge self) internal pure returns (bool) {
        return PackedBadge.unwrap(self) & WITH_VOTES != 0;
    }

    function movedIn(PackedBadge self) internal pure returns (uint16) {
        return uint16(PackedBadge.unwrap(self) >> MOVED_IN_OFFSET);
    }
}
