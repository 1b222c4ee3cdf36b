// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {CalendarDate} from "../text/CalendarDate.sol";
import {IBadgeRenderer} from "../interfaces/IBadgeRenderer.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {Xml} from "../text/Xml.sol";

/// @title BadgeRenderer
/// @notice See {IBadgeRenderer}.
contract BadgeRenderer is IBadgeRenderer {
    using Strings for uint256;

    /// @dev The golden angle: neighbouring kinds get colours far apart.
    uint256 private constant HUE_STEP = 137;
    uint256 private constant TOKEN_UNIT = 1e18;

    string private constant FONT =
        "font-family=\"'Hiragino Sans','Noto Sans CJK JP','Noto Sans JP','Yu Gothic','Segoe UI',system-ui,sans-serif\"";

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
        return contractURI(badge.name(), badge.symbol());
    }

    /// @inheritdoc IBadgeRenderer
    function tokenURI(Card memory badge) public pure returns (string memory) {
        return
            _dataURI(
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
    function contractURI(string memory brand, string memory symbol) public pure returns (string memory) {
        string memory name = Strings.escapeJSON(brand);
        return
            _dataURI(
                abi.encodePacked(
                    '{"name":"',
                    name,
                    '","symbol":"',
                    Strings.escapeJSON(symbol),
                    '","description":"Recognised contributions to ',
                    name,
                    '. Soulbound: each belongs to the person who earned it."}'
                )
            );
    }

    /// @inheritdoc IBadgeRenderer
    function card(Card memory badge) public pure returns (string memory) {
        string memory hue = ((badge.kind * HUE_STEP) % 360).toString();
        return
            string.concat(
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 380" width="600" height="380">',
                _background(hue),
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
                season: held.season
            });
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

    function _background(string memory hue) private pure returns (string memory) {
        return
            string.concat(
                '<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="hsl(',
                hue,
                ',46%,30%)"/><stop offset="1" stop-color="hsl(',
                hue,
                ',52%,15%)"/></linearGradient><clipPath id="c"><rect width="600" height="380" rx="28"/></clipPath></defs>',
                '<g clip-path="url(#c)"><rect width="600" height="380" fill="url(#g)"/>',
                // Two circles that share a middle: creating together.
                '<g fill="none" stroke="#fff" stroke-opacity=".13" stroke-width="2">',
                '<circle cx="470" cy="150" r="120"/><circle cx="470" cy="150" r="88"/>',
                '<circle cx="590" cy="150" r="120"/><circle cx="590" cy="150" r="88"/></g></g>'
            );
    }

    function _texts(Card memory badge) private pure returns (string memory) {
        return
            string.concat(
                "<g ",
                FONT,
                ' fill="#fff"><text x="40" y="66" font-size="',
                _fit(badge.brand, 22),
                '" opacity=".85">',
                Xml.escape(badge.brand),
                "</text>",
                _title(badge.title),
                '<text x="40" y="172" font-weight="700" font-size="',
                _fit(badge.kindName, 46),
                '">',
                Xml.escape(badge.kindName),
                '</text><text x="40" y="212" font-size="17" opacity=".75">#',
                badge.id.toString(),
                unicode"　·　",
                CalendarDate.format(badge.awardedAt),
                "</text>"
            );
    }

    /// @dev The holder's title now, not at the time of the award.
    function _title(string memory title) private pure returns (string memory) {
        if (bytes(title).length == 0) return "";
        return
            string.concat(
                '<text x="40" y="102" font-size="',
                _fit(title, 20),
                unicode'" font-weight="700">★ ',
                Xml.escape(title),
                "</text>"
            );
    }

    /// @dev Closes the group that {_texts} opens.
    function _figures(Card memory badge, string memory hue) private pure returns (string memory) {
        string memory votes = "";
        if (badge.votes != 0) votes = _figure(340, (badge.votes / TOKEN_UNIT).toString(), "VOTES");
        else if (badge.votesWithheld != 0) {
            votes = _figure(340, (badge.votesWithheld / TOKEN_UNIT).toString(), "VOTES WITHHELD");
        }
        return
            string.concat(
                '<path d="M40 252H560" stroke="hsl(',
                hue,
                ',70%,78%)" stroke-opacity=".5"/>',
                _figure(40, badge.points.toString(), "POINTS"),
                _figure(230, badge.season.toString(), "SEASON"),
                votes,
                '<text x="560" y="345" text-anchor="end" font-size="14" opacity=".7">',
                _shortAddress(badge.account),
                "</text></g>"
            );
    }

    function _figure(uint256 x, string memory value, string memory label) private pure returns (string memory) {
        string memory at = string.concat('<text x="', x.toString(), '" y="');
        return
            string.concat(
                at,
                '308" font-size="38" font-weight="700">',
                value,
                "</text>",
                at,
                '345" font-size="13" letter-spacing="2" opacity=".7">',
                label,
                "</text>"
            );
    }

    /// @dev The largest font size up to `size` at which `text` fits the card's 520 units. A letter is taken to be 0.62
    /// of the font size wide, a Chinese or Japanese one or an emoji 1.0; both are on the wide side.
    function _fit(string memory text, uint256 size) private pure returns (string memory) {
        uint256 width = 0; // in hundredths of the font size
        bytes memory raw = bytes(text);
        for (uint256 i = 0; i < raw.length; ++i) {
            uint8 unit = uint8(raw[i]);
            if (unit >= 0xe0) width += 100;
            else if (unit < 0x80 || unit >= 0xc0) width += 62;
        }
        uint256 fitting = width == 0 ? size : 52_000 / width;
        return (fitting < size ? fitting : size).toString();
    }

    function _shortAddress(address account) private pure returns (string memory) {
        bytes memory full = bytes(Strings.toChecksumHexString(account));
        return string.concat(string(Bytes.slice(full, 0, 6)), unicode"…", string(Bytes.slice(full, 38)));
    }

    function _dataURI(bytes memory json) private pure returns (string memory) {
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }
}
