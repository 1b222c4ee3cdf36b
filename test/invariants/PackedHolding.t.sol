// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {checkEqual} from "./Checks.sol";
import {PackedCheckpoint} from "../../contracts/token/PackedCheckpoint.sol";
import {PackedHolding} from "../../contracts/token/PackedHolding.sol";

/// @title PackedHoldingFuzz
/// @notice The word that a balance and its votes are packed into by hand, against a struct that the compiler takes care of.
contract PackedHoldingFuzz {
    struct Fields {
        uint96 balance;
        uint96 votes;
        uint48 since;
        bool delegated;
        bool withTreasury;
        uint32 older;
    }

    uint48 private constant LAST_SECOND = (1 << 33) - 1; // of the year 2242
    uint32 private constant MOST_OLDER = (1 << 29) - 1;

    /// @notice P13: each field is read as it was written, at its extremes too, and writing one touches no other.
    function testFuzz_P13_packedHolding(Fields memory fields, Fields memory other) external pure {
        _bound(fields);
        _bound(other);
        Fields memory highest = Fields(type(uint96).max, type(uint96).max, LAST_SECOND, true, true, MOST_OLDER);
        Fields memory lowest;
        _checkChanges(fields, other);
        _checkChanges(highest, other);
        _checkChanges(fields, highest);
        _checkChanges(highest, lowest);
        _checkChanges(lowest, highest);
    }

    /// @notice P14: after the last second and the last checkpoint that fit, it reverts.
    function testFuzz_P14_tooMuch(Fields memory fields) external view {
        _bound(fields);
        fields.older = MOST_OLDER;
        _checkReverts(abi.encodeCall(this.withOlderCheckpoint, (_pack(fields))));
        uint48 tooLate = LAST_SECOND + 1 + fields.since;
        _checkReverts(abi.encodeCall(this.withVotes, (_pack(fields), fields.votes, tooLate)));
    }

    function withOlderCheckpoint(PackedHolding packed) external pure returns (PackedHolding) {
        return packed.withOlderCheckpoint();
    }

    function withVotes(PackedHolding packed, uint96 votes, uint48 since) external pure returns (PackedHolding) {
        return packed.withVotes(votes, since);
    }

    function _checkReverts(bytes memory data) private view {
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, ) = address(this).staticcall(data);
        checkEqual("P14: success", success ? 1 : 0, 0);
    }

    function _checkChanges(Fields memory fields, Fields memory other) private pure {
        PackedHolding packed = _pack(fields);
        _check(packed, fields);
        PackedCheckpoint checkpoint = packed.checkpoint();
        checkEqual("P13: votes of the checkpoint", checkpoint.votes(), fields.votes);
        checkEqual("P13: since of the checkpoint", checkpoint.since(), fields.since);
        uint256 word = fields.votes | (uint256(fields.since) << 96);
        checkEqual("P13: word of the checkpoint", PackedCheckpoint.unwrap(checkpoint), word);

        Fields memory changed = _copy(fields);
        changed.balance = other.balance;
        _check(packed.withBalance(other.balance), changed);
        changed = _copy(fields);
        (changed.votes, changed.since) = (other.votes, other.since);
        _check(packed.withVotes(other.votes, other.since), changed);
        changed = _copy(fields);
        (changed.delegated, changed.withTreasury) = (other.delegated, other.withTreasury);
        _check(packed.withDelegated(other.delegated, other.withTreasury), changed);
        if (fields.older == MOST_OLDER) return;
        changed = _copy(fields);
        ++changed.older;
        _check(packed.withOlderCheckpoint(), changed);
    }

    function _check(PackedHolding packed, Fields memory fields) private pure {
        checkEqual("P13: balance", packed.balance(), fields.balance);
        checkEqual("P13: votes", packed.votes(), fields.votes);
        checkEqual("P13: since", packed.since(), fields.since);
        checkEqual("P13: delegated", packed.isDelegated() ? 1 : 0, fields.delegated ? 1 : 0);
        checkEqual("P13: with the treasury", packed.isWithTreasury() ? 1 : 0, fields.withTreasury ? 1 : 0);
        checkEqual("P13: older", packed.olderCheckpoints(), fields.older);
    }

    /// @dev Anew, from what it says of itself: places are named here a second time.
    function _pack(Fields memory fields) private pure returns (PackedHolding) {
        return
            PackedHolding.wrap(
                fields.balance |
                    (uint256(fields.votes) << 96) |
                    (uint256(fields.since) << 192) |
                    (uint256(fields.delegated ? 1 : 0) << 225) |
                    (uint256(fields.withTreasury ? 1 : 0) << 226) |
                    (uint256(fields.older) << 227)
            );
    }

    function _copy(Fields memory fields) private pure returns (Fields memory) {
        return Fields(fields.balance, fields.votes, fields.since, fields.delegated, fields.withTreasury, fields.older);
    }

    function _bound(Fields memory fields) private pure {
        fields.since %= LAST_SECOND + 1;
        fields.older %= MOST_OLDER + 1;
    }
}
