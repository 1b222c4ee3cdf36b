// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ProxiesWithArguments} from "../factory/ProxiesWithArguments.sol";

/// @title SatelliteLinks
/// @notice The badge and the token that a drop or rewards belong to, for ever: immutable arguments of its proxy, so that no storage
/// is read for them, at each claim.
library SatelliteLinks {
    function encode(address badge_, address token_) internal pure returns (bytes memory) {
        return abi.encodePacked(badge_, token_);
    }

    /// @dev Of the proxy whose call this is: see {ProxiesWithArguments-addressAt}.
    function badge() internal view returns (address) {
        return ProxiesWithArguments.addressAt(0);
    }

    /// @dev As {badge}.
    function token() internal view returns (address) {
        return ProxiesWithArguments.addressAt(20);
    }
}
