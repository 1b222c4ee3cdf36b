// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {CalendarDate} from "../text/CalendarDate.sol";
import {FittedText} from "../text/FittedText.sol";
import {SANS, SERIF} from "../text/Fonts.sol";
import {IBadgeRenderer} from "../interfaces/IBadgeRenderer.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IMembershipPass} from "../interfaces/IMembershipPass.sol";
import {IModuleFactory} from "../interfaces/IModuleFactory.sol";
import {Written} from "../text/Written.sol";
import {Xml} from "../text/Xml.sol";

/// @title BadgeRenderer
/// @notice See {IBadgeRenderer}. A badge is a card of cloth in its kind's colour, with the two rings of creating together.
contract BadgeRenderer is IBadgeRenderer {
    using Strings for uint256;

    /// @dev The golden angle: neighbouring kinds get colours far apart.
    uint256 private constant HUE_STEP = 137;
    uint256 private constant TOKEN_UNIT = 1e18;
    uint256 private constant TEXT_WIDTH = 520;
    uint256 private constant FIGURE_WIDTH = 150;

    IModuleFactory private immutable MODULES;

    /// @dev What is said in the language of the brand.
    struct Labels {
        string points;
        string season;
        string votes;
        string withheld;
    }

    constructor(IModuleFactory modules) {
        MODULES = modules;
    }

    /// @inheritdoc IBadgeRenderer
    function tokenURIOf(IContributionBadge badge, uint256 id) external view returns (string memory) {
        return tokenURI(_read(badge, id));
    }

    /// @inheritdoc IBadgeRenderer
    function cardOf(IContributionBadge badge, uint256 id) external view returns (string memory) {
        return card(_read(badge, id));
    }

    /// @inheritdoc IBadgeRenderer
    function contractURIOf(IContributionBadge badge) external view returns (string memory) {
        return contractURI(badge.name(), badge.symbol(), _languageOf(badge));
    }

    /// @inheritdoc IBadgeRenderer
    function tokenURI(Card memory badge) public pure returns (string memory) {
        return
            Written.dataURI(
                abi.encodePacked(
                    '{"name":"',
                    Strings.escapeJSON(badge.kindName),
                    " #",
                    badge.id.toString(),
                    '","description":"',
                    Strings.escapeJSON(badge.description),
                    '","image":"',
                    bytes(badge.image).length == 0
                        ? string.concat("data:image/svg+xml;base64,", Base64.encode(bytes(card(badge))))
                        : Strings.escapeJSON(badge.image),
                    '","attributes":',
                    _attributes(badge),
                    "}"
                )
            );
    }

    /// @inheritdoc IBadgeRenderer
    function contractURI(
        string memory brand,
        string memory symbol,
        IMembershipPass.Language language
    ) public pure returns (string memory) {
        string memory name = Strings.escapeJSON(brand);
        bool japanese = language == IMembershipPass.Language.Japanese;
        return
            Written.dataURI(
                abi.encodePacked(
                    '{"name":"',
                    name,
                    '","symbol":"',
                    Strings.escapeJSON(symbol),
                    '","description":"',
                    japanese ? "" : "Recognised contributions to ",
                    name,
                    japanese
                        ? unicode"への貢献のあかし。受け取った人だけのもので、譲り渡すことはできません。"
                        : ". Soulbound: each belongs to the person who earned it.",
                    '"}'
                )
            );
    }

    /// @inheritdoc IBadgeRenderer
    function card(Card memory badge) public pure returns (string memory) {
        string memory hue = ((badge.kind * HUE_STEP) % 360).toString();
        return
            string.concat(
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 380" width="600" height="380">',
                _cloth(hue),
                _texts(badge),
                _figures(badge, hue),
                "</svg>"
            );
    }

    function _read(IContributionBadge badge, uint256 id) private view returns (Card memory) {
        IContributionBadge.Badge memory held = badge.badgeOf(id);
        IContributionBadge.KindConfig memory kind = badge.kindOf(held.kind).config;
        (, string memory title) = badge.titleOf(held.account);
        return
            Card({
                brand: badge.name(),
                kindName: kind.name,
                description: kind.description,
                image: kind.image,
                id: id,
                account: held.account,
                title: title,
                kind: held.kind,
                points: held.points,
                votes: held.votes,
                votesWithheld: kind.votes - held.votes,
                awardedAt: held.awardedAt,
                season: held.season,
                language: _languageOf(badge)
            });
    }

    /// @dev A DAO's pass is where its badge says, and is asked only where it is.
    function _languageOf(IContributionBadge badge) private view returns (IMembershipPass.Language) {
        (, address pass) = MODULES.predict(address(badge));
        return pass.code.length == 0 ? IMembershipPass.Language.English : IMembershipPass(pass).terms().language;
    }

    function _attributes(Card memory badge) private pure returns (bytes memory) {
        return
            abi.encodePacked(
                '[{"trait_type":"Kind","value":"',
                Strings.escapeJSON(badge.kindName),
                bytes(badge.title).length == 0
                    ? ""
                    : string.concat(
                        '"},{"trait_type":"Title of the holder","value":"',
                        Strings.escapeJSON(badge.title)
                    ),
                '"},{"trait_type":"Season","value":',
                badge.season.toString(),
                '},{"trait_type":"Points","display_type":"number","value":',
                badge.points.toString(),
                '},{"trait_type":"Votes","display_type":"number","value":',
                (badge.votes / TOKEN_UNIT).toString(),
                badge.votesWithheld == 0
                    ? ""
                    : string.concat(
                        '},{"trait_type":"Votes withheld","display_type":"number","value":',
                        (badge.votesWithheld / TOKEN_UNIT).toString()
                    ),
                '},{"trait_type":"Awarded","display_type":"date","value":',
                badge.awardedAt.toString(),
                "}]"
            );
    }

    function _cloth(string memory hue) private pure returns (string memory) {
        return
            string.concat(
                '<defs><clipPath id="c"><rect width="600" height="380" rx="14"/></clipPath></defs>',
                '<g clip-path="url(#c)"><rect width="600" height="380" fill="hsl(',
                hue,
                ',42%,22%)"/>',
                // Two circles that share a middle: creating together.
                '<g fill="none" stroke="#fff" stroke-opacity=".16" stroke-width="2">',
                '<circle cx="470" cy="150" r="120"/><circle cx="470" cy="150" r="88"/>',
                '<circle cx="590" cy="150" r="120"/><circle cx="590" cy="150" r="88"/></g></g>'
            );
    }

    function _texts(Card memory badge) private pure returns (string memory) {
        return
            string.concat(
                '<g fill="#fff">',
                _text(62, 22, 8, SANS, ' fill-opacity=".9"', badge.brand),
                // The holder's title now, not at the time of the award.
                bytes(badge.title).length == 0 ? "" : _text(98, 20, 8, SANS, ' font-weight="600"', badge.title),
                _text(180, 46, 8, SERIF, ' font-weight="600"', badge.kindName),
                '<text x="40" y="220" font-size="17" fill-opacity=".88" ',
                SANS,
                ">#",
                badge.id.toString(),
                unicode"　·　",
                CalendarDate.format(badge.awardedAt),
                "</text>"
            );
    }

    /// @dev A line in the largest size that fits.
    function _text(
        uint256 y,
        uint256 highest,
        uint256 lowest,
        string memory font,
        string memory style,
        string memory content
    ) private pure returns (string memory) {
        (string memory text, uint256 size, ) = FittedText.fit(content, highest, lowest, TEXT_WIDTH);
        return
            string.concat(
                '<text x="40" y="',
                y.toString(),
                '" font-size="',
                size.toString(),
                '" ',
                font,
                style,
                ">",
                Xml.escape(text),
                "</text>"
            );
    }

    /// @dev Closes the group that {_texts} opens.
    function _figures(Card memory badge, string memory hue) private pure returns (string memory) {
        Labels memory labels = _labels(badge.language);
        string memory votes = "";
        if (badge.votes != 0) votes = _figure(340, badge.votes / TOKEN_UNIT, labels.votes);
        else if (badge.votesWithheld != 0) votes = _figure(340, badge.votesWithheld / TOKEN_UNIT, labels.withheld);
        return
            string.concat(
                '<path d="M40 256H560" stroke="hsl(',
                hue,
                ',60%,78%)" stroke-opacity=".5"/>',
                _figure(40, badge.points, labels.points),
                _figure(220, badge.season, labels.season),
                votes,
                '<text x="560" y="342" text-anchor="end" font-size="14" fill-opacity=".88" ',
                SANS,
                ">",
                Written.short(badge.account),
                "</text></g>"
            );
    }

    function _figure(uint256 x, uint256 value, string memory label) private pure returns (string memory) {
        string memory at = string.concat('<text x="', x.toString(), '" y="');
        (string memory text, uint256 size, ) = FittedText.fit(Written.grouped(value), 36, 12, FIGURE_WIDTH);
        return
            string.concat(
                at,
                '312" font-weight="600" font-size="',
                size.toString(),
                '" ',
                SERIF,
                ">",
                text,
                "</text>",
                at,
                '342" font-size="14" fill-opacity=".88" ',
                SANS,
                ">",
                label,
                "</text>"
            );
    }

    function _labels(IMembershipPass.Language language) private pure returns (Labels memory) {
        if (language == IMembershipPass.Language.Japanese) {
            return
                Labels({
                    points: unicode"ポイント",
                    season: unicode"シーズン",
                    votes: unicode"票",
                    withheld: unicode"票（保留）"
                });
        }
        return Labels({points: "points", season: "season", votes: "votes", withheld: "votes withheld"});
    }
}
