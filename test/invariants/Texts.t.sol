// SPDX-License-Identifier: MIT
// cspell:ignore dfbf efbfbd efbfbe efbfbf
pragma solidity 0.8.34;

import {CalendarDate} from "../../contracts/text/CalendarDate.sol";
import {checkEqual} from "./Checks.sol";
import {Xml} from "../../contracts/text/Xml.sol";

/// @title TextsFuzz
/// @notice Dates against a calendar that is counted year by year and month by month; XML against a reader of it.
contract TextsFuzz {
    uint256 private constant FIRST_YEAR = 1970;
    uint256 private constant LAST_YEAR = 2200;

    bytes private constant RESERVED = "&<>\"'";

    /// @notice X1: any second of 1970 to 2200 is written as the calendar says.
    function testFuzz_X1_date(uint256 timestamp) external pure {
        timestamp %= _daysBefore(LAST_YEAR + 1) * 1 days;
        uint256 day = timestamp / 1 days;
        uint256 year = FIRST_YEAR;
        while (day >= _daysOf(year)) {
            day -= _daysOf(year);
            ++year;
        }
        uint256 month = 1;
        while (day >= _daysOf(year, month)) {
            day -= _daysOf(year, month);
            ++month;
        }
        _checkDate(timestamp, year, month, day + 1);
    }

    /// @notice X2: so is the first and the last second of every month of these years.
    function test_X2_everyMonth() external pure {
        uint256 timestamp = 0;
        for (uint256 year = FIRST_YEAR; year <= LAST_YEAR; ++year) {
            for (uint256 month = 1; month <= 12; ++month) {
                _checkDate(timestamp, year, month, 1);
                timestamp += _daysOf(year, month) * 1 days;
                _checkDate(timestamp - 1, year, month, _daysOf(year, month));
            }
        }
    }

    /// @notice X3: escaped text has no reserved character but as one of the five entities, nothing that is no character of
    /// XML 1.0, and is read back as the text without the others.
    function testFuzz_X3_escape(bytes memory seeds) external pure {
        bytes memory text = _textOf(seeds);
        bytes memory readable = new bytes(text.length);
        uint256 readableLength = 0;
        uint256 entities = 0;
        for (uint256 i = 0; i < text.length;) {
            uint256 size = _sizeAt(text, i);
            for (uint256 end = i + (size == 0 ? 1 : size); i < end; ++i) {
                if (size != 0) readable[readableLength++] = text[i];
                entities += _entityLength(text[i]);
            }
        }

        bytes memory escaped = bytes(Xml.escape(string(text)));
        checkEqual("X3: length", escaped.length, readableLength + entities);
        uint256 position = 0;
        for (uint256 i = 0; i < readableLength; ++i) {
            bytes1 character;
            (character, position) = _read(escaped, position);
            checkEqual("X3: character", uint8(character), uint8(readable[i]));
        }
        checkEqual("X3: end", position, escaped.length);
    }

    /// @dev Random bytes are rarely reserved ones, and next to never a whole character of several bytes.
    function _textOf(bytes memory seeds) private pure returns (bytes memory text) {
        for (uint256 i = 0; i < seeds.length; ++i) {
            uint256 seed = uint8(seeds[i]);
            if (seed % 3 == 0) text = bytes.concat(text, RESERVED[(seed / 3) % RESERVED.length]);
            else if (seed % 3 == 1) text = bytes.concat(text, seeds[i]);
            else text = bytes.concat(text, _sequence((seed / 3) % 12));
        }
    }

    /// @dev Characters of two, three and four bytes at the ends of their ranges, and what looks like one and is none.
    function _sequence(uint256 which) private pure returns (bytes memory) {
        return
            [
                bytes(hex"c280"),
                hex"dfbf",
                hex"e0a080",
                hex"ed9fbf",
                hex"eda080",
                hex"ee8080",
                hex"efbfbd",
                hex"efbfbe",
                hex"efbfbf",
                hex"f0908080",
                hex"f48fbfbf",
                hex"f4908080"
            ][which];
    }

    /// @dev How many bytes a character of XML has, by the table of well-formed sequences of The Unicode Standard (3-7); 0
    /// for none.
    function _sizeAt(bytes memory text, uint256 at) private pure returns (uint256) {
        uint8 first = uint8(text[at]);
        if (first < 0x80) return _isReadable(text[at]) ? 1 : 0;
        if (first >= 0xc2 && first <= 0xdf) return _follow(text, at, 1, 0x80, 0xbf) ? 2 : 0;
        if (first >= 0xe0 && first <= 0xef) {
            bool whole = _follow(text, at, 2, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf);
            if (!whole) return 0;
            return first == 0xef && text[at + 1] == 0xbf && text[at + 2] >= 0xbe ? 0 : 3;
        }
        if (first < 0xf0 || first > 0xf4) return 0;
        return _follow(text, at, 3, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) ? 4 : 0;
    }

    /// @dev Whether `count` more bytes follow, the first of them from `lowest` to `highest`.
    function _follow(
        bytes memory text,
        uint256 at,
        uint256 count,
        uint8 lowest,
        uint8 highest
    ) private pure returns (bool) {
        if (at + count >= text.length) return false;
        if (uint8(text[at + 1]) < lowest || uint8(text[at + 1]) > highest) return false;
        for (uint256 i = at + 2; i <= at + count; ++i) {
            if (text[i] < 0x80 || text[i] > 0xbf) return false;
        }
        return true;
    }

    function _checkDate(uint256 timestamp, uint256 year, uint256 month, uint256 day) private pure {
        bytes memory date = bytes(CalendarDate.format(timestamp));
        checkEqual("X1: length", date.length, 10);
        checkEqual("X1: separators", uint8(date[4]) + uint8(date[7]), 2 * uint8(bytes1("-")));
        checkEqual("X1: year", _number(date, 0, 4), year);
        checkEqual("X1: month", _number(date, 5, 7), month);
        checkEqual("X1: day", _number(date, 8, 10), day);
    }

    function _number(bytes memory text, uint256 from, uint256 to) private pure returns (uint256 number) {
        for (uint256 i = from; i < to; ++i) {
            uint256 digit = uint8(text[i]) - uint8(bytes1("0"));
            require(digit < 10);
            number = number * 10 + digit;
        }
    }

    function _daysBefore(uint256 end) private pure returns (uint256 count) {
        for (uint256 year = FIRST_YEAR; year < end; ++year) {
            count += _daysOf(year);
        }
    }

    function _daysOf(uint256 year) private pure returns (uint256) {
        return _isLeap(year) ? 366 : 365;
    }

    function _daysOf(uint256 year, uint256 month) private pure returns (uint256) {
        if (month == 2) return _isLeap(year) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    function _isLeap(uint256 year) private pure returns (bool) {
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    }

    /// @dev What XML 1.0 lets a document have, as far as single bytes go.
    function _isReadable(bytes1 character) private pure returns (bool) {
        return character >= 0x20 || character == "\t" || character == "\n" || character == "\r";
    }

    /// @dev What an entity is longer than its character.
    function _entityLength(bytes1 character) private pure returns (uint256) {
        if (character == "<" || character == ">") return 3;
        if (character == "&") return 4;
        return character == '"' || character == "'" ? 5 : 0;
    }

    /// @dev As a parser of XML reads: a reserved character is an error.
    function _read(bytes memory text, uint256 position) private pure returns (bytes1 character, uint256 next) {
        character = text[position];
        require(_isReadable(character));
        require(character != "<" && character != ">" && character != '"' && character != "'");
        if (character != "&") return (character, position + 1);

        next = position + 1;
        while (text[next] != ";") ++next;
        bytes memory entity = new bytes(next - position - 1);
        for (uint256 i = 0; i < entity.length; ++i) {
            entity[i] = text[position + 1 + i];
        }
        ++next;
        bytes32 hash = keccak256(entity);
        if (hash == keccak256("amp")) return ("&", next);
        if (hash == keccak256("lt")) return ("<", next);
        if (hash == keccak256("gt")) return (">", next);
        if (hash == keccak256("quot")) return ('"', next);
        require(hash == keccak256("apos"));
        return ("'", next);
    }
}
