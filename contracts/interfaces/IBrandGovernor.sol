// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

/// @title IBrandGovernor
/// @notice Proposals and votes of a brand DAO. It is OpenZeppelin's Governor, with its events, functions and eight
/// states, so that any page that speaks Governor can be used; this interface has what is added to it. Times are in
/// seconds on the timestamp clock, votes in the token's smallest unit, fractions in basis points.
///
/// Token and timelock are part of the proxy's code ({GovernorLinks}), for ever: past quorums are computed from the treasury's
/// votes. The token also lends the governor its name.
///
/// - Quorum is over what circulates: the larger of a floor and a fraction of all votes less the treasury's.
/// - The treasury doesn't vote, also not with votes that others delegated to it.
/// - What is not queued within the grace period after the vote, or not executed within the grace period after it could
///   be, is `Expired` for ever.
/// - The guardian (the brand's Safe) may veto, with a reason, until a date; then nobody can cancel what is not Pending.
/// - Every setting has bounds, at launch and later. The extension may be 0, which is none.
interface IBrandGovernor is IGovernor {
    /// @param votingDelay Seconds from a proposal to its snapshot, 1 minute to 30 days.
    /// @param votingPeriod Seconds of voting, 10 minutes to 60 days.
    /// @param lateQuorumExtension Seconds of voting that remain at least after the quorum is reached, 0 to `votingPeriod`.
    /// Abstentions reach the quorum too: what decides can still come at the end.
    /// @param gracePeriod Seconds within which a success must be queued, and a queued proposal executed, 1 to 90 days.
    /// It has no setter, as a changed one would revive old proposals.
    /// @param proposalThreshold Votes needed to propose, from 1 to `quorumFloor`.
    /// @param quorumBps Fraction of the circulating votes that must vote for or abstain, in basis points: at least 1, and
    /// the share of votes that can be earned ({IBrandToken-contributionShare}), and at most 5,000 together with that.
    /// @param quorumFloor Votes that are needed in any case, from one token to half of the token's cap.
    /// @param guardian May veto until `guardianExpiry`.
    /// @param guardianExpiry Timestamp, at most 4 years ahead; 0 for no veto.
    struct GovernorInit {
        uint48 votingDelay;
        uint32 votingPeriod;
        uint48 lateQuorumExtension;
        uint32 gracePeriod;
        uint256 proposalThreshold;
        uint16 quorumBps;
        uint128 quorumFloor;
        address guardian;
        uint48 guardianExpiry;
    }

    /// @notice The guardian ended the proposal for the stated reason.
    event ProposalVetoed(uint256 indexed proposalId, address indexed guardian, string reason);

    /// @notice The timelock's operation of an expired proposal was removed.
    event ProposalDiscarded(uint256 indexed proposalId);

    /// @notice Proposals are carried out by `newTimelock`. As OpenZeppelin's GovernorTimelockControl tells it, once, at the launch.
    event TimelockChange(address oldTimelock, address newTimelock);

    /// @notice The veto ends at `newExpiry`, a timestamp.
    event GuardianExpirySet(uint48 oldExpiry, uint48 newExpiry);

    /// @notice The quorum is at least `newFloor` votes for proposals whose snapshot is now or later.
    event QuorumFloorSet(uint256 oldFloor, uint256 newFloor);

    /// @notice Seconds from a proposal to its snapshot, from now on.
    event VotingDelaySet(uint256 oldVotingDelay, uint256 newVotingDelay);

    /// @notice Seconds of voting, for proposals that are made from now on.
    event VotingPeriodSet(uint256 oldVotingPeriod, uint256 newVotingPeriod);

    /// @notice Proposing takes `newProposalThreshold` votes from now on.
    event ProposalThresholdSet(uint256 oldProposalThreshold, uint256 newProposalThreshold);

    /// @notice The quorum was reached late: the vote ends at `extendedDeadline`, a timestamp. As OpenZeppelin's
    /// GovernorPreventLateQuorum tells it, after the vote that reached it.
    event ProposalExtended(uint256 indexed proposalId, uint64 extendedDeadline);

    /// @notice At least `newVoteExtension` seconds of voting remain after a quorum that is reached from now on.
    event LateQuorumVoteExtensionSet(uint64 oldVoteExtension, uint64 newVoteExtension);

    /// @notice An extension of `newVoteExtension` seconds is more than `maxVoteExtension`, the voting period.
    error GovernorPreventLateQuorumVoteExtensionTooLarge(uint256 newVoteExtension, uint256 maxVoteExtension);

