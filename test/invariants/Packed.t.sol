// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {checkEqual} from "./Checks.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {PackedBadge, PackedBadges} from "../../contracts/badge/PackedBadge.sol";
import {PackedMember} from "../../contracts/badge/PackedMember.sol";
import {VM} from "./Vm.sol";

/// @title PackedFuzz
/// @notice The two words that are packed by hand, against structs that the compiler takes care of.
contract PackedFuzz {
    /// @param take Whether a badge is taken, and not added.
    /// @param later Whether a badge that is added is from a later season than the last one.
    /// @param previous Whether a badge that is taken is from the season before.
    /// @param season What later season.
    struct Step {
        bool take;
        bool later;
        bool previous;
        uint24 points;
        uint16 season;
    }

    /// @param take Whether a badge is taken, and not moved here.
    /// @param season One of eight.
    struct Move {
        bool take;
        uint8 season;
        uint24 points;
    }

    uint16 private constant SEASONS = 8;
    uint256 private constant DAY_2025 = 1_735_689_600; // 1 January

    /// @notice P1: each field of a PackedBadge is read as it was written, at its extremes too.
    function testFuzz_P1_packedBadge(
        uint32 kind,
        uint40 awardedAt,
        address account,
        bool votes,
        uint16 season
    ) external pure {
        _checkBadge(kind, awardedAt, account, votes, season);
        _checkBadge(type(uint32).max, awardedAt, account, votes, season);
        _checkBadge(kind, type(uint40).max, account, votes, season);
        _checkBadge(kind, awardedAt, address(type(uint160).max), votes, season);
        _checkBadge(0, 0, account, votes, season);
        _checkBadge(type(uint32).max, type(uint40).max, address(type(uint160).max), votes, season);
    }

    /// @notice P2: each field of a PackedMember is read from its place, and a badge added and taken leaves all as it was.
    function testFuzz_P2_packedMember(IContributionBadge.Member memory member, uint24 points) external view {
        _bound(member);
        PackedMember packed = _pack(member);
        _checkMember(packed, member);
        PackedMember added = packed.add(member.season, points);
        _checkMember(added.remove(member.season, points), member);
        member.badges += 1;
        member.points += points;
        member.seasonPoints += points;
        _checkMember(added, member);
        if (member.season == type(uint16).max) return;

        // In a later season, the fullest fields move without touching others.
        added = added.add(type(uint16).max, type(uint24).max);
        member.previousSeason = member.season;
        member.previousSeasonPoints = member.seasonPoints;
        member.season = type(uint16).max;
        member.seasonPoints = type(uint24).max;
        member.badges += 1;
        member.points += type(uint24).max;
        _checkMember(added, member);
    }

    /// @notice P3: a PackedMember through any history of badges is the struct through the same history.
    function testFuzz_P3_packedHistory(Step[] memory steps) external view {
        IContributionBadge.Member memory member;
        PackedMember packed;
        for (uint256 i = 0; i < steps.length; ++i) {
            Step memory step = steps[i];
            if (!step.take) {
                if (member.season == 0 || (step.later && member.season < type(uint16).max)) {
                    // From the last eight seasons on, or anywhere, but always later.
                    uint16 season = step.previous ? type(uint16).max - 8 + (step.season % 8) : step.season;
                    if (season <= member.season) season = member.season + 1;
                    (member.previousSeason, member.previousSeasonPoints) = (member.season, member.seasonPoints);
                    (member.season, member.seasonPoints) = (season, 0);
                }
                packed = packed.add(member.season, step.points);
                member.badges += 1;
                member.points += step.points;
                member.seasonPoints += step.points;
            } else if (member.badges != 0) {
                bool previous = step.previous && member.previousSeason != 0;
                uint256 held = previous ? member.previousSeasonPoints : member.seasonPoints;
                if (held < step.points) step.points = uint24(held);
                packed = packed.remove(previous ? member.previousSeason : member.season, step.points);
                member.badges -= 1;
                member.points -= step.points;
                if (previous) member.previousSeasonPoints -= step.points;
                else member.seasonPoints -= step.points;
            }
            _checkMember(packed, member);
        }
    }

    /// @notice P4: taking a badge from a season that is no longer remembered changes the totals only.
    function testFuzz_P4_forgottenSeason(
        IContributionBadge.Member memory member,
        uint24 points,
        uint16 season
    ) external pure {
        _bound(member);
        if (season == member.season || season == member.previousSeason) return;
        member.badges += 1;
        member.points += points;
        PackedMember packed = _pack(member).remove(season, points);
        member.badges -= 1;
        member.points -= points;
        _checkMember(packed, member);
    }

    /// @notice P5: the mark of a recovery touches no field, and no badge that comes or goes touches the mark. Who never had a
    /// badge is a newcomer with it too, and nobody else is.
    function testFuzz_P5_recoveryMark(
        IContributionBadge.Member memory member,
        uint24 points,
        uint16 season
    ) external view {
        _bound(member);
        PackedMember plain = _pack(member);
        PackedMember marked = plain.markRecovery();
        _checkMember(marked, member);
        _checkMark(plain, false);
        _checkMark(marked, true);
        _checkMark(marked.markRecovery(), true);
        checkEqual("P5: newcomer", marked.isNewcomer() ? 1 : 0, plain.isNewcomer() ? 1 : 0);

        PackedMember added = plain.insert(season, points);
        PackedMember addedMarked = marked.insert(season, points);
        _checkMark(added, false);
        _checkMark(addedMarked, true);
        _checkMember(addedMarked, added.unpack());
        _checkMark(added.remove(season, points), false);
        _checkMark(addedMarked.remove(season, points), true);
        checkEqual("P5: member", addedMarked.isNewcomer() ? 1 : 0, 0);

        PackedMember nobody;
        checkEqual("P5: nobody", nobody.isNewcomer() ? 1 : 0, 1);
        checkEqual("P5: nobody, marked", nobody.markRecovery().isNewcomer() ? 1 : 0, 1);
        if (season == 0) return;
        nobody = nobody.add(season, points).remove(season, points);
        checkEqual("P5: nobody any more", nobody.isNewcomer() ? 1 : 0, 0);
    }

    /// @notice P6: whatever the order in which badges are moved to a member, and taken from it, the points of the two
    /// latest seasons from which it got any are known exactly.
    function testFuzz_P6_insertInAnyOrder(Move[] memory moves, bool marked, bool late) external view {
        IContributionBadge.Member memory member;
        uint256[] memory sums = new uint256[](SEASONS + 1); // by season; the first one is none
        uint16 first = late ? type(uint16).max - SEASONS : 0;
        PackedMember packed;
        if (marked) packed = packed.markRecovery();
        for (uint256 i = 0; i < moves.length; ++i) {
            Move memory move = moves[i];
            uint16 season = first + 1 + (move.season % SEASONS);
            if (move.take) {
                if (sums[season - first] < move.points || member.badges == 0) continue;
                packed = packed.remove(season, move.points);
                sums[season - first] -= move.points;
                member.badges -= 1;
                member.points -= move.points;
            } else {
                packed = packed.insert(season, move.points);
                sums[season - first] += move.points;
                member.badges += 1;
                member.points += move.points;
                if (season > member.season) {
                    (member.season, member.previousSeason) = (season, member.season);
                } else if (season < member.season && season > member.previousSeason) {
                    member.previousSeason = season;
                }
            }
            if (member.season != 0) member.seasonPoints = uint56(sums[member.season - first]);
            if (member.previousSeason != 0) member.previousSeasonPoints = uint56(sums[member.previousSeason - first]);
            _checkMember(packed, member);
            _checkMark(packed, marked);
        }
    }

    /// @notice P15: the day of the first badge is noted with it and never again, touches no field, and stays whatever comes and
    /// goes: the mark of a recovery too. Only a badge that goes to another account takes it.
    function testFuzz_P15_since(Move[] memory moves, uint32 second, bool marked) external {
        uint256 first = DAY_2025 + (second % 2_800_000_000);
        uint256 day = first - (first % 1 days);
        PackedMember packed;
        if (marked) packed = packed.markRecovery();
        checkEqual("P15: never", packed.since(), 0);
        for (uint256 i = 0; i < moves.length; ++i) {
            Move memory move = moves[i];
            VM.warp(first + i * 12 hours);
            uint16 season = 1 + (move.season % SEASONS);
            packed = packed.badges() != 0 && move.take ? packed.remove(season, 0) : this.inserted(packed, season);
            checkEqual("P15: since", packed.since(), day);
            _checkMark(packed, marked);
        }
        if (packed.badges() == 0) return;
        PackedMember left = packed.moveOut(SEASONS, 0);
        _checkMember(left, packed.remove(SEASONS, 0).unpack());
        _checkMark(left, marked);
        checkEqual("P15: moved out", left.since(), 0);
    }

    /// @notice A call of its own, as the optimizer takes the time to be the same before and after `warp`.
    function inserted(PackedMember packed, uint16 season) external view returns (PackedMember) {
        return packed.insert(season, 0);
    }

    function _checkBadge(uint32 kind, uint40 awardedAt, address account, bool votes, uint16 season) private pure {
        PackedBadge badge = PackedBadges.pack(kind, awardedAt).withAccount(account);
        if (votes) badge = badge.markVotes();
        checkEqual("P1: account", badge.account(), account);
        checkEqual("P1: kind", badge.kind(), kind);
        checkEqual("P1: time", badge.awardedAt(), awardedAt);
        checkEqual("P1: votes", badge.withVotes() ? 1 : 0, votes ? 1 : 0);

        // Moved, it is the same badge of another holder.
        address other = address(~uint160(account));
        badge = badge.movedTo(other, season);
        checkEqual("P1: new account", badge.account(), other);
        checkEqual("P1: kind, moved", badge.kind(), kind);
        checkEqual("P1: time, moved", badge.awardedAt(), awardedAt);
        checkEqual("P1: votes, moved", badge.withVotes() ? 1 : 0, votes ? 1 : 0);
        checkEqual("P1: season, moved", badge.movedIn(), season);
        checkEqual("P1: season, moved again", badge.movedTo(account, ~season).movedIn(), ~season);
    }

    function _checkMark(PackedMember packed, bool expected) private pure {
        checkEqual("P5: mark", packed.inRecovery() ? 1 : 0, expected ? 1 : 0);
    }

    /// @dev Room for what a DAO adds: it has less than 2^32 badges.
    function _bound(IContributionBadge.Member memory member) private pure {
        if (member.badges > type(uint32).max - 2) member.badges -= 2;
        if (member.points > type(uint64).max - (1 << 26)) member.points -= 1 << 26;
        if (member.seasonPoints > type(uint56).max - (1 << 26)) member.seasonPoints -= 1 << 26;
    }

    function _pack(IContributionBadge.Member memory member) private pure returns (PackedMember) {
        bytes memory word = abi.encodePacked(
            uint16(0),
            member.previousSeason,
            member.previousSeasonPoints,
            member.season,
            member.seasonPoints,
            member.points,
            member.badges
        );
        return PackedMember.wrap(uint256(bytes32(word)));
    }

    function _checkMember(PackedMember packed, IContributionBadge.Member memory expected) private pure {
        IContributionBadge.Member memory actual = packed.unpack();
        checkEqual("P2: badges", actual.badges, expected.badges);
        checkEqual("P2: points", actual.points, expected.points);
        checkEqual("P2: season", actual.season, expected.season);
        checkEqual("P2: points of the season", actual.seasonPoints, expected.seasonPoints);
        checkEqual("P2: season before", actual.previousSeason, expected.previousSeason);
        checkEqual("P2: points of the season before", actual.previousSeasonPoints, expected.previousSeasonPoints);
    }
}
