// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {GovernorUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/GovernorUpgradeable.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Bounds} from "./Bounds.sol";
import {GovernorTerms} from "./GovernorTerms.sol";
import {IBrandGovernor} from "../../interfaces/IBrandGovernor.sol";

/// @title GovernorBoundedSettings
/// @notice Voting delay, voting period and proposal threshold, as OpenZeppelin's GovernorSettings has them, in the slot of the
/// other terms; with bounds, at launch and for every proposal that changes them: values for trying things out must not reach a DAO
/// that holds money.
abstract contract GovernorBoundedSettings is GovernorUpgradeable, GovernorTerms, IBrandGovernor {
    uint256 private constant MIN_VOTING_DELAY = 1 minutes;
    uint256 private constant MAX_VOTING_DELAY = 30 days;
    uint256 private constant MIN_VOTING_PERIOD = 10 minutes;
    uint256 private constant MAX_VOTING_PERIOD = 60 days;

    function __GovernorBoundedSettings_init(
        uint48 initialVotingDelay,
        uint32 initialVotingPeriod,
        uint256 initialProposalThreshold
    ) internal onlyInitializing {
        _setVotingDelay(initialVotingDelay);
        _setVotingPeriod(initialVotingPeriod);
        _setProposalThreshold(initialProposalThreshold);
    }

    /// @inheritdoc IBrandGovernor
    function setVotingDelay(uint48 newVotingDelay) external onlyGovernance {
        _setVotingDelay(newVotingDelay);
    }

    /// @inheritdoc IBrandGovernor
    function setVotingPeriod(uint32 newVotingPeriod) external onlyGovernance {
        _setVotingPeriod(newVotingPeriod);
    }

    /// @inheritdoc IBrandGovernor
    function setProposalThreshold(uint256 newProposalThreshold) external onlyGovernance {
        _setProposalThreshold(newProposalThreshold);
    }

    /// @inheritdoc IGovernor
    function votingDelay() public view virtual override(GovernorUpgradeable, IGovernor) returns (uint256) {
        return _terms().votingDelay;
    }

    /// @inheritdoc IGovernor
    function votingPeriod() public view virtual override(GovernorUpgradeable, IGovernor) returns (uint256) {
        return _terms().votingPeriod;
    }

    /// @inheritdoc IGovernor
    function proposalThreshold() public view virtual override(GovernorUpgradeable, IGovernor) returns (uint256) {
        return _terms().proposalThreshold;
    }

    /// @dev The extension that a late quorum adds to a vote.
    function _lowestVotingPeriod() internal view virtual returns (uint256);

    /// @dev The quorum's floor: proposing never takes more votes than passing.
    function _highestProposalThreshold() internal view virtual returns (uint256);

    // What is within its bounds fits into its place: seconds into 32 bits, and the floor, which is within the cap, into 96.

    function _setVotingDelay(uint48 newVotingDelay) private {
        Bounds.check(this.setVotingDelay.selector, newVotingDelay, MIN_VOTING_DELAY, MAX_VOTING_DELAY);
        emit VotingDelaySet(votingDelay(), newVotingDelay);
        _terms().votingDelay = uint32(newVotingDelay);
    }

    /// @dev OpenZeppelin bounds the late-quorum extension by the voting period only when the extension changes.
    function _setVotingPeriod(uint32 newVotingPeriod) private {
        uint256 lowest = Math.max(MIN_VOTING_PERIOD, _lowestVotingPeriod());
        Bounds.check(this.setVotingPeriod.selector, newVotingPeriod, lowest, MAX_VOTING_PERIOD);
        emit VotingPeriodSet(votingPeriod(), newVotingPeriod);
        _terms().votingPeriod = newVotingPeriod;
    }

    function _setProposalThreshold(uint256 newProposalThreshold) private {
        Bounds.check(this.setProposalThreshold.selector, newProposalThreshold, 1, _highestProposalThreshold());
        emit ProposalThresholdSet(proposalThreshold(), newProposalThreshold);
        _terms().proposalThreshold = uint96(newProposalThreshold);
    }
}
