// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {CodeData} from "./CodeData.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";

/// @title KindState
/// @notice What is kept of the kinds of contribution. An award needs the first slot of its kind only.
abstract contract KindState {
    /// @param day UTC day (since 1970) that `pointsToday` belongs to; wraps in the year 2149, harmlessly.
    struct KindCounts {
        uint24 points;
        uint32 issuerRole;
        uint32 supplyLimit;
        uint32 awarded;
        uint32 dailyPointsLimit;
        uint32 pointsToday;
        uint16 day;
        bool closed;
        bool voting;
    }

    /// @param texts Name, description and picture, as {IContributionBadge-KindConfig} has them.
    /// @param votes What each badge adds to its holder's votes; not 0 for a kind that is `voting`.
    struct KindData {
        KindCounts counts;
        CodeData texts;
        uint96 votes;
    }

    /// @custom:storage-location erc7201:kyoso.storage.BadgeKinds
    struct KindsStorage {
        uint32 count;
        mapping(uint32 kind => KindData) kinds;
    }
}

// keccak256(abi.encode(uint256(keccak256("kyoso.storage.BadgeKinds")) - 1)) & ~bytes32(uint256(0xff))
bytes32 constant KINDS_STORAGE = 0xe6783f0c12e37c3b6a10b338e642d5ab8669ec45d6a5a1c369284e1705672f00;

/// @dev The kinds, also for the library that adds them.
function kindState() pure returns (KindState.KindsStorage storage $) {
    assembly {
        $.slot := KINDS_STORAGE
    }
}

/// @dev A kind that there is. Reverts with {IContributionBadge-ContributionBadgeNonexistentKind}.
function existingKind(uint32 kind) view returns (KindState.KindData storage data) {
    data = kindState().kinds[kind];
    // The role is the one field of the first slot that is never zero.
    require(data.counts.issuerRole != 0, IContributionBadge.ContributionBadgeNonexistentKind(kind));
}
