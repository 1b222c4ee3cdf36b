// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {checkAtMost, checkEnd, checkEqual} from "./Checks.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {PackedCounts, PackedCountsLib} from "../../contracts/badge/PackedCounts.sol";

/// @title PackedCountsFuzz
/// @notice The word that every award reads and writes, against a struct that the compiler takes care of.
contract PackedCountsFuzz {
    /// @dev What a {PackedCounts} holds, from the lowest bit.
    struct Counts {
        uint32 awarded;
        uint48 points;
        uint32 seasonPoints;
        uint32 limit;
        uint16 season;
        uint40 start;
        uint16 seasonHours;
        uint16 disputeHours;
        uint16 generation;
        bool halted;
    }

    /// @notice P7: each field of a PackedCounts is read from its place, at its extremes too; a new DAO has the terms and
    /// nothing else.
    function testFuzz_P7_packedCounts(Counts memory counts) external pure {
        _check(_pack(counts), counts);
        Counts memory fresh;
        (fresh.start, fresh.seasonHours, fresh.disputeHours) = (counts.start, counts.seasonHours, counts.disputeHours);
        _check(PackedCountsLib.pack(counts.start, counts.seasonHours, counts.disputeHours), fresh);

        (uint16 most, uint32 many) = (type(uint16).max, type(uint32).max);
        _check(
            PackedCounts.wrap(type(uint256).max),
            Counts(many, type(uint48).max, many, many, most, type(uint40).max, most, most, most, true)
        );
        fresh = Counts(0, 0, 0, 0, 0, type(uint40).max, most, most, 0, false);
        _check(PackedCountsLib.pack(type(uint40).max, most, most), fresh);
    }

    /// @notice P8: what is awarded is added to the totals, and to the points of its season, which start from nothing where
    /// it is a new one; what is taken leaves the points as they were before, but for those of the season, which only an
    /// exclusion does.
    function testFuzz_P8_awards(Counts memory counts, uint16 badges, uint24 points, uint16 later) external pure {
        _bound(counts);
        uint32 sum = uint32(uint256(badges) * points) >> 1;
        counts.limit = type(uint32).max;
        uint48 before = counts.points;
        uint32 ofSeason = counts.seasonPoints;
        PackedCounts packed = _pack(counts).add(counts.season, badges, sum);
        counts.awarded += badges;
        counts.points += sum;
        counts.seasonPoints += sum;
        _check(packed, counts);
        counts.points = before;
        packed = packed.take(sum);
        _check(packed, counts);
        counts.seasonPoints = ofSeason;
        packed = packed.exclude(sum);
        _check(packed, counts);

        if (later <= counts.season) return;
        packed = packed.add(later, badges, sum);
        counts.awarded += badges;
        counts.points += sum;
        (counts.season, counts.seasonPoints) = (later, sum);
        _check(packed, counts);
        (counts.points, counts.seasonPoints) = (before, 0);
        _check(packed.take(sum).exclude(sum), counts);
    }

    /// @notice P12: points are awarded up to the limit of a season, and not one more, in the last season as in a later one;
    /// where there are more already, none. The limit changes nothing else.
    function testFuzz_P12_seasonPointsLimit(Counts memory counts, uint32 limit, uint256 points) external view {
        _bound(counts);
        uint32 before = counts.limit;
        counts.limit = limit;
        PackedCounts packed = _pack(counts);
        _check(packed, counts);
        counts.limit = before;
        _check(packed.withSeasonPointsLimit(before), counts);
        counts.limit = limit;

        uint16 later = counts.season == type(uint16).max ? counts.season : counts.season + 1;
        uint256 left = limit < counts.seasonPoints ? 0 : limit - counts.seasonPoints;
        _tryPoints(packed, counts.season, left, points);
        if (later != counts.season) _tryPoints(packed, later, limit, points);
    }

    /// @notice P9: badges are awarded up to the last that can be counted, and not one more.
    function testFuzz_P9_tooManyBadges(Counts memory counts, uint256 badges) external view {
        _bound(counts);
        counts.awarded = type(uint32).max - uint32(badges % 1_000);
        uint256 left = type(uint32).max - counts.awarded;
        _tryAdd(counts, left, 0);
        _tryAdd(counts, left + 1, IContributionBadge.ContributionBadgeTooManyBadges.selector);
        if (badges > left) _tryAdd(counts, badges, IContributionBadge.ContributionBadgeTooManyBadges.selector);
    }

    /// @notice P10: halting, resuming and rotating the issuer role change nothing else, and not one another. There is no
    /// rotation past the last that can be counted.
    function testFuzz_P10_haltAndRotation(Counts memory counts) external view {
        PackedCounts packed = _pack(counts);
        bool was = counts.halted;
        for (uint256 i = 0; i < 2; ++i) {
            counts.halted = i == 0;
            _check(packed.withHalt(counts.halted), counts);
            _check(packed.withHalt(!counts.halted).withHalt(counts.halted), counts);
        }
        counts.halted = was;
        _tryRotate(counts);
        counts.generation = type(uint16).max - 1;
        _tryRotate(counts);
        counts.generation = type(uint16).max;
        _tryRotate(counts);
    }

    /// @notice P11: every second belongs to the one season that has begun and hasn't ended, and claims of its reward open
    /// one dispute window after its end.
    function testFuzz_P11_seasons(Counts memory counts, uint256 timestamp) external pure {
        counts.seasonHours = 7 * 24 + (counts.seasonHours % (359 * 24 + 1)); // 7 to 366 days
        PackedCounts packed = _pack(counts);
        uint256 length = uint256(counts.seasonHours) * 1 hours;
        timestamp = counts.start + (timestamp % (type(uint16).max * length));
        uint16 season = packed.seasonAt(timestamp);
        checkAtMost("P11: first season", 1, season);
        checkAtMost("P11: start", packed.seasonEnd(season - 1), timestamp);
        checkAtMost("P11: end", timestamp + 1, packed.seasonEnd(season));
        checkEqual("P11: length", packed.seasonEnd(season) - packed.seasonEnd(season - 1), length);
        checkEqual("P11: first second", packed.seasonAt(packed.seasonEnd(season - 1)), season);
        checkEqual("P11: last second", packed.seasonAt(uint256(packed.seasonEnd(season)) - 1), season);
        checkEqual(
            "P11: claims",
            packed.claimsOpen(season),
            uint256(packed.seasonEnd(season)) + uint256(counts.disputeHours) * 1 hours
        );
    }

    /// @dev By a call, so that the error can be looked at.
    function add(
        PackedCounts packed,
        uint16 season,
        uint256 badges,
        uint256 points
    ) external pure returns (PackedCounts) {
        return packed.add(season, badges, points);
    }

    /// @dev As {add}.
    function rotate(PackedCounts packed) external pure returns (PackedCounts) {
        return packed.withNextGeneration();
    }

    function _tryAdd(Counts memory counts, uint256 badges, bytes4 expected) private view {
        (bool success, bytes memory returned) = address(this).staticcall(
            abi.encodeCall(this.add, (_pack(counts), counts.season, badges, 0))
        );
        checkEnd("P9", expected, success, returned);
        if (!success) return;
        uint32 before = counts.awarded;
        counts.awarded += uint32(badges);
        _check(abi.decode(returned, (PackedCounts)), counts);
        counts.awarded = before;
    }

    /// @dev The most that can be awarded, one more, and `points`.
    function _tryPoints(PackedCounts packed, uint16 season, uint256 left, uint256 points) private view {
        checkEqual("P12: points left", packed.pointsLeft(season), left);
        bytes4 limited = IContributionBadge.ContributionBadgeSeasonPointsLimited.selector;
        _tryOnce(packed, season, left, 0);
        _tryOnce(packed, season, left + 1, limited);
        _tryOnce(packed, season, points, points > left ? limited : bytes4(0));
    }

    function _tryOnce(PackedCounts packed, uint16 season, uint256 points, bytes4 expected) private view {
        (bool success, bytes memory returned) = address(this).staticcall(
            abi.encodeCall(this.add, (packed, season, 1, points))
        );
        checkEnd("P12", expected, success, returned);
        if (!success) return;
        PackedCounts after_ = abi.decode(returned, (PackedCounts));
        uint256 before = season == packed.season() ? packed.seasonPoints() : 0;
        checkEqual("P12: points of the season", after_.seasonPoints(), before + points);
        checkEqual("P12: limit", after_.seasonPointsLimit(), packed.seasonPointsLimit());
    }

    function _tryRotate(Counts memory counts) private view {
        (bool success, bytes memory returned) = address(this).staticcall(abi.encodeCall(this.rotate, (_pack(counts))));
        bool last = counts.generation == type(uint16).max;
        checkEnd("P10", last ? bytes4(keccak256("Panic(uint256)")) : bytes4(0), success, returned);
        if (last) return;
        counts.generation += 1;
        _check(abi.decode(returned, (PackedCounts)), counts);
        counts.generation -= 1;
    }

    /// @dev Room for what the tests add: a DAO has less than 2^32 badges, and less than 2^48 points.
    function _bound(Counts memory counts) private pure {
        counts.awarded >>= 1;
        counts.points >>= 1;
        counts.seasonPoints >>= 1;
    }

    function _pack(Counts memory counts) private pure returns (PackedCounts) {
        bytes memory word = abi.encodePacked(
            uint8(counts.halted ? 1 : 0),
            counts.generation,
            counts.disputeHours,
            counts.seasonHours,
            counts.start,
            counts.season,
            counts.limit,
            counts.seasonPoints,
            counts.points,
            counts.awarded
        );
        return PackedCounts.wrap(uint256(bytes32(word)));
    }

    function _check(PackedCounts packed, Counts memory expected) private pure {
        checkEqual("P7: badges", packed.totalAwarded(), expected.awarded);
        checkEqual("P7: points", packed.totalPoints(), expected.points);
        checkEqual("P7: season", packed.season(), expected.season);
        checkEqual("P7: points of the season", packed.seasonPoints(), expected.seasonPoints);
        checkEqual("P7: points that a season can have", packed.seasonPointsLimit(), expected.limit);
        checkEqual("P7: start", packed.seasonEnd(0), expected.start);
        uint256 length = packed.seasonEnd(1) - packed.seasonEnd(0);
        checkEqual("P7: length of a season", length, uint256(expected.seasonHours) * 1 hours);
        checkEqual("P7: dispute window", packed.disputeWindow(), uint256(expected.disputeHours) * 1 hours);
        checkEqual("P7: rotations", packed.issuerGeneration(), expected.generation);
        checkEqual("P7: halt", packed.halted() ? 1 : 0, expected.halted ? 1 : 0);
    }
}
