// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title Xml
/// @notice Text for XML documents.
library Xml {
    /// @notice `text` with the five reserved characters as entities, and without what no document of XML 1.0 may have: most
    /// control characters below 0x20, U+FFFE and U+FFFF, and bytes that are no UTF-8.
    function escape(string memory text) internal pure returns (string memory) {
        bytes memory raw = bytes(text);
        bytes memory escaped = new bytes(raw.length * 6); // the longest entity
        uint256 length = 0;
        for (uint256 i = 0; i < raw.length;) {
            uint256 size = _sizeAt(raw, i);
            if (size > 1) {
                for (uint256 end = i + size; i < end; ++i) {
                    escaped[length++] = raw[i];
                }
                continue;
            }
            bytes memory part = size == 0 ? bytes("") : _entity(raw[i]);
            for (uint256 j = 0; j < part.length; ++j) {
                escaped[length++] = part[j];
            }
            ++i;
        }
        assembly ("memory-safe") {
            mstore(escaped, length)
        }
        return string(escaped);
    }

    /// @dev How many bytes the character has that begins at `position`; 0 where none does that XML may have.
    function _sizeAt(bytes memory raw, uint256 position) private pure returns (uint256 size) {
        uint256 character = uint8(raw[position]);
        if (character < 0x80) return 1;
        size =
            character < 0xe0
                ? 2
                : character < 0xf0
                    ? 3
                    : 4;
        if (character < 0xc2 || character > 0xf4 || position + size > raw.length) return 0;

        character &= 0x7f >> size;
        for (uint256 i = 1; i < size; ++i) {
            uint256 next = uint8(raw[position + i]);
            if (next & 0xc0 != 0x80) return 0;
            character = (character << 6) | (next & 0x3f);
        }
        // Longer than it has to be, half of a pair, past the last one, or no character for ever.
        if (size == 3 && (character < 0x800 || (character >= 0xd800 && character < 0xe000))) return 0;
        if (size == 4 && (character < 0x10000 || character > 0x10ffff)) return 0;
        return character == 0xfffe || character == 0xffff ? 0 : size;
    }

    function _entity(bytes1 character) private pure returns (bytes memory) {
        if (character == "&") return "&amp;";
        if (character == "<") return "&lt;";
        if (character == ">") return "&gt;";
        if (character == '"') return "&quot;";
        if (character == "'") return "&apos;";
        if (character < 0x20 && character != 0x09 && character != 0x0a && character != 0x0d) return "";
        return abi.encodePacked(character);
    }
}
