// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @dev What an account has done in a call, in one slot. From the lowest bit: what its voice weighs 64, how many ideas it has
/// submitted 8, how many it supports 8, their indexes 16 each.
type PackedVoice is uint256;

using PackedVoices for PackedVoice global;

/// @title PackedVoices
/// @notice Reads and changes a {PackedVoice}.
library PackedVoices {
    uint256 private constant SUBMITTED_OFFSET = 64;
    uint256 private constant SUPPORTED_OFFSET = 72;
    uint256 private constant INDEXES_OFFSET = 80;
    uint256 private constant INDEX_BITS = 16;

    /// @dev The indexes that fit.
    uint256 internal constant MAX_SUPPORTED = 10;

    /// @dev With one more idea submitted; there are less than 2^8.
    function submit(PackedVoice self) internal pure returns (PackedVoice) {
        unchecked {
            return PackedVoice.wrap(PackedVoice.unwrap(self) + (1 << SUBMITTED_OFFSET));
        }
    }

    /// @dev Of a voice that has no weight yet.
    function withWeight(PackedVoice self, uint64 weight_) internal pure returns (PackedVoice) {
        return PackedVoice.wrap(PackedVoice.unwrap(self) | weight_);
    }

    /// @dev With one more idea supported, which is at most the {MAX_SUPPORTED}th.
    function support(PackedVoice self, uint16 index) internal pure returns (PackedVoice) {
        unchecked {
            uint256 place = INDEXES_OFFSET + INDEX_BITS * supported(self);
            return PackedVoice.wrap((PackedVoice.unwrap(self) + (1 << SUPPORTED_OFFSET)) | (uint256(index) << place));
        }
    }

    function weight(PackedVoice self) internal pure returns (uint64) {
        return uint64(PackedVoice.unwrap(self));
    }

    function submitted(PackedVoice self) internal pure returns (uint8) {
        return uint8(PackedVoice.unwrap(self) >> SUBMITTED_OFFSET);
    }

    function supported(PackedVoice self) internal pure returns (uint8) {
        return uint8(PackedVoice.unwrap(self) >> SUPPORTED_OFFSET);
    }

    /// @dev The index of the idea that it supported as the one of `number`, counted from 0.
    function indexAt(PackedVoice self, uint256 number) internal pure returns (uint16) {
        unchecked {
            return uint16(PackedVoice.unwrap(self) >> (INDEXES_OFFSET + INDEX_BITS * number));
        }
    }

    function contains(PackedVoice self, uint16 index) internal pure returns (bool) {
        uint256 count = supported(self);
        for (uint256 i = 0; i < count; ++i) {
            if (indexAt(self, i) == index) return true;
        }
        return false;
    }
}
