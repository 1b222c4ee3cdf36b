// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {EconomyHandler} from "./EconomyHandler.sol";
import {VM} from "./Vm.sol";

/// @title ContributionEconomyInvariants
/// @notice What holds after every action, whatever came before, with badges, recoveries, campaigns and the rewards of
/// seasons together. A failed prediction of the handler reverts, which fails the run.
contract ContributionEconomyInvariants {
    EconomyHandler private handler;

    function setUp() external {
        handler = new EconomyHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @notice E1: what is paid of a season is within its budget, and what can still be claimed is there.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_E1_budgetsAreHeld() external view {
        handler.checkBudgets();
    }

    /// @notice E2: members' points of a season and those that were taken add up to what it is shared by; nobody's share of it
    /// grows by what happens to others.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_E2_seasonsAddUp() external view {
        handler.checkPoints();
        handler.checkMembers();
        handler.checkRaised();
    }

    /// @notice E3: all votes together are the supply and all contribution votes; what waits to be claimed is the
    /// treasury's voice.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_E3_votesAddUp() external {
        uint256 time = VM.getBlockTimestamp();
        VM.warp(time + 1);
        handler.checkVoteTotals();
        VM.warp(time);
    }

    /// @notice E4: whichever way votes are granted, they stay within their share; badges have what they were granted.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_E4_grantsAreLimited() external view {
        handler.checkVotes();
    }

    /// @notice E5: a leaf is paid once, and what campaigns can still give is there.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_E5_leavesArePaidOnce() external view {
        handler.checkCampaigns();
    }

    /// @notice E6: a title is what the ladder says of the points.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_E6_titlesFollowPoints() external view {
        handler.checkTitles();
    }

    /// @notice E7: no point is paid for twice, whichever way it went.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_E7_pointsArePaidOnce() external view {
        handler.checkShares();
    }

    /// @notice M3: who brought whom has no circles, and is as recorded.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_M3_referralsStay() external view {
        handler.checkReferrals();
        handler.checkConserved();
    }
}
