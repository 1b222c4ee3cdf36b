// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IContributionBadge} from "./IContributionBadge.sol";
import {IMembershipPass} from "./IMembershipPass.sol";

/// @title IBadgeRenderer
/// @notice Draws badges. It is stateless and shared by all DAOs on a chain; texts are escaped for JSON and XML. What it says
/// itself is in the language that the DAO's pass has, and in English where the DAO has none.
interface IBadgeRenderer {
    /// @param brand Name of the DAO.
    /// @param kindName Name of the badge's kind.
    /// @param description Description of the kind.
    /// @param image Picture of the kind; empty for the card.
    /// @param id Number of the badge.
    /// @param account Its holder.
    /// @param title Title that the holder has now; empty for none.
    /// @param kind Number of its kind; also chooses the colour.
    /// @param points Points that it counts.
    /// @param votes Votes that it gave, in the token's smallest unit (18 decimals).
    /// @param votesWithheld Votes of its kind that it hasn't given, as the token's bounds withheld them.
    /// @param awardedAt Timestamp of the award.
    /// @param season Season of the award.
    /// @param language That of the labels.
    struct Card {
        string brand;
        string kindName;
        string description;
        string image;
        uint256 id;
        address account;
        string title;
        uint256 kind;
        uint256 points;
        uint256 votes;
        uint256 votesWithheld;
        uint256 awardedAt;
        uint256 season;
        IMembershipPass.Language language;
    }

    /// @notice ERC-721 metadata of badge `id` as a data URI. Reverts as {IContributionBadge-badgeOf} does.
    function tokenURIOf(IContributionBadge badge, uint256 id) external view returns (string memory);

    /// @notice The card of badge `id`, an SVG document. Reverts as {IContributionBadge-badgeOf} does.
    function cardOf(IContributionBadge badge, uint256 id) external view returns (string memory);

    /// @notice ERC-7572 metadata of the whole collection as a data URI.
    function contractURIOf(IContributionBadge badge) external view returns (string memory);

    /// @notice ERC-721 metadata as a data URI.
    function tokenURI(Card calldata badge) external pure returns (string memory);

    /// @notice The badge's card, an SVG document.
    function card(Card calldata badge) external pure returns (string memory);

    /// @notice ERC-7572 metadata of the whole collection as a data URI.
    function contractURI(
        string calldata brand,
        string calldata symbol,
        IMembershipPass.Language language
    ) external pure returns (string memory);
}
