// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";

/// @title KindTexts
/// @notice The texts of a badge kind, kept as the code of a contract: a third of the gas of storing them, and nobody
/// could change them.
contract KindTexts {
    /// @dev The code is a STOP, so that a call does nothing, and then the texts.
    constructor(string memory name, string memory description, string memory image) {
        bytes memory code = bytes.concat(hex"00", abi.encode(name, description, image));
        assembly ("memory-safe") {
            return(add(code, 0x20), mload(code))
        }
    }
}

/// @dev The texts that `texts` was created with.
function readKindTexts(
    KindTexts texts
) view returns (string memory name, string memory description, string memory image) {
    return abi.decode(Bytes.slice(address(texts).code, 1), (string, string, string));
}
