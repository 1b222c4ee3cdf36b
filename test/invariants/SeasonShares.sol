// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Campaigns} from "./Campaigns.sol";
import {checkAtMost, checkEnd, checkEqual} from "./Checks.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {IContributionRewards} from "../../contracts/interfaces/IContributionRewards.sol";
import {PlainToken} from "../contracts/rewards/Tokens.sol";
import {VM} from "./Vm.sol";

/// @title SeasonShares
/// @notice A record of what the rewards were funded with and paid, and what that may be at least and at most.
/// @dev The contract keeps marks in points, by account. This keeps which badges were paid for, and to whom, whichever way
/// they went between accounts afterwards.
abstract contract SeasonShares is Campaigns {
    uint256 internal constant AHEAD = 4;

    PlainToken private _plain;
    mapping(address currency => mapping(uint256 season => uint256)) private _budgets;
    mapping(address currency => mapping(uint256 season => uint256)) private _paidOut;
    mapping(address currency => mapping(uint256 award => address account)) private _paidTo;
    mapping(address currency => mapping(uint256 season => mapping(address account => uint256))) private _paidFor;
    mapping(address currency => uint256) private _balances;

    constructor() {
        address[] memory holders = new address[](1);
        holders[0] = address(this);
        _plain = new PlainToken(holders, 1_000_000e18);
        token.approve(address(rewards), type(uint256).max);
        _plain.approve(address(rewards), type(uint256).max);
    }

    /// @notice E1.
    function checkBudgets() external view {
        for (uint256 i = 0; i < 2; ++i) {
            address currency = _currency(i == 1);
            for (uint256 season = Math.saturatingSub(_season(), 3); season <= _season() + AHEAD; ++season) {
                IContributionRewards.Budget memory budget = rewards.budgetOf(uint16(season), currency);
                checkEqual("E1: budget", budget.budget, _budgets[currency][season]);
                checkEqual("E1: paid", budget.paid, _paidOut[currency][season]);
                checkAtMost("E1: paid of the budget", budget.paid, budget.budget);
            }
            uint256 balance = i == 1 ? _plain.balanceOf(address(rewards)) : token.balanceOf(address(rewards));
            checkEqual("E1: balance", balance, _balances[currency]);
            checkAtMost("E1: owed", _owed(currency), balance);
        }
    }

    /// @notice E7. A badge is paid for to one account only, wherever it goes.
    function checkShares() external view {
        uint256 season = _season() - 1;
        if (season == 0 || VM.getBlockTimestamp() < _claimsOpen(season)) return;
        uint256 total = _totalOf(season);
        for (uint256 i = 0; i < 2 * PEOPLE; ++i) {
            address currency = _currency(i >= PEOPLE);
            address account = _account(i);
            uint256 points = 0;
            for (uint256 j = 0; j < _awards.length; ++j) {
                bool paid = _paidTo[currency][j] == account;
                if (paid && _awards[j].season == season) points += _points(_awards[j].kind);
            }
            uint256 share = total == 0 ? 0 : Math.mulDiv(_budgets[currency][season], points, total);
            checkAtMost("E7: paid for its badges", _paidFor[currency][season][account], share);
        }
    }

    /// @dev E7. What is due is the account's share of the points that it has and nobody was paid for. It may be less where
    /// a badge was taken that this account itself was paid for.
    function _claimReward(uint256 season, address currency, address account, address caller) internal {
        bytes4 expected = _rewardError(season, account, caller);
        bytes memory call = abi.encodeCall(IContributionRewards.claim, (uint16(season), currency, account));
        (uint256 lowest, uint256 highest) = expected == 0 ? _due(season, currency, account) : (0, 0);
        if (expected == 0 && highest == 0) {
            expected = IContributionRewards.ContributionRewardsNothingToClaim.selector;
        }
        if (expected != 0 || lowest != 0) {
            bytes memory returned = _callTo(address(rewards), caller, "E7: claim", expected, call);
            if (expected == 0)
                _recordPayment(season, currency, account, abi.decode(returned, (uint256)), lowest, highest);
            return;
        }
        // Something between nothing and a share.
        VM.prank(caller);
        (bool success, bytes memory result) = address(rewards).call(call);
        expected = IContributionRewards.ContributionRewardsNothingToClaim.selector;
        if (!success) checkEnd("E7: claim after a badge was taken", expected, success, result);
        else _recordPayment(season, currency, account, abi.decode(result, (uint256)), lowest, highest);
    }

    function _recordFunding(address currency, uint256 season, uint256 amount) internal {
        _budgets[currency][season] += amount;
        _balances[currency] += amount;
    }

    function _recordReturn(address currency, uint256 amount) internal {
        _balances[currency] -= amount;
    }

    function _balance(address currency) internal view returns (uint256) {
        return _balances[currency];
    }

    /// @dev What seasons that can be claimed, now or later, still have to share.
    function _owed(address currency) internal view returns (uint256 owed) {
        for (uint256 season = _season() - 1; season <= _season() + AHEAD; ++season) {
            owed += _budgets[currency][season] - _paidOut[currency][season];
        }
    }

    function _currency(bool plain) internal view returns (address) {
        return plain ? address(_plain) : address(token);
    }

    function _recordPayment(
        uint256 season,
        address currency,
        address account,
        uint256 amount,
        uint256 lowest,
        uint256 highest
    ) private {
        checkAtMost("E7: at least", lowest, amount);
        checkAtMost("E7: at most", amount, highest);
        for (uint256 i = 0; i < _awards.length; ++i) {
            bool unpaid = _paidTo[currency][i] == address(0);
            if (unpaid && _awards[i].season == season && _holds(account, _awards[i])) _paidTo[currency][i] = account;
        }
        _paidFor[currency][season][account] += amount;
        _paidOut[currency][season] += amount;
        _balances[currency] -= amount;
        if (currency == address(token)) _received[account] += amount;
    }

    function _rewardError(uint256 season, address account, address caller) private view returns (bytes4) {
        uint256 time = VM.getBlockTimestamp();
        if (season == 0 || time < _claimsOpen(season) || _season() != season + 1) {
            return IContributionBadge.ContributionBadgeClaimsClosed.selector;
        }
        if (_leaves(account) && (caller != account || _left(account))) {
            return IContributionRewards.ContributionRewardsBeingRecovered.selector;
        }
        return 0;
    }

    function _due(
        uint256 season,
        address currency,
        address account
    ) private view returns (uint256 lowest, uint256 highest) {
        uint256 unpaid = 0;
        uint256 taken = 0;
        for (uint256 i = 0; i < _awards.length; ++i) {
            Award memory entry = _awards[i];
            if (entry.season != season) continue;
            uint256 points = _points(entry.kind);
            if (_holds(account, entry) && _paidTo[currency][i] == address(0)) unpaid += points;
            if (entry.takenAt != 0 && _paidTo[currency][i] == account) taken += points;
        }
        if (unpaid == 0) return (0, 0);
        uint256 budget = _budgets[currency][season];
        uint256 total = _totalOf(season);
        lowest = Math.mulDiv(budget, Math.saturatingSub(unpaid, taken), total);
        highest = Math.mulDiv(budget, unpaid, total);
    }
}
