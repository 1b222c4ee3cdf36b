// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {checkAtMost, checkEnd, checkEqual} from "./Checks.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {IRecoveries} from "../../contracts/interfaces/IRecoveries.sol";
import {RecoveryModel} from "./RecoveryModel.sol";
import {Roles} from "../../contracts/access/Roles.sol";
import {VM} from "./Vm.sol";

/// @title BadgeHandler
/// @notice Everything that moves badges, for six people and three kinds: the most points a kind can have; one with
/// votes, of which the token's bounds leave few; one with limits. Each call with a prediction of how it ends.
contract BadgeHandler is RecoveryModel {
    uint256 private constant MAX_BATCH = 5;

    /// @dev Tokens of this contract, which funds with them.
    uint256 internal constant FUNDS = 100_000e18;

    /// @dev Of the season that runs, and of the one before.
    struct Standing {
        uint256[2] totals;
        uint256[PEOPLE][2] points;
    }

    uint256 private _raised;

    constructor() {
        IBrandToken.Allocation[] memory allocations = new IBrandToken.Allocation[](2);
        allocations[0] = IBrandToken.Allocation(address(0xB0B), 100_000e18);
        allocations[1] = IBrandToken.Allocation(address(this), FUNDS);
        IBrandToken.RateLimit memory grants = IBrandToken.RateLimit(500e18, 30 days);
        _initializeToken(1_000_000, grants, 50, grants, allocations);

        IContributionBadge.KindConfig[] memory kinds = new IContributionBadge.KindConfig[](KINDS);
        for (uint32 i = 0; i < KINDS; ++i) {
            kinds[i] = IContributionBadge.KindConfig({
                name: "Kind",
                description: "",
                image: "",
                points: _points(i + 1),
                votes: _votes(i + 1),
                issuerRole: Roles.ISSUER,
                supplyLimit: i + 1 == LIMITED ? SUPPLY_LIMIT : 0,
                dailyPointsLimit: i + 1 == LIMITED ? DAILY_POINTS_LIMIT : 0
            });
        }
        _initializeEconomy(kinds);
    }

    function award(uint256 kindSeed, uint256 to) external {
        uint32 kind = _kind(kindSeed);
        address[] memory accounts = new address[](1);
        accounts[0] = _accountOrZero(to);
        bytes4 expected = _awardError(kind, accounts);
        bool[] memory granted = _granted(kind, 1);
        uint256 id = badge.totalAwarded() + 1;

        bytes memory call = abi.encodeCall(IContributionBadge.award, (kind, accounts[0], bytes32(to)));
        bytes memory returned = _call(address(this), "B2: award", expected, call);
        if (expected != 0) return;
        checkEqual("B2: id", abi.decode(returned, (uint256)), id);
        _recordAwards(kind, accounts, granted);
    }

    /// @dev Six accounts and up to five badges: some are named twice.
    function awardBatch(uint256 kindSeed, uint256 count, uint256 to) external {
        uint32 kind = _kind(kindSeed);
        address[] memory accounts = new address[](count % (MAX_BATCH + 1));
        for (uint256 i = 0; i < accounts.length; ++i) {
            accounts[i] = _accountOrZero(uint256(keccak256(abi.encode(to, i))));
        }
        bytes4 expected = _awardError(kind, accounts);
        bool[] memory granted = _granted(kind, accounts.length);
        uint256 id = badge.totalAwarded() + 1;

        bytes memory call = abi.encodeCall(
            IContributionBadge.awardBatch,
            (kind, accounts, new bytes32[](accounts.length), "https://example.org")
        );
        bytes memory returned = _call(address(this), "B2: awardBatch", expected, call);
        if (expected != 0) return;
        checkEqual("B2: id", abi.decode(returned, (uint256)), id);
        _recordAwards(kind, accounts, granted);
    }

    /// @dev Up to four badges in a row, among them such that are gone, never were, or have nothing to get. By anybody.
    function grantVotes(uint256 seed, uint256 count) external {
        uint256[] memory ids = new uint256[](count % 5);
        for (uint256 i = 0; i < ids.length; ++i) {
            ids[i] = _id(seed % 64) + i;
        }
        bool[] memory granted = _grantable(ids);
        bytes4 expected = IContributionBadge.ContributionBadgeNoVotesGranted.selector;
        for (uint256 i = 0; i < ids.length; ++i) {
            if (granted[i]) expected = 0;
        }
        _call(address(0xB0B), "B4: grantVotes", expected, abi.encodeCall(IContributionBadge.grantVotes, (ids)));
        for (uint256 i = 0; i < ids.length; ++i) {
            if (granted[i]) _awards[ids[i] - 1].granted = true;
        }
    }

    function revoke(uint256 seed) external {
        _revoke(_id(seed));
    }

    function revokeVoting(uint256 seed) external {
        _revokeVoting(_id(seed));
    }

    /// @dev A badge that a recovery moved, in whichever season. Its holder may be in another recovery by now.
    function takeMoved(uint256 seed) external {
        for (uint256 i = 0; i < _awards.length; ++i) {
            uint256 id = 1 + (((seed % _awards.length) + i) % _awards.length);
            if (_awards[id - 1].movedIn == 0 || _removalError(id) != 0) continue;
            if (_kindOf(id) == VOTING) _revokeVoting(id);
            else _revoke(id);
            return;
        }
    }

    /// @dev One in four by somebody else.
    function renounce(uint256 seed, uint256 by) external {
        uint256 id = _id(seed);
        bytes4 expected = _removalError(id);
        address caller = expected == 0 && by % 4 != 0 ? badge.ownerOf(id) : _account(by >> 2);
        if (expected == 0 && badge.ownerOf(id) != caller) {
            expected = IContributionBadge.ContributionBadgeNotHolder.selector;
        }
        _call(caller, "B2: renounce", expected, abi.encodeCall(IContributionBadge.renounce, (id)));
        if (expected == 0) _recordRemoval(id);
    }

    /// @dev As a proposal does it: some of what was taken of the season that runs or of the one before, now and then more.
    function excludePoints(uint256 seed, uint256 points) external {
        uint256 season = _season() - (seed % 2);
        points %= _takenOf(season) + (seed % 4 == 3 ? 2 : 1);
        bytes4 expected = _exclusionError(season, points);
        bytes memory call = abi.encodeCall(IContributionBadge.excludePoints, (uint16(season), points));
        _call(address(this), "B1: excludePoints", expected, call);
        if (expected == 0) _recordExclusion(season, points);
    }

    /// @dev As a proposal does it: mostly to something that can be reached, now and then below what was awarded.
    function setPointsLimit(uint256 seed) external {
        uint32 limit = seed % 4 == 0 ? uint32(seed >> 8) : SEASON_POINTS_LIMIT + uint32((seed >> 8) % 30_000_000);
        bytes memory call = abi.encodeCall(IContributionBadge.setLimits, (limit, REFERRAL_LIMIT, RECOVERY_LIMIT));
        _call(address(this), "B1: setLimits", 0, call);
        _recordLimit(limit);
    }

    /// @dev One in 31 from or to nobody.
    function requestRecovery(uint256 fromSeed, uint256 toSeed) external {
        address from = _accountOrZero(fromSeed);
        address to = _accountOrZero(toSeed);
        bytes4 expected = _requestError(from, to);
        bytes memory call = abi.encodeCall(IRecoveries.requestRecovery, (from, to));
        _call(address(this), "M2: requestRecovery", expected, call);
        if (expected == 0) _recordRequest(from, to);
    }

    /// @dev One in six: otherwise few would be carried out. By either side, now and then by somebody without a signature.
    function refuseRecovery(uint256 seed, bool signs) external {
        if (seed % 6 != 0) return;
        address account = _account(seed / 6);
        bytes4 expected = _refuseError(account, signs);
        bytes memory call = abi.encodeCall(IRecoveries.refuseRecovery, (account, new bytes(65)));
        _call(signs ? account : address(0xB0B), "M2: refuseRecovery", expected, call);
        if (expected == 0) _recordEnd(account, true);
    }

    /// @dev One in six.
    function cancelRecovery(uint256 seed) external {
        if (seed % 6 != 0) return;
        address from = _account(seed / 6);
        bytes4 expected = _cancelError(from);
        bytes memory call = abi.encodeCall(IRecoveries.cancelRecovery, (from));
        _call(address(this), "M2: cancelRecovery", expected, call);
        if (expected == 0) _recordEnd(from, false);
    }

    /// @dev Some or all of the old account's badges, in some order; one in eight calls names another badge among them.
    /// Half of those that would come too early wait.
    function recover(uint256 seed, uint256 count, bool wait) external {
        address from = _recovering(seed);
        if (wait && VM.getBlockTimestamp() < _last(from).eta) VM.warp(_last(from).eta);
        uint256[] memory held = _held(from);
        uint256[] memory ids = new uint256[](count % (held.length + 1));
        for (uint256 i = 0; i < ids.length; ++i) {
            ids[i] = held[(i + (seed % held.length)) % held.length];
        }
        if (ids.length != 0 && seed % 8 == 7) ids[ids.length - 1] = _id(count);

        bytes4 expected = _recoverError(from, ids);
        address to = _last(from).to;
        if (expected != 0) to = _account(0);
        Sums memory before = _sums(from, to);
        // By anybody.
        _call(address(0xB0B), "M2: recover", expected, abi.encodeCall(IRecoveries.recover, (from, ids)));
        _checkSums(before, _sums(from, to));
        if (expected == 0) _recordStep(from, ids);
    }

    /// @dev Hours, up to three seasons, or to a second beside the moment when claims of the last season's reward open, or when
    /// a recovery can be carried out, or is over.
    function warp(uint256 time) external {
        uint256 current = VM.getBlockTimestamp();
        uint256 to = current + 1 + (time % 3 == 0 ? time % (3 * SEASON) : time % 6 hours);
        if (time % 4 == 1) to = _claimsOpen(_season() - 1) + (time % 3) - 1;
        if (time % 4 == 2) to = _claimsOpen(_season()) + (time % 3) - 1;
        uint256 eta = _last(_account(time >> 3)).eta;
        if (time % 4 == 3 && eta != 0) to = eta + (time % 8 == 3 ? 0 : 30 days) + (time % 3) - 1;
        if (to > current) VM.warp(to);
    }

    /// @notice B5.
    function checkRaised() external view {
        checkEqual("B5: shares raised", _raised, 0);
    }

    /// @dev Calls the badge as `caller`.
    function _call(
        address caller,
        string memory action,
        bytes4 expected,
        bytes memory data
    ) internal returns (bytes memory returned) {
        return _callTo(address(badge), caller, action, expected, data);
    }

    /// @dev E4: whatever is called, votes that are granted stay within their share of what circulated before.
    function _callTo(
        address target,
        address caller,
        string memory action,
        bytes4 expected,
        bytes memory data
    ) internal returns (bytes memory returned) {
        Standing memory standing = _standing();
        uint256 before = token.totalContributionVotes();
        (uint16 shareBps, , ) = token.contributionLimit();
        uint256 highest = (token.circulatingSupply() * shareBps) / 10_000;
        bool success;
        VM.prank(caller);
        // solhint-disable-next-line avoid-low-level-calls
        (success, returned) = target.call(data);
        checkEnd(action, expected, success, returned);
        uint256 granted = token.totalContributionVotes();
        if (granted > before) checkAtMost("E4: votes at a grant", granted, highest);
        // A proposal is free to.
        if (bytes4(data) != IContributionBadge.excludePoints.selector) _noteRaised(standing, _standing());
    }

    /// @dev Points of the season that runs and of the one before, of everybody and of each.
    function _standing() private view returns (Standing memory standing) {
        uint256 current = _season();
        for (uint256 i = 0; i < 2; ++i) {
            standing.totals[i] = badge.totalSeasonPoints(current - i);
        }
        for (uint256 i = 0; i < PEOPLE; ++i) {
            IContributionBadge.Member memory member = badge.memberOf(_account(i));
            for (uint256 j = 0; j < 2; ++j) {
                if (member.season == current - j) standing.points[j][i] = member.seasonPoints;
                else if (member.previousSeason == current - j) standing.points[j][i] = member.previousSeasonPoints;
            }
        }
    }

    /// @dev Counts who has a larger share than before without having more points, by award or recovery.
    function _noteRaised(Standing memory before, Standing memory standing) private {
        for (uint256 i = 0; i < 2; ++i) {
            for (uint256 j = 0; j < PEOPLE; ++j) {
                (uint256 earlier, uint256 points) = (before.points[i][j], standing.points[i][j]);
                if (points <= earlier && points * before.totals[i] > earlier * standing.totals[i]) ++_raised;
            }
        }
    }

    function _revoke(uint256 id) private {
        bytes4 expected = _removalError(id);
        if (expected == 0 && _kindOf(id) == VOTING) expected = IContributionBadge.ContributionBadgeVotingKind.selector;
        _call(address(this), "B2: revoke", expected, abi.encodeCall(IContributionBadge.revoke, (id, "mistaken")));
        if (expected == 0) _recordRemoval(id);
    }

    function _revokeVoting(uint256 id) private {
        bytes4 expected = _removalError(id);
        if (expected == 0 && _kindOf(id) != VOTING) {
            expected = IContributionBadge.ContributionBadgeNotVotingKind.selector;
        }
        bytes memory call = abi.encodeCall(IContributionBadge.revokeVoting, (id, "mistaken"));
        _call(address(this), "B2: revokeVoting", expected, call);
        if (expected == 0) _recordRemoval(id);
    }

    /// @dev An account that is being recovered; any other if there is none.
    function _recovering(uint256 seed) private view returns (address account) {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            account = _account(i + (seed % PEOPLE));
            if (_leaves(account)) break;
        }
    }

    /// @dev One in 14 doesn't exist.
    function _kind(uint256 seed) private pure returns (uint32) {
        return seed % 14 == 13 ? uint32(seed % 2) * (KINDS + 1) : uint32(seed % KINDS) + 1;
    }

    /// @dev Now and then 0, or one that is still to come.
    function _id(uint256 seed) private view returns (uint256) {
        return seed % (badge.totalAwarded() + 2);
    }

    function _accountOrZero(uint256 seed) internal pure returns (address) {
        return seed % 31 == 30 ? address(0) : _account(seed);
    }
}
