// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {checkEqual} from "./Checks.sol";
import {Economy} from "./Economy.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {VM} from "./Vm.sol";

/// @title BadgeModel
/// @notice A plain list of all badges ever awarded, from which everything that the contract keeps as sums is computed
/// anew.
abstract contract BadgeModel is Economy {
    /// @param holder Who has it, or had it last.
    /// @param takenAt When it was taken or given up; 0 while it is held.
    /// @param movedIn In which season a recovery moved it last; 0 for never.
    struct Award {
        address holder;
        uint32 kind;
        uint256 at;
        uint256 season;
        bool granted;
        uint256 takenAt;
        uint256 movedIn;
    }

    /// @dev The last two seasons of which an account got a badge, which taking a badge doesn't change.
    struct Seasons {
        uint256 last;
        uint256 previous;
    }

    uint256 internal constant PEOPLE = 6;

    uint32 internal constant KINDS = 3;
    uint32 internal constant VOTING = 2;
    uint32 internal constant LIMITED = 3;
    uint32 internal constant SUPPLY_LIMIT = 6;
    uint32 internal constant DAILY_POINTS_LIMIT = 25;

    uint256 private _start;
    uint256 private _pointsLimit = SEASON_POINTS_LIMIT;
    mapping(uint256 season => uint256) private _excluded;

    Award[] internal _awards;
    mapping(address account => Seasons) private _seasons;
    mapping(uint32 kind => uint256) private _awarded;
    mapping(uint256 day => uint256) private _limitedPoints;

    constructor() {
        _start = VM.getBlockTimestamp();
    }

    /// @notice B1.
    function checkPoints() external view {
        uint256 current = _season();
        checkEqual("B1: season", badge.currentSeason(), current);
        uint256[] memory held = new uint256[](current + 2);
        for (uint256 i = 0; i < _awards.length; ++i) {
            Award memory entry = _awards[i];
            if (entry.takenAt == 0) held[entry.season] += _points(entry.kind);
        }
        for (uint256 season = 0; season < held.length; ++season) {
            uint256 total = _totalOf(season);
            checkEqual("B1: points of a season", badge.totalSeasonPoints(season), total);
            checkEqual("B1: points that were taken", badge.takenSeasonPoints(season), total - held[season]);
        }
        checkEqual("B1: limit", badge.seasonPointsLimit(), _pointsLimit);
        // Everybody's points of the running season, and of the one whose reward is claimed, are still known.
        for (uint256 season = current < 2 ? 1 : current - 1; season <= current; ++season) {
            uint256 known = 0;
            for (uint256 i = 0; i < PEOPLE; ++i) {
                known += badge.seasonPointsOf(_account(i), season);
            }
            checkEqual("B1: points known of a season", known, held[season]);
        }
    }

    /// @notice B2.
    function checkMembers() external view {
        uint256 total = 0;
        for (uint256 i = 0; i < PEOPLE; ++i) {
            address account = _account(i);
            _checkMember(account);
            total += badge.pointsOf(account);
        }
        checkEqual("B2: points in total", badge.totalPoints(), total);
    }

    /// @notice B3.
    function checkBadges() external view {
        checkEqual("B3: awarded", badge.totalAwarded(), _awards.length);
        for (uint32 kind = 1; kind <= KINDS; ++kind) {
            checkEqual("B3: awarded of a kind", badge.kindOf(kind).awarded, _awarded[kind]);
        }
        for (uint256 id = 1; id <= _awards.length; ++id) {
            Award memory entry = _awards[id - 1];
            if (entry.takenAt != 0) {
                try badge.badgeOf(id) {
                    checkEqual("B3: badge that was taken", id, 0);
                } catch {
                    continue;
                }
            }
            IContributionBadge.Badge memory actual = badge.badgeOf(id);
            checkEqual("B3: owner", badge.ownerOf(id), entry.holder);
            checkEqual("B3: holder", actual.account, entry.holder);
            checkEqual("B3: kind", actual.kind, entry.kind);
            checkEqual("B3: time", actual.awardedAt, entry.at);
            checkEqual("B3: season", actual.season, entry.season);
            checkEqual("B3: points", actual.points, _points(entry.kind));
            checkEqual("B3: votes", actual.votes, entry.granted ? _votes(entry.kind) : 0);
        }
    }

    /// @notice B4.
    function checkVotes() external view {
        uint256 total = 0;
        for (uint256 i = 0; i < PEOPLE; ++i) {
            address account = _account(i);
            uint256 votes = 0;
            for (uint256 j = 0; j < _awards.length; ++j) {
                if (_holds(account, _awards[j])) votes += badge.badgeOf(j + 1).votes;
            }
            checkEqual("B4: votes of an account", token.contributionVotes(account), votes);
            total += votes;
        }
        checkEqual("B4: votes in total", token.totalContributionVotes(), total);
    }

    function _recordAwards(uint32 kind, address[] memory accounts, bool[] memory granted) internal {
        uint256 season = _season();
        for (uint256 i = 0; i < accounts.length; ++i) {
            _awards.push(Award(accounts[i], kind, VM.getBlockTimestamp(), season, granted[i], 0, 0));
            _recordSeason(accounts[i], season);
        }
        _awarded[kind] += accounts.length;
        if (kind != LIMITED) return;
        _limitedPoints[VM.getBlockTimestamp() / 1 days] += accounts.length * _points(kind);
    }

    function _recordRemoval(uint256 id) internal {
        _awards[id - 1].takenAt = VM.getBlockTimestamp();
    }

    function _recordMove(uint256 id, address to) internal {
        _awards[id - 1].holder = to;
        _awards[id - 1].movedIn = _season();
        _recordSeason(to, _awards[id - 1].season);
    }

    function _recordExclusion(uint256 season, uint256 points) internal {
        _excluded[season] += points;
    }

    function _recordLimit(uint256 points) internal {
        _pointsLimit = points;
    }

    function _exclusionError(uint256 season, uint256 points) internal view returns (bytes4) {
        if (VM.getBlockTimestamp() >= _claimsOpen(season)) {
            return IContributionBadge.ContributionBadgeSharesFixed.selector;
        }
        return points > _takenOf(season) ? IContributionBadge.ContributionBadgeNotTaken.selector : bytes4(0);
    }

    /// @dev In the order in which the contract checks.
    function _awardError(uint32 kind, address[] memory accounts) internal view returns (bytes4) {
        if (accounts.length == 0) return IContributionBadge.ContributionBadgeInvalidBatch.selector;
        if (kind == 0 || kind > KINDS) return IContributionBadge.ContributionBadgeNonexistentKind.selector;
        if (kind == LIMITED) {
            if (_awarded[kind] + accounts.length > SUPPLY_LIMIT) {
                return IContributionBadge.ContributionBadgeSupplyLimited.selector;
            }
            uint256 points = _limitedPoints[VM.getBlockTimestamp() / 1 days] + accounts.length * _points(kind);
            if (points > DAILY_POINTS_LIMIT) return IContributionBadge.ContributionBadgeDailyPointsLimited.selector;
        }
        if (accounts.length * _points(kind) > _roomInSeason()) {
            return IContributionBadge.ContributionBadgeSeasonPointsLimited.selector;
        }
        for (uint256 i = 0; i < accounts.length; ++i) {
            if (accounts[i] == address(0)) return IERC721Errors.ERC721InvalidReceiver.selector;
        }
        return 0;
    }

    /// @dev Which of the next `count` badges will get the votes of their kind.
    function _granted(uint32 kind, uint256 count) internal view returns (bool[] memory granted) {
        granted = new bool[](count);
        (, , uint256 available) = token.contributionLimit();
        for (uint256 i = 0; i < count && kind == VOTING && available >= _votes(kind); ++i) {
            granted[i] = true;
            available -= _votes(kind);
        }
    }

    /// @dev Which of some badges, each named once, will get the votes that were withheld.
    function _grantable(uint256[] memory ids) internal view returns (bool[] memory granted) {
        granted = new bool[](ids.length);
        (, , uint256 available) = token.contributionLimit();
        for (uint256 i = 0; i < ids.length; ++i) {
            if (_removalError(ids[i]) != 0 || _kindOf(ids[i]) != VOTING) continue;
            if (_awards[ids[i] - 1].granted || available < _votes(VOTING)) continue;
            granted[i] = true;
            available -= _votes(VOTING);
        }
    }

    function _removalError(uint256 id) internal view returns (bytes4) {
        bool exists = id != 0 && id <= _awards.length && _awards[id - 1].takenAt == 0;
        return exists ? bytes4(0) : IERC721Errors.ERC721NonexistentToken.selector;
    }

    /// @dev What a season is shared by: all that was awarded in it, but what a proposal excluded.
    function _totalOf(uint256 season) internal view returns (uint256 points) {
        for (uint256 i = 0; i < _awards.length; ++i) {
            if (_awards[i].season == season) points += _points(_awards[i].kind);
        }
        points -= _excluded[season];
    }

    /// @dev Of these, what nobody holds any more.
    function _takenOf(uint256 season) internal view returns (uint256 points) {
        for (uint256 i = 0; i < _awards.length; ++i) {
            if (_awards[i].season == season && _awards[i].takenAt != 0) points += _points(_awards[i].kind);
        }
        points -= _excluded[season];
    }

    /// @dev How many points can still be awarded now.
    function _roomInSeason() internal view returns (uint256) {
        return Math.saturatingSub(_pointsLimit, _totalOf(_season()));
    }

    function _holds(address account, Award memory entry) internal pure returns (bool) {
        return entry.takenAt == 0 && entry.holder == account;
    }

    function _pointsOf(address account) internal view returns (uint256 points) {
        for (uint256 i = 0; i < _awards.length; ++i) {
            if (_holds(account, _awards[i])) points += _points(_awards[i].kind);
        }
    }

    function _seasonPointsOf(address account, uint256 season) internal view returns (uint256 points) {
        for (uint256 i = 0; i < _awards.length; ++i) {
            Award memory entry = _awards[i];
            if (entry.season == season && _holds(account, entry)) points += _points(entry.kind);
        }
    }

    function _isNewcomer(address account) internal view returns (bool) {
        return _seasons[account].last == 0;
    }

    function _kindOf(uint256 id) internal view returns (uint32) {
        return _awards[id - 1].kind;
    }

    function _account(uint256 seed) internal pure returns (address) {
        return address(uint160(0xACC0 + (seed % PEOPLE)));
    }

    function _points(uint32 kind) internal pure returns (uint24) {
        return
            kind == 1
                ? type(uint24).max
                : kind == VOTING
                    ? 50
                    : 7;
    }

    function _votes(uint32 kind) internal pure returns (uint96) {
        return kind == VOTING ? 100e18 : 0;
    }

    function _checkMember(address account) private view {
        Seasons storage seasons = _seasons[account];
        uint256 badges = 0;
        uint256 points = 0;
        uint256 seasonPoints = 0;
        uint256 previousPoints = 0;
        for (uint256 i = 0; i < _awards.length; ++i) {
            if (!_holds(account, _awards[i])) continue;
            uint256 worth = _points(_awards[i].kind);
            uint256 season = _awards[i].season;
            ++badges;
            points += worth;
            if (season == seasons.last) seasonPoints += worth;
            if (season == seasons.previous) previousPoints += worth;
        }
        IContributionBadge.Member memory member = badge.memberOf(account);
        checkEqual("B2: badges", member.badges, badges);
        checkEqual("B2: balance", badge.balanceOf(account), badges);
        checkEqual("B2: points", member.points, points);
        checkEqual("B2: season", member.season, seasons.last);
        checkEqual("B2: points of the season", member.seasonPoints, seasonPoints);
        checkEqual("B2: season before", member.previousSeason, seasons.previous);
        checkEqual("B2: points of the season before", member.previousSeasonPoints, previousPoints);
        checkEqual("B2: points of season 0", badge.seasonPointsOf(account, 0), 0);
        checkEqual("B2: points of the next season", badge.seasonPointsOf(account, _season() + 1), 0);
        if (seasons.last != 0) {
            checkEqual("B2: by season", badge.seasonPointsOf(account, seasons.last), seasonPoints);
        }
        if (seasons.previous != 0) {
            checkEqual("B2: by season before", badge.seasonPointsOf(account, seasons.previous), previousPoints);
        }
    }

    function _recordSeason(address account, uint256 season) private {
        Seasons storage seasons = _seasons[account];
        if (season > seasons.last) (seasons.last, seasons.previous) = (season, seasons.last);
        else if (season < seasons.last && season > seasons.previous) seasons.previous = season;
    }

    function _season() internal view returns (uint256) {
        return (VM.getBlockTimestamp() - _start) / SEASON + 1;
    }

    /// @dev When claims of a season's reward open.
    function _claimsOpen(uint256 season) internal view returns (uint256) {
        return _start + season * SEASON + DISPUTE_WINDOW;
    }
}
