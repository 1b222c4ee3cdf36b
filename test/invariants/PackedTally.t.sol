// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {checkEqual} from "./Checks.sol";
import {PackedTallies, PackedTally} from "../../contracts/governance/extensions/PackedTally.sol";

/// @title PackedTallyFuzz
/// @notice The word that a proposal's votes are packed into by hand, against a struct that the compiler takes care of.
contract PackedTallyFuzz {
    struct Fields {
        uint96 forVotes;
        uint96 missing;
        uint32 number;
        uint24 extension;
        bool known;
        bool settled;
    }

    /// @notice P16: each field is read as it was written, at its extremes too, and writing one touches no other.
    function testFuzz_P16_packedTally(Fields memory fields, uint96 votes, uint24 extension) external pure {
        Fields memory highest = Fields(
            type(uint96).max,
            type(uint96).max,
            type(uint32).max,
            type(uint24).max,
            true,
            true
        );
        Fields memory lowest;
        _checkChanges(fields, votes, extension);
        _checkChanges(fields, type(uint96).max, type(uint24).max);
        _checkChanges(highest, votes, extension);
        _checkChanges(lowest, type(uint96).max, type(uint24).max);
        lowest.number = fields.number;
        _check(PackedTallies.pack(fields.number), lowest);
    }

    /// @notice P17: more votes than fit are refused.
    function testFuzz_P17_tooMany(Fields memory fields, uint96 votes) external view {
        if (votes == 0) ++votes;
        fields.forVotes = type(uint96).max - (fields.forVotes % votes);
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, ) = address(this).staticcall(abi.encodeCall(this.addFor, (_pack(fields), votes)));
        checkEqual("P17: success", success ? 1 : 0, 0);
    }

    function addFor(PackedTally packed, uint96 votes) external pure returns (PackedTally) {
        return packed.addFor(votes);
    }

    function _checkChanges(Fields memory fields, uint96 votes, uint24 extension) private pure {
        PackedTally packed = _pack(fields);
        _check(packed, fields);
        checkEqual("P16: reached", packed.isQuorumReached() ? 1 : 0, fields.known && fields.missing == 0 ? 1 : 0);

        Fields memory changed = _copy(fields);
        if (votes <= type(uint96).max - fields.forVotes) {
            changed.forVotes += votes;
            _check(packed.addFor(votes), changed);
        }
        changed = _copy(fields);
        changed.missing = votes < fields.missing ? fields.missing - votes : 0;
        _check(packed.countTowardsQuorum(votes), changed);

        // Both are written once, where nothing was.
        changed = _copy(fields);
        (changed.missing, changed.known) = (0, false);
        packed = _pack(changed);
        (changed.missing, changed.known) = (votes, true);
        _check(packed.withQuorum(votes), changed);
        changed = _copy(fields);
        (changed.extension, changed.settled) = (0, false);
        packed = _pack(changed);
        (changed.extension, changed.settled) = (extension, true);
        _check(packed.settle(extension), changed);
    }

    function _check(PackedTally packed, Fields memory fields) private pure {
        checkEqual("P16: for", packed.forVotes(), fields.forVotes);
        checkEqual("P16: missing", packed.missing(), fields.missing);
        checkEqual("P16: number", packed.number(), fields.number);
        checkEqual("P16: extension", packed.extension(), fields.extension);
        checkEqual("P16: known", packed.isQuorumKnown() ? 1 : 0, fields.known ? 1 : 0);
        checkEqual("P16: settled", packed.isSettled() ? 1 : 0, fields.settled ? 1 : 0);
    }

    /// @dev Anew, from what it says of itself: places are named here a second time.
    function _pack(Fields memory fields) private pure returns (PackedTally) {
        return
            PackedTally.wrap(
                fields.forVotes |
                    (uint256(fields.missing) << 96) |
                    (uint256(fields.number) << 192) |
                    (uint256(fields.extension) << 224) |
                    (uint256(fields.known ? 1 : 0) << 248) |
                    (uint256(fields.settled ? 1 : 0) << 249)
            );
    }

    function _copy(Fields memory fields) private pure returns (Fields memory) {
        return Fields(fields.forVotes, fields.missing, fields.number, fields.extension, fields.known, fields.settled);
    }
}
