// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BadgeState, badgeState} from "./BadgeState.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {PackedCounts} from "./PackedCounts.sol";
import {PackedMember} from "./PackedMember.sol";

/// @title MemberPoints
/// @notice Points: of each member, in total and for the last two seasons from which it has any; and of everybody.
/// @dev A member is one slot, which decides what a badge costs. Two seasons are enough, as a season's reward can be
/// claimed during the season after it. Seasons have a fixed length from a fixed start, so their number is computed.
///
/// A season is shared by all points that were awarded in it. Taking a badge changes nothing about that: whoever can take
/// badges could otherwise raise what somebody is paid, and what nobody holds any more falls to the treasury. Only a passed
/// proposal excludes points that were taken, and only as many as it names.
abstract contract MemberPoints is BadgeState, IContributionBadge {
    /// @custom:storage-location erc7201:kyoso.storage.MemberPoints
    struct MemberPointsStorage {
        mapping(address account => PackedMember) members;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.MemberPoints")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant MEMBER_POINTS_STORAGE = 0xa2f3e33e1b6af6d2924ea5b8ad2397c25c8aea213dfb83795a37194616084e00;

    /// @inheritdoc IContributionBadge
    function memberOf(address account) public view returns (Member memory) {
        return _member(account).unpack();
    }

    /// @inheritdoc IContributionBadge
    function pointsOf(address account) public view returns (uint256) {
        return _member(account).points();
    }

    /// @inheritdoc IContributionBadge
    function memberSince(address account) external view returns (uint48) {
        return _member(account).since();
    }

    /// @inheritdoc IContributionBadge
    function seasonPointsOf(address account, uint256 season) external view returns (uint256) {
        return season == 0 ? 0 : _member(account).pointsOf(season);
    }

    /// @inheritdoc IContributionBadge
    function totalPoints() external view returns (uint256) {
        return badgeState().counts.totalPoints();
    }

    /// @inheritdoc IContributionBadge
    function totalSeasonPoints(uint256 season) external view returns (uint256) {
        return _totalOf(badgeState().counts, season);
    }

    /// @inheritdoc IContributionBadge
    function takenSeasonPoints(uint256 season) external view returns (uint256) {
        return badgeState().takenPoints[season];
    }

    /// @inheritdoc IContributionBadge
    function seasonPointsLimit() external view returns (uint32) {
        return badgeState().counts.seasonPointsLimit();
    }

    /// @inheritdoc IContributionBadge
    function currentSeason() public view returns (uint16) {
        return _seasonAt(block.timestamp);
    }

    /// @inheritdoc IContributionBadge
    function seasonBounds(uint16 season) external view returns (uint48 start, uint48 end) {
        require(season != 0, ContributionBadgeNonexistentSeason());
        PackedCounts counts = badgeState().counts;
        end = counts.seasonEnd(season);
        start = counts.seasonEnd(season - 1);
    }

    /// @inheritdoc IContributionBadge
    function disputeWindow() external view returns (uint32) {
        return badgeState().counts.disputeWindow();
    }

    /// @dev What `season` is shared by, with the first slot as it was read already.
    function _totalOf(PackedCounts counts, uint256 season) internal view returns (uint256) {
        return season == counts.season() ? counts.seasonPoints() : badgeState().pastSeasonPoints[season];
    }

    /// @dev Adds badges to the totals, once for all of a batch. The first award of a season writes down what the last one
    /// ended with.
    function _addTotals(PackedCounts counts, uint16 season, uint256 badges, uint256 points) internal {
        BadgeStateStorage storage $ = badgeState();
        if (counts.season() != season && counts.seasonPoints() != 0) {
            $.pastSeasonPoints[counts.season()] = counts.seasonPoints();
        }
        $.counts = counts.add(season, badges, points);
    }

    /// @dev The member's part of an award.
    /// @return before The member as it was.
    function _addBadge(address account, uint16 season, uint256 points) internal returns (PackedMember before) {
        MemberPointsStorage storage $ = _memberPointsStorage();
        before = $.members[account];
        $.members[account] = before.add(season, points);
    }

    /// @dev Takes back what {_addTotals} and {_addBadge} gave for a badge from `season`, but for its season's total.
    /// @return left The member as it is now.
    function _removeBadge(address account, uint16 season, uint24 points) internal returns (PackedMember left) {
        MemberPointsStorage storage $ = _memberPointsStorage();
        BadgeStateStorage storage state = badgeState();
        state.counts = state.counts.take(points);
        state.takenPoints[season] += points;
        left = $.members[account].remove(season, points);
        $.members[account] = left;
    }

    /// @dev Moves what a badge from `season` gave. The totals stay.
    function _moveBadge(address from, address to, uint16 season, uint24 points) internal {
        MemberPointsStorage storage $ = _memberPointsStorage();
        $.members[from] = $.members[from].moveOut(season, points);
        $.members[to] = $.members[to].insert(season, points);
    }

    /// @dev Saves everybody else a look into the book of recoveries.
    function _markRecovery(address account) internal {
        MemberPointsStorage storage $ = _memberPointsStorage();
        $.members[account] = $.members[account].markRecovery();
    }

    function _member(address account) internal view returns (PackedMember) {
        return _memberPointsStorage().members[account];
    }

    /// @dev Whether `account` never had a badge.
    function _isNewcomer(address account) internal view returns (bool) {
        return _member(account).isNewcomer();
    }

    function _seasonAt(uint256 timestamp) internal view returns (uint16) {
        return badgeState().counts.seasonAt(timestamp);
    }

    function _memberPointsStorage() private pure returns (MemberPointsStorage storage $) {
        assembly {
            $.slot := MEMBER_POINTS_STORAGE
        }
    }
}
