// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {IERC7572} from "./IERC7572.sol";
import {IPerks} from "./IPerks.sol";

/// @title IMembershipPass
/// @notice A membership card that lives with what its holder does, can be sold, and opens doors (ERC-721 with ERC-2981,
/// ERC-4906 and ERC-7572). Its number is that of the badge that entitled to it: there is one for each such badge, ever. Its
/// picture and its text show the title and the points of whoever holds it at this moment; nothing of that is among its
/// attributes, which markets would sell.
interface IMembershipPass is IERC721Metadata, IERC2981, IERC4906, IERC7572, IPerks {
    /// @notice The language of labels.
    enum Language {
        English,
        Japanese
    }

    /// @param kind The kind of badge that entitles to a pass; 0 for none, so that no more are minted.
    /// @param royaltyBps What markets are asked to pay the treasury of a price, in basis points; at most 1,000.
    /// @param colour The brand's colour, 0xRRGGBB.
    /// @param language That of its labels.
    struct PassTerms {
        uint32 kind;
        uint16 royaltyBps;
        uint24 colour;
        Language language;
    }

    /// @notice These are the terms from now on. Passes that there are stay.
    event PassTermsSet(PassTerms terms);

    /// @notice `royaltyBps` is more than 1,000.
    error MembershipPassInvalidRoyalty(uint16 royaltyBps);

    /// @notice `renderer` has no code.
    error MembershipPassInvalidRenderer(address renderer);

    /// @notice Badge `badgeId` is of `kind`, which entitles to no pass.
    error MembershipPassNotEntitled(uint256 badgeId, uint32 kind);

    /// @notice There is a pass for this badge, whoever has it.
    error MembershipPassMintedBefore(uint256 badgeId);

    /// @notice Mints the pass of a badge to whoever holds the badge. Caller: anyone. Reverts with `ERC721NonexistentToken` where
    /// there is no such badge. What becomes of the badge later changes nothing about the pass.
    /// @dev The holder isn't called on receipt: it got the badge in the same way.
    function mint(uint256 badgeId) external;

    /// @notice Tells markets to read a pass anew, when its holder's points have changed. Caller: anyone.
    function refresh(uint256 id) external;

    /// @notice Sets the terms. Caller: as the AccessManager lists it, or else ADMIN, that is, a passed proposal.
    function setTerms(PassTerms calldata newTerms) external;

    /// @notice The terms; of a new one, no kind entitles to a pass.
    function terms() external view returns (PassTerms memory);

    /// @notice The picture of a pass as an SVG document. Reverts with `ERC721NonexistentToken`.
    function card(uint256 id) external view returns (string memory);
}
