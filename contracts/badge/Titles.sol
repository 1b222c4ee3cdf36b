// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {answerWith} from "./Answer.sol";
import {BadgeCatalog} from "./BadgeCatalog.sol";
import {badgeState} from "./BadgeState.sol";
import {ITitles} from "../interfaces/ITitles.sol";
import {MemberPoints} from "./MemberPoints.sol";

/// @title Titles
/// @notice The ladder of titles. One slot holds the points of all rungs, so that an award can tell cheaply whether a
/// member rises; the names are code beside it.
abstract contract Titles is MemberPoints {
    /// @inheritdoc ITitles
    function titles() external view returns (Title[] memory) {
        answerWith(BadgeCatalog.encodedTitles());
    }

    /// @inheritdoc ITitles
    function titleOf(address account) external view returns (uint256 rank, string memory name) {
        return BadgeCatalog.titleAt(pointsOf(account));
    }

    /// @inheritdoc ITitles
    function rankOf(address account) external view returns (uint256) {
        BadgeStateStorage storage $ = badgeState();
        return address($.names) == address(0) ? 0 : BadgeCatalog.titlesReached($.thresholds, pointsOf(account)) + 1;
    }

    /// @dev Says that `account` has another title. Badges show it: that they changed is for the caller to say, once.
    function _noteTitle(uint256 thresholds, address account, uint256 points) internal {
        emit TitleChanged(account, BadgeCatalog.titlesReached(thresholds, points) + 1);
    }
}
