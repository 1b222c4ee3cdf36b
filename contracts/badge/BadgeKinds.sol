// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {answerWith} from "./Answer.sol";
import {BadgeCatalog} from "./BadgeCatalog.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {existingKind, KindState, kindState} from "./KindState.sol";

/// @title BadgeKinds
/// @notice The kinds of contribution: added, counted, closed, and never changed.
/// @dev An award reads and writes one slot, however many badges it is for; only kinds with votes need the second one.
abstract contract BadgeKinds is Initializable, KindState, IContributionBadge {
    /// @inheritdoc IContributionBadge
    function kindOf(uint32 kind) external view returns (Kind memory) {
        answerWith(BadgeCatalog.encodedKind(kind));
    }

    /// @inheritdoc IContributionBadge
    function kindCount() external view returns (uint32) {
        return kindState().count;
    }

    function _closeKind(uint32 kind) internal {
        KindCounts storage counts = _kind(kind).counts;
        require(!counts.closed, ContributionBadgeKindClosed(kind));
        counts.closed = true;
        emit KindClosed(kind);
    }

    /// @dev Counts `count` more badges of `kind` against its limits.
    function _countAwards(uint32 kind, uint256 count) internal returns (KindCounts memory counts) {
        KindCounts storage stored = _kind(kind).counts;
        counts = stored;
        require(!counts.closed, ContributionBadgeKindClosed(kind));
        uint256 left = _supplyLeft(counts);
        require(count <= left, ContributionBadgeSupplyLimited(kind, count, left));
        stored.awarded = uint32(counts.awarded + count);

        if (counts.dailyPointsLimit != 0) {
            uint256 points = uint256(counts.points) * count;
            uint256 pointsLeft = _pointsLeft(counts);
            require(points <= pointsLeft, ContributionBadgeDailyPointsLimited(kind, points, pointsLeft));
            stored.day = _today();
            stored.pointsToday = uint32(counts.dailyPointsLimit - pointsLeft + points);
        }
    }

    /// @dev Whether one more badge of `kind` can be awarded today.
    function _hasRoom(uint32 kind) internal view returns (bool) {
        KindCounts memory counts = _kind(kind).counts;
        return
            !counts.closed &&
            _supplyLeft(counts) != 0 &&
            (counts.dailyPointsLimit == 0 || counts.points <= _pointsLeft(counts));
    }

    /// @dev Reverts with {ContributionBadgeNonexistentKind}.
    function _kind(uint32 kind) internal view returns (KindData storage state) {
        return existingKind(kind);
    }

    function _supplyLeft(KindCounts memory counts) private pure returns (uint256) {
        return (counts.supplyLimit == 0 ? type(uint32).max : counts.supplyLimit) - counts.awarded;
    }

    /// @dev Of a kind with a daily limit.
    function _pointsLeft(KindCounts memory counts) private view returns (uint256) {
        return counts.dailyPointsLimit - (counts.day == _today() ? counts.pointsToday : 0);
    }

    function _today() private view returns (uint16) {
        return uint16(block.timestamp / 1 days);
    }
}
