// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {GovernorUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/GovernorUpgradeable.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockControllerUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/TimelockControllerUpgradeable.sol";
import {GovernorLinks} from "../GovernorLinks.sol";
import {GovernorTerms} from "./GovernorTerms.sol";
import {IBrandGovernor} from "../../interfaces/IBrandGovernor.sol";
import {IBrandTimelock} from "../../interfaces/IBrandTimelock.sol";

/// @title GovernorTimelock
/// @notice Proposals are carried out by the timelock, as with OpenZeppelin's GovernorTimelockControl, and with its functions and
/// events. A proposal's operation has the proposal's id, see {BrandTimelock-hashOperationBatch}: it needn't be written down.
/// @dev The governor is the timelock's only proposer and executor. A canceller that a proposal named may cancel an operation past
/// the governor: the proposal then reads as canceled.
abstract contract GovernorTimelock is GovernorUpgradeable, GovernorTerms, IBrandGovernor {
    function __GovernorTimelock_init() internal onlyInitializing {
        emit TimelockChange(address(0), timelock());
    }

    /// @notice Always reverts: past quorums are computed from the treasury's votes.
    function updateTimelock(address) external pure {
        revert BrandGovernorTimelockIsFixed();
    }

    /// @notice The timelock, which is the treasury.
    function timelock() public view returns (address) {
        return GovernorLinks.timelock();
    }

    /// @inheritdoc IGovernor
    function proposalNeedsQueuing(uint256) public view virtual override(GovernorUpgradeable, IGovernor) returns (bool) {
        return true;
    }

    /// @notice The proposal's state, with what the timelock says of one that was queued.
    function state(
        uint256 proposalId
    ) public view virtual override(GovernorUpgradeable, IGovernor) returns (ProposalState) {
        ProposalState current = super.state(proposalId);
        if (current != ProposalState.Queued) return current;
        TimelockControllerUpgradeable.OperationState operation = _timelock().getOperationState(bytes32(proposalId));
        // Executed is what Governor itself says, unless an upgraded timelock lets others execute.
        if (operation == TimelockControllerUpgradeable.OperationState.Done) return ProposalState.Executed;
        if (operation == TimelockControllerUpgradeable.OperationState.Unset) return ProposalState.Canceled;
        return current;
    }

    function _queueOperations(
        uint256, // proposalId
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal virtual override returns (uint48) {
        return IBrandTimelock(timelock()).queueBatch(targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256, // proposalId
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal virtual override {
        _timelock().executeBatch{value: msg.value}(targets, values, calldatas, 0, descriptionHash);
    }

    /// @dev One that was queued is canceled in the timelock too.
    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal virtual override returns (uint256 proposalId) {
        proposalId = super._cancel(targets, values, calldatas, descriptionHash);
        if (proposalEta(proposalId) != 0) _cancelOperation(proposalId);
    }

    /// @dev The timelock refuses an operation that isn't pending.
    function _cancelOperation(uint256 proposalId) internal {
        _timelock().cancel(bytes32(proposalId));
    }

    function _executor() internal view virtual override returns (address) {
        return timelock();
    }

    function _timelock() private view returns (TimelockControllerUpgradeable) {
        return TimelockControllerUpgradeable(payable(timelock()));
    }
}
