// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BadgeModel} from "./BadgeModel.sol";
import {checkEqual} from "./Checks.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {IRecoveries} from "../../contracts/interfaces/IRecoveries.sol";
import {VM} from "./Vm.sol";

/// @title RecoveryModel
/// @notice A record of recoveries and referrals, what each call about a recovery leads to, and what no recovery may
/// change.
abstract contract RecoveryModel is BadgeModel {
    /// @param over When it was completed, refused or canceled; 0 while nobody did.
    /// @param refused Whether it doesn't count.
    struct Request {
        address from;
        address to;
        uint256 eta;
        uint256 season;
        uint256 movedIn;
        uint256 over;
        bool refused;
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

    /// @dev All that were ever requested, after one that nobody takes part in.
    Request[] internal _requests;
    mapping(address account => uint256 number) private _lastOf;

    mapping(address account => address) internal _referrers;
    mapping(uint256 season => mapping(address account => uint256)) internal _rewarded;

    constructor() {
        _requests.push();
    }

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

    /// @notice M2. What was moved counts for the reward of the season before, and only while it is claimed.
    function checkRecoveries() external view {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            address account = _account(i);
            Request memory last = _last(account);
            IRecoveries.Recovery memory actual = badge.recoveryOf(account);
            checkEqual("M2: number", actual.id, _lastOf[account]);
            checkEqual("M2: old account", actual.oldAccount, last.from);
            checkEqual("M2: new account", actual.newAccount, last.to);
            checkEqual("M2: season", actual.requestedIn, last.season);
            checkEqual("M2: season of the last step", actual.movedIn, last.movedIn);
            checkEqual("M2: eta", actual.eta, last.eta);
            checkEqual("M2: end", actual.end, _end(last));
            _checkBasis(account);
        }
        (uint256 requested, uint8 limit) = badge.recoveries();
        checkEqual("M2: requested", requested, _requested());
        checkEqual("M2: limit", limit, RECOVERY_LIMIT);
    }

    /// @notice M3.
    function checkReferrals() external view {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            address account = _account(i);
            checkEqual("M3: referrer", badge.referrerOf(account), _referrers[account]);
            (uint32 rewarded, ) = badge.referralsOf(account);
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
        if (_requested() >= RECOVERY_LIMIT) {
            return IRecoveries.ContributionBadgeRecoveriesLimited.selector;
        }
        return 0;
    }

    function _recordRequest(address from, address to) internal {
        uint256 eta = VM.getBlockTimestamp() + DECISION_TIME + 3 days;
        _lastOf[from] = _requests.length;
        _lastOf[to] = _requests.length;
        _requests.push(Request(from, to, eta, _season(), 0, 0, false));
    }

    function _last(address account) internal view returns (Request storage) {
        return _requests[_lastOf[account]];
    }

    function _isOpen(Request memory request) internal view returns (bool) {
        return VM.getBlockTimestamp() < _end(request);
    }

    function _awaits(address account) internal view returns (bool) {
        return _last(account).to == account && _isOpen(_last(account));
    }

    function _leaves(address account) internal view returns (bool) {
        return _last(account).from == account && _isOpen(_last(account));
    }

    /// @dev Whether badges were moved away from `account` in this season.
    function _left(address account) internal view returns (bool) {
        return _last(account).from == account && _last(account).movedIn == _season();
    }

    /// @param signs Whether it calls, and doesn't only seem to have signed.
    function _refuseError(address account, bool signs) internal view returns (bytes4) {
        Request memory last = _last(account);
        if (!_isOpen(last) || last.movedIn != 0) return IRecoveries.ContributionBadgeNoRecovery.selector;
        return signs ? bytes4(0) : IRecoveries.ContributionBadgeInvalidRefusal.selector;
    }

    function _cancelError(address from) internal view returns (bytes4) {
        return _leaves(from) ? bytes4(0) : IRecoveries.ContributionBadgeNoRecovery.selector;
    }

    function _recordEnd(address account, bool refused) internal {
        _last(account).over = VM.getBlockTimestamp();
        _last(account).refused = refused;
    }

    /// @dev In the order in which the contract checks.
    function _recoverError(address from, uint256[] memory ids) internal view returns (bytes4) {
        if (ids.length == 0 && _held(from).length != 0) return IRecoveries.ContributionBadgeNothingToRecover.selector;
        if (!_leaves(from)) return IRecoveries.ContributionBadgeNoRecovery.selector;
        if (VM.getBlockTimestamp() < _last(from).eta) return IRecoveries.ContributionBadgeRecoveryTooEarly.selector;
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
        Request storage request = _last(from);
        if (request.movedIn == 0) _recordReferralMove(from, request.to, season);
        for (uint256 i = 0; i < ids.length; ++i) {
            _recordMove(ids[i], request.to);
        }
        request.movedIn = season;
        if (_held(from).length == 0) request.over = VM.getBlockTimestamp();
    }

    /// @dev Points of a season that were moved to an account in the one after it, and that it holds.
    function _moved(address account, uint256 season) private view returns (uint256 points) {
        for (uint256 i = 0; i < _awards.length; ++i) {
            Award memory entry = _awards[i];
            bool counts = entry.season == season && entry.movedIn == season + 1;
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
        _rewarded[season][to] += _rewarded[season][from];
    }

    function _checkBasis(address account) private view {
        uint256 season = _season() - 1;
        if (season == 0 || VM.getBlockTimestamp() < _claimsOpen(season)) return;
        IContributionBadge.RewardStanding memory standing = badge.rewardStanding(uint16(season), account);
        uint256 moved = _moved(account, season);
        checkEqual("M2: points", standing.predecessorPoints, moved);
        if (moved != 0) checkEqual("M2: predecessor", standing.predecessor, _last(account).from);
        checkEqual("M2: leaving", standing.leaving ? 1 : 0, _leaves(account) ? 1 : 0);
        checkEqual("M2: left", standing.left ? 1 : 0, _left(account) ? 1 : 0);
    }

    function _end(Request memory request) private pure returns (uint256) {
        if (request.from == address(0)) return 0;
        return request.over == 0 ? request.eta + 30 days : request.over;
    }

    /// @dev In the running season, but for those that were refused.
    function _requested() private view returns (uint256 count) {
        for (uint256 i = 1; i < _requests.length; ++i) {
            if (_requests[i].season == _season() && !_requests[i].refused) ++count;
        }
    }

    function _isBusy(address account) private view returns (bool) {
        return _isOpen(_last(account)) || _last(account).movedIn == _season();
    }
}
