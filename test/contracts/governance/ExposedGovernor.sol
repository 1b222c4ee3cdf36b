// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BrandGovernor} from "../../../contracts/governance/BrandGovernor.sol";

/// @title ExposedGovernor
/// @notice A governor that lets tests call what it inherits and has no use for itself.
contract ExposedGovernor is BrandGovernor {
    function useCheckedNonce(address owner, uint256 nonce) external {
        _useCheckedNonce(owner, nonce);
    }
}
