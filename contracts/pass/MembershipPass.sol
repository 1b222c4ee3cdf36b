// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IERC7572} from "../interfaces/IERC7572.sol";
import {IMembershipPass} from "../interfaces/IMembershipPass.sol";
import {IPassRenderer} from "../interfaces/IPassRenderer.sol";
import {ITitles} from "../interfaces/ITitles.sol";
import {Perks} from "./Perks.sol";

/// @title MembershipPass
/// @notice See {IMembershipPass}. Each DAO has a clone: OpenZeppelin's ERC721, whose name and symbol are the token's.
/// @dev There is no way to burn a pass, as its badge would entitle to another one then.
contract MembershipPass is IMembershipPass, ERC721, Perks {
    bytes4 private constant ERC4906_INTERFACE_ID = 0x49064906;
    uint256 private constant MAX_ROYALTY_BPS = 1_000;
    uint256 private constant BPS = 10_000;

    /// @notice Draws the passes of every DAO that uses this implementation.
    IPassRenderer public immutable RENDERER;

    PassTerms private _terms;

    constructor(IPassRenderer renderer) ERC721("", "") {
        require(address(renderer).code.length != 0, MembershipPassInvalidRenderer(address(renderer)));
        RENDERER = renderer;
    }

    /// @inheritdoc IMembershipPass
    function mint(uint256 badgeId) external {
        IContributionBadge.Badge memory held = _badge().badgeOf(badgeId);
        require(held.kind == _terms.kind, MembershipPassNotEntitled(badgeId, held.kind));
        require(_ownerOf(badgeId) == address(0), MembershipPassMintedBefore(badgeId));
        _mint(held.account, badgeId);
    }

    /// @inheritdoc IMembershipPass
    function refresh(uint256 id) external {
        _requireOwned(id);
        emit MetadataUpdate(id);
    }

    /// @inheritdoc IMembershipPass
    function setTerms(PassTerms calldata newTerms) external restricted {
        require(newTerms.royaltyBps <= MAX_ROYALTY_BPS, MembershipPassInvalidRoyalty(newTerms.royaltyBps));
        // Reverts where there is no such kind.
        if (newTerms.kind != 0) _badge().kindOf(newTerms.kind);
        _terms = newTerms;
        emit PassTermsSet(newTerms);
        emit ContractURIUpdated();
        emit BatchMetadataUpdate(1, _badge().totalAwarded());
    }

    /// @inheritdoc IMembershipPass
    function terms() external view returns (PassTerms memory) {
        return _terms;
    }

    /// @notice The brand's name, which is the token's.
    function name() public view override(ERC721, IERC721Metadata) returns (string memory) {
        return IERC20Metadata(address(_token())).name();
    }

    /// @notice The token's symbol with the suffix `-PASS`.
    function symbol() public view override(ERC721, IERC721Metadata) returns (string memory) {
        return string.concat(IERC20Metadata(address(_token())).symbol(), "-PASS");
    }

    /// @inheritdoc IERC721Metadata
    function tokenURI(uint256 id) public view override(ERC721, IERC721Metadata) returns (string memory) {
        return RENDERER.tokenURI(_cardOf(id));
    }

    /// @inheritdoc IMembershipPass
    function card(uint256 id) external view returns (string memory) {
        return RENDERER.card(_cardOf(id));
    }

    /// @inheritdoc IERC7572
    function contractURI() external view returns (string memory) {
        return RENDERER.contractURI(name(), symbol(), _terms.language);
    }

    /// @inheritdoc IERC2981
    function royaltyInfo(uint256, uint256 salePrice) external view returns (address receiver, uint256 royaltyAmount) {
        return (_treasury(), Math.mulDiv(salePrice, _terms.royaltyBps, BPS));
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return
            interfaceId == type(IERC2981).interfaceId ||
            interfaceId == type(IERC7572).interfaceId ||
            interfaceId == ERC4906_INTERFACE_ID ||
            super.supportsInterface(interfaceId);
    }

    /// @dev A pass looks as its holder stands: with another one, differently.
    function _update(address to, uint256 id, address auth) internal override returns (address from) {
        from = super._update(to, id, auth);
        if (from != address(0)) emit MetadataUpdate(id);
    }

    function _passesOf(address account) internal view override returns (uint256) {
        return balanceOf(account);
    }

    function _cardOf(uint256 id) private view returns (IPassRenderer.Card memory) {
        address account = _requireOwned(id);
        IContributionBadge badge_ = _badge();
        ITitles.Title[] memory titles = badge_.titles();
        uint256 rank = badge_.rankOf(account);
        return
            IPassRenderer.Card({
                brand: name(),
                number: id,
                account: account,
                title: rank == 0 ? "" : titles[rank - 1].name,
                rank: rank,
                ranks: titles.length,
                points: badge_.pointsOf(account),
                since: badge_.memberSince(account),
                colour: _terms.colour,
                language: _terms.language
            });
    }
}
