// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {HandoverTerms} from "./HandoverTerms.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IGuardedGovernor} from "../interfaces/IGuardedGovernor.sol";
import {IHandover} from "../interfaces/IHandover.sol";
import {ISafeOwners} from "../interfaces/ISafeOwners.sol";
import {Roles} from "../access/Roles.sol";

/// @title Handover
/// @notice See {IHandover}. Its code never changes: each DAO has a clone, with what it was launched with as immutable
/// arguments.
/// @dev It stores no phase. Who holds what is read from the governor and the AccessManager, so it can't be out of step.
contract Handover is IHandover {
    /// @dev What proposals changed since the launch; 0 for as launched.
    address private _changedSafe;
    uint48 private _changedDate;

    modifier onlyTimelock() {
        require(msg.sender == IGuardedGovernor(governor()).timelock(), HandoverUnauthorized(msg.sender));
        _;
    }

    /// @inheritdoc IHandover
    function handOver() external {
        address safe_ = safe();
        Phase phase_ = phase();
        require(phase_ != Phase.Community, HandoverAlreadyDone());
        if (block.timestamp < communityDate()) {
            require(msg.sender == safe_, HandoverTooEarly(msg.sender, communityDate()));
            require(phase_ == Phase.Shared, HandoverVetoStillHeld());
        }
        IContributionBadge(badge()).rotateIssuerRole();
        _manager().revokeRole(Roles.STEWARD, safe_);
        emit HandedOver(safe_, msg.sender);
    }

    /// @inheritdoc IHandover
    function haltAwards() external {
        require(ISafeOwners(safe()).isOwner(msg.sender), HandoverNotSafeOwner(msg.sender));
        IContributionBadge(badge()).halt();
        emit AwardsHaltedByOwner(msg.sender);
    }

    /// @inheritdoc IHandover
    function setCommunityDate(uint48 newDate) external onlyTimelock {
        HandoverTerms.checkDate(newDate);
        emit CommunityDateSet(communityDate(), newDate);
        _changedDate = newDate;
    }

    /// @inheritdoc IHandover
    function setSafe(address newSafe) external onlyTimelock {
        HandoverTerms.checkSafe(newSafe);
        address oldSafe = safe();
        require(newSafe != oldSafe, HandoverInvalidSafe(newSafe));
        IAccessManager manager = _manager();
        (bool steward, uint32 executionDelay) = manager.hasRole(Roles.STEWARD, oldSafe);
        _changedSafe = newSafe;
        if (steward) {
            manager.revokeRole(Roles.STEWARD, oldSafe);
            manager.grantRole(Roles.STEWARD, newSafe, executionDelay);
        }
        emit SafeSet(oldSafe, newSafe);
    }

    /// @inheritdoc IHandover
    function phase() public view returns (Phase) {
        address safe_ = safe();
        (bool steward, ) = _manager().hasRole(Roles.STEWARD, safe_);
        if (!steward) return Phase.Community;
        return IGuardedGovernor(governor()).proposalGuardian() == safe_ ? Phase.BrandLed : Phase.Shared;
    }

    /// @inheritdoc IHandover
    function safe() public view returns (address) {
        (, , address launched, ) = HandoverTerms.read(address(this));
        return _changedSafe == address(0) ? launched : _changedSafe;
    }

    /// @inheritdoc IHandover
    function communityDate() public view returns (uint48) {
        (, , , uint48 launched) = HandoverTerms.read(address(this));
        return _changedDate == 0 ? launched : _changedDate;
    }

    /// @inheritdoc IHandover
    function governor() public view returns (address governor_) {
        (governor_, , , ) = HandoverTerms.read(address(this));
    }

    /// @inheritdoc IHandover
    function badge() public view returns (address badge_) {
        (, badge_, , ) = HandoverTerms.read(address(this));
    }

    function _manager() private view returns (IAccessManager) {
        return IAccessManager(IAccessManaged(badge()).authority());
    }
}
