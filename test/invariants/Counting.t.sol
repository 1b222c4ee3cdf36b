// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {CountingHandler} from "./CountingHandler.sol";
import {FuzzSelector} from "./Vm.sol";

/// @title CountingInvariants
/// @notice The governor counts, prolongs votes, and takes ballots as OpenZeppelin's own does. A call that ends otherwise (G3)
/// reverts, which fails the run.
contract CountingInvariants {
    CountingHandler private handler;

    function setUp() external {
        handler = new CountingHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function excludeSelectors() external view returns (FuzzSelector[] memory excluded) {
        excluded = new FuzzSelector[](1);
        excluded[0] = FuzzSelector(address(handler), new bytes4[](3));
        excluded[0].selectors[0] = CountingHandler.checkProposals.selector;
        excluded[0].selectors[1] = CountingHandler.checkNumbers.selector;
        excluded[0].selectors[2] = CountingHandler.checkOutcomes.selector;
    }

    /// @notice G1, G2, G3: tallies, states, deadlines and who has voted are OpenZeppelin's, every call ends as there, with the same
    /// answer, error and events, and proposals are numbered in the order in which they were made.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_G1_G2_G3_countsAsOpenZeppelin() external {
        handler.checkProposals();
        handler.checkOutcomes();
        handler.checkNumbers();
    }
}
