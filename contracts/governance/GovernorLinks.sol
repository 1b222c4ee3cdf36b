// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ProxiesWithArguments} from "../factory/ProxiesWithArguments.sol";

/// @title GovernorLinks
/// @notice The token and the timelock that a governor belongs to, for ever: immutable arguments of its proxy, so that no storage is
/// read for them, at each vote.
library GovernorLinks {
    function encode(address token_, address timelock_) internal pure returns (bytes memory) {
        return abi.encodePacked(token_, timelock_);
    }

    /// @dev Of the proxy whose call this is: see {ProxiesWithArguments-addressAt}.
    function token() internal view returns (address) {
        return ProxiesWithArguments.addressAt(0);
    }

    /// @dev As {token}.
    function timelock() internal view returns (address) {
        return ProxiesWithArguments.addressAt(20);
    }
}
