// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BadgeHandler} from "./BadgeHandler.sol";

/// @title ContributionBadgeInvariants
/// @notice What holds after every action, whatever came before. A failed prediction of the handler reverts, which fails
/// the run.
contract ContributionBadgeInvariants {
    BadgeHandler private handler;

    function setUp() external {
        handler = new BadgeHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @notice B1: a season is shared by all points awarded in it, but what a proposal excluded; the members' points of the
    /// running season and the one before are those held, and what was taken is the difference.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_B1_seasonsAddUp() external view {
        handler.checkPoints();
    }

    /// @notice B2: a member's record is what its badges say; members' points add up to the total.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_B2_membersAreTheirBadges() external view {
        handler.checkMembers();
    }

    /// @notice B3: a badge says for ever what it was awarded as, until it is taken; then it is gone.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_B3_badgesStay() external view {
        handler.checkBadges();
    }

    /// @notice B4: an account's contribution votes are those that its badges gave.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_B4_votesFollowBadges() external view {
        handler.checkVotes();
    }

    /// @notice B5: nobody's share of a season grows by what happens to others' badges, unless a proposal decides it.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_B5_nobodyGainsByTaking() external view {
        handler.checkRaised();
    }

    /// @notice M1: a recovery creates and loses nothing.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_M1_nothingIsCreatedOrLost() external view {
        handler.checkConserved();
    }

    /// @notice M2: recoveries are where their announcements, steps and ends say.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_M2_recoveriesGoAsAnnounced() external view {
        handler.checkRecoveries();
    }
}
