// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title ModuleArguments
/// @notice What a {BadgeModule} is made with: immutable arguments of its clone.
library ModuleArguments {
    uint256 internal constant BADGE = 0;
    uint256 internal constant TOKEN = 1;
    uint256 internal constant TREASURY = 2;

    /// @dev Bytes of an address.
    uint256 private constant SIZE = 20;

    /// @dev Bytes of the code before the arguments, as of OpenZeppelin's Clones.
    uint256 private constant CODE_LENGTH = 0x2d;

    /// @dev In the order of the numbers above.
    function encode(address badge, address token, address treasury) internal pure returns (bytes memory) {
        return abi.encodePacked(badge, token, treasury);
    }

    /// @dev One of the arguments of this clone. `Clones.fetchCloneArgs` would copy all of them into memory each time. In the
    /// implementation, whose code has other things there, nothing that is asked of it has an effect for any DAO.
    function read(uint256 number) internal view returns (address argument) {
        uint256 at = CODE_LENGTH + number * SIZE;
        assembly ("memory-safe") {
            mstore(0x00, 0)
            extcodecopy(address(), 0x0c, at, SIZE)
            argument := mload(0x00)
        }
    }
}
