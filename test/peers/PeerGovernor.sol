// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Bounds} from "../../contracts/governance/extensions/Bounds.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {GovernorVotesQuorumFraction} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title PeerGovernor
/// @notice OpenZeppelin's own counting, late quorum, quorum's fraction, settings, timelock and ballots by signature, not upgradeable,
/// with the ideas of a BrandGovernor and nothing else of it: a treasury that doesn't vote, a floor of the quorum, expiry, and a veto.
/// What that is compared with.
contract PeerGovernor is
    GovernorSettings,
    GovernorCountingSimple,
    GovernorVotesQuorumFraction,
    GovernorPreventLateQuorum,
    GovernorTimelockControl
{
    using Checkpoints for Checkpoints.Trace208;

    uint256 private immutable GRACE_PERIOD;
    address private immutable GUARDIAN;
    uint256 private immutable GUARDIAN_EXPIRY;

    Checkpoints.Trace208 private _floors;
    mapping(uint256 proposalId => bool) private _discarded;

    /// @param ours Whose terms it has in the beginning, with those that never change.
    constructor(
        IBrandGovernor ours,
        IVotes token_,
        TimelockController timelock_
    )
        Governor("Peer")
        GovernorSettings(uint48(ours.votingDelay()), uint32(ours.votingPeriod()), ours.proposalThreshold())
        GovernorVotes(token_)
        GovernorVotesQuorumFraction(PeerGovernor(payable(address(ours))).quorumNumerator())
        GovernorPreventLateQuorum(ours.lateQuorumVoteExtension())
        GovernorTimelockControl(timelock_)
    {
        GRACE_PERIOD = ours.gracePeriod();
        GUARDIAN = PeerGovernor(payable(address(ours))).proposalGuardian();
        GUARDIAN_EXPIRY = ours.guardianExpiry();
        _floors.push(0, uint208(ours.quorumFloor()));
    }

    function setQuorumFloor(uint128 newFloor) external onlyGovernance {
        uint256 circulating = IERC20(address(token())).totalSupply() - token().getVotes(timelock());
        Bounds.check(this.setQuorumFloor.selector, newFloor, Math.max(1e18, proposalThreshold()), circulating);
        emit IBrandGovernor.QuorumFloorSet(_floors.latest(), newFloor);
        _floors.push(clock(), newFloor);
    }

    function veto(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        bytes32 descriptionHash,
        string calldata reason
    ) external returns (uint256 proposalId) {
        require(msg.sender == proposalGuardian(), IBrandGovernor.BrandGovernorNotGuardian(msg.sender));
        require(bytes(reason).length != 0, IBrandGovernor.BrandGovernorVetoWithoutReason());
        proposalId = _cancel(targets, values, calldatas, descriptionHash);
        emit IBrandGovernor.ProposalVetoed(proposalId, msg.sender, reason);
    }

    function discard(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        bytes32 descriptionHash
    ) external returns (uint256 proposalId) {
        proposalId = getProposalId(targets, values, calldatas, descriptionHash);
        _validateStateBitmap(proposalId, _encodeStateBitmap(ProposalState.Expired));
        _discarded[proposalId] = true;
        TimelockController executor = TimelockController(payable(timelock()));
        executor.cancel(executor.hashOperationBatch(targets, values, calldatas, 0, saltOf(descriptionHash)));
        emit IBrandGovernor.ProposalDiscarded(proposalId);
    }

    function proposalGuardian() public view returns (address) {
        return block.timestamp < GUARDIAN_EXPIRY ? GUARDIAN : address(0);
    }

    /// @notice That of the operation of a proposal, as GovernorTimelockControl makes it.
    function saltOf(bytes32 descriptionHash) public view returns (bytes32) {
        return bytes20(address(this)) ^ descriptionHash;
    }

    function gracePeriod() external view returns (uint256) {
        return GRACE_PERIOD;
    }

    function quorumFloor() external view returns (uint256) {
        return _floors.latest();
    }

    function quorum(uint256 timepoint) public view override(Governor, GovernorVotesQuorumFraction) returns (uint256) {
        uint256 circulating = token().getPastTotalSupply(timepoint) - token().getPastVotes(timelock(), timepoint);
        uint256 fraction = Math.mulDiv(
            circulating,
            quorumNumerator(timepoint),
            quorumDenominator(),
            Math.Rounding.Ceil
        );
        return Math.max(_floors.upperLookup(uint48(timepoint)), fraction);
    }

    function quorumDenominator() public pure override returns (uint256) {
        return 10_000;
    }

    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    function proposalDeadline(
        uint256 proposalId
    ) public view override(Governor, GovernorPreventLateQuorum) returns (uint256) {
        return super.proposalDeadline(proposalId);
    }

    function state(uint256 proposalId) public view override(Governor, GovernorTimelockControl) returns (ProposalState) {
        ProposalState current = super.state(proposalId);
        uint256 since = 0;
        if (current == ProposalState.Succeeded) since = proposalDeadline(proposalId);
        if (current == ProposalState.Queued) since = proposalEta(proposalId);
        bool over = since != 0 && block.timestamp > since + GRACE_PERIOD;
        return over || _discarded[proposalId] ? ProposalState.Expired : current;
    }

    function proposalNeedsQueuing(
        uint256 proposalId
    ) public view override(Governor, GovernorTimelockControl) returns (bool) {
        return super.proposalNeedsQueuing(proposalId);
    }

    function _tallyUpdated(uint256 proposalId) internal override(Governor, GovernorPreventLateQuorum) {
        super._tallyUpdated(proposalId);
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }

    function _getVotes(
        address account,
        uint256 timepoint,
        bytes memory params
    ) internal view override(Governor, GovernorVotes) returns (uint256) {
        return account == timelock() ? 0 : super._getVotes(account, timepoint, params);
    }
}
