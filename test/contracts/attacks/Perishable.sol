// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title Perishable
/// @notice Receives money, and destroys itself with the next call, to the benefit of its caller.
contract Perishable {
    receive() external payable {}

    fallback() external payable {
        selfdestruct(payable(msg.sender));
    }
}

/// @title PerishableMaker
/// @notice Makes a {Perishable} that is gone at the end of the transaction (EIP-6780), at an address that is known before.
contract PerishableMaker {
    bytes32 private constant SALT = 0;

    function make() external returns (address) {
        return address(new Perishable{salt: SALT}());
    }

    function predict() external view returns (address) {
        bytes32 code = keccak256(type(Perishable).creationCode);
        return address(uint160(uint256(keccak256(abi.encodePacked(hex"ff", address(this), SALT, code)))));
    }
}
