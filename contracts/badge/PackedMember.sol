// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IContributionBadge} from "../interfaces/IContributionBadge.sol";

/// @dev A member in one slot. From the lowest bit: badges 32, points 64, points of the season 56, season 16, points of
/// the season before 56, its number 16, whether it ever took part in a recovery 1, day of the first badge 15 (1 for the first
/// day of 2025 in UTC, 0 for never).
type PackedMember is uint256;

using PackedMembers for PackedMember global;

/// @title PackedMembers
/// @notice Reads and changes a {PackedMember}.
/// @dev Fields are added to and subtracted from in place. They can't run over: a DAO has less than 2^32 badges of less
/// than 2^24 points each, so no count reaches 2^32 and no sum 2^56. Nor under: only what was added is taken away.
library PackedMembers {
    uint256 private constant POINTS_OFFSET = 32;
    uint256 private constant SEASON_POINTS_OFFSET = 96;
    uint256 private constant SEASON_OFFSET = 152;
    uint256 private constant PREVIOUS_POINTS_OFFSET = 168;
    uint256 private constant PREVIOUS_SEASON_OFFSET = 224;
    uint256 private constant IN_RECOVERY = 1 << 240;
    uint256 private constant SINCE_OFFSET = 241;
    uint256 private constant DAYS_BEFORE_2025 = 20_088; // and the day before it, so that its first one isn't 0
    uint256 private constant LASTING_MASK = type(uint256).max << 240;
    uint256 private constant TOTALS_MASK = ((1 << SEASON_POINTS_OFFSET) - 1) | LASTING_MASK;
    uint256 private constant CURRENT_MASK = ((1 << PREVIOUS_POINTS_OFFSET) - 1) | LASTING_MASK;
    uint256 private constant SEASON_MASK = (1 << (PREVIOUS_POINTS_OFFSET - SEASON_POINTS_OFFSET)) - 1;

    /// @dev With one more badge, whose points have 24 bits. A season is the member's current one until a badge from a later one
    /// arrives, as the first badge is: the day is noted where a season begins. It fits until the year 2114.
    function add(PackedMember self, uint16 season_, uint256 points_) internal view returns (PackedMember) {
        uint256 word = PackedMember.unwrap(self);
        unchecked {
            if (season(self) != season_) {
                // The current season becomes the one before, and the one before that is forgotten.
                word =
                    (word & TOTALS_MASK) |
                    (((word >> SEASON_POINTS_OFFSET) & SEASON_MASK) << PREVIOUS_POINTS_OFFSET) |
                    (uint256(season_) << SEASON_OFFSET);
                if (word >> SINCE_OFFSET == 0) word |= (block.timestamp / 1 days - DAYS_BEFORE_2025) << SINCE_OFFSET;
            }
            return PackedMember.wrap(word + 1 + (points_ << POINTS_OFFSET) + (points_ << SEASON_POINTS_OFFSET));
        }
    }

    /// @dev With one more badge, of any season: one that comes from another member can be older than what is known here.
    function insert(PackedMember self, uint16 season_, uint24 points_) internal view returns (PackedMember) {
        if (season_ >= season(self)) return add(self, season_, points_);
        uint256 word = PackedMember.unwrap(self);
        unchecked {
            word += 1 + (uint256(points_) << POINTS_OFFSET);
            if (season_ == previousSeason(self)) {
                word += uint256(points_) << PREVIOUS_POINTS_OFFSET;
            } else if (season_ > previousSeason(self)) {
                // What was the season before is forgotten.
                word =
                    (word & CURRENT_MASK) |
                    (uint256(points_) << PREVIOUS_POINTS_OFFSET) |
                    (uint256(season_) << PREVIOUS_SEASON_OFFSET);
            }
            return PackedMember.wrap(word);
        }
    }

    /// @dev With one badge less, of the season in which it was awarded.
    function remove(PackedMember self, uint16 season_, uint24 points_) internal pure returns (PackedMember) {
        uint256 word = PackedMember.unwrap(self);
        unchecked {
            word -= 1 + (uint256(points_) << POINTS_OFFSET);
            if (season_ == season(self)) {
                word -= uint256(points_) << SEASON_POINTS_OFFSET;
            } else if (season_ == previousSeason(self)) {
                word -= uint256(points_) << PREVIOUS_POINTS_OFFSET;
            }
            return PackedMember.wrap(word);
        }
    }

    /// @dev As {remove}, for a badge that goes to another account: the day of the first one is forgotten. What asks for it would
    /// otherwise take the rest of the badges for a second member.
    function moveOut(PackedMember self, uint16 season_, uint24 points_) internal pure returns (PackedMember) {
        return PackedMember.wrap((PackedMember.unwrap(remove(self, season_, points_)) << 15) >> 15);
    }

    function markRecovery(PackedMember self) internal pure returns (PackedMember) {
        return PackedMember.wrap(PackedMember.unwrap(self) | IN_RECOVERY);
    }

    function inRecovery(PackedMember self) internal pure returns (bool) {
        return PackedMember.unwrap(self) & IN_RECOVERY != 0;
    }

    /// @dev Whether it never had a badge: one who has none left still has the number of its last season.
    function isNewcomer(PackedMember self) internal pure returns (bool) {
        return PackedMember.unwrap(self) & ~IN_RECOVERY == 0;
    }

    /// @dev Points of the badges from `season_`, which isn't 0; 0 for a season that isn't one of the last two.
    function pointsOf(PackedMember self, uint256 season_) internal pure returns (uint56) {
        if (season_ == season(self)) return uint56(PackedMember.unwrap(self) >> SEASON_POINTS_OFFSET);
        if (season_ == previousSeason(self)) return uint56(PackedMember.unwrap(self) >> PREVIOUS_POINTS_OFFSET);
        return 0;
    }

    function badges(PackedMember self) internal pure returns (uint32) {
        return uint32(PackedMember.unwrap(self));
    }

    function points(PackedMember self) internal pure returns (uint64) {
        return uint64(PackedMember.unwrap(self) >> POINTS_OFFSET);
    }

    function season(PackedMember self) internal pure returns (uint16) {
        return uint16(PackedMember.unwrap(self) >> SEASON_OFFSET);
    }

    function previousSeason(PackedMember self) internal pure returns (uint16) {
        return uint16(PackedMember.unwrap(self) >> PREVIOUS_SEASON_OFFSET);
    }

    /// @dev When the UTC day of the first badge began; 0 for never.
    function since(PackedMember self) internal pure returns (uint48) {
        uint256 day = PackedMember.unwrap(self) >> SINCE_OFFSET;
        return day == 0 ? 0 : uint48((day + DAYS_BEFORE_2025) * 1 days);
    }

    function unpack(PackedMember self) internal pure returns (IContributionBadge.Member memory) {
        uint256 word = PackedMember.unwrap(self);
        return
            IContributionBadge.Member({
                badges: badges(self),
                points: points(self),
                season: season(self),
                seasonPoints: uint56(word >> SEASON_POINTS_OFFSET),
                previousSeason: previousSeason(self),
                previousSeasonPoints: uint56(word >> PREVIOUS_POINTS_OFFSET)
            });
    }
}
