// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Bounds} from "./Bounds.sol";
import {GovernorTimelock} from "./GovernorTimelock.sol";
import {IBrandGovernor} from "../../interfaces/IBrandGovernor.sol";

/// @title GovernorExpiry
/// @notice A success that nobody carries out expires for good, instead of lying in wait for a better moment.
/// @dev The governor is the timelock's only executor, so an expired operation can't be executed past it either.
abstract contract GovernorExpiry is GovernorTimelock {
    uint256 private constant MIN_GRACE_PERIOD = 1 days;
    uint256 private constant MAX_GRACE_PERIOD = 90 days;

    function __GovernorExpiry_init(uint32 gracePeriod_) internal onlyInitializing {
        Bounds.check(this.gracePeriod.selector, gracePeriod_, MIN_GRACE_PERIOD, MAX_GRACE_PERIOD);
        _terms().gracePeriod = gracePeriod_;
    }

    /// @inheritdoc IBrandGovernor
    function discard(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        bytes32 descriptionHash
    ) external returns (uint256 proposalId) {
        proposalId = getProposalId(targets, values, calldatas, descriptionHash);
        _validateStateBitmap(proposalId, _encodeStateBitmap(ProposalState.Expired));

        _terms().discarded[proposalId] = true;
        // The timelock refuses one that was never queued, or was discarded before.
        _cancelOperation(proposalId);
        emit ProposalDiscarded(proposalId);
    }

    /// @inheritdoc IBrandGovernor
    function gracePeriod() public view returns (uint32) {
        return _terms().gracePeriod;
    }

    /// @notice The proposal's state, one of Governor's eight. `Expired` once the grace period is over: counted from the
    /// deadline for a success that nobody queued, and from the ETA for a queued proposal that nobody executed.
    function state(uint256 proposalId) public view virtual override returns (ProposalState) {
        ProposalState current = super.state(proposalId);
        if (current == ProposalState.Succeeded) {
            return _isOver(proposalDeadline(proposalId)) ? ProposalState.Expired : current;
        }
        if (current == ProposalState.Queued) {
            return _isOver(proposalEta(proposalId)) ? ProposalState.Expired : current;
        }
        // Without its operation in the timelock, a discarded proposal would read as canceled.
        if (current == ProposalState.Canceled && _terms().discarded[proposalId]) {
            return ProposalState.Expired;
        }
        return current;
    }

    function _isOver(uint256 since) private view returns (bool) {
        uint256 now_ = clock();
        // Mostly somebody carries it out soon, and how long they may take needn't be read.
        return now_ > since + MIN_GRACE_PERIOD && now_ > since + gracePeriod();
    }
}
