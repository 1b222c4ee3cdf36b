// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";

/// @title CodeData
/// @notice Texts that don't change, kept as the code of a contract: a third of the gas of storing them, and nobody could
/// change them.
contract CodeData {
    /// @dev The code is a STOP, so that a call does nothing, and then the data.
    constructor(bytes memory data) {
        bytes memory code = bytes.concat(hex"00", data);
        assembly ("memory-safe") {
            return(add(code, 0x20), mload(code))
        }
    }
}

/// @dev What `stored` was created with.
function readCodeData(CodeData stored) view returns (bytes memory data) {
    return Bytes.slice(address(stored).code, 1);
}
