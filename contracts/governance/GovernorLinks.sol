// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ProxiesWithArguments} from "../factory/ProxiesWithArguments.sol";

/// @title GovernorLinks
/// @notice The token and the timelock that a governor belongs to, for ever: immutable arguments of its proxy, so that no storage is
/// read for them, at each vote.
library GovernorLinks {
    uint256 private constant TOKEN_OFFSET = ProxiesWithArguments.CODE_LENGTH;
    uint256 private constant TIMELOCK_OFFSET = TOKEN_OFFSET + 20;

    function encode(address token_, address timelock_) internal pure returns (bytes memory) {
        return abi.encodePacked(token_, timelock_);
    }

    /// @dev Of the proxy whose call this is. An implementation that is called itself has no arguments, and answers with whatever
    /// its code has in that place: nothing is to be read into it.
    function token() internal view returns (address) {
        return _addressAt(TOKEN_OFFSET);
    }

    /// @dev As {token}.
    function timelock() internal view returns (address) {
        return _addressAt(TIMELOCK_OFFSET);
    }

    function _addressAt(uint256 offset) private view returns (address found) {
        assembly ("memory-safe") {
            extcodecopy(address(), 0x00, offset, 0x20)
            found := shr(96, mload(0x00))
        }
    }
}
