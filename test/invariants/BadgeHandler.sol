// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BadgeModel} from "./BadgeModel.sol";
import {checkEnd, checkEqual} from "./Checks.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {ITitles} from "../../contracts/interfaces/ITitles.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {Roles} from "../../contracts/access/Roles.sol";
import {VM} from "./Vm.sol";

/// @title BadgeHandler
/// @notice Everything that moves badges, for six people and three kinds: the most points a kind can have; one with
/// votes, of which the token's bounds leave few; one with limits. Each call with a prediction of how it ends.
contract BadgeHandler is BadgeModel {
    uint256 private constant MAX_BATCH = 5;

    constructor() {
        IBrandToken.Allocation[] memory allocations = new IBrandToken.Allocation[](1);
        allocations[0] = IBrandToken.Allocation(address(0xB0B), 100_000e18);
        IBrandToken.RateLimit memory grants = IBrandToken.RateLimit(500e18, 30 days);
        _initializeToken(address(0x7EA5), 1_000_000, grants, 100, grants, allocations);

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
        badge.initialize(
            IContributionBadge.BadgeInit({
                token: address(token),
                drop: address(0xD809),
                authority: address(manager),
                terms: IContributionBadge.MemberTerms(SEASON, 1 days, 3, 2),
                titles: new ITitles.Title[](0),
                kinds: kinds
            })
        );
    }

    function award(uint256 kindSeed, uint256 to) external {
        uint32 kind = _kind(kindSeed);
        address[] memory accounts = new address[](1);
        accounts[0] = _accountOrZero(to);
        bytes4 expected = _awardError(kind, accounts);
        bool[] memory granted = _granted(kind, 1);
        uint256 id = badge.totalAwarded() + 1;

        bytes memory call = abi.encodeCall(IContributionBadge.award, (kind, accounts[0], bytes32(to)));
        bytes memory returned = _call("B2: award", expected, call);
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
        bytes memory returned = _call("B2: awardBatch", expected, call);
        if (expected != 0) return;
        checkEqual("B2: id", abi.decode(returned, (uint256)), id);
        _recordAwards(kind, accounts, granted);
    }

    function revoke(uint256 seed) external {
        uint256 id = _id(seed);
        bytes4 expected = _removalError(id);
        if (expected == 0 && _kindOf(id) == VOTING) expected = IContributionBadge.ContributionBadgeVotingKind.selector;
        _call("B2: revoke", expected, abi.encodeCall(IContributionBadge.revoke, (id, "mistaken")));
        if (expected == 0) _recordRemoval(id);
    }

    function revokeVoting(uint256 seed) external {
        uint256 id = _id(seed);
        bytes4 expected = _removalError(id);
        if (expected == 0 && _kindOf(id) != VOTING) {
            expected = IContributionBadge.ContributionBadgeNotVotingKind.selector;
        }
        _call("B2: revokeVoting", expected, abi.encodeCall(IContributionBadge.revokeVoting, (id, "mistaken")));
        if (expected == 0) _recordRemoval(id);
    }

    /// @dev One in four by somebody else.
    function renounce(uint256 seed, uint256 by) external {
        uint256 id = _id(seed);
        bytes4 expected = _removalError(id);
        address caller = expected == 0 && by % 4 != 0 ? badge.ownerOf(id) : _account(by >> 2);
        if (expected == 0 && badge.ownerOf(id) != caller) {
            expected = IContributionBadge.ContributionBadgeNotHolder.selector;
        }
        VM.prank(caller);
        _call("B2: renounce", expected, abi.encodeCall(IContributionBadge.renounce, (id)));
        if (expected == 0) _recordRemoval(id);
    }

    /// @dev Hours, or up to three seasons.
    function warp(uint256 time) external {
        VM.warp(VM.getBlockTimestamp() + 1 + (time % 3 == 0 ? time % (3 * SEASON) : time % 6 hours));
    }

    function _call(string memory action, bytes4 expected, bytes memory data) private returns (bytes memory returned) {
        bool success;
        // solhint-disable-next-line avoid-low-level-calls
        (success, returned) = address(badge).call(data);
        checkEnd(action, expected, success, returned);
    }

    /// @dev One in 14 doesn't exist.
    function _kind(uint256 seed) private pure returns (uint32) {
        return seed % 14 == 13 ? uint32(seed % 2) * (KINDS + 1) : uint32(seed % KINDS) + 1;
    }

    /// @dev Now and then 0, or one that is still to come.
    function _id(uint256 seed) private view returns (uint256) {
        return seed % (badge.totalAwarded() + 2);
    }

    function _accountOrZero(uint256 seed) private pure returns (address) {
        return seed % 31 == 30 ? address(0) : _account(seed);
    }
}
