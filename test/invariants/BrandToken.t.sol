// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {TokenHandler} from "./TokenHandler.sol";
import {FuzzSelector, VM} from "./Vm.sol";

/// @title BrandTokenInvariants
/// @notice What holds after every action, whatever came before. A failed prediction of the handler (T3, T5) reverts,
/// which fails the run.
contract BrandTokenInvariants {
    TokenHandler private handler;

    function setUp() external {
        handler = new TokenHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function excludeSelectors() external view returns (FuzzSelector[] memory excluded) {
        excluded = new FuzzSelector[](1);
        excluded[0] = FuzzSelector(address(handler), new bytes4[](1));
        excluded[0].selectors[0] = TokenHandler.checkExits.selector;
    }

    /// @notice T1: the votes of all delegates together are the supply and all contribution votes, now and as seen later.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_T1_votesAddUp() external {
        uint256 time = VM.getBlockTimestamp();
        VM.warp(time + 1);
        handler.checkTotals();
        VM.warp(time);
    }

    /// @notice T2: a delegate has the balances and contribution votes of exactly those who chose it.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_T2_delegatesHaveTheirVotes() external view {
        handler.checkDelegates();
    }

    /// @notice T3: every call ends as its preconditions say, and everybody can always part with everything.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_T3_callsEndAsPredicted() external {
        handler.checkExits();
    }

    /// @notice T4: supply within the cap; minted within any window, at most the limit.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_T4_mintingIsLimited() external view {
        handler.checkMints();
    }

    /// @notice T5: a grant leaves contribution votes within their share of what circulated, and within any window at
    /// most twice the bucket is granted.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_T5_grantsAreLimited() external view {
        handler.checkGrants();
    }

    /// @notice T6: past votes and past totals never change.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_T6_pastIsFixed() external view {
        handler.checkPast();
    }

    /// @notice T7: the treasury is its own delegate, for ever.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_T7_treasuryKeepsItsVotes() external view {
        handler.checkTreasury();
    }
}
