// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ISafeOwners} from "../../../contracts/interfaces/ISafeOwners.sol";

/// @title EverybodyIsOwner
/// @notice Takes everybody for an owner, as no Safe does.
contract EverybodyIsOwner is ISafeOwners {
    /// @inheritdoc ISafeOwners
    function getOwners() external view returns (address[] memory owners) {
        owners = new address[](1);
        owners[0] = address(this);
    }

    /// @inheritdoc ISafeOwners
    function isOwner(address) external pure returns (bool) {
        return true;
    }
}
