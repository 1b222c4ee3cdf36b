// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IERC5192} from "../interfaces/IERC5192.sol";
import {IERC7572} from "../interfaces/IERC7572.sol";

/// @title Soulbound
/// @notice The part of ERC-721 that a token without transfers has: nobody moves anything, nobody is approved, all is locked.
abstract contract Soulbound is IContributionBadge {
    bytes4 private constant ERC4906_INTERFACE_ID = 0x49064906;

    /// @inheritdoc IERC5192
    function locked(uint256 tokenId) external view returns (bool) {
        ownerOf(tokenId);
        return true;
    }

    /// @notice Always the zero address. Reverts for a token that doesn't exist.
    function getApproved(uint256 tokenId) external view returns (address) {
        ownerOf(tokenId);
        return address(0);
    }

    /// @notice Always false.
    function isApprovedForAll(address, address) external pure returns (bool) {
        return false;
    }

    /// @notice Always reverts with {ContributionBadgeSoulbound}.
    function approve(address, uint256) external pure {
        revert ContributionBadgeSoulbound();
    }

    /// @notice Always reverts with {ContributionBadgeSoulbound}.
    function setApprovalForAll(address, bool) external pure {
        revert ContributionBadgeSoulbound();
    }

    /// @notice Always reverts with {ContributionBadgeSoulbound}.
    function transferFrom(address, address, uint256) external pure {
        revert ContributionBadgeSoulbound();
    }

    /// @notice Always reverts with {ContributionBadgeSoulbound}.
    function safeTransferFrom(address, address, uint256) external pure {
        revert ContributionBadgeSoulbound();
    }

    /// @notice Always reverts with {ContributionBadgeSoulbound}.
    function safeTransferFrom(address, address, uint256, bytes calldata) external pure {
        revert ContributionBadgeSoulbound();
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(IERC165).interfaceId ||
            interfaceId == type(IERC721).interfaceId ||
            interfaceId == type(IERC721Metadata).interfaceId ||
            interfaceId == type(IERC5192).interfaceId ||
            interfaceId == type(IERC7572).interfaceId ||
            interfaceId == ERC4906_INTERFACE_ID;
    }

    /// @inheritdoc IERC721
    function ownerOf(uint256 tokenId) public view virtual returns (address);
}
