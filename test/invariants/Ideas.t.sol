// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IdeaHandler} from "./IdeaHandler.sol";

/// @title IdeaInvariants
/// @notice What holds of calls, ideas, support and passes, whatever came before.
contract IdeaInvariants {
    IdeaHandler private handler;

    function setUp() external {
        handler = new IdeaHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @notice I1: the winners of each call are those of a plain sort of what was given.
    function invariant_I1_leadersAreSorted() external view {
        handler.checkLeaders();
    }

    /// @notice I2: what an idea has is what was given to it, and nobody gives an idea twice.
    function invariant_I2_supportIsCounted() external view {
        handler.checkTallies();
    }

    /// @notice I3: nothing happens outside of its time.
    function invariant_I3_nothingOutsideItsTime() external view {
        handler.checkTimes();
    }

    /// @notice I4: each winner that ships earns its author's badge once, and nothing else does.
    function invariant_I4_badgesOfWinners() external view {
        handler.checkBadges();
    }

    /// @notice I5: a badge has one pass, ever.
    function invariant_I5_onePassForABadge() external view {
        handler.checkPasses();
    }
}
