// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title Utf8
/// @notice Text that strangers wrote, character by character.
library Utf8 {
    /// @notice The character that begins at `position`, and how many bytes it has; 0 bytes where none does: the sequence is cut
    /// off, longer than it has to be, half of a pair, or past the last character.
    function read(bytes memory raw, uint256 position) internal pure returns (uint256 character, uint256 size) {
        character = uint8(raw[position]);
        if (character < 0x80) return (character, 1);
        size =
            character < 0xe0
                ? 2
                : character < 0xf0
                    ? 3
                    : 4;
        if (character < 0xc2 || character > 0xf4 || position + size > raw.length) return (0, 0);

        character &= 0x7f >> size;
        for (uint256 i = 1; i < size; ++i) {
            uint256 next = uint8(raw[position + i]);
            if (next & 0xc0 != 0x80) return (0, 0);
            character = (character << 6) | (next & 0x3f);
        }
        if (size == 3 && (character < 0x800 || (character >= 0xd800 && character < 0xe000))) return (0, 0);
        if (size == 4 && (character < 0x10000 || character > 0x10ffff)) return (0, 0);
    }

    /// @notice Whether `text` is well-formed and has only what can be seen, or joins what can be seen: no control characters, no
    /// line breaks, nothing that turns the direction of the text around it, and nothing invisible but the joiners that some
    /// scripts and emoji need.
    function isPlain(bytes memory text) internal pure returns (bool) {
        for (uint256 i = 0; i < text.length;) {
            (uint256 character, uint256 size) = read(text, i);
            if (size == 0 || _isControl(character) || _isInvisible(character)) return false;
            i += size;
        }
        return true;
    }

    function _isControl(uint256 character) private pure returns (bool) {
        return character < 0x20 || (character >= 0x7f && character < 0xa0);
    }

    /// @dev Of the general punctuation, what has no shape; the Arabic letter mark; the byte order mark, and what isn't any
    /// character; tags.
    function _isInvisible(uint256 character) private pure returns (bool) {
        return
            character == 0x61c ||
            character == 0x200b ||
            character == 0x200e ||
            character == 0x200f ||
            (character >= 0x2028 && character <= 0x202e) ||
            (character >= 0x2060 && character <= 0x206f) ||
            character == 0xfeff ||
            (character >= 0xfff0 && character <= 0xfffb) ||
            character == 0xfffe ||
            character == 0xffff ||
            (character >= 0xe0000 && character <= 0xe0fff);
    }
}
