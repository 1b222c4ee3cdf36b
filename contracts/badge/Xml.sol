// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title Xml
/// @notice Text for XML documents.
library Xml {
    /// @notice `text` with the five reserved characters as entities, and without the control characters below 0x20 that
    /// no XML document may have. The text has to be UTF-8: bytes from 0x80 on are taken as they are.
    function escape(string memory text) internal pure returns (string memory) {
        bytes memory raw = bytes(text);
        bytes memory escaped = new bytes(raw.length * 6); // the longest entity
        uint256 length = 0;
        for (uint256 i = 0; i < raw.length; ++i) {
            bytes memory part = _entity(raw[i]);
            for (uint256 j = 0; j < part.length; ++j) {
                escaped[length++] = part[j];
            }
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
