// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IERC5192
/// @notice ERC-5192: minimal soulbound tokens. Interface id 0xb45a3c0e.
interface IERC5192 {
    /// @notice The token is bound to its holder from now on.
    event Locked(uint256 tokenId);

    /// @notice The token can be transferred from now on. Never emitted by a badge.
    event Unlocked(uint256 tokenId);

    /// @notice Whether the token is bound to its holder. Reverts for a token that doesn't exist.
    function locked(uint256 tokenId) external view returns (bool);
}
