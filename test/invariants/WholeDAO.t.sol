// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {FuzzSelector} from "./Vm.sol";
import {WholeHandler} from "./WholeHandler.sol";
import {WholeLaunch} from "./WholeLaunch.sol";

// Five lives, each of a DAO that was launched otherwise. A search makes the same calls for all properties of one contract, so that
// each has only one, which asks for them all; five contracts have five times as many calls.

/// @title WholeDAO
/// @notice What holds of a whole DAO, whatever its people do. What happens at each call is watched by the handler, which reverts
/// where it shouldn't have: that fails the run.
abstract contract WholeDAO {
    WholeHandler internal handler;

    function _launch(uint32 stewardDelay, uint48 guardianFor, uint48 communityIn) internal {
        handler = new WholeHandler(WholeLaunch.Terms(stewardDelay, guardianFor, communityIn));
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function excludeSelectors() external view returns (FuzzSelector[] memory excluded) {
        excluded = new FuzzSelector[](1);
        excluded[0] = FuzzSelector(address(handler), new bytes4[](1));
        excluded[0].selectors[0] = handler.check.selector;
    }
}

/// @title BrandLedDAOInvariants
/// @notice The brand's Safe has its veto for a long time.
contract BrandLedDAOInvariants is WholeDAO {
    function setUp() external {
        _launch(0, 365 days, 730 days);
    }

    /// hardhat-config: invariant.failOnRevert = true
    function invariant_W_brandLed() external {
        handler.check();
    }
}

/// @title DelayedDAOInvariants
/// @notice What the Safe does as steward it does in public, and a day later.
contract DelayedDAOInvariants is WholeDAO {
    function setUp() external {
        _launch(1 days, 120 days, 180 days);
    }

    /// hardhat-config: invariant.failOnRevert = true
    function invariant_W_delayed() external {
        handler.check();
    }
}

/// @title SharedDAOInvariants
/// @notice Nobody has a veto.
contract SharedDAOInvariants is WholeDAO {
    function setUp() external {
        _launch(0, 0, 365 days);
    }

    /// hardhat-config: invariant.failOnRevert = true
    function invariant_W_shared() external {
        handler.check();
    }
}

/// @title ShortDAOInvariants
/// @notice The Safe's powers end soon after the launch.
contract ShortDAOInvariants is WholeDAO {
    function setUp() external {
        _launch(0, 20 days, 30 days);
    }

    /// hardhat-config: invariant.failOnRevert = true
    function invariant_W_short() external {
        handler.check();
    }
}

/// @title CommunityDAOInvariants
/// @notice Anybody may hand over at once.
contract CommunityDAOInvariants is WholeDAO {
    function setUp() external {
        _launch(0, 0, 0);
    }

    /// hardhat-config: invariant.failOnRevert = true
    function invariant_W_community() external {
        handler.check();
    }
}
