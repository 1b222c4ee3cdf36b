// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {GovernorUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/GovernorUpgradeable.sol";
import {GovernorVotesUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorVotesUpgradeable.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC5805} from "@openzeppelin/contracts/interfaces/IERC5805.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {NoncesUpgradeable} from "@openzeppelin/contracts-upgradeable/utils/NoncesUpgradeable.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {GovernorBallots} from "./extensions/GovernorBallots.sol";
import {GovernorBoundedSettings} from "./extensions/GovernorBoundedSettings.sol";
import {GovernorCirculatingQuorum} from "./extensions/GovernorCirculatingQuorum.sol";
import {GovernorCounting} from "./extensions/GovernorCounting.sol";
import {GovernorExpiry} from "./extensions/GovernorExpiry.sol";
import {GovernorGuardianTerm} from "./extensions/GovernorGuardianTerm.sol";
import {GovernorTimelock} from "./extensions/GovernorTimelock.sol";
import {GovernorLinks} from "./GovernorLinks.sol";
import {IBrandGovernor} from "../interfaces/IBrandGovernor.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {ProposerSuffix} from "./ProposerSuffix.sol";

/// @title BrandGovernor
/// @notice See {IBrandGovernor}. Composition of OpenZeppelin's Governor with the extensions of this folder.
contract BrandGovernor is
    GovernorBallots,
    GovernorCirculatingQuorum,
    GovernorBoundedSettings,
    GovernorCounting,
    GovernorExpiry,
    GovernorGuardianTerm,
    UUPSUpgradeable
{
    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    /// @inheritdoc IBrandGovernor
    /// @dev Votes come first, as the quorum asks the token; the floor before the threshold that it bounds; the period
    /// before the extension that it bounds. Governor's own initializer, the only one that isn't called, would do nothing but
    /// store name and version of the EIP-712 domain, which the code knows: see {_EIP712Name}. The validator, which still
    /// waits for it, takes all that follow for out of order; they are called in the order of inheritance.
    /// @custom:oz-upgrades-unsafe-allow missing-initializer-call incorrect-initializer-order
    function initialize(GovernorInit calldata init) external initializer {
        uint256 cap = IBrandToken(address(token())).cap();
        __GovernorTimelock_init();
        __GovernorCirculatingQuorum_init(cap, init.quorumBps, init.quorumFloor);
        __GovernorBoundedSettings_init(init.votingDelay, init.votingPeriod, init.proposalThreshold);
        __GovernorCounting_init(cap, init.lateQuorumExtension);
        __GovernorExpiry_init(init.gracePeriod);
        __GovernorGuardianTerm_init(init.guardian, init.guardianExpiry);
    }

    /// @notice Makes a call as the governor itself, for instance to recover what was sent to it. Caller: a passed proposal.
    /// Reverts with {BrandGovernorRelayToTimelock} for a call of the timelock.
    function relay(address target, uint256 value, bytes calldata data) public payable override {
        require(target != timelock(), BrandGovernorRelayToTimelock());
        super.relay(target, value, data);
    }

    /// @notice The brand's name, which is the token's. Also the name of the EIP-712 domain of ballots.
    function name() public view override(GovernorUpgradeable, IGovernor) returns (string memory) {
        return IERC20Metadata(address(token())).name();
    }

    /// @notice The BrandToken.
    function token() public view override returns (IERC5805) {
        return IERC5805(GovernorLinks.token());
    }

    /// @notice The timestamp, in seconds. It is the token's clock too, which OpenZeppelin's GovernorVotes would ask each time.
    function clock() public view override(GovernorUpgradeable, GovernorVotesUpgradeable, IERC6372) returns (uint48) {
        return Time.timestamp();
    }

    /// @inheritdoc IERC6372
    function CLOCK_MODE()
        public
        pure
        override(GovernorUpgradeable, GovernorVotesUpgradeable, IERC6372)
        returns (string memory)
    {
        return "mode=timestamp";
    }

    function _lowestVotingPeriod() internal view override returns (uint256) {
        return lateQuorumVoteExtension();
    }

    function _highestProposalThreshold() internal view override returns (uint256) {
        return quorumFloor();
    }

    function _EIP712Name() internal view override returns (string memory) {
        return name();
    }

    function _EIP712Version() internal view override returns (string memory) {
        return version();
    }

    /// @dev Who is named is asked first, which is cheap and true of nearly all proposals. All other texts are OpenZeppelin's to judge.
    function _isValidDescriptionForProposer(
        address proposer,
        string memory description
    ) internal view override returns (bool) {
        return
            ProposerSuffix.names(description, proposer) || super._isValidDescriptionForProposer(proposer, description);
    }

    /// @dev Only a passed proposal.
    function _authorizeUpgrade(address newImplementation) internal override onlyGovernance {}

    // What follows only says whose version holds where several bases define one.

    function votingDelay()
        public
        view
        override(GovernorUpgradeable, GovernorBoundedSettings, IGovernor)
        returns (uint256)
    {
        return super.votingDelay();
    }

    function votingPeriod()
        public
        view
        override(GovernorUpgradeable, GovernorBoundedSettings, IGovernor)
        returns (uint256)
    {
        return super.votingPeriod();
    }

    function proposalThreshold()
        public
        view
        override(GovernorUpgradeable, GovernorBoundedSettings, IGovernor)
        returns (uint256)
    {
        return super.proposalThreshold();
    }

    function quorum(
        uint256 timepoint
    ) public view override(GovernorUpgradeable, GovernorCirculatingQuorum, IGovernor) returns (uint256) {
        return super.quorum(timepoint);
    }

    function state(
        uint256 proposalId
    ) public view override(GovernorUpgradeable, GovernorExpiry, IGovernor) returns (ProposalState) {
        return super.state(proposalId);
    }

    function proposalDeadline(
        uint256 proposalId
    ) public view override(GovernorUpgradeable, GovernorCounting, IGovernor) returns (uint256) {
        return super.proposalDeadline(proposalId);
    }

    function proposalNeedsQueuing(
        uint256 proposalId
    ) public view override(GovernorUpgradeable, GovernorTimelock, IGovernor) returns (bool) {
        return super.proposalNeedsQueuing(proposalId);
    }

    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override(GovernorUpgradeable, GovernorCounting) returns (uint256) {
        return super._propose(targets, values, calldatas, description, proposer);
    }

    function _executor() internal view override(GovernorUpgradeable, GovernorTimelock) returns (address) {
        return super._executor();
    }

    function _getVotes(
        address account,
        uint256 timepoint,
        bytes memory params
    ) internal view override(GovernorUpgradeable, GovernorCirculatingQuorum) returns (uint256) {
        return super._getVotes(account, timepoint, params);
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(GovernorUpgradeable, GovernorTimelock) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(GovernorUpgradeable, GovernorTimelock) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(GovernorUpgradeable, GovernorTimelock) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _tallyUpdated(uint256 proposalId) internal override(GovernorUpgradeable, GovernorCounting) {
        super._tallyUpdated(proposalId);
    }

    function _validateCancel(
        uint256 proposalId,
        address caller
    ) internal view override(GovernorUpgradeable, GovernorGuardianTerm) returns (bool) {
        return super._validateCancel(proposalId, caller);
    }

    function nonces(address owner) public pure override(NoncesUpgradeable, GovernorBallots) returns (uint256) {
        return super.nonces(owner);
    }

    function _useNonce(address owner) internal pure override(NoncesUpgradeable, GovernorBallots) returns (uint256) {
        return super._useNonce(owner);
    }
}
