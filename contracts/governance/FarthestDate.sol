// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @dev How far ahead the dates may be on which the brand's powers end: four years, one of them a leap year. Seconds.
uint256 constant FARTHEST_DATE = 4 * 365 days + 1 days;
