// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {GovernorSettingsUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorSettingsUpgradeable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Bounds} from "./Bounds.sol";

/// @title GovernorBoundedSettings
/// @notice Bounds on the voting delay, the voting period and the proposal threshold, at launch and for every proposal
/// that changes them: values for trying things out must not reach a DAO that holds money.
abstract contract GovernorBoundedSettings is GovernorSettingsUpgradeable {
    uint256 private constant MIN_VOTING_DELAY = 1 minutes;
    uint256 private constant MAX_VOTING_DELAY = 30 days;
    uint256 private constant MIN_VOTING_PERIOD = 10 minutes;
    uint256 private constant MAX_VOTING_PERIOD = 60 days;

    function _setVotingDelay(uint48 newVotingDelay) internal override {
        Bounds.check(this.setVotingDelay.selector, newVotingDelay, MIN_VOTING_DELAY, MAX_VOTING_DELAY);
        super._setVotingDelay(newVotingDelay);
    }

    /// @dev OpenZeppelin bounds the late-quorum extension by the voting period only when the extension changes.
    function _setVotingPeriod(uint32 newVotingPeriod) internal override {
        uint256 lowest = Math.max(MIN_VOTING_PERIOD, _lowestVotingPeriod());
        Bounds.check(this.setVotingPeriod.selector, newVotingPeriod, lowest, MAX_VOTING_PERIOD);
        super._setVotingPeriod(newVotingPeriod);
    }

    function _setProposalThreshold(uint256 newProposalThreshold) internal override {
        Bounds.check(this.setProposalThreshold.selector, newProposalThreshold, 1, _highestProposalThreshold());
        super._setProposalThreshold(newProposalThreshold);
    }

    /// @dev The extension that a late quorum adds to a vote.
    function _lowestVotingPeriod() internal view virtual returns (uint256);

    /// @dev The quorum's floor: proposing never takes more votes than passing.
    function _highestProposalThreshold() internal view virtual returns (uint256);
}
