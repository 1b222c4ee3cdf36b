// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

/// @title PerishableMaker
/// @notice Makes a contract at an address that is known before. Called with nothing, it takes what it is sent; called with
/// anything, it destroys itself to the benefit of its caller, and is gone at the end of the transaction that made it (EIP-6780).
contract PerishableMaker {
    bytes32 private constant SALT = 0;

    /// @dev In bytes, as Solidity warns of what destroys itself. The code is what follows the first byte, 8 bytes of it: where there
    /// is calldata, it jumps over its stop.
    bytes private constant CREATION_CODE = hex"6736600557005b33ff5f5260086018f3";

    function make() external returns (address) {
        return Create2.deploy(0, SALT, CREATION_CODE);
    }

    function predict() external view returns (address) {
        return Create2.computeAddress(SALT, keccak256(CREATION_CODE));
    }
}
