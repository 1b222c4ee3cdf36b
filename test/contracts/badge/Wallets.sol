// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title OpenWallet
/// @notice A contract wallet that takes every signature (ERC-1271).
contract OpenWallet is IERC1271 {
    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external pure virtual returns (bytes4) {
        return IERC1271.isValidSignature.selector;
    }
}

/// @title BurningWallet
/// @notice A contract wallet that uses up all the gas that it is given.
contract BurningWallet is OpenWallet {
    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external pure override returns (bytes4) {
        assembly {
            invalid()
        }
    }
}

/// @title TalkativeWallet
/// @notice A contract wallet that takes every signature, and says so in half a megabyte.
contract TalkativeWallet is OpenWallet {
    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external pure override returns (bytes4) {
        bytes4 magic = IERC1271.isValidSignature.selector;
        assembly {
            mstore(0x00, magic)
            return(0x00, 0x80000)
        }
    }
}
