// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {PackedCheckpoint} from "./PackedCheckpoint.sol";

/// @dev Balance and votes of an account, or of all, in one slot. From the lowest bit: balance 96, votes 96, since when it has had
/// that many votes 33 (a timestamp, 0 for never), whether it chose another account as its delegate 1, whether that is the treasury
/// 1, how many older checkpoints there are 29.
///
/// 33 bits last until the year 2242. A checkpoint takes a second of its own: 29 bits last for 17 years of one each second, that
/// somebody might send to another to fill them.
type PackedHolding is uint256;

using PackedHoldings for PackedHolding global;

/// @title PackedHoldings
/// @notice Reads and changes a {PackedHolding}.
library PackedHoldings {
    uint256 private constant VOTES_OFFSET = 96;
    uint256 private constant SINCE_OFFSET = 192;
    uint256 private constant DELEGATED = 1 << 225;
    uint256 private constant WITH_TREASURY = 1 << 226;
    uint256 private constant COUNT_OFFSET = 227;

    uint8 private constant SINCE_BITS = 33;
    uint256 private constant SINCE_MASK = (1 << SINCE_BITS) - 1;
    uint256 private constant CHECKPOINT_MASK = (1 << (VOTES_OFFSET + SINCE_BITS)) - 1;

    /// @dev Tokens.
    function balance(PackedHolding self) internal pure returns (uint96) {
        return uint96(PackedHolding.unwrap(self));
    }

    function votes(PackedHolding self) internal pure returns (uint96) {
        return uint96(PackedHolding.unwrap(self) >> VOTES_OFFSET);
    }

    /// @dev Since when it has had {votes}, a timestamp; 0 where votes never moved.
    function since(PackedHolding self) internal pure returns (uint48) {
        return uint48((PackedHolding.unwrap(self) >> SINCE_OFFSET) & SINCE_MASK);
    }

    /// @dev Whether another account votes for it.
    function isDelegated(PackedHolding self) internal pure returns (bool) {
        return PackedHolding.unwrap(self) & DELEGATED != 0;
    }

    /// @dev Whether that account is the treasury.
    function isWithTreasury(PackedHolding self) internal pure returns (bool) {
        return PackedHolding.unwrap(self) & WITH_TREASURY != 0;
    }

    /// @dev Checkpoints before the one that stands here.
    function olderCheckpoints(PackedHolding self) internal pure returns (uint256) {
        return PackedHolding.unwrap(self) >> COUNT_OFFSET;
    }

    /// @dev What {votes} and {since} say.
    function checkpoint(PackedHolding self) internal pure returns (PackedCheckpoint) {
        return PackedCheckpoint.wrap((PackedHolding.unwrap(self) >> VOTES_OFFSET) & CHECKPOINT_MASK);
    }

    function withBalance(PackedHolding self, uint96 newBalance) internal pure returns (PackedHolding) {
        unchecked {
            return PackedHolding.wrap(PackedHolding.unwrap(self) - balance(self) + newBalance);
        }
    }

    /// @dev Reverts with `SafeCastOverflowedUintDowncast` for a timestamp that doesn't fit.
    function withVotes(PackedHolding self, uint96 newVotes, uint256 newSince) internal pure returns (PackedHolding) {
        require(newSince <= SINCE_MASK, SafeCast.SafeCastOverflowedUintDowncast(SINCE_BITS, newSince));
        return
            PackedHolding.wrap(
                (PackedHolding.unwrap(self) & ~(CHECKPOINT_MASK << VOTES_OFFSET)) |
                    (uint256(newVotes) << VOTES_OFFSET) |
                    (newSince << SINCE_OFFSET)
            );
    }

    function withDelegated(
        PackedHolding self,
        bool delegated,
        bool withTreasury
    ) internal pure returns (PackedHolding) {
        uint256 word = PackedHolding.unwrap(self) & ~(DELEGATED | WITH_TREASURY);
        if (delegated) word |= DELEGATED;
        if (withTreasury) word |= WITH_TREASURY;
        return PackedHolding.wrap(word);
    }

    /// @dev With one more older checkpoint. The count stands above all else: where it ran over, this would revert.
    function withOlderCheckpoint(PackedHolding self) internal pure returns (PackedHolding) {
        return PackedHolding.wrap(PackedHolding.unwrap(self) + (1 << COUNT_OFFSET));
    }
}
