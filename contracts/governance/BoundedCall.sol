// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title BoundedCall
/// @notice Calls of which none can use up what the others of a batch need.
library BoundedCall {
    /// @dev Gas for what is around a call: making it, and telling that it failed. Some 3,000 are used.
    uint256 private constant ROOM = 5_000;

    /// @dev How much gas a call could be given now. A call that asks for more than 63/64 of what is left silently gets
    /// less (EIP-150).
    function available() internal view returns (uint256) {
        uint256 left = Math.saturatingSub(gasleft(), ROOM);
        return left - left / 64;
    }

    /// @dev Solidity's own calls copy all that is returned, at the cost of whoever calls: a few hundred kilobytes of it
    /// could use up what the others need. Here it is four bytes. As with Solidity's, a success without the word that it is
    /// to return is none.
    function tryCall(
        address target,
        uint256 gasLimit,
        bytes memory data
    ) internal returns (bool success, bytes4 reason) {
        assembly ("memory-safe") {
            mstore(0x00, 0)
            success := call(gasLimit, target, 0, add(data, 0x20), mload(data), 0x00, 0x04)
            success := and(success, gt(returndatasize(), 0x1f))
            reason := mload(0x00)
        }
    }
}
