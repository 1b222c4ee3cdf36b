// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IMembershipPass} from "./IMembershipPass.sol";

/// @title IPassRenderer
/// @notice Draws passes. It is stateless and shared by all DAOs on a chain; texts are escaped for JSON and XML.
interface IPassRenderer {
    /// @param brand Name of the DAO.
    /// @param number Number of the pass.
    /// @param account Its holder.
    /// @param title Title that the holder has now; empty for none.
    /// @param rank Which of the titles that is, from 1; 0 for none.
    /// @param ranks How many titles there are.
    /// @param points Points that the holder has now.
    /// @param since When the day of the holder's first badge began; 0 for none.
    /// @param colour The brand's colour, 0xRRGGBB.
    /// @param language That of the labels.
    struct Card {
        string brand;
        uint256 number;
        address account;
        string title;
        uint256 rank;
        uint256 ranks;
        uint256 points;
        uint256 since;
        uint24 colour;
        IMembershipPass.Language language;
    }

    /// @notice ERC-721 metadata as a data URI.
    function tokenURI(Card calldata pass) external pure returns (string memory);

    /// @notice The picture of a pass, an SVG document.
    function card(Card calldata pass) external pure returns (string memory);

    /// @notice ERC-7572 metadata of the whole collection as a data URI.
    function contractURI(
        string calldata brand,
        string calldata symbol,
        IMembershipPass.Language language
    ) external pure returns (string memory);
}
