// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {PackedBadge} from "./PackedBadge.sol";

/// @title AwardState
/// @notice What is kept of badges: one slot for each.
abstract contract AwardState {
    /// @custom:storage-location erc7201:kyoso.storage.Awards
    struct AwardsStorage {
        mapping(uint256 id => PackedBadge) badges;
    }
}

// keccak256(abi.encode(uint256(keccak256("kyoso.storage.Awards")) - 1)) & ~bytes32(uint256(0xff))
bytes32 constant AWARDS_STORAGE = 0xc1c8fb879a91a6254d358e6c3e570c27eee1682f448101dcba7bb8138620af00;

/// @dev The badges, also for the library that grants votes later.
function awardState() pure returns (AwardState.AwardsStorage storage $) {
    assembly {
        $.slot := AWARDS_STORAGE
    }
}
