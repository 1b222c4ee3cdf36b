// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {CalendarDate} from "../text/CalendarDate.sol";
import {Cloth} from "./Cloth.sol";
import {FittedText} from "../text/FittedText.sol";
import {SANS, SERIF} from "../text/Fonts.sol";
import {IMembershipPass} from "../interfaces/IMembershipPass.sol";
import {IPassRenderer} from "../interfaces/IPassRenderer.sol";
import {Written} from "../text/Written.sol";
import {Xml} from "../text/Xml.sol";

/// @title PassRenderer
/// @notice See {IPassRenderer}. A pass is the cover of a book of regulars: cloth in the brand's colour, a title slip, stab
/// binding, and two rings that share a middle, with a line for each title that the holder has reached.
contract PassRenderer is IPassRenderer {
    using Strings for uint256;

    uint256 private constant TEXT_WIDTH = 472;
    uint256 private constant SLIP_TEXT_WIDTH = 440;
    uint256 private constant POINTS_WIDTH = 124;
    uint256 private constant NUMBER_WIDTH = 170;
    uint256 private constant MAX_RANKS = 5;

    /// @dev What is said in the language of the brand.
    struct Labels {
        string card;
        string points;
        string since;
        string number;
    }

    /// @inheritdoc IPassRenderer
    function tokenURI(Card calldata pass) external pure returns (string memory) {
        string memory number = pass.number.toString();
        return
            Written.dataURI(
                abi.encodePacked(
                    '{"name":"',
                    Strings.escapeJSON(pass.brand),
                    pass.language == IMembershipPass.Language.Japanese ? unicode" 会員カード 第" : " No. ",
                    number,
                    pass.language == IMembershipPass.Language.Japanese ? unicode"号" : "",
                    '","description":"',
                    _description(pass),
                    '","image":"data:image/svg+xml;base64,',
                    Base64.encode(bytes(_draw(pass))),
                    '","attributes":[{"trait_type":"Number","display_type":"number","value":',
                    number,
                    "}]}"
                )
            );
    }

    /// @inheritdoc IPassRenderer
    function card(Card calldata pass) external pure returns (string memory) {
        return _draw(pass);
    }

    /// @inheritdoc IPassRenderer
    function contractURI(
        string calldata brand,
        string calldata symbol,
        IMembershipPass.Language language
    ) external pure returns (string memory) {
        string memory name = Strings.escapeJSON(brand);
        bool japanese = language == IMembershipPass.Language.Japanese;
        return
            Written.dataURI(
                abi.encodePacked(
                    '{"name":"',
                    name,
                    japanese ? unicode" 会員カード" : " membership",
                    '","symbol":"',
                    Strings.escapeJSON(symbol),
                    '","description":"',
                    japanese ? "" : "Membership cards of ",
                    name,
                    japanese
                        ? unicode"の会員カード。絵と言葉は、いま持っている人の称号とポイントを映します。"
                        : ". Picture and words show the title and the points of whoever holds a card now.",
                    '"}'
                )
            );
    }

    /// @dev Markets show it beside a price: so it says whose title that is.
    function _description(Card calldata pass) private pure returns (string memory) {
        string memory brand = Strings.escapeJSON(pass.brand);
        string memory title = Strings.escapeJSON(pass.title);
        string memory points = Written.grouped(pass.points);
        if (pass.language == IMembershipPass.Language.Japanese) {
            return
                string.concat(
                    brand,
                    unicode"の会員カード。いま持っている人は",
                    bytes(title).length == 0 ? "" : string.concat(unicode"「", title, unicode"」、"),
                    points,
                    unicode"ポイント。称号とポイントは人のもので、会員カードといっしょには渡りません。"
                );
        }
        return
            string.concat(
                "Membership card of ",
                brand,
                ". Its holder now: ",
                bytes(title).length == 0 ? "" : string.concat(title, ", "),
                points,
                " points. Title and points belong to the person, and don't go along with the card."
            );
    }

    function _draw(Card calldata pass) private pure returns (string memory) {
        (string memory cloth, string memory ink, bool dark) = Cloth.dye(pass.colour);
        return
            string.concat(
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 380" width="600" height="380">',
                '<defs><clipPath id="c"><rect width="600" height="380" rx="14"/></clipPath></defs>',
                '<g clip-path="url(#c)"><rect width="600" height="380" fill="',
                cloth,
                '"/>',
                _rings(ink, pass.rank, pass.ranks),
                _binding(ink),
                '<rect x=".5" y=".5" width="599" height="379" rx="13.5" fill="none" stroke="',
                ink,
                '" stroke-opacity=".16"/></g>',
                _slip(pass.brand, dark),
                _standing(pass, ink),
                _figures(pass, ink),
                "</svg>"
            );
    }

    /// @dev Two rings that share a middle, each of as many lines as titles were reached; at the last one, the middle is filled.
    function _rings(string memory ink, uint256 rank, uint256 ranks) private pure returns (string memory) {
        if (rank > MAX_RANKS) rank = MAX_RANKS;
        string memory lines = "";
        for (uint256 i = 0; i < (rank == 0 ? 1 : rank); ++i) {
            string memory end = string.concat('" cy="176" r="', (118 - i * 13).toString(), '"/>');
            lines = string.concat(lines, '<circle cx="424', end, '<circle cx="548', end);
        }
        return
            string.concat(
                rank != 0 && rank == ranks && ranks > 1
                    ? string.concat(
                        '<path d="M486 75.6A118 118 0 0 1 486 276.4A118 118 0 0 1 486 75.6Z" fill="',
                        ink,
                        '" fill-opacity=".13"/>'
                    )
                    : "",
                '<g fill="none" stroke="',
                ink,
                '" stroke-opacity=".22" stroke-width="2">',
                lines,
                "</g>"
            );
    }

    /// @dev Four stitches, as books are bound by hand.
    function _binding(string memory ink) private pure returns (string memory) {
        return
            string.concat(
                '<path d="M40 0V380M0 34H40M0 138H40M0 242H40M0 346H40" fill="none" stroke="',
                ink,
                '" stroke-opacity=".42" stroke-width="1.5"/>'
            );
    }

    function _slip(string calldata brand, bool dark) private pure returns (string memory) {
        (string memory text, uint256 size, uint256 width) = FittedText.fit(brand, 20, 12, SLIP_TEXT_WIDTH);
        return
            string.concat(
                '<rect x="72" y="36" width="',
                (width + 32).toString(),
                '" height="44" rx="2" fill="#fbf8f2"',
                dark ? "" : ' stroke="#2b2420" stroke-opacity=".25"',
                '/><text x="88" y="',
                (58 + (size * 35) / 100).toString(),
                '" ',
                SERIF,
                ' font-weight="600" fill="#2b2420" font-size="',
                size.toString(),
                '">',
                Xml.escape(text),
                "</text>"
            );
    }

    /// @dev The holder's title; without titles, what the card is. Below, a mark for each title, filled where it was reached.
    function _standing(Card calldata pass, string memory ink) private pure returns (string memory) {
        string memory title = bytes(pass.title).length == 0 ? _labels(pass.language).card : pass.title;
        (string memory text, uint256 size, ) = FittedText.fit(title, 44, 13, TEXT_WIDTH);
        string memory marks = "";
        if (pass.ranks > 1) {
            for (uint256 i = 0; i < pass.ranks && i < MAX_RANKS; ++i) {
                marks = string.concat(
                    marks,
                    '<circle cx="',
                    (79 + i * 24).toString(),
                    '" cy="214" r="6"',
                    i < pass.rank ? ' fill-opacity="1"/>' : ' fill-opacity="0"/>'
                );
            }
        }
        return
            string.concat(
                '<text x="72" y="180" ',
                SERIF,
                ' font-weight="600" fill="',
                ink,
                '" font-size="',
                size.toString(),
                '">',
                Xml.escape(text),
                '</text><g fill="',
                ink,
                '" stroke="',
                ink,
                '" stroke-width="1.5">',
                marks,
                "</g>"
            );
    }

    function _figures(Card calldata pass, string memory ink) private pure returns (string memory) {
        Labels memory labels = _labels(pass.language);
        return
            string.concat(
                '<g fill="',
                ink,
                '"><path d="M72 252H560" stroke="',
                ink,
                '" stroke-opacity=".42"/>',
                _number('x="72"', pass.points, 28, POINTS_WIDTH, labels.points),
                pass.since == 0 ? "" : _figure('x="212"', 28, CalendarDate.format(pass.since), labels.since),
                _number('x="560" text-anchor="end"', pass.number, 36, NUMBER_WIDTH, labels.number),
                '<text x="560" y="30" text-anchor="end" ',
                SANS,
                ' font-size="13">',
                Written.short(pass.account),
                "</text></g>"
            );
    }

    function _number(
        string memory at,
        uint256 value,
        uint256 highest,
        uint256 width,
        string memory label
    ) private pure returns (string memory) {
        string memory text = Written.grouped(value);
        (, uint256 size, ) = FittedText.fit(text, highest, 8, width);
        return _figure(at, size, text, label);
    }

    function _figure(
        string memory at,
        uint256 size,
        string memory value,
        string memory label
    ) private pure returns (string memory) {
        return
            string.concat(
                "<text ",
                at,
                ' y="304" ',
                SERIF,
                ' font-weight="600" font-size="',
                size.toString(),
                '">',
                value,
                "</text><text ",
                at,
                ' y="334" ',
                SANS,
                ' font-size="14">',
                label,
                "</text>"
            );
    }

    function _labels(IMembershipPass.Language language) private pure returns (Labels memory) {
        if (language == IMembershipPass.Language.Japanese) {
            return
                Labels({
                    card: unicode"会員カード",
                    points: unicode"ポイント",
                    since: unicode"はじめての日",
                    number: unicode"会員番号"
                });
        }
        return Labels({card: "Member", points: "points", since: "member since", number: "number"});
    }
}
