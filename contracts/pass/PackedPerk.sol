// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IPerks} from "../interfaces/IPerks.sol";

/// @dev A perk in one slot. From the lowest bit, four conditions of 62 each: subject 4, group 2, argument 32, amount 24, which is
/// 0 where there is none; then whether there is the perk 1, whether somebody gets it once 1, whether it is closed 1.
type PackedPerk is uint256;

using PackedPerks for PackedPerk global;

/// @title PackedPerks
/// @notice Reads and makes a {PackedPerk}.
library PackedPerks {
    uint256 internal constant MAX_CONDITIONS = 4;
    uint256 internal constant GROUPS = 4;

    uint256 private constant CONDITION_BITS = 62;
    uint256 private constant GROUP_OFFSET = 4;
    uint256 private constant ARGUMENT_OFFSET = 6;
    uint256 private constant AMOUNT_OFFSET = 38;
    uint256 private constant SUBJECT_MASK = (1 << GROUP_OFFSET) - 1;
    uint256 private constant EXISTS = 1 << 248;
    uint256 private constant ONCE = 1 << 249;
    uint256 private constant CLOSED = 1 << 250;

    /// @dev Of conditions that are within their bounds.
    function pack(IPerks.Condition[] calldata conditions_, bool once_) internal pure returns (PackedPerk) {
        uint256 word = once_ ? EXISTS | ONCE : EXISTS;
        for (uint256 i = 0; i < conditions_.length; ++i) {
            IPerks.Condition calldata one = conditions_[i];
            uint256 packed =
                uint256(one.subject) |
                    (uint256(one.group) << GROUP_OFFSET) |
                    (uint256(one.argument) << ARGUMENT_OFFSET) |
                    (uint256(one.amount) << AMOUNT_OFFSET);
            word |= packed << (i * CONDITION_BITS);
        }
        return PackedPerk.wrap(word);
    }

    function close(PackedPerk self) internal pure returns (PackedPerk) {
        return PackedPerk.wrap(PackedPerk.unwrap(self) | CLOSED);
    }

    function exists(PackedPerk self) internal pure returns (bool) {
        return PackedPerk.unwrap(self) & EXISTS != 0;
    }

    function once(PackedPerk self) internal pure returns (bool) {
        return PackedPerk.unwrap(self) & ONCE != 0;
    }

    function closed(PackedPerk self) internal pure returns (bool) {
        return PackedPerk.unwrap(self) & CLOSED != 0;
    }

    function conditions(PackedPerk self) internal pure returns (IPerks.Condition[] memory list) {
        list = new IPerks.Condition[](MAX_CONDITIONS);
        uint256 count = 0;
        for (; count < MAX_CONDITIONS; ++count) {
            uint256 packed = PackedPerk.unwrap(self) >> (count * CONDITION_BITS);
            uint24 amount = uint24(packed >> AMOUNT_OFFSET);
            if (amount == 0) break;
            list[count] = IPerks.Condition({
                subject: IPerks.Subject(packed & SUBJECT_MASK),
                group: uint8((packed >> GROUP_OFFSET) % GROUPS),
                argument: uint32(packed >> ARGUMENT_OFFSET),
                amount: amount
            });
        }
        assembly ("memory-safe") {
            mstore(list, count)
        }
    }
}
