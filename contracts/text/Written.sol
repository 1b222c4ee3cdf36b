// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title Written
/// @notice Numbers, accounts and documents as cards have them.
library Written {
    /// @notice Digits in groups of three: `1,234`.
    function grouped(uint256 value) internal pure returns (string memory text) {
        text = Strings.toString(value % 1_000);
        while (value >= 1_000) {
            // The group has three digits, as something stands before it.
            if (bytes(text).length % 4 == 1) text = string.concat("00", text);
            else if (bytes(text).length % 4 == 2) text = string.concat("0", text);
            value /= 1_000;
            text = string.concat(Strings.toString(value % 1_000), ",", text);
        }
    }

    /// @notice The begin and the end of an address, with its checksum.
    function short(address account) internal pure returns (string memory) {
        bytes memory full = bytes(Strings.toChecksumHexString(account));
        return string.concat(string(Bytes.slice(full, 0, 6)), unicode"…", string(Bytes.slice(full, 38)));
    }

    /// @notice A JSON document as a `data:` URI.
    function dataURI(bytes memory json) internal pure returns (string memory) {
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }
}
