// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title GovernorTerms
/// @notice What the governor's extensions keep, in one slot.
library GovernorTerms {
    /// @param quorumFloor Votes that are needed in any case. Fixed: a changed one would decide old votes anew.
    /// @param gracePeriod Seconds until a success that nobody carries out expires. Fixed for the same reason.
    /// @param guardianExpiry When the veto ends, a timestamp.
    /// @custom:storage-location erc7201:kyoso.storage.GovernorTerms
    struct Layout {
        uint128 quorumFloor;
        uint32 gracePeriod;
        uint48 guardianExpiry;
        mapping(uint256 proposalId => bool) discarded;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.GovernorTerms")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant GOVERNOR_TERMS_STORAGE =
        0xd17afa75ffef997262d3ffcf57df4efa4cb798656ebc3af746a916bad0b4ea00;

    function layout() internal pure returns (Layout storage $) {
        assembly {
            $.slot := GOVERNOR_TERMS_STORAGE
        }
    }
}
