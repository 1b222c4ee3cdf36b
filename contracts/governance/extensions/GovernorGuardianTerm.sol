// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {GovernorProposalGuardianUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorProposalGuardianUpgradeable.sol";
import {Bounds} from "./Bounds.sol";
import {FARTHEST_DATE} from "../FarthestDate.sol";
import {GovernorTerms} from "./GovernorTerms.sol";
import {IBrandGovernor} from "../../interfaces/IBrandGovernor.sol";

/// @title GovernorGuardianTerm
/// @notice A veto on time: the guardian may end a proposal until a date, must say why, and may resign earlier.
/// @dev The proposer may cancel while Pending, as in Governor itself. OpenZeppelin's extension would also let it cancel
/// a queued proposal once there is no guardian, and the guardian cancel without a word.
abstract contract GovernorGuardianTerm is GovernorProposalGuardianUpgradeable, GovernorTerms, IBrandGovernor {
    function __GovernorGuardianTerm_init(address guardian, uint48 expiry) internal onlyInitializing {
        _setGuardianTerm(guardian, expiry);
    }

    /// @inheritdoc IBrandGovernor
    function veto(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        bytes32 descriptionHash,
        string calldata reason
    ) external returns (uint256 proposalId) {
        _checkGuardian();
        require(bytes(reason).length != 0, BrandGovernorVetoWithoutReason());
        proposalId = _cancel(targets, values, calldatas, descriptionHash);
        emit ProposalVetoed(proposalId, msg.sender, reason);
    }

    /// @inheritdoc IBrandGovernor
    function resignGuardian() external {
        _checkGuardian();
        _setProposalGuardian(address(0));
    }

    /// @inheritdoc IBrandGovernor
    function setGuardianTerm(address guardian, uint48 newExpiry) external onlyGovernance {
        _setGuardianTerm(guardian, newExpiry);
    }

    /// @inheritdoc IBrandGovernor
    function guardianExpiry() public view returns (uint48) {
        return _terms().guardianExpiry;
    }

    /// @notice Who may veto at this moment; the zero address once the term is over.
    function proposalGuardian() public view override returns (address) {
        return clock() < guardianExpiry() ? super.proposalGuardian() : address(0);
    }

    /// @dev Only the proposer, and only while Pending. The guardian's way is {veto}. Asked for its state first, as in Governor:
    /// that of an unknown proposal is `GovernorNonexistentProposal`.
    function _validateCancel(uint256 proposalId, address caller) internal view virtual override returns (bool) {
        return state(proposalId) == ProposalState.Pending && caller == proposalProposer(proposalId);
    }

    function _setGuardianTerm(address guardian, uint48 newExpiry) private {
        Bounds.check(this.setGuardianTerm.selector, newExpiry, 0, clock() + FARTHEST_DATE);
        _setProposalGuardian(guardian);
        GovernorTermsStorage storage $ = _terms();
        emit GuardianExpirySet($.guardianExpiry, newExpiry);
        $.guardianExpiry = newExpiry;
    }

    function _checkGuardian() private view {
        require(msg.sender == proposalGuardian(), BrandGovernorNotGuardian(msg.sender));
    }
}
