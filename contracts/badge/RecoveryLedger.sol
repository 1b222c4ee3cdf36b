// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IRecoveries} from "../interfaces/IRecoveries.sol";

/// @title RecoveryLedger
/// @notice What is kept of recoveries. Nothing says how far one is: its times do, so that none has to be ended by anybody.
abstract contract RecoveryLedger {
    /// @param count How many were requested, ever; they are numbered from 1 on.
    /// @param recoveries Two slots each. Number 0 is that of who was never in any: over, and in no season.
    /// @param last The number of the last one that an account takes or took part in, on either side.
    /// @param requested How many were requested in a season, but for those that were refused.
    /// @param moved Points of a season that a recovery brought to an account in the season after it, when claims of the reward
    /// are open, and that it still holds: the old account may have been paid for them. It is that of `last`, as neither account
    /// is free for another recovery until the season after.
    /// @custom:storage-location erc7201:kyoso.storage.Recoveries
    struct RecoveriesStorage {
        uint48 count;
        mapping(uint256 id => IRecoveries.Recovery) recoveries;
        mapping(address account => uint256 id) last;
        mapping(uint256 season => uint256) requested;
        mapping(uint256 season => mapping(address account => uint56 points)) moved;
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

/// @dev The last recovery that `account` takes or took part in.
function lastRecovery(address account) view returns (IRecoveries.Recovery storage) {
    RecoveryLedger.RecoveriesStorage storage $ = recoveryLedger();
    return $.recoveries[$.last[account]];
}
