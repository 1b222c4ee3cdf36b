// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @dev What every award reads and writes, in one slot. From the lowest bit: badges ever awarded 32, points of all badges
/// that are held 48, points that the last season in which any was awarded is shared by 32, how many a season can have 32,
/// that season 16, when the first season started 40, hours of a season 16, hours of the dispute window 16, how often the
/// issuer role was rotated 16, whether awards are halted 8.
type PackedCounts is uint256;

using PackedCountsLib for PackedCounts global;

/// @title PackedCountsLib
/// @notice Reads and changes {PackedCounts}.
/// @dev Sums can't run over: a DAO has less than 2^32 badges, and less than 2^32 points in each of less than 2^16 seasons;
/// {add} checks the first two.
library PackedCountsLib {
    uint256 private constant POINTS_OFFSET = 32;
    uint256 private constant SEASON_POINTS_OFFSET = 80;
    uint256 private constant LIMIT_OFFSET = 112;
    uint256 private constant SEASON_OFFSET = 144;
    uint256 private constant START_OFFSET = 160;
    uint256 private constant SEASON_HOURS_OFFSET = 200;
    uint256 private constant DISPUTE_HOURS_OFFSET = 216;
    uint256 private constant GENERATION_OFFSET = 232;
    uint256 private constant HALTED = 1 << 248;
    uint256 private constant SEASON_MASK =
        (uint256(type(uint32).max) << SEASON_POINTS_OFFSET) | (uint256(type(uint16).max) << SEASON_OFFSET);

    /// @dev Of a DAO whose first season starts at `start`.
    function pack(uint256 start, uint16 seasonHours_, uint16 disputeHours_) internal pure returns (PackedCounts) {
        return
            PackedCounts.wrap(
                (uint256(uint40(start)) << START_OFFSET) |
                    (uint256(seasonHours_) << SEASON_HOURS_OFFSET) |
                    (uint256(disputeHours_) << DISPUTE_HOURS_OFFSET)
            );
    }

    /// @dev With badges awarded in `season_`, the last season or a later one, of `points` together. Reverts with
    /// {IContributionBadge-ContributionBadgeTooManyBadges} or {IContributionBadge-ContributionBadgeSeasonPointsLimited}.
    function add(
        PackedCounts self,
        uint16 season_,
        uint256 badges,
        uint256 points
    ) internal pure returns (PackedCounts) {
        require(
            badges <= type(uint32).max - totalAwarded(self),
            IContributionBadge.ContributionBadgeTooManyBadges(badges)
        );
        uint256 left = pointsLeft(self, season_);
        require(points <= left, IContributionBadge.ContributionBadgeSeasonPointsLimited(points, left));
        uint256 word = PackedCounts.unwrap(self);
        unchecked {
            if (season(self) != season_) word = (word & ~SEASON_MASK) | (uint256(season_) << SEASON_OFFSET);
            return PackedCounts.wrap(word + badges + (points << POINTS_OFFSET) + (points << SEASON_POINTS_OFFSET));
        }
    }

    /// @dev Without `points` that were awarded before. The last season is shared by them still.
    function take(PackedCounts self, uint256 points) internal pure returns (PackedCounts) {
        unchecked {
            return PackedCounts.wrap(PackedCounts.unwrap(self) - (points << POINTS_OFFSET));
        }
    }

    /// @dev With the last season shared by `points` less, which aren't more than it has.
    function exclude(PackedCounts self, uint256 points) internal pure returns (PackedCounts) {
        unchecked {
            return PackedCounts.wrap(PackedCounts.unwrap(self) - (points << SEASON_POINTS_OFFSET));
        }
    }

    function withSeasonPointsLimit(PackedCounts self, uint32 limit) internal pure returns (PackedCounts) {
        return
            PackedCounts.wrap(
                (PackedCounts.unwrap(self) & ~(uint256(type(uint32).max) << LIMIT_OFFSET)) |
                    (uint256(limit) << LIMIT_OFFSET)
            );
    }

    function withHalt(PackedCounts self, bool halted_) internal pure returns (PackedCounts) {
        uint256 word = PackedCounts.unwrap(self);
        return PackedCounts.wrap(halted_ ? word | HALTED : word & ~HALTED);
    }

    function withNextGeneration(PackedCounts self) internal pure returns (PackedCounts) {
        // Reverts after 2^16 rotations: the sum would run into the halt.
        uint16 next = issuerGeneration(self) + 1;
        return
            PackedCounts.wrap(
                (PackedCounts.unwrap(self) & ~(uint256(type(uint16).max) << GENERATION_OFFSET)) |
                    (uint256(next) << GENERATION_OFFSET)
            );
    }

    function totalAwarded(PackedCounts self) internal pure returns (uint32) {
        return uint32(PackedCounts.unwrap(self));
    }

    function totalPoints(PackedCounts self) internal pure returns (uint48) {
        return uint48(PackedCounts.unwrap(self) >> POINTS_OFFSET);
    }

    /// @dev Points that {season} is shared by.
    function seasonPoints(PackedCounts self) internal pure returns (uint32) {
        return uint32(PackedCounts.unwrap(self) >> SEASON_POINTS_OFFSET);
    }

    function seasonPointsLimit(PackedCounts self) internal pure returns (uint32) {
        return uint32(PackedCounts.unwrap(self) >> LIMIT_OFFSET);
    }

    /// @dev How many points can still be awarded in `season_`, the last season or a later one.
    function pointsLeft(PackedCounts self, uint16 season_) internal pure returns (uint256) {
        uint256 limit = seasonPointsLimit(self);
        return season(self) == season_ ? Math.saturatingSub(limit, seasonPoints(self)) : limit;
    }

    /// @dev The last season in which any badge was awarded; 0 for none.
    function season(PackedCounts self) internal pure returns (uint16) {
        return uint16(PackedCounts.unwrap(self) >> SEASON_OFFSET);
    }

    /// @dev Seconds.
    function disputeWindow(PackedCounts self) internal pure returns (uint32) {
        return uint32(uint16(PackedCounts.unwrap(self) >> DISPUTE_HOURS_OFFSET)) * 1 hours;
    }

    function issuerGeneration(PackedCounts self) internal pure returns (uint16) {
        return uint16(PackedCounts.unwrap(self) >> GENERATION_OFFSET);
    }

    function halted(PackedCounts self) internal pure returns (bool) {
        return PackedCounts.unwrap(self) & HALTED != 0;
    }

    /// @dev The number of the season at `timestamp`. 2^16 seasons of at least a week are 1,256 years.
    function seasonAt(PackedCounts self, uint256 timestamp) internal pure returns (uint16) {
        unchecked {
            return uint16((timestamp - _start(self)) / _seasonLength(self) + 1);
        }
    }

    /// @dev When `season_` ends, and the next one starts.
    function seasonEnd(PackedCounts self, uint256 season_) internal pure returns (uint48) {
        unchecked {
            return uint48(_start(self) + season_ * _seasonLength(self));
        }
    }

    /// @dev When claims of the reward of `season_` open.
    function claimsOpen(PackedCounts self, uint256 season_) internal pure returns (uint48) {
        unchecked {
            return seasonEnd(self, season_) + disputeWindow(self);
        }
    }

    function _start(PackedCounts self) private pure returns (uint256) {
        return uint40(PackedCounts.unwrap(self) >> START_OFFSET);
    }

    function _seasonLength(PackedCounts self) private pure returns (uint256) {
        unchecked {
            return uint256(uint16(PackedCounts.unwrap(self) >> SEASON_HOURS_OFFSET)) * 1 hours;
        }
    }
}
