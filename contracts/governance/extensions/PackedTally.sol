// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @dev What the votes of a proposal add up to, and its number, in one slot. From the lowest bit: votes for it 96, votes for it
/// or abstaining that are missing to the quorum 96, number 32, seconds by which a late quorum prolonged the vote 24, whether the
/// quorum is known 1, whether it was reached and the end of the vote settled 1. Votes against and abstaining stand elsewhere.
type PackedTally is uint256;

using PackedTallies for PackedTally global;

/// @title PackedTallies
/// @notice Reads and changes a {PackedTally}.
/// @dev Votes are added to in place. They don't run over: an account votes once, and all votes that there are fit into 96 bits,
/// see {EarnedShare-highestVotes}. If there ever were more, a vote would revert.
library PackedTallies {
    uint256 private constant MISSING_OFFSET = 96;
    uint256 private constant NUMBER_OFFSET = 192;
    uint256 private constant EXTENSION_OFFSET = 224;
    uint256 private constant KNOWN = 1 << 248;
    uint256 private constant SETTLED = 1 << 249;

    /// @dev Of a proposal that was just made.
    function pack(uint32 number_) internal pure returns (PackedTally) {
        return PackedTally.wrap(uint256(number_) << NUMBER_OFFSET);
    }

    /// @dev Reverts, as adding to the others does, where more votes are cast than a tally holds: what is beside isn't touched.
    function addFor(PackedTally self, uint96 votes) internal pure returns (PackedTally) {
        uint96 sum = forVotes(self) + votes;
        unchecked {
            return PackedTally.wrap(PackedTally.unwrap(self) - forVotes(self) + sum);
        }
    }

    /// @dev Once, before votes count towards it.
    function withQuorum(PackedTally self, uint96 quorum) internal pure returns (PackedTally) {
        return PackedTally.wrap(PackedTally.unwrap(self) | (uint256(quorum) << MISSING_OFFSET) | KNOWN);
    }

    function countTowardsQuorum(PackedTally self, uint96 votes) internal pure returns (PackedTally) {
        uint256 missing_ = missing(self);
        if (votes < missing_) missing_ = votes;
        unchecked {
            return PackedTally.wrap(PackedTally.unwrap(self) - (missing_ << MISSING_OFFSET));
        }
    }

    /// @dev Once, when the quorum is reached.
    function settle(PackedTally self, uint24 extension_) internal pure returns (PackedTally) {
        return PackedTally.wrap(PackedTally.unwrap(self) | (uint256(extension_) << EXTENSION_OFFSET) | SETTLED);
    }

    function forVotes(PackedTally self) internal pure returns (uint96) {
        return uint96(PackedTally.unwrap(self));
    }

    function number(PackedTally self) internal pure returns (uint32) {
        return uint32(PackedTally.unwrap(self) >> NUMBER_OFFSET);
    }

    function extension(PackedTally self) internal pure returns (uint24) {
        return uint24(PackedTally.unwrap(self) >> EXTENSION_OFFSET);
    }

    function isQuorumKnown(PackedTally self) internal pure returns (bool) {
        return PackedTally.unwrap(self) & KNOWN != 0;
    }

    /// @dev A quorum of which nobody has asked isn't reached: it is never 0, and nobody has voted for the proposal or abstained.
    function isQuorumReached(PackedTally self) internal pure returns (bool) {
        return isQuorumKnown(self) && missing(self) == 0;
    }

    function isSettled(PackedTally self) internal pure returns (bool) {
        return PackedTally.unwrap(self) & SETTLED != 0;
    }

    /// @dev Votes that are missing to the quorum; 0 also while it isn't known.
    function missing(PackedTally self) internal pure returns (uint96) {
        return uint96(PackedTally.unwrap(self) >> MISSING_OFFSET);
    }
}
