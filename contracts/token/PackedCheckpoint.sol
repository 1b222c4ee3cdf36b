// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @dev Votes at an earlier time. From the lowest bit: votes 96, since when 33 (a timestamp). Part of a {PackedHolding} once.
type PackedCheckpoint is uint256;

using PackedCheckpoints for PackedCheckpoint global;

/// @title PackedCheckpoints
/// @notice Reads a {PackedCheckpoint}.
library PackedCheckpoints {
    uint256 private constant SINCE_OFFSET = 96;

    function votes(PackedCheckpoint self) internal pure returns (uint96) {
        return uint96(PackedCheckpoint.unwrap(self));
    }

    function since(PackedCheckpoint self) internal pure returns (uint48) {
        return uint48(PackedCheckpoint.unwrap(self) >> SINCE_OFFSET);
    }
}