    /// @notice `value` of the setting that `setting`, the selector of its setter or getter, names is outside `lowest` to `highest`.
    error BrandGovernorOutOfBounds(bytes4 setting, uint256 value, uint256 lowest, uint256 highest);

    /// @notice `caller` isn't the guardian, or its term is over.
    error BrandGovernorNotGuardian(address caller);

    /// @notice A veto needs a reason.
    error BrandGovernorVetoWithoutReason();

    /// @notice The governor doesn't act on its own timelock: an expired operation could be carried out this way.
    error BrandGovernorRelayToTimelock();

    /// @notice The timelock is for ever; what is to change in it can be upgraded in place.
    error BrandGovernorTimelockIsFixed();

    /// @notice Sets up the proxy; callable once. See {GovernorInit}.
    function initialize(GovernorInit calldata init) external;

    /// @notice Ends a proposal that isn't executed, canceled or expired, and says why. Caller: the guardian in its term.
    function veto(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        bytes32 descriptionHash,
        string calldata reason
    ) external returns (uint256 proposalId);

    /// @notice Gives the veto up, for ever unless a proposal names a guardian again. Caller: the guardian in its term.
    function resignGuardian() external;

    /// @notice Removes the timelock's operation of a proposal that expired after it was queued. Caller: anyone.
    /// @dev The proposal stays `Expired`. Reverts with `GovernorUnexpectedProposalState` if it isn't, and with
    /// `TimelockUnexpectedOperationState` if it was never queued or was discarded before.
    function discard(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        bytes32 descriptionHash
    ) external returns (uint256 proposalId);

    /// @notice Says who may veto, and until when. Caller: a passed proposal.
    /// @dev It names both: a later date alone would give a veto that is over back to whom nobody named. The guardian alone, within
    /// the same term, is changed by `setProposalGuardian`.
    /// @param guardian Zero for nobody.
    /// @param newExpiry A timestamp, at most 4 years ahead; 0 for no veto.
    function setGuardianTerm(address guardian, uint48 newExpiry) external;

    /// @notice Changes the quorum's floor for proposals whose snapshot is now or later. Caller: a passed proposal. From
    /// one token, or the proposal threshold if that is more, to the circulating supply of this moment: nobody could ever
    /// lower a floor again that can't be reached. A DAO whose holders burn or lose tokens should lower it in time.
    function setQuorumFloor(uint128 newFloor) external;

    /// @notice Changes the seconds from a proposal to its snapshot. Caller: a passed proposal. From 1 minute to 30 days.
    function setVotingDelay(uint48 newVotingDelay) external;

    /// @notice Changes the seconds of voting. Caller: a passed proposal. From 10 minutes, or the extension that a late quorum adds
    /// if that is more, to 60 days.
    function setVotingPeriod(uint32 newVotingPeriod) external;

    /// @notice Changes the votes needed to propose. Caller: a passed proposal. From 1 to the quorum's floor.
    function setProposalThreshold(uint256 newProposalThreshold) external;

    /// @notice Changes how long voting goes on at least after the quorum is reached, for quorums that are reached from then on.
    /// Caller: a passed proposal.
    /// @param newVoteExtension Seconds, 0 to the voting period; 0 for none.
    function setLateQuorumVoteExtension(uint48 newVoteExtension) external;

    /// @notice Votes of a proposal, as far as they were cast: against it, for it, and abstaining.
    function proposalVotes(
        uint256 proposalId
    ) external view returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes);

    /// @notice Proposals ever made.
    function proposalCount() external view returns (uint256);

    /// @notice The number of a proposal, from 1 on, in the order in which proposals were made; 0 if there is no such proposal.
    function proposalNumber(uint256 proposalId) external view returns (uint256);

    /// @notice The id of the proposal with that number; 0 if there is no such proposal.
    function proposalIdAt(uint256 number) external view returns (uint256);

    /// @notice Seconds of voting that remain at least after the quorum is reached.
    function lateQuorumVoteExtension() external view returns (uint48);

    /// @notice When the veto ends, a timestamp. `proposalGuardian()` is the zero address from then on.
    function guardianExpiry() external view returns (uint48);

    /// @notice Votes that are needed in any case, at present.
    function quorumFloor() external view returns (uint256);

    /// @notice Seconds within which a success must be queued, and a queued proposal executed.
    function gracePeriod() external view returns (uint32);
}
