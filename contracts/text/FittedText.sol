// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Utf8} from "./Utf8.sol";

/// @title FittedText
/// @notice Text that has to fit a width, in a font that nobody knows.
/// @dev Widths of characters are those of usual fonts, on the wide side, in hundredths of the font size.
library FittedText {
    uint256 private constant ELLIPSIS = 100;

    /// @notice The largest size from `highest` down to `lowest` at which `text` fits `width`; what doesn't fit at the lowest is
    /// cut off, and has an ellipsis.
    /// @return fitting The text.
    /// @return size The font size.
    /// @return used The width that it has, at most.
    function fit(
        string memory text,
        uint256 highest,
        uint256 lowest,
        uint256 width
    ) internal pure returns (string memory fitting, uint256 size, uint256 used) {
        bytes memory raw = bytes(text);
        uint256 most = (width * 100) / lowest; // that fits at the lowest size
        uint256 total = 0;
        uint256 end = 0; // of what fits beside an ellipsis
        uint256 cut = 0; // how wide that is
        for (uint256 i = 0; i < raw.length;) {
            (uint256 character, uint256 bytesOf) = Utf8.read(raw, i);
            total += _widthOf(character);
            i += bytesOf == 0 ? 1 : bytesOf;
            if (total + ELLIPSIS <= most) (end, cut) = (i, total);
        }
        if (total > most) {
            assembly ("memory-safe") {
                mstore(raw, end)
            }
            return (string.concat(string(raw), unicode"…"), lowest, ((cut + ELLIPSIS) * lowest + 99) / 100);
        }
        size = total * highest <= width * 100 ? highest : (width * 100) / total;
        return (text, size, (total * size + 99) / 100);
    }

    function _widthOf(uint256 character) private pure returns (uint256) {
        if (character < 0x80) return _widthOfASCII(character);
        if (_isJoined(character)) return 0;
        // From the first of the scripts of East Asia on, characters are square; so are symbols and emoji.
        if (character >= 0x1100) return 100;
        return 66;
    }

    function _widthOfASCII(uint256 character) private pure returns (uint256) {
        bytes1 letter = bytes1(uint8(character));
        if (letter == "i" || letter == "j" || letter == "l" || letter == "I") return 40;
        if (letter == "f" || letter == "r" || letter == "t") return 46;
        if (letter == " " || letter == "." || letter == "," || letter == "'") return 32;
        if (letter == "m" || letter == "w" || letter == "M" || letter == "@") return 102;
        if (letter == "W") return 114;
        if (letter >= "A" && letter <= "Z") return 76;
        return 60;
    }

    /// @dev Accents that stand above others, joiners and choices of shape.
    function _isJoined(uint256 character) private pure returns (bool) {
        return
            (character >= 0x300 && character < 0x370) ||
            (character >= 0x200b && character <= 0x200f) ||
            (character >= 0xfe00 && character <= 0xfe0f);
    }
}
