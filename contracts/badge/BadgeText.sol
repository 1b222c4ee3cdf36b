// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IContributionBadge} from "../interfaces/IContributionBadge.sol";

uint256 constant MAX_NAME = 64;

/// @dev Reverts with {IContributionBadge-ContributionBadgeInvalidText} unless `text` has `lowest` to `highest` bytes.
function checkText(string calldata text, uint256 lowest, uint256 highest) pure {
    uint256 length = bytes(text).length;
    require(
        length >= lowest && length <= highest,
        IContributionBadge.ContributionBadgeInvalidText(length, lowest, highest)
    );
}
