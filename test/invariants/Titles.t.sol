// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BadgeCatalog} from "../../contracts/badge/BadgeCatalog.sol";
import {checkEqual} from "./Checks.sol";

/// @title TitlesFuzz
/// @notice The short cut by which an award sees that a title changes, against the ladder itself.
contract TitlesFuzz {
    /// @notice X4: points cross a threshold exactly when another number of titles is reached, upwards as downwards.
    /// @param steps From each threshold to the next; 0 ends the ladder.
    /// @param at Which threshold the points lie about.
    function testFuzz_X4_crossing(uint16[4] calldata steps, uint64 low, uint24 gained, uint8 at) external pure {
        uint256[4] memory ladder;
        uint256 thresholds = 0;
        for (uint256 i = 0; i < 4 && steps[i] != 0; ++i) {
            ladder[i] = steps[i] + (i == 0 ? 0 : ladder[i - 1]);
            thresholds |= ladder[i] << (24 * i);
        }
        _check(thresholds, low, gained);
        // To a point around a threshold, from it, and across all.
        uint256 near = ladder[at % 4];
        for (uint256 offset = 0; offset < 3; ++offset) {
            if (near + offset == 0) continue;
            uint256 point = near + offset - 1;
            _check(thresholds, point, gained);
            _check(thresholds, point, 0);
            _check(thresholds, 0, point);
            _check(thresholds, point / 2, point - point / 2);
        }
    }

    function _check(uint256 thresholds, uint256 low, uint256 gained) private pure {
        bool differs =
            BadgeCatalog.titlesReached(thresholds, low) != BadgeCatalog.titlesReached(thresholds, low + gained);
        checkEqual("X4: crossed", BadgeCatalog.crosses(thresholds, low, low + gained) ? 1 : 0, differs ? 1 : 0);
    }
}
