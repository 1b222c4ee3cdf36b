// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {PackedMember} from "./PackedMember.sol";

/// @title MemberPoints
/// @notice Points: of each member, in total and for the last two seasons in which it earned any; and of everybody.
/// @dev A member is one slot, which decides what a badge costs. Two seasons are enough, as a season's reward can be
/// claimed during the season after it. Seasons have a fixed length from a fixed start, so their number is computed.
abstract contract MemberPoints is Initializable, IContributionBadge {
    /// @custom:storage-location erc7201:kyoso.storage.MemberPoints
    struct MemberPointsStorage {
        uint48 seasonStart;
        uint32 seasonLength;
        uint64 totalPoints;
        mapping(address account => PackedMember) members;
        mapping(uint256 season => uint256) seasonPoints;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.MemberPoints")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant MEMBER_POINTS_STORAGE = 0xa2f3e33e1b6af6d2924ea5b8ad2397c25c8aea213dfb83795a37194616084e00;

    uint32 private constant MIN_SEASON_LENGTH = 7 days;
    uint32 private constant MAX_SEASON_LENGTH = 366 days;

    function __MemberPoints_init(uint32 seasonLength) internal onlyInitializing {
        require(
            seasonLength >= MIN_SEASON_LENGTH && seasonLength <= MAX_SEASON_LENGTH,
            ContributionBadgeInvalidSeasonLength(seasonLength)
        );
        MemberPointsStorage storage $ = _memberPointsStorage();
        $.seasonStart = uint48(block.timestamp);
        $.seasonLength = seasonLength;
    }

    /// @inheritdoc IContributionBadge
    function memberOf(address account) public view returns (Member memory) {
        return _memberPointsStorage().members[account].unpack();
    }

    /// @inheritdoc IContributionBadge
    function pointsOf(address account) external view returns (uint256) {
        return memberOf(account).points;
    }

    /// @inheritdoc IContributionBadge
    function seasonPointsOf(address account, uint256 season) external view returns (uint256) {
        if (season == 0) return 0;
        Member memory member = memberOf(account);
        if (season == member.season) return member.seasonPoints;
        if (season == member.previousSeason) return member.previousSeasonPoints;
        return 0;
    }

    /// @inheritdoc IContributionBadge
    function totalPoints() external view returns (uint256) {
        return _memberPointsStorage().totalPoints;
    }

    /// @inheritdoc IContributionBadge
    function totalSeasonPoints(uint256 season) external view returns (uint256) {
        return _memberPointsStorage().seasonPoints[season];
    }

    /// @inheritdoc IContributionBadge
    function currentSeason() public view returns (uint16) {
        return _seasonAt(block.timestamp);
    }

    /// @inheritdoc IContributionBadge
    function seasonBounds(uint16 season) external view returns (uint48 start, uint48 end) {
        require(season != 0, ContributionBadgeNonexistentSeason());
        MemberPointsStorage storage $ = _memberPointsStorage();
        start = $.seasonStart + (season - 1) * uint48($.seasonLength);
        end = start + $.seasonLength;
    }

    /// @dev The totals, once for all badges of a batch.
    function _addTotals(uint16 season, uint256 points) internal {
        MemberPointsStorage storage $ = _memberPointsStorage();
        $.totalPoints = SafeCast.toUint64($.totalPoints + points);
        $.seasonPoints[season] += points;
    }

    /// @dev The member's part of an award.
    function _addBadge(address account, uint16 season, uint24 points) internal {
        MemberPointsStorage storage $ = _memberPointsStorage();
        $.members[account] = $.members[account].add(season, points);
    }

    /// @dev Takes back exactly what {_addTotals} and {_addBadge} gave for a badge from `season`.
    function _removeBadge(address account, uint16 season, uint24 points) internal {
        MemberPointsStorage storage $ = _memberPointsStorage();
        $.totalPoints -= points;
        $.seasonPoints[season] -= points;
        $.members[account] = $.members[account].remove(season, points);
    }

    function _seasonAt(uint256 timestamp) internal view returns (uint16) {
        MemberPointsStorage storage $ = _memberPointsStorage();
        return SafeCast.toUint16((timestamp - $.seasonStart) / $.seasonLength + 1);
    }

    function _memberPointsStorage() private pure returns (MemberPointsStorage storage $) {
        assembly {
            $.slot := MEMBER_POINTS_STORAGE
        }
    }
}
