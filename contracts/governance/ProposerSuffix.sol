// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title ProposerSuffix
/// @notice Whether a proposal's text ends with `#proposer=` and the address of a certain account.
/// @dev It spells the address, and compares 40 characters at once, instead of reading them one after the other. Each character
/// stands in a byte of a word; none of the sums below reaches the next byte.
library ProposerSuffix {
    uint256 private constant LENGTH = 52;
    bytes12 private constant MARKER = "#proposer=0x";

    uint256 private constant ONES = type(uint256).max / 0xff; // 0x01 in each byte

    /// @notice Whether `text` ends with the address of `account`, its digits in small or capital letters, after the marker.
    function names(string memory text, address account) internal pure returns (bool) {
        uint256 length = bytes(text).length;
        if (length < LENGTH) return false;
        bytes12 marker;
        uint256 first;
        uint256 last;
        assembly ("memory-safe") {
            let end := add(add(text, 0x20), length)
            marker := mload(sub(end, LENGTH))
            first := mload(sub(end, 40))
            last := mload(sub(end, 32))
        }
        uint256 value = uint160(account);
        // The last 32 characters, and of the first 32 the first 8: what is between them is in both.
        return
            marker == MARKER &&
            _small(last) == _hex(uint128(value)) &&
            _small(first) >> 192 == uint64(_hex(value >> 128));
    }

    /// @dev Makes capital letters small: those have bit 6, and not bit 5. Of the other characters, none becomes a digit, nor a
    /// letter from a to f.
    function _small(uint256 text) private pure returns (uint256) {
        return text | ((text & (ONES * 0x40)) >> 1);
    }

    /// @dev The hexadecimal digits of 128 bits, as 32 characters; zeros in front.
    function _hex(uint256 value) private pure returns (uint256 text) {
        text = value;
        unchecked {
            // Draws the halves of each part apart, until each digit has a byte: parts have 16 digits, 8, 4, 2, 1 in the end.
            for (uint256 shift = 64; shift != 2; shift >>= 1) {
                // The lower half of each part, for all parts.
                text = (text | (text << shift)) & (type(uint256).max / ((1 << shift) + 1));
            }
            // From 10 on, a digit is a letter, which comes 39 characters later.
            uint256 letters = ((text + ONES * 6) >> 4) & ONES;
            text += ONES * 0x30 + letters * 39;
        }
    }
}
