// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Utf8} from "./Utf8.sol";

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
            (uint256 character, uint256 size) = Utf8.read(raw, i);
            if (character == 0xfffe || character == 0xffff) size = 0;
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
