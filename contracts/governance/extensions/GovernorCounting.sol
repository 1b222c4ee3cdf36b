// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {GovernorUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/GovernorUpgradeable.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Bounds} from "./Bounds.sol";
import {EarnedShare} from "../EarnedShare.sol";
import {GovernorTerms} from "./GovernorTerms.sol";
import {IBrandGovernor} from "../../interfaces/IBrandGovernor.sol";
import {IBrandToken} from "../../interfaces/IBrandToken.sol";
import {PackedTallies, PackedTally} from "./PackedTally.sol";

/// @title GovernorCounting
/// @notice Counts as OpenZeppelin's GovernorCountingSimple and prolongs a vote as its GovernorPreventLateQuorum do, with their
/// functions, events and errors, in fewer slots: what decides stands in one, see {PackedTally}. Proposals are numbered.
///
/// - Who has voted is a bit for each proposal in a word of the voter, for 256 proposals: a new slot for somebody's first vote
///   of these, and an update from then on.
/// - The quorum is asked for once, by the first vote that counts towards it. It is that of the proposal's snapshot, and so the
///   same at any later time. From then on, what is missing to it is kept, exactly.
abstract contract GovernorCounting is GovernorUpgradeable, GovernorTerms, IBrandGovernor {
    enum VoteType {
        Against,
        For,
        Abstain
    }

    /// @dev What votes for a proposal don't touch.
    struct Others {
        uint96 againstVotes;
        uint96 abstainVotes;
    }

    /// @param tallies What each proposal's votes add up to, but for those against it and abstaining.
    /// @param others These.
    /// @param ids The proposal that each number belongs to.
    /// @param voted Of each voter, a bit for each number: bit `number % 256` of word `number / 256`.
    /// @custom:storage-location erc7201:kyoso.storage.GovernorCounting
    struct GovernorCountingStorage {
        mapping(uint256 proposalId => PackedTally) tallies;
        mapping(uint256 proposalId => Others) others;
        mapping(uint256 number => uint256 proposalId) ids;
        mapping(address voter => mapping(uint256 word => uint256 bits)) voted;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.GovernorCounting")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant GOVERNOR_COUNTING_STORAGE =
        0x8bcb154f6b9f40747d60b825c4b676ae7732909a5ca68095bf7efb4d16b6fc00;

    /// @dev Reverts with {BrandGovernorOutOfBounds} where votes might be more than a {PackedTally} holds.
    /// @param cap The token's, at most.
    function __GovernorCounting_init(uint256 cap, uint48 initialVoteExtension) internal onlyInitializing {
        Bounds.check(IBrandToken.cap.selector, EarnedShare.highestVotes(cap), 0, type(uint96).max);
        _setLateQuorumVoteExtension(initialVoteExtension);
    }

    /// @inheritdoc IBrandGovernor
    function setLateQuorumVoteExtension(uint48 newVoteExtension) external onlyGovernance {
        _setLateQuorumVoteExtension(newVoteExtension);
    }

    /// @inheritdoc IGovernor
    function COUNTING_MODE() public pure override returns (string memory) {
        return "support=bravo&quorum=for,abstain";
    }

    /// @inheritdoc IGovernor
    function hasVoted(uint256 proposalId, address account) public view override returns (bool) {
        GovernorCountingStorage storage $ = _counting();
        (uint256 word, uint256 bit) = _place($.tallies[proposalId].number());
        return $.voted[account][word] & bit != 0;
    }

    /// @inheritdoc IBrandGovernor
    function proposalVotes(
        uint256 proposalId
    ) external view returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes) {
        GovernorCountingStorage storage $ = _counting();
        Others storage others = $.others[proposalId];
        return (others.againstVotes, $.tallies[proposalId].forVotes(), others.abstainVotes);
    }

    /// @notice When the vote ends, a timestamp, as far as a late quorum has prolonged it.
    function proposalDeadline(
        uint256 proposalId
    ) public view virtual override(GovernorUpgradeable, IGovernor) returns (uint256) {
        return super.proposalDeadline(proposalId) + _counting().tallies[proposalId].extension();
    }

    /// @inheritdoc IBrandGovernor
    function lateQuorumVoteExtension() public view returns (uint48) {
        return _terms().voteExtension;
    }

    /// @inheritdoc IBrandGovernor
    function proposalCount() external view returns (uint256) {
        return _terms().proposalCount;
    }

    /// @inheritdoc IBrandGovernor
    function proposalNumber(uint256 proposalId) external view returns (uint256) {
        return _counting().tallies[proposalId].number();
    }

    /// @inheritdoc IBrandGovernor
    function proposalIdAt(uint256 number) external view returns (uint256) {
        return _counting().ids[number];
    }

    /// @dev The number is that of the order in which proposals are made, which is that of their `ProposalCreated` too.
    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal virtual override returns (uint256 proposalId) {
        proposalId = super._propose(targets, values, calldatas, description, proposer);
        GovernorCountingStorage storage $ = _counting();
        uint32 number = ++_terms().proposalCount;
        $.tallies[proposalId] = PackedTallies.pack(number);
        $.ids[number] = proposalId;
    }

    /// @inheritdoc GovernorUpgradeable
    function _countVote(
        uint256 proposalId,
        address account,
        uint8 support,
        uint256 totalWeight,
        bytes memory // params
    ) internal virtual override returns (uint256) {
        GovernorCountingStorage storage $ = _counting();
        PackedTally tally = $.tallies[proposalId];
        (uint256 word, uint256 bit) = _place(tally.number());
        uint256 bits = $.voted[account][word];
        require(bits & bit == 0, GovernorAlreadyCastVote(account));
        $.voted[account][word] = bits | bit;

        uint96 weight = SafeCast.toUint96(totalWeight);
        if (support == uint8(VoteType.Against)) {
            $.others[proposalId].againstVotes += weight;
            return totalWeight;
        }
        if (support == uint8(VoteType.For)) tally = tally.addFor(weight);
        else if (support == uint8(VoteType.Abstain)) $.others[proposalId].abstainVotes += weight;
        else revert GovernorInvalidVoteType();

        if (!tally.isQuorumKnown()) {
            // The votes of the snapshot can't change any more: voting begins after it.
            tally = tally.withQuorum(SafeCast.toUint96(quorum(proposalSnapshot(proposalId))));
        }
        $.tallies[proposalId] = tally.countTowardsQuorum(weight);
        return totalWeight;
    }

    /// @dev After the vote was counted and told. Settles the end of the vote, once, where that vote reached the quorum.
    function _tallyUpdated(uint256 proposalId) internal virtual override {
        GovernorCountingStorage storage $ = _counting();
        PackedTally tally = $.tallies[proposalId];
        if (!tally.isQuorumReached() || tally.isSettled()) return;

        uint48 extendedDeadline = clock() + lateQuorumVoteExtension();
        uint256 extension = Math.saturatingSub(extendedDeadline, proposalDeadline(proposalId));
        // It is at most the extension that is set, which is at most a voting period: 60 days.
        $.tallies[proposalId] = tally.settle(SafeCast.toUint24(extension));
        if (extension != 0) emit ProposalExtended(proposalId, extendedDeadline);
    }

    function _quorumReached(uint256 proposalId) internal view virtual override returns (bool) {
        return _counting().tallies[proposalId].isQuorumReached();
    }

    function _voteSucceeded(uint256 proposalId) internal view virtual override returns (bool) {
        GovernorCountingStorage storage $ = _counting();
        return $.tallies[proposalId].forVotes() > $.others[proposalId].againstVotes;
    }

    function _setLateQuorumVoteExtension(uint48 newVoteExtension) private {
        uint256 highest = votingPeriod();
        require(newVoteExtension <= highest, GovernorPreventLateQuorumVoteExtensionTooLarge(newVoteExtension, highest));
        emit LateQuorumVoteExtensionSet(lateQuorumVoteExtension(), newVoteExtension);
        // It is at most a voting period.
        _terms().voteExtension = uint32(newVoteExtension);
    }

    /// @dev Where the bit of a number stands. Nobody ever has that of 0, the number of what isn't a proposal.
    function _place(uint256 number) private pure returns (uint256 word, uint256 bit) {
        return (number >> 8, 1 << (number & 0xff));
    }

    function _counting() private pure returns (GovernorCountingStorage storage $) {
        assembly {
            $.slot := GOVERNOR_COUNTING_STORAGE
        }
    }
}
