// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

/// @title GovernorTerms
/// @notice What the governor's extensions keep. What proposing reads is one slot, the first; everything else that a launch writes
/// is the second.
abstract contract GovernorTerms {
    /// @param proposalThreshold Votes needed to propose; not above the floor, which is within the token's cap.
    /// @param votingDelay Seconds from a proposal to its snapshot.
    /// @param votingPeriod Seconds of voting.
    /// @param voteExtension Seconds of voting that remain at least after the quorum is reached.
    /// @param gracePeriod Seconds until a success that nobody carries out expires. Fixed: a changed one would revive old
    /// proposals.
    /// @param proposalCount Proposals ever made, which is the number of the last one.
    /// @param quorumFloor Votes that are needed in any case, as launched.
    /// @param guardianExpiry When the veto ends, a timestamp.
    /// @param floorChanges The floors that proposals set since, and when: old votes are decided by the floor of their time.
    /// @param discarded Expired proposals whose operation was removed from the timelock.
    /// @custom:storage-location erc7201:kyoso.storage.GovernorTerms
    struct GovernorTermsStorage {
        uint96 proposalThreshold;
        uint32 votingDelay;
        uint32 votingPeriod;
        uint32 voteExtension;
        uint32 gracePeriod;
        uint32 proposalCount;
        uint128 quorumFloor;
        uint48 guardianExpiry;
        Checkpoints.Trace208 floorChanges;
        mapping(uint256 proposalId => bool) discarded;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.GovernorTerms")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant GOVERNOR_TERMS_STORAGE =
        0xd17afa75ffef997262d3ffcf57df4efa4cb798656ebc3af746a916bad0b4ea00;

    function _terms() internal pure returns (GovernorTermsStorage storage $) {
        assembly {
            $.slot := GOVERNOR_TERMS_STORAGE
        }
    }
}
