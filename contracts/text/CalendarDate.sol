// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title CalendarDate
/// @notice Dates of the Gregorian calendar in UTC.
library CalendarDate {
    uint256 private constant DAYS_PER_ERA = 146_097; // 400 years, after which the calendar repeats
    uint256 private constant DAYS_PER_CENTURY = 36_524;
    uint256 private constant DAYS_PER_4_YEARS = 1_461;
    uint256 private constant DAYS_BEFORE_1970 = 719_468; // since 1 March of the year 0

    /// @notice `timestamp` as `2026-04-01` (ISO 8601).
    /// @dev Years are counted from 1 March, so that the leap day comes last and months follow one pattern of lengths.
    function format(uint256 timestamp) internal pure returns (string memory) {
        uint256 day = timestamp / 1 days + DAYS_BEFORE_1970;
        uint256 era = day / DAYS_PER_ERA;
        day -= era * DAYS_PER_ERA;
        // Without the leap days that have passed, every year has 365 days.
        uint256 yearOfEra =
            (day - day / (DAYS_PER_4_YEARS - 1) + day / DAYS_PER_CENTURY - day / (DAYS_PER_ERA - 1)) / 365;
        uint256 dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        uint256 month = (5 * dayOfYear + 2) / 153; // 0 is March; five months have 153 days
        uint256 dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1;
        uint256 year = yearOfEra + era * 400 + (month < 10 ? 0 : 1);
        month = month < 10 ? month + 3 : month - 9;
        return string.concat(Strings.toString(year), "-", _twoDigits(month), "-", _twoDigits(dayOfMonth));
    }

    function _twoDigits(uint256 value) private pure returns (string memory) {
        return string.concat(value < 10 ? "0" : "", Strings.toString(value));
    }
}
