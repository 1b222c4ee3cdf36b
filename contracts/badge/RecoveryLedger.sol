// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IRecoveries} from "../interfaces/IRecoveries.sol";

/// @title RecoveryLedger
/// @notice What is kept of recoveries: one slot for each account.
abstract contract RecoveryLedger {
    /// @dev One slot. `value` is the eta on the old account's side, and on the new one's the points of the season before
    /// `season` that were moved in it, and that it still holds.
    struct Side {
        IRecoveries.RecoveryState state;
        address counterpart;
        uint16 season;
        uint56 value;
    }

    /// @custom:storage-location erc7201:kyoso.storage.Recoveries
    struct RecoveriesStorage {
        mapping(address account => Side) sides;
        mapping(uint256 season => uint256) requested;
    }
}

// keccak256(abi.encode(uint256(keccak256("kyoso.storage.Recoveries")) - 1)) & ~bytes32(uint256(0xff))
bytes32 constant RECOVERIES_STORAGE = 0xdae72df7316dd745ce8312a118888c2d0ce5ab109b46b3d3454770e9b0b6fa00;

/// @dev The recoveries, also for the library that writes them down.
function recoveryLedger() pure returns (RecoveryLedger.RecoveriesStorage storage $) {
    assembly {
        $.slot := RECOVERIES_STORAGE
    }
}
