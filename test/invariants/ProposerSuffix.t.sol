// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {Broken} from "./Checks.sol";
import {ProposerSuffix} from "../../contracts/governance/ProposerSuffix.sol";

/// @title ProposerSuffixFuzz
/// @notice A text names its proposer exactly where OpenZeppelin's Governor would read that address from it.
contract ProposerSuffixFuzz {
    /// @notice S1: for any text, also one that is the right one but for a character, and in any mix of letters.
    function testFuzz_S1_suffix(
        address account,
        address other,
        string calldata before,
        uint40 capitals,
        uint8 place,
        bytes1 character
    ) external pure {
        bytes memory right = bytes.concat("#proposer=", bytes(Strings.toHexString(account)));
        for (uint256 i = 0; i < 40; ++i) {
            bytes1 digit = right[12 + i];
            if ((capitals >> i) & 1 == 1 && digit > "9") right[12 + i] = digit & ~bytes1(0x20);
        }
        _check(string.concat(before, string(right)), account, true);
        _check(string.concat(before, string(right)), other, other == account);
        _check(string(right), account, true);
        _check(before, account, false);
        _check(string.concat(string(right), " "), account, false);
        // Each bit of a character once, and any other character.
        uint256 index = place % 52;
        bytes1 was = right[index];
        for (uint256 bit = 0; bit < 8; ++bit) {
            right[index] = was ^ bytes1(uint8(1 << bit));
            _compare(string.concat(before, string(right)), account);
        }
        right[index] = character;
        _compare(string.concat(before, string(right)), account);
    }

    function _check(string memory text, address account, bool expected) private pure {
        require(ProposerSuffix.names(text, account) == expected, Broken("S1: as written", 0, 0));
        _compare(text, account);
    }

    function _compare(string memory text, address account) private pure {
        require(ProposerSuffix.names(text, account) == _read(text, account), Broken("S1: as read", 0, 0));
    }

    /// @dev As Governor reads it.
    function _read(string memory text, address account) private pure returns (bool) {
        uint256 length = bytes(text).length;
        if (length < 52) return false;
        bytes memory marker = new bytes(10);
        for (uint256 i = 0; i < 10; ++i) {
            marker[i] = bytes(text)[length - 52 + i];
        }
        if (keccak256(marker) != keccak256("#proposer=")) return false;
        (bool success, address read) = Strings.tryParseAddress(text, length - 42, length);
        return success && read == account;
    }
}
