// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title Cloth
/// @notice The cover of a card in the brand's colour, and an ink that can be read on it.
/// @dev Contrast is that of WCAG 2, of 4.5 and more with any colour. Its luminance needs powers of 2.4, which squares and cubes
/// stand for here: `0.7 c² + 0.3 c³`, at most 0.003 from them. Between the luminances at which one ink or the other can be
/// read, the cloth is a shade darker.
library Cloth {
    string private constant LIGHT_INK = "#fff";
    string private constant DARK_INK = "#171210";

    /// @dev Luminances in millionths.
    uint256 private constant LIGHT_INK_UNTIL = 175_000;
    uint256 private constant DARK_INK_FROM = 215_000;

    /// @notice The cloth and the ink as colours of CSS, and whether the cloth is dark.
    function dye(uint24 colour) internal pure returns (string memory cloth, string memory ink, bool dark) {
        uint256 red = colour >> 16;
        uint256 green = (colour >> 8) & 0xff;
        uint256 blue = colour & 0xff;
        uint256 luminance = _luminance(red, green, blue);
        dark = luminance < DARK_INK_FROM;
        while (dark && luminance > LIGHT_INK_UNTIL) {
            (red, green, blue) = ((red * 99) / 100, (green * 99) / 100, (blue * 99) / 100);
            luminance = _luminance(red, green, blue);
        }
        cloth = string.concat("#", _hex(red), _hex(green), _hex(blue));
        ink = dark ? LIGHT_INK : DARK_INK;
    }

    function _luminance(uint256 red, uint256 green, uint256 blue) private pure returns (uint256) {
        return (2_126 * _linear(red) + 7_152 * _linear(green) + 722 * _linear(blue)) / 10_000;
    }

    /// @dev In millionths, of a channel from 0 to 255.
    function _linear(uint256 channel) private pure returns (uint256) {
        return (channel * channel * (700_000 + (300_000 * channel) / 255)) / (255 * 255);
    }

    function _hex(uint256 channel) private pure returns (string memory) {
        bytes memory digits = bytes(Strings.toHexString(channel, 1));
        return string(abi.encodePacked(digits[2], digits[3]));
    }
}
