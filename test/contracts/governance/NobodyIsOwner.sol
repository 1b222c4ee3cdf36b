// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ISafeOwners} from "../../../contracts/interfaces/ISafeOwners.sol";

/// @title NobodyIsOwner
/// @notice Lists no owners, and takes nobody for one.
contract NobodyIsOwner is ISafeOwners {
    /// @inheritdoc ISafeOwners
    function getOwners() external pure returns (address[] memory) {
        return new address[](0);
    }

    /// @inheritdoc ISafeOwners
    function isOwner(address) external pure returns (bool) {
        return false;
    }
}
