// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ProxiesWithArguments} from "../factory/ProxiesWithArguments.sol";

/// @title TokenLinks
/// @notice The treasury that a token belongs to, for ever: the immutable argument of its proxy, so that no storage is read for it,
/// where what a drop and rewards hold is moved, whose votes it has.
library TokenLinks {
    function encode(address treasury_) internal pure returns (bytes memory) {
        return abi.encodePacked(treasury_);
    }

    /// @dev Of the proxy whose call this is: see {ProxiesWithArguments-addressAt}.
    function treasury() internal view returns (address) {
        return ProxiesWithArguments.addressAt(0);
    }
}
