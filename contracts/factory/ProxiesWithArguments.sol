// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";
import {ERC1967Utils} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Utils.sol";
import {IERC1967} from "@openzeppelin/contracts/interfaces/IERC1967.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title ProxiesWithArguments
/// @notice OpenZeppelin's ERC1967Clones, with immutable arguments behind the code, as its Clones can have them. Upgrades don't
/// change them; where the implementation stands, and the event that tells of it, is the same (ERC-1967).
library ProxiesWithArguments {
    /// @dev Bytes of the code before the arguments.
    uint256 private constant CODE_LENGTH = 0x3a;

    /// @dev Reverts with more than 197 bytes of arguments: the length of the whole is one byte.
    function cloneDeterministic(address implementation, bytes memory args, bytes32 salt) internal returns (address) {
        return Create2.deploy(0, salt, _initCode(implementation, args));
    }

    /// @dev Where {cloneDeterministic} makes it.
    function predictDeterministicAddress(
        address implementation,
        bytes memory args,
        bytes32 salt
    ) internal view returns (address) {
        return Create2.computeAddress(salt, keccak256(_initCode(implementation, args)));
    }

    /// @dev The address that begins `offset` bytes into the arguments of the proxy whose call this is. An implementation that is
    /// called itself has no arguments, and answers with whatever its code has in that place: nothing is to be read into it.
    function addressAt(uint256 offset) internal view returns (address found) {
        offset += CODE_LENGTH;
        assembly ("memory-safe") {
            extcodecopy(address(), 0x00, offset, 0x20)
            found := shr(96, mload(0x00))
        }
    }

    /// @dev That of ERC1967Clones, where each instruction is explained, with a longer code to return: it begins with its length.
    function _initCode(address implementation, bytes memory args) private pure returns (bytes memory) {
        return
            bytes.concat(
                abi.encodePacked(
                    hex"60",
                    SafeCast.toUint8(CODE_LENGTH + args.length),
                    hex"5f8160475f3973",
                    implementation,
                    hex"807f",
                    IERC1967.Upgraded.selector,
                    hex"5f5fa260095155f3"
                ),
                abi.encodePacked(
                    hex"365f5f375f5f365f7f",
                    ERC1967Utils.IMPLEMENTATION_SLOT,
                    hex"545af43d5f5f3e6036573d5ffd5b3d5ff3",
                    args
                )
            );
    }
}
