// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {checkEqual} from "./Checks.sol";
import {IContributionRewards} from "../../contracts/interfaces/IContributionRewards.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ITitles} from "../../contracts/interfaces/ITitles.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {SeasonShares} from "./SeasonShares.sol";
import {VM} from "./Vm.sol";

/// @title EconomyHandler
/// @notice Badges, recoveries and campaigns, and beside them the rewards of seasons, in the brand's token and in a plain
/// one, delegations, and ladders of titles.
contract EconomyHandler is SeasonShares {
    uint256[] private _ladder;

    constructor() {
        _setTitles(10); // four of them
    }

    // Actions. Seeds choose accounts and amounts.

    /// @dev A season that ends, one that is too far ahead, or one between.
    function fundSeason(uint256 seed, bool plain, uint256 amount) external {
        uint256 season = _season() + (seed % 7);
        if (season != 1 && seed % 7 == 6) season = _season() - 1;
        amount %= 50e18;
        bytes4 expected;
        if (season < _season() || season > _season() + AHEAD) {
            expected = IContributionRewards.ContributionRewardsNotFundable.selector;
        } else if (amount == 0) {
            expected = IContributionRewards.ContributionRewardsInvalidAmount.selector;
        }
        address currency = _currency(plain);
        bytes memory call = abi.encodeCall(IContributionRewards.fund, (uint16(season), currency, amount));
        _callTo(address(rewards), address(this), "E1: fund", expected, call);
        if (expected == 0) _recordFunding(currency, season, amount);
    }

    /// @dev One in eight for another season than the last one; one in four by somebody else; half of those that would come
    /// too early wait.
    function claimReward(uint256 seed, bool plain, uint256 by, bool wait) external {
        uint256 season = seed % 8 == 7 ? (seed >> 3) % (_season() + 2) : _season() - 1;
        if (wait && season != 0 && VM.getBlockTimestamp() < _claimsOpen(season)) VM.warp(_claimsOpen(season));
        address account = _account(seed >> 5);
        address caller = by % 4 == 0 ? address(0xB0B) : account;
        _claimReward(season, _currency(plain), account, caller);
    }

    function returnUnclaimed(bool plain) external {
        address currency = _currency(plain);
        uint256 unclaimed = _balance(currency) - _owed(currency);
        bytes4 expected;
        if (unclaimed == 0) expected = IContributionRewards.ContributionRewardsNothingUnclaimed.selector;
        uint256 before = IERC20(currency).balanceOf(treasury);
        bytes memory call = abi.encodeCall(IContributionRewards.returnUnclaimed, (currency));
        _callTo(address(rewards), address(0xB0B), "E1: returnUnclaimed", expected, call);
        if (expected != 0) return;
        _recordReturn(currency, unclaimed);
        checkEqual("E1: to the treasury", IERC20(currency).balanceOf(treasury), before + unclaimed);
    }

    function delegate(uint256 from, uint256 to) external {
        _callTo(address(token), _account(from), "E3: delegate", 0, abi.encodeCall(IVotes.delegate, (_account(to))));
    }

    function setTitles(uint256 seed) external {
        _setTitles(seed);
    }

    // Properties.

    /// @notice E3. To be called a second after the last action.
    function checkVoteTotals() external view {
        uint256 votes = token.getVotes(address(0xB0B)) + token.getVotes(address(this)) + token.getVotes(treasury);
        votes += token.getVotes(address(drop)) + token.getVotes(address(rewards));
        for (uint256 i = 0; i < PEOPLE; ++i) {
            votes += token.getVotes(_account(i));
        }
        checkEqual("E3: votes in total", votes, token.totalSupply() + token.totalContributionVotes());
        checkEqual("E3: total, past", token.getPastTotalSupply(VM.getBlockTimestamp() - 1), votes);
        // What nobody has claimed is the treasury's voice.
        uint256 held = token.balanceOf(address(drop)) + token.balanceOf(address(rewards));
        checkEqual("E3: votes of the treasury", token.getVotes(treasury), held + token.balanceOf(treasury));
    }

    /// @notice E6.
    function checkTitles() external view {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            address account = _account(i);
            uint256 points = _pointsOf(account);
            uint256 expected = 0;
            while (expected < _ladder.length && points >= _ladder[expected]) ++expected;
            (uint256 rank, string memory name) = badge.titleOf(account);
            checkEqual("E6: title", rank, expected);
            checkEqual("E6: name", bytes(name).length, expected);
        }
        checkEqual("E6: titles", badge.titles().length, _ladder.length);
    }

    /// @dev Up to five titles, whose names are as long as their rank; the steps between are of all sizes.
    function _setTitles(uint256 seed) private {
        ITitles.Title[] memory ladder = new ITitles.Title[](seed % 6);
        delete _ladder;
        uint256 points = 0;
        for (uint256 i = 0; i < ladder.length; ++i) {
            ladder[i] = ITitles.Title(string(new bytes(i + 1)), uint24(points));
            _ladder.push(points);
            points += 1 + (uint256(keccak256(abi.encode(seed, i))) % (i % 2 == 0 ? 100 : 4_000_000));
        }
        _call(address(this), "E6: setTitles", 0, abi.encodeCall(ITitles.setTitles, (ladder)));
    }
}
