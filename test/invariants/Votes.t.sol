// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {FuzzSelector} from "./Vm.sol";
import {VotesHandler} from "./VotesHandler.sol";

/// @title VotesInvariants
/// @notice The token keeps balances and votes as OpenZeppelin's own ERC20Votes does. A call that ends otherwise (V2) reverts, which
/// fails the run.
contract VotesInvariants {
    VotesHandler private handler;

    function setUp() external {
        handler = new VotesHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function excludeSelectors() external view returns (FuzzSelector[] memory excluded) {
        excluded = new FuzzSelector[](1);
        excluded[0] = FuzzSelector(address(handler), new bytes4[](1));
        excluded[0].selectors[0] = VotesHandler.checkAccounts.selector;
    }

    /// @notice V1, V2: balances, votes, delegates, checkpoints and all that is said of the past are OpenZeppelin's, and every call
    /// ends as there, with the same answer, error and events.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_V1_V2_votesAsOpenZeppelin() external view {
        handler.checkAccounts();
    }
}
