// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";

/// @title PeerGovernor
/// @notice OpenZeppelin's own counting, late quorum and ballots by signature, not upgradeable, with the terms of a BrandGovernor:
/// what that is compared with.
contract PeerGovernor is GovernorSettings, GovernorCountingSimple, GovernorVotes, GovernorPreventLateQuorum {
    IBrandGovernor private immutable OURS;
    address private immutable TREASURY;

    constructor(
        IBrandGovernor ours,
        address token,
        address treasury
    )
        Governor("Peer")
        GovernorSettings(uint48(ours.votingDelay()), uint32(ours.votingPeriod()), ours.proposalThreshold())
        GovernorVotes(IVotes(token))
        GovernorPreventLateQuorum(ours.lateQuorumVoteExtension())
    {
        OURS = ours;
        TREASURY = treasury;
    }

    function quorum(uint256 timepoint) public view override returns (uint256) {
        return OURS.quorum(timepoint);
    }

    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    function proposalDeadline(
        uint256 proposalId
    ) public view override(Governor, GovernorPreventLateQuorum) returns (uint256) {
        return super.proposalDeadline(proposalId);
    }

    function _tallyUpdated(uint256 proposalId) internal override(Governor, GovernorPreventLateQuorum) {
        super._tallyUpdated(proposalId);
    }

    function _getVotes(
        address account,
        uint256 timepoint,
        bytes memory params
    ) internal view override(Governor, GovernorVotes) returns (uint256) {
        return account == TREASURY ? 0 : super._getVotes(account, timepoint, params);
    }
}
