// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IBrandGovernor} from "../../interfaces/IBrandGovernor.sol";

/// @title Bounds
/// @notice The one check behind every bounded setting of the governor.
library Bounds {
    /// @dev Reverts with {IBrandGovernor-BrandGovernorOutOfBounds} unless `lowest <= value <= highest`.
    /// @param setting Selector of the setter, or of the getter of what has none; names the setting in the error.
    function check(bytes4 setting, uint256 value, uint256 lowest, uint256 highest) internal pure {
        require(
            value >= lowest && value <= highest,
            IBrandGovernor.BrandGovernorOutOfBounds(setting, value, lowest, highest)
        );
    }
}
