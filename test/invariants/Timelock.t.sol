// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {FuzzSelector} from "./Vm.sol";
import {TimelockHandler} from "./TimelockHandler.sol";

/// @title TimelockInvariants
/// @notice The timelock runs operations as OpenZeppelin's own TimelockController does. A call that ends otherwise (L2) reverts,
/// which fails the run.
contract TimelockInvariants {
    TimelockHandler private handler;

    function setUp() external {
        handler = new TimelockHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function excludeSelectors() external view returns (FuzzSelector[] memory excluded) {
        excluded = new FuzzSelector[](1);
        excluded[0] = FuzzSelector(address(handler), new bytes4[](1));
        excluded[0].selectors[0] = TimelockHandler.checkOperations.selector;
    }

    /// @notice L1, L2: operations, delay and roles are OpenZeppelin's, and every call ends as there, with the same answer, error
    /// and events.
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_L1_L2_locksAsOpenZeppelin() external view {
        handler.checkOperations();
    }
}
