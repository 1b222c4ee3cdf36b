// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BadgeModel} from "./BadgeModel.sol";
import {checkEqual} from "./Checks.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IRecoveries} from "../../contracts/interfaces/IRecoveries.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {VM} from "./Vm.sol";

/// @title RecoveryModel
/// @notice A record of recoveries and referrals, what each call about a recovery leads to, and what no recovery may
/// change.
abstract contract RecoveryModel is BadgeModel {
    struct Side {
        IRecoveries.RecoveryState state;
        address counterpart;
        uint256 season;
        uint256 eta;
    }

    /// @dev What two accounts have together, and everybody.
    struct Sums {
        uint256 badges;
        uint256 points;
        uint256 votes;
        uint256 totalPoints;
        uint256 totalVotes;
        uint256 seasonPoints;
        uint256 awarded;
    }

    mapping(address account => Side) internal _sides;
    mapping(uint256 season => uint256) private _requested;

    mapping(address account => address) internal _referrers;
    mapping(uint256 season => mapping(address account => uint256)) internal _rewarded;

    /// @notice M1. Each step is compared with what there was before it; this is what there is in all.
    function checkConserved() external view {
        uint256 held = 0;
        uint256 badges = 0;
        for (uint256 i = 0; i < _awards.length; ++i) {
            if (_awards[i].takenAt == 0) ++held;
        }
        for (uint256 i = 0; i < PEOPLE; ++i) {
            badges += badge.balanceOf(_account(i));
        }
        checkEqual("M1: badges", badges, held);
        checkEqual("M1: awarded", badge.totalAwarded(), _awards.length);
    }

    /// @notice M2.
    function checkRecoveries() external view {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            Side memory side = _sides[_account(i)];
            IRecoveries.Recovery memory actual = badge.recoveryOf(_account(i));
            checkEqual("M2: state", uint256(actual.state), uint256(side.state));
            checkEqual("M2: counterpart", actual.counterpart, side.counterpart);
            checkEqual("M2: season", actual.season, side.season);
            checkEqual("M2: eta", actual.eta, side.eta);
            checkEqual("M2: points", actual.points, _moved(_account(i)));
        }
        (uint256 requested, uint8 limit) = badge.recoveries();
        checkEqual("M2: requested", requested, _requested[_season()]);
        checkEqual("M2: limit", limit, RECOVERY_LIMIT);
    }

    /// @notice M3.
    function checkReferrals() external view {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            address account = _account(i);
            checkEqual("M3: referrer", badge.referrerOf(account), _referrers[account]);
            (uint16 rewarded, ) = badge.referralsOf(account);
            checkEqual("M3: rewarded", rewarded, _rewarded[_season()][account]);
            address above = account;
            for (uint256 j = 0; j < PEOPLE && above != address(0); ++j) {
                above = badge.referrerOf(above);
                if (above == account) checkEqual("M3: circle", above, address(0));
            }
        }
    }

    function _requestError(address from, address to) internal view returns (bytes4) {
        if (to == address(0) || from == to || _isNewcomer(from)) {
            return IRecoveries.ContributionBadgeInvalidRecovery.selector;
        }
        if (_isBusy(from) || _isBusy(to)) return IRecoveries.ContributionBadgeRecoveryBusy.selector;
        if (_requested[_season()] >= RECOVERY_LIMIT) {
            return IRecoveries.ContributionBadgeRecoveriesLimited.selector;
        }
        return 0;
    }

    function _recordRequest(address from, address to) internal {
        uint256 season = _season();
        ++_requested[season];
        uint256 eta = VM.getBlockTimestamp() + DECISION_TIME + 3 days;
        _sides[from] = Side(IRecoveries.RecoveryState.Requested, to, season, eta);
        _sides[to] = Side(IRecoveries.RecoveryState.Awaiting, from, season, 0);
    }

    /// @dev The old account of the recovery that `account` takes part in, or `account` if it is in none.
    function _leaving(address account) internal view returns (address) {
        IRecoveries.RecoveryState state = _sides[account].state;
        bool receives = state == IRecoveries.RecoveryState.Awaiting || state == IRecoveries.RecoveryState.Receiving;
        return receives ? _sides[account].counterpart : account;
    }

    /// @param refused Whether it is one of the two accounts that ends it, and not a steward.
    function _endError(address from, bool refused) internal view returns (bytes4) {
        Side memory side = _sides[from];
        bool moving = side.state == IRecoveries.RecoveryState.Moving && (!refused || _isLate(side));
        bool ends = moving || side.state == IRecoveries.RecoveryState.Requested;
        return ends ? bytes4(0) : IRecoveries.ContributionBadgeNoRecovery.selector;
    }

    function _recordEnd(address from) internal {
        address to = _sides[from].counterpart;
        if (_sides[from].state == IRecoveries.RecoveryState.Requested) {
            delete _sides[to];
            delete _sides[from];
        } else {
            _sides[to].state = IRecoveries.RecoveryState.Received;
            _sides[from].state = IRecoveries.RecoveryState.Moved;
        }
    }

    /// @dev In the order in which the contract checks.
    function _recoverError(address from, uint256[] memory ids) internal view returns (bytes4) {
        Side memory side = _sides[from];
        if (ids.length == 0 && _held(from).length != 0) return IRecoveries.ContributionBadgeNothingToRecover.selector;
        if (side.state == IRecoveries.RecoveryState.Requested) {
            if (VM.getBlockTimestamp() < side.eta) return IRecoveries.ContributionBadgeRecoveryTooEarly.selector;
        } else if (side.state != IRecoveries.RecoveryState.Moving) {
            return IRecoveries.ContributionBadgeNoRecovery.selector;
        }
        if (_isLate(side)) return IRecoveries.ContributionBadgeNoRecovery.selector;
        for (uint256 i = 0; i < ids.length; ++i) {
            if (_removalError(ids[i]) != 0) return IERC721Errors.ERC721NonexistentToken.selector;
            bool twice = false;
            for (uint256 j = 0; j < i; ++j) {
                if (ids[j] == ids[i]) twice = true;
            }
            if (twice || _awards[ids[i] - 1].holder != from) {
                return IRecoveries.ContributionBadgeNotRecoverable.selector;
            }
        }
        return 0;
    }

    function _recordStep(address from, uint256[] memory ids) internal {
        uint256 season = _season();
        Side storage old = _sides[from];
        Side storage current = _sides[old.counterpart];
        if (old.state == IRecoveries.RecoveryState.Requested) _recordReferralMove(from, old.counterpart, season);

        for (uint256 i = 0; i < ids.length; ++i) {
            _recordMove(ids[i], old.counterpart);
        }
        current.season = season;
        old.season = season;
        bool last = _held(from).length == 0;
        old.state = last ? IRecoveries.RecoveryState.Moved : IRecoveries.RecoveryState.Moving;
        current.state = last ? IRecoveries.RecoveryState.Received : IRecoveries.RecoveryState.Receiving;
    }

    /// @dev Points of the season before the one of its recovery that were moved to an account in that season, and that it
    /// holds.
    function _moved(address account) internal view returns (uint256 points) {
        Side memory side = _sides[account];
        if (side.state < IRecoveries.RecoveryState.Receiving) return 0;
        for (uint256 i = 0; i < _awards.length; ++i) {
            Award memory entry = _awards[i];
            bool counts = entry.movedIn == side.season && entry.season + 1 == side.season;
            if (counts && _holds(account, entry)) points += _points(entry.kind);
        }
    }

    /// @dev Ids of an account's badges.
    function _held(address account) internal view returns (uint256[] memory ids) {
        uint256 count = 0;
        for (uint256 i = 0; i < _awards.length; ++i) {
            if (_holds(account, _awards[i])) ++count;
        }
        ids = new uint256[](count);
        for (uint256 i = _awards.length; i > 0; --i) {
            if (_holds(account, _awards[i - 1])) ids[--count] = i;
        }
    }

    function _sums(address a, address b) internal view returns (Sums memory sums) {
        sums.badges = badge.balanceOf(a) + badge.balanceOf(b);
        sums.points = badge.pointsOf(a) + badge.pointsOf(b);
        sums.votes = token.contributionVotes(a) + token.contributionVotes(b);
        sums.totalPoints = badge.totalPoints();
        sums.totalVotes = token.totalContributionVotes();
        sums.awarded = badge.totalAwarded();
        for (uint256 season = 1; season <= _season(); ++season) {
            sums.seasonPoints += badge.totalSeasonPoints(season);
        }
    }

    /// @dev M1, for a step of a recovery.
    function _checkSums(Sums memory before, Sums memory sums) internal pure {
        checkEqual("M1: badges of both", sums.badges, before.badges);
        checkEqual("M1: points of both", sums.points, before.points);
        checkEqual("M1: votes of both", sums.votes, before.votes);
        checkEqual("M1: points in total", sums.totalPoints, before.totalPoints);
        checkEqual("M1: votes in total", sums.totalVotes, before.totalVotes);
        checkEqual("M1: points of seasons", sums.seasonPoints, before.seasonPoints);
        checkEqual("M1: badges ever awarded", sums.awarded, before.awarded);
    }

    function _recordReferralMove(address from, address to, uint256 season) private {
        if (_isNewcomer(to) && _referrers[to] == address(0)) {
            _referrers[to] = _referrers[from];
            _referrers[from] = address(0);
        }
        _rewarded[season][to] = Math.min(_rewarded[season][to] + _rewarded[season][from], type(uint16).max);
    }

    /// @dev Whether the time to move is over.
    function _isLate(Side memory side) private view returns (bool) {
        return VM.getBlockTimestamp() >= side.eta + 30 days;
    }

    function _isBusy(address account) private view returns (bool) {
        IRecoveries.RecoveryState state = _sides[account].state;
        if (state == IRecoveries.RecoveryState.None) return false;
        bool over = state == IRecoveries.RecoveryState.Moved || state == IRecoveries.RecoveryState.Received;
        return !over || _sides[account].season == _season();
    }
}
